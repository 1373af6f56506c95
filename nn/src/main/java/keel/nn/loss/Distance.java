package keel.nn.loss;

import keel.autograd.Tensor;

/// How far apart or alike vectors are.
public final class Distance {
    private static final double PAIRWISE_EPS = 1e-6; // PyTorch's
    private static final double COSINE_EPS = 1e-8; // PyTorch's

    private Distance() {}

    /// `‖a − b + 1e-6‖₂` along the last axis, `(…, d), (…, d) → (…)`; they broadcast.
    public static Tensor pairwise(Tensor a, Tensor b) {
        return pairwise(a, b, 2, PAIRWISE_EPS);
    }

    /// `‖a − b + eps‖ₚ` along the last axis. The `eps` in each difference keeps the root differentiable where `a = b`; where the
    /// norm is 0 its gradient is 0.
    public static Tensor pairwise(Tensor a, Tensor b, double p, double eps) {
        return a.sub(b).add(eps).norm(p, false, -1);
    }

    /// The cosine of the angle along axis 1: `a·b/(max(‖a‖, eps)·max(‖b‖, eps))`, eps 1e-8.
    public static Tensor cosineSimilarity(Tensor a, Tensor b) {
        return cosineSimilarity(a, b, 1, COSINE_EPS);
    }

    /// The cosine of the angle along an axis, which goes; `a` and `b` broadcast.
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int axis, double eps) {
        return unit(a, axis, eps).mul(unit(b, axis, eps)).sum(false, axis);
    }

    private static Tensor unit(Tensor x, int axis, double eps) {
        return x.div(x.norm(2, true, axis).clamp(eps, Double.POSITIVE_INFINITY));
    }
}
