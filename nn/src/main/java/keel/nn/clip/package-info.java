/// Bounds on gradients before a step: by norm, value, part, unit and history.
package keel.nn.clip;
