/// Reverse-mode automatic differentiation: tensors with history, derivatives as records, gradients as values.
package keel.autograd;
