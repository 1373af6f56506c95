/// Bounds on gradients before a step.
package keel.nn.clip;
