package keel.autograd;

import keel.array.Epilogue;
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

    /// `f(x + b)`, x (rows, n), b (n): fused when nothing is recorded.
    record BiasActivation(Tensor x, Tensor b, Epilogue f) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var dz = Functions.either(() -> f.gradient(x.value(), b.value(), dy.value()), () -> written(x.add(b), dy));
            in.give(x, () -> dz);
            in.give(b, () -> dz); // summed over rows
        }

        private Tensor written(Tensor z, Tensor dy) {
            return Functions.derivative(switch (f) {
                case RELU -> new Functions.Relu(z);
                case GELU -> new Functions.Gelu(z);
                case GELU_TANH -> new Functions.GeluTanh(z);
                case SILU -> new Functions.Silu(z);
            }, dy);
        }
    }
}
