package keel.nn.layer;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Drops each element with probability `p` in training and scales the others by `1/(1 − p)`, so that the expectation stays;
/// the identity in inference.
/// `(…) → (…)`. Inverted dropout (Srivastava et al. 2014, JMLR 15:1929); `p = 1` gives zeros. Draws from [Pass#random].
public record Dropout(double p) implements Layer {
    /// @throws IllegalArgumentException if `p` is not in 0 … 1
    public Dropout {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("Dropout: p is " + p + "; give a probability of dropping in 0 … 1");
        }
    }

    /// Drops with probability `p`.
    public static Dropout of(double p) {
        return new Dropout(p);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.isTraining() || p == 0) return x;
        return masked(x, NdArray.bernoulli(x.shape(), 1 - p, pass.random()), p);
    }

    /// The elements that are kept, true in `kept`, times `1/(1 − p)`; the others 0.
    public static Tensor masked(Tensor x, NdArray kept, double p) {
        x.value().requireFloat("dropout");
        double scale = p == 1 ? 1 : 1 / (1 - p);
        return x.mul(Tensor.of(NdArray.where(kept, NdArray.full(x.dtype(), Shape.of(), scale),
            NdArray.full(x.dtype(), Shape.of(), 0))));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Dropout(" + p + ")";
    }
}
