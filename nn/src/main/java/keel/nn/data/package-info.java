/// Data sets, splits and batches.
package keel.nn.data;
