package keel.nn.layer;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Inputs;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

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
        var kept = NdArray.bernoulli(x.shape(), 1 - p, pass.random());
        var y = masked(x, kept, p);
        kept.release();
        return y;
    }

    /// The elements that are kept, true in `kept`, times `1/(1 − p)`; the others 0.
    public static Tensor masked(Tensor x, NdArray kept, double p) {
        x.value().requireFloat("dropout");
        double scale = p == 1 ? 1 : 1 / (1 - p);
        var factors = NdArray.where(kept, NdArray.full(x.dtype(), Shape.of(), scale), NdArray.full(x.dtype(), Shape.of(), 0));
        var y = Tensor.op(x.value().mul(factors), new Masked(x, factors));
        if (!y.wantsGradient()) factors.release();
        return y;
    }

    /// `x·factors`, which nobody else knows.
    private record Masked(Tensor x, NdArray factors) implements Vjp {
        @Override
        public Tensor[] inputs() {
            return new Tensor[] {x};
        }

        @Override
        public Saves saves() {
            return Saves.NOTHING;
        }

        @Override
        public String name() {
            return "Dropout";
        }

        @Override
        public NdArray[] own() {
            return new NdArray[] {factors};
        }

        @Override
        public void pull(Tensor y, Tensor dy, Inputs in) {
            // what is recorded may outlive this
            in.giveOwn(x, () -> dy.mul(Tensor.of(Recording.isOn() ? factors.copy() : factors)));
        }
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Dropout(" + p + ")";
    }
}
