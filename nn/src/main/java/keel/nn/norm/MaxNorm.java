package keel.nn.norm;

import java.util.stream.IntStream;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Shortens what is longer than `max`: each slice of `axis` becomes `x·min(1, max/(‖x‖ₚ + 1e-7))`, `(…) → (…)`, PyTorch's
/// `renorm`. As a constraint on the rows of a weight it lets a net learn at large rates (Srebro and Shraibman 2005; Hinton et
/// al. 2012, arXiv:1207.0580).
public record MaxNorm(double p, int axis, double max) implements Layer {
    private static final double EPS = 1e-7; // PyTorch's

    /// @throws IllegalArgumentException if the order is not above 0 or the length is negative
    public MaxNorm {
        if (!(p > 0 && max >= 0)) {
            throw new IllegalArgumentException("MaxNorm: order " + p + " and length " + max + "; give p > 0 and a length ≥ 0");
        }
    }

    /// Rows (axis 0) of Euclidean length `max` or less.
    public static MaxNorm of(double max) {
        return new MaxNorm(2, 0, max);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int kept = x.shape().axis("MaxNorm", axis);
        var length = x.norm(p, true, IntStream.range(0, x.rank()).filter(i -> i != kept).toArray());
        var shorter = x.mul(length.add(EPS).reciprocal().mul(max));
        return Tensor.where(length.gt(max), shorter, x);
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "MaxNorm(" + max + ")";
    }
}
