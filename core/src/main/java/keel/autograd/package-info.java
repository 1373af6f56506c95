/// Reverse-mode automatic differentiation: tensors with history, derivatives as records, gradients as values.
///
/// No argument may be null unless its description says so.
package keel.autograd;
