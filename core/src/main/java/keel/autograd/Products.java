package keel.autograd;

import keel.array.Epilogue;
import keel.kernel.Binary;
import keel.kernel.Form;

/// Derivatives of matrix products.
final class Products {
    private Products() {}

    /// `op(a)·op(b)`: each form's derivatives are products in another form, so nothing is ever transposed in memory.
    record MatMul(Form form, Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> switch (form) {
                case NN -> dy.matmulNT(b); // (m, n)·(k, n)ᵀ → (m, k)
                case NT -> dy.matmul(b); // (m, n)·(n, k) → (m, k)
                case TN -> b.matmulNT(dy); // (k, n)·(m, n)ᵀ → (k, m)
            });
            in.giveOwn(b, () -> switch (form) {
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
            linear(x, w, b, dy, in);
        }
    }

    /// `max(x·wᵀ + b, 0)`: of the product nothing is kept, the output tells what was positive.
    record LinearRelu(Tensor x, Tensor w, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, w, b}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var dz = Functions.either(() -> y.value().binary(Binary.RELU_GRAD, 0, dy.value()),
                () -> Functions.derivative(new Functions.Relu(y), dy));
            linear(x, w, b, dz, in);
            if (!Recording.isOn()) dz.release();
        }
    }

    private static void linear(Tensor x, Tensor w, Tensor b, Tensor dy, Inputs in) {
        in.giveOwn(x, () -> dy.matmul(w)); // (n, out)·(out, in)
        in.giveOwn(w, () -> dy.matmulTN(x)); // (n, out)ᵀ·(n, in)
        if (b != null) {
            in.giveOwn(b, () -> columnSums(dy));
        }
    }

    private static Tensor columnSums(Tensor dy) {
        return Recording.isOn() || dy.extent(0) != 1 ? dy.sum(false, 0) : Tensor.of(dy.value().copy().reshape(dy.extent(1)));
    }

    /// `f(x + b)`, x (rows, n), b (n): fused when nothing is recorded.
    record BiasActivation(Tensor x, Tensor b, Epilogue f) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (Recording.isOn()) {
                var dz = written(x.add(b), dy);
                in.give(x, () -> dz);
                in.give(b, () -> dz); // summed over rows
                return;
            }
            var dz = f.gradient(x.value(), b.value(), dy.value());
            var db = in.wants(b) ? columnSums(Tensor.of(dz)) : null;
            in.giveOwn(x, () -> Tensor.of(dz));
            in.giveOwn(b, () -> db);
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
