/// Residual connections: plain, and with normalization before or after the branch.
package keel.nn.residual;
