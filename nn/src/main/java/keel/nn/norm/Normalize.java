package keel.nn.norm;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Divides vectors by their length: `y = x/max(‖x‖ₚ, eps)` along an axis, `(…) → (…)`. A vector of zeros stays, with the
/// gradient of a division by eps.
public record Normalize(double p, int axis, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-12; // PyTorch's

    /// @throws IllegalArgumentException if `eps` is negative
    public Normalize {
        Channels.checkEps("Normalize", eps);
    }

    /// To Euclidean length 1 along axis 1, as in PyTorch.
    public static Normalize of() {
        return new Normalize(2, 1, DEFAULT_EPS);
    }

    /// By another norm.
    public Normalize p(double p) {
        return new Normalize(p, axis, eps);
    }

    /// Along another axis; negative axes count from the end.
    public Normalize axis(int axis) {
        return new Normalize(p, axis, eps);
    }

    /// With another least length.
    public Normalize eps(double eps) {
        return new Normalize(p, axis, eps);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.div(x.norm(p, true, axis).clamp(eps, Double.POSITIVE_INFINITY));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Normalize(" + p + ", " + axis + ")";
    }
}
