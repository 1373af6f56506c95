package keel.nn.residual;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// A shortcut that keeps what came in beside what was made of it: `y = [x, F(x)]`, `(n, c, …) → (n, c + k, …)` along `axis`
/// (Huang et al. 2016, "DenseNet", arXiv:1608.06993). Every later layer sees every earlier feature; each unit widens the net
/// by its growth k.
///
/// Child: `body`.
public record DenseUnit(Layer body, int axis) implements Layer {
    private static final int CHANNELS = 1;

    /// Along axis 1: channels of `(n, c, …)`, features of `(n, c)`.
    public static DenseUnit of(Layer... body) {
        return new DenseUnit(body.length == 1 ? body[0] : Sequential.of(body), CHANNELS);
    }

    /// Along another axis.
    public DenseUnit axis(int axis) {
        return new DenseUnit(body, axis);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Tensor.concat(axis, x, pass.run("body", body, x));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("body", body);
    }

    @Override
    public String toString() {
        return "DenseUnit(" + body + ")";
    }
}
