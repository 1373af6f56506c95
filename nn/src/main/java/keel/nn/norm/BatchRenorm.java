package keel.nn.norm;

import keel.array.DType;
import keel.autograd.Normalization;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A [BatchNorm] whose training output is that of inference, as far as limits allow, `(n, c, …) → (n, c, …)` (Ioffe 2017,
/// arXiv:1702.03275): batches that are small or not alike no longer make training and inference two different nets.
///
/// `y = ((x − m)/s·r + d)·w + b` with the batch's mean `m` and deviation `s = √(var + eps)`, and, as constants,
/// `r = s/σ` bounded to `1/rMax … rMax`, `d = (m − μ)/σ` bounded to `±dMax`, where μ and σ are the running ones. Without
/// bounds that is `(x − μ)/σ`; with `rMax = 1, dMax = 0` it is BatchNorm.
public record BatchRenorm(BatchNorm norm, Limits limits) implements Layer {
    private static final double DEFAULT_MOMENTUM = 0.01; // the paper's

    /// The bounds of r and d, a function of the batches seen: 1 and 0 at first, from `warmup` on linearly up to `rMax` at
    /// `rEnd` and `dMax` at `dEnd`.
    ///
    /// @param warmup batches of plain batch normalization
    /// @param rEnd   batch at which r's bound is reached
    /// @param rMax   ≥ 1
    /// @param dEnd   batch at which d's bound is reached
    /// @param dMax   ≥ 0
    public record Limits(int warmup, int rEnd, double rMax, int dEnd, double dMax) {
        /// @throws IllegalArgumentException if a bound or its time is out of range
        public Limits {
            if (!(rMax >= 1 && dMax >= 0 && warmup >= 0 && rEnd >= warmup && dEnd >= warmup)) {
                throw new IllegalArgumentException("BatchRenorm: warmup " + warmup + ", r ≤ " + rMax + " at " + rEnd
                    + ", |d| ≤ " + dMax
                    + " at " + dEnd + "; give rMax ≥ 1, dMax ≥ 0 and ends not before the warmup");
            }
        }

        /// The paper's: 5,000 batches of warmup, r up to 3 at 40,000, d up to 5 at 25,000.
        public static Limits paper() {
            return new Limits(5_000, 40_000, 3, 25_000, 5);
        }

        /// The same bounds from the first batch on.
        public static Limits constant(double rMax, double dMax) {
            return new Limits(0, 0, rMax, 0, dMax);
        }

        double r(double seen) {
            return 1 + (rMax - 1) * share(seen, rEnd);
        }

        double d(double seen) {
            return dMax * share(seen, dEnd);
        }

        private double share(double seen, int end) {
            return seen >= end ? 1 : Math.max(0, (seen - warmup) / (end - warmup));
        }
    }

    /// @throws IllegalArgumentException if the norm does not track running statistics
    public BatchRenorm {
        if (norm.running() == null) {
            throw new IllegalArgumentException("BatchRenorm: " + norm + " tracks nothing; it needs running statistics");
        }
    }

    /// For `channels` channels in F32: eps 1e-5, momentum 0.01, the paper's limits.
    public static BatchRenorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels: eps 1e-5, momentum 0.01, the paper's limits.
    public static BatchRenorm of(DType dtype, int channels) {
        return new BatchRenorm(BatchNorm.of(dtype, channels).momentum(DEFAULT_MOMENTUM), Limits.paper());
    }

    /// With other limits.
    public BatchRenorm limits(Limits limits) {
        return new BatchRenorm(norm, limits);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.isTraining()) return norm.forward(x, pass);
        Channels.check(this, pass, x, norm.channels(), 2, norm.runningMean().dtype());
        int count = x.size() / norm.channels();
        if (count < 2) {
            throw new IllegalArgumentException(this + pass.at()
                + ": training needs more than one value per channel, the input is "
                + x.shape() + "; use larger batches");
        }
        var hat = Normalization.batch(x, null, null, norm.eps());
        var perChannel = Channels.shape(x, norm.channels());
        double seen = norm.batchesTracked().item();
        var inverse = norm.runningVar().add(norm.eps()).rsqrt();
        double rMax = limits.r(seen);
        double dMax = limits.d(seen);
        var r = hat.variance().add(norm.eps()).sqrt().mul(inverse).clamp(1 / rMax, rMax);
        var d = hat.mean().sub(norm.runningMean()).mul(inverse).clamp(-dMax, dMax);
        norm.running().track(hat.mean(), hat.variance(), count, norm.momentum());
        var y = hat.y().mul(Tensor.of(r.reshape(perChannel))).add(Tensor.of(d.reshape(perChannel)));
        return Channels.affine(y, norm.weight(), norm.bias());
    }

    @Override
    public void visit(Visitor visitor) {
        norm.visit(visitor);
    }

    @Override
    public String toString() {
        return "BatchRenorm(" + norm.channels() + ")";
    }
}
