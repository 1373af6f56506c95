package keel.autograd;

import keel.kernel.Form;

/// Derivatives of matrix products.
final class Products {
    private Products() {}

    /// `op(a)·op(b)`: each form's derivatives are products in another form, so nothing is ever transposed in memory.
    record MatMul(Form form, Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> switch (form) {
                case NN -> dy.matmulNT(b); // (m, n)·(k, n)ᵀ → (m, k)
                case NT -> dy.matmul(b); // (m, n)·(n, k) → (m, k)
                case TN -> b.matmulNT(dy); // (k, n)·(m, n)ᵀ → (k, m)
            });
            in.give(b, () -> switch (form) {
                case NN -> a.matmulTN(dy); // (m, k)ᵀ·(m, n) → (k, n)
                case NT -> dy.matmulTN(a); // (m, n)ᵀ·(m, k) → (n, k)
                case TN -> a.matmul(dy); // (k, m)·(m, n) → (k, n)
            });
        }
    }

    /// `x·wᵀ + b`, x (n, in), w (out, in), b (out) or null
    record Linear(Tensor x, Tensor w, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return b == null ? new Tensor[] {x, w} : new Tensor[] {x, w, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> dy.matmul(w)); // (n, out)·(out, in)
            in.give(w, () -> dy.matmulTN(x)); // (n, out)ᵀ·(n, in)
            if (b != null) {
                in.give(b, () -> dy); // summed over n
            }
        }
    }
}
