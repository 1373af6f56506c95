/// Normalization: over the features of a sample, or over the samples of a batch.
package keel.nn.norm;
