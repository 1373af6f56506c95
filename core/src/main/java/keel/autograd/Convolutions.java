package keel.autograd;

import java.util.stream.IntStream;
import keel.array.ConvGeometry;

/// Derivatives of convolutions: forward, gradient of the input and gradient of the weight are linear in each of two operands,
/// and each derivative is another of the three.
final class Convolutions {
    private Convolutions() {}

    /// `x (n, in, …)`, `w (out, in/groups, kernel…)`, `b (out)` or null → `(n, out, …)`.
    static Tensor forward(ConvGeometry g, Tensor x, Tensor w, Tensor b) {
        return Tensor.op(keel.array.Convolutions.forward(g, x.value(), w.value(), b == null ? null : b.value()),
            new Convolve(g, x, w, b));
    }

    /// `u (n, out, …)`, `w` → `(n, in, …)`: the transposed convolution.
    static Tensor inputGradient(ConvGeometry g, Tensor u, Tensor w) {
        return Tensor.op(keel.array.Convolutions.inputGradient(g, u.value(), w.value()), new ConvolveTransposed(g, u, w));
    }

    /// `x (n, in, …)`, `u (n, out, …)` → the shape of the weight.
    static Tensor weightGradient(ConvGeometry g, Tensor x, Tensor u) {
        return Tensor.op(keel.array.Convolutions.weightGradient(g, x.value(), u.value()), new ConvolveWeight(g, x, u));
    }

    record Convolve(ConvGeometry g, Tensor x, Tensor w, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return b == null ? new Tensor[] {x, w} : new Tensor[] {x, w, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> inputGradient(g, dy, w));
            in.giveOwn(w, () -> weightGradient(g, x, dy));
            if (b != null) {
                in.giveOwn(b, () -> dy.sum(false, IntStream.range(0, dy.rank()).filter(axis -> axis != 1).toArray()));
            }
        }
    }

    record ConvolveTransposed(ConvGeometry g, Tensor u, Tensor w) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {u, w}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(u, () -> forward(g, dy, w, null));
            in.giveOwn(w, () -> weightGradient(g, dy, u));
        }
    }

    record ConvolveWeight(ConvGeometry g, Tensor x, Tensor u) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, u}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> inputGradient(g, u, dy));
            in.giveOwn(u, () -> forward(g, x, dy, null));
        }
    }
}
