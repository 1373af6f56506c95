package keel.nn.layer;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// Dropout for [selu][Activation#selu]: a dropped element becomes `−λα = −1.7581`, selu's lowest value, and an affine map
/// brings mean 0 and variance 1 back, `(…) → (…)` (Klambauer et al. 2017, arXiv:1706.02515, sec. "New Dropout Technique").
///
/// `y = a·(kept ? x : −λα) + b` with `q = 1 − p`, `a = (q + (λα)²·q·p)^−½`, `b = a·p·λα`. The identity in inference. Draws from
/// [Pass#random].
public record AlphaDropout(double p) implements Layer {
    private static final double LOWEST = -Selu.SCALE * Selu.ALPHA;

    /// @throws IllegalArgumentException if `p` is not in 0 … 1
    public AlphaDropout {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("AlphaDropout: p is " + p + "; give a probability of dropping in 0 … 1");
        }
    }

    /// Drops with probability `p`.
    public static AlphaDropout of(double p) {
        return new AlphaDropout(p);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.isTraining() || p == 0) return x;
        if (p == 1) return x.mul(0);
        double q = 1 - p;
        double a = 1 / Math.sqrt(q + LOWEST * LOWEST * q * p);
        var kept = NdArray.bernoulli(x.shape(), q, pass.random());
        return Tensor.where(kept, x, Tensor.scalar(x.dtype(), LOWEST)).mul(a).add(-a * p * LOWEST);
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "AlphaDropout(" + p + ")";
    }
}
