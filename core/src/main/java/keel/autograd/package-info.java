/// Tensors that remember how they came about, and reverse-mode derivatives of any order.
package keel.autograd;
