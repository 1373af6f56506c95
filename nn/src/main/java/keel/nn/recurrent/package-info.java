/// Nets that read a sequence step by step: cells, stacks of them in one or both directions, and how they start.
package keel.nn.recurrent;
