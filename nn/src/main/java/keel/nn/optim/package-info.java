/// Optimizers: from gradients to parameter steps.
package keel.nn.optim;
