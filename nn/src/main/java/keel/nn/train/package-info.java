/// A trainer for runs that need no loop of their own: epochs, evaluation, early stop, checkpoints, progress. The loop of the
/// other packages' examples stays the primary form; everything here is made of their public parts.
package keel.nn.train;
