package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Normalization;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Normalizes each channel over the batch: `y = (x − mean)/√(var + eps)·w + b`, `(n, c) → (n, c)` or `(n, c, …) → (n, c, …)`
/// (Ioffe and Szegedy 2015, arXiv:1502.03167).
///
/// In training `mean` and `var` (biased) are those of the batch over all axes but 1, and the layer tracks `running = (1 −
/// momentum)·running + momentum·observed`,
/// where the observed variance is unbiased, as in PyTorch. In inference they are the running ones, so that an output does not
/// depend on the batch mates.
/// `weight (c)` and `bias (c)` start at 1 and 0; either may be null. A bias in a layer right in front of this one is
/// cancelled by it and never has a gradient:
/// use `Linear.withoutBias`.
///
/// A null momentum gives every batch the same share in the running statistics: [#cumulative()]. Without running statistics
/// ([#withoutTracking()]) inference too normalizes by the batch at hand. Keras starts from other numbers: eps 1e-3, and 0.99
/// for what is `1 − momentum` here, 0.01.
///
/// State: `running_mean (c)` from 0, `running_var (c)` from 1, `num_batches_tracked ()`. A training pass changes it: one at a
/// time.
public record BatchNorm(int channels, Tensor weight, Tensor bias, Running running, Double momentum, double eps)
        implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // PyTorch's, like the momentum
    private static final double DEFAULT_MOMENTUM = 0.1;

    /// @throws IllegalArgumentException if an array does not have one value per channel, or `momentum` or `eps` is out of range
    public BatchNorm {
        Channels.checkParameters("BatchNorm", channels, weight, bias);
        if (running != null && running.mean().size() != channels) {
            throw new IllegalArgumentException("BatchNorm: the running mean is " + running.mean().shape() + " for " + channels
                + " channels; give (" + channels + ")");
        }
        if (momentum != null && !Double.isFinite(momentum)) {
            throw new IllegalArgumentException("BatchNorm: momentum is " + momentum + "; give the new batch's share, in 0 … 1, "
                + "or null for the mean over all batches");
        }
        Channels.checkEps("BatchNorm", eps);
    }

    /// For `channels` channels in F32: eps 1e-5, momentum 0.1.
    public static BatchNorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels: eps 1e-5, momentum 0.1.
    public static BatchNorm of(DType dtype, int channels) {
        Channels.checkType("BatchNorm", dtype);
        Channels.checkParameters("BatchNorm", channels);
        return new BatchNorm(channels, Channels.ones(dtype, channels), Channels.zeros(dtype, channels),
            Running.of(dtype, channels), DEFAULT_MOMENTUM, DEFAULT_EPS);
    }

    /// The same parameters and state with another share of the newest batch in the running statistics.
    public BatchNorm momentum(double momentum) {
        return new BatchNorm(channels, weight, bias, running, momentum, eps);
    }

    /// The same parameters and state, and every batch has the same share in the running statistics.
    public BatchNorm cumulative() {
        return new BatchNorm(channels, weight, bias, running, null, eps);
    }

    /// The same parameters and state with another `eps`.
    public BatchNorm eps(double eps) {
        return new BatchNorm(channels, weight, bias, running, momentum, eps);
    }

    /// Without weight and bias: normalizes only.
    public BatchNorm withoutAffine() {
        return new BatchNorm(channels, null, null, running, momentum, eps);
    }

    /// Without running statistics: by those of the batch, always.
    public BatchNorm withoutTracking() {
        return new BatchNorm(channels, weight, bias, null, momentum, eps);
    }

    /// Running mean, the live array; null without tracking.
    public NdArray runningMean() {
        return running == null ? null : running.mean();
    }

    /// Running variance, the live array; null without tracking.
    public NdArray runningVar() {
        return running == null ? null : running.variance();
    }

    /// Batches that the running statistics have seen; null without tracking.
    public NdArray batchesTracked() {
        return running == null ? null : running.batches();
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var wanted = running != null ? running.mean().dtype() : Channels.type(weight, bias);
        Channels.check(this, pass, x, channels, 2, wanted);
        if (!pass.isTraining() && running != null) {
            return x.batchNorm(running.mean(), running.variance(), weight, bias, eps);
        }
        int count = x.size() / channels;
        if (pass.isTraining() && count < 2) {
            throw new IllegalArgumentException(this + pass.at() + ": training needs more than one value per channel, "
                + "the input is " + x.shape() + "; use larger batches (drop a last one of one sample), or LayerNorm");
        }
        var hat = Normalization.batch(x, weight, bias, eps);
        if (pass.isTraining() && running != null) running.track(hat.mean(), hat.variance(), count, momentum);
        return hat.y();
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
        if (running != null) running.visit(visitor);
    }

    @Override
    public String toString() {
        return "BatchNorm(" + channels + ")";
    }
}
