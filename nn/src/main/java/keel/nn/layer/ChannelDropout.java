package keel.nn.layer;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Drops whole channels with probability `p` in training and scales the others by `1/(1 − p)`, `(n, c, …) → (n, c, …)`: what
/// PyTorch calls Dropout1d, Dropout2d and Dropout3d. Neighbours in a feature map hold much the same, so that dropping single
/// elements drops nothing (Tompson et al. 2014, arXiv:1411.4280). Draws from [Pass#random].
public record ChannelDropout(double p) implements Layer {
    /// @throws IllegalArgumentException if `p` is not in 0 … 1
    public ChannelDropout {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("ChannelDropout: p is " + p + "; give a probability of dropping in 0 … 1");
        }
    }

    /// Drops with probability `p`.
    public static ChannelDropout of(double p) {
        return new ChannelDropout(p);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException(this + pass.at() + ": the input " + x.shape()
                + " has no channels; give (n, c, …)");
        }
        if (!pass.isTraining() || p == 0) return x;
        var perChannel = new int[x.rank()];
        for (int i = 0; i < perChannel.length; i++) perChannel[i] = i < 2 ? x.extent(i) : 1;
        var kept = NdArray.bernoulli(Shape.of(perChannel), 1 - p, pass.random()).cast(x.dtype());
        return x.mul(Tensor.of(p == 1 ? kept : kept.mulInPlace(1 / (1 - p))));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "ChannelDropout(" + p + ")";
    }
}
