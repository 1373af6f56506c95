package keel.nn.residual;

import java.util.Arrays;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Stochastic depth: drops the whole branch of a sample with probability `p` in training and scales the others by `1/(1 − p)`,
/// `(n, …) → (n, …)`, so that a net trains at a fraction of its depth (Huang et al. 2016, arXiv:1603.09382). The identity in
/// inference, which the expectation over draws equals. For the end of a branch, see [Residual#stochastic]. Draws from
/// [Pass#random].
public record DropPath(double p) implements Layer {
    /// @throws IllegalArgumentException if `p` is not in 0 … 1
    public DropPath {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("DropPath: p is " + p + "; give a probability of dropping in 0 … 1");
        }
    }

    /// Drops with probability `p`.
    public static DropPath of(double p) {
        return new DropPath(p);
    }

    /// Block `block` of `blocks`, counted from 0, with a probability that grows linearly from 0 at the first to `last` at the
    /// last: early features are used by all later ones.
    public static DropPath linear(double last, int block, int blocks) {
        if (block < 0 || block >= blocks) {
            throw new IllegalArgumentException("DropPath.linear: block " + block + " of " + blocks + "; count from 0");
        }
        return of(blocks == 1 ? 0 : last * block / (blocks - 1));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() == 0) throw new IllegalArgumentException(this + pass.at() + ": the input has no axis; give (n, …)");
        if (!pass.isTraining() || p == 0) return x;
        return masked(x, NdArray.bernoulli(Shape.of(x.extent(0)), 1 - p, pass.random()), p);
    }

    /// The samples `(n, …)` that are kept, true in `kept (n)`, times `1/(1 − p)`; the others 0.
    public static Tensor masked(Tensor x, NdArray kept, double p) {
        var perSample = new int[x.rank()];
        Arrays.fill(perSample, 1);
        perSample[0] = x.extent(0);
        var mask = kept.cast(x.dtype());
        return x.mul(Tensor.of((p == 1 ? mask : mask.div(1 - p)).reshape(perSample)));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "DropPath(" + p + ")";
    }
}
