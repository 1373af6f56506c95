package keel.nn.norm;

import java.util.stream.IntStream;

import keel.autograd.Tensor;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A weight as length and direction: `w = g·v/‖v‖`, the norm over all axes but `axis` (0, the outputs), or over everything
/// where that is null (Salimans and Kingma 2016, arXiv:1602.07868). `v` has the weight's shape, `g` that shape with all axes
/// but `axis` made 1; they start at the weight and at its norm, so that nothing changes at first.
public record WeightNorm(Tensor v, Tensor g, Integer axis) implements Reparametrized.Weight {
    /// The rows of `weight`, each with a length of its own.
    public static WeightNorm of(Tensor weight) {
        return of(weight, 0);
    }

    /// Along another axis, or null for one length in all.
    public static WeightNorm of(Tensor weight, Integer axis) {
        var norms = weight.value().norm(2, true, others(weight, axis));
        return new WeightNorm(weight, Tensor.parameter(axis == null ? norms.reshape() : norms), axis);
    }

    private static int[] others(Tensor v, Integer axis) {
        int kept = axis == null ? -1 : v.shape().axis("weightNorm", axis);
        return IntStream.range(0, v.rank()).filter(i -> i != kept).toArray();
    }

    /// Without a mode or a pass: the function itself.
    public Tensor weight() {
        return v.mul(g.div(v.norm(2, true, others(v, axis))));
    }

    @Override
    public Tensor of(Pass pass) {
        return weight();
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight_g", g);
        visitor.parameter("weight_v", v);
    }
}
