package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Normalization;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Normalizes each channel of each sample over its positions: `y = (x − mean)/√(var + eps)·w + b`, `(n, c, …) → (n, c, …)` with
/// one or more axes behind the channels, PyTorch's InstanceNorm1d and 2d (Ulyanov et al. 2016, arXiv:1607.08022): contrast
/// goes, sample by sample.
///
/// Without weight, bias and running statistics, as in PyTorch; [#withAffine()] and [#withTracking()] add them. With running
/// statistics (means over the batch of those of the samples) inference normalizes by these.
public record InstanceNorm(int channels, Tensor weight, Tensor bias, Running running, double momentum, double eps, DType dtype)
        implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // PyTorch's, like the momentum
    private static final double DEFAULT_MOMENTUM = 0.1;

    /// @throws IllegalArgumentException if an array does not have one value per channel, or `momentum` or `eps` is out of range
    public InstanceNorm {
        Channels.checkType("InstanceNorm", dtype);
        Channels.checkParameters("InstanceNorm", channels, weight, bias);
        if (running != null && running.mean().size() != channels) {
            throw new IllegalArgumentException("InstanceNorm: the running mean is " + running.mean().shape() + " for " + channels
                + " channels; give (" + channels + ")");
        }
        if (!Double.isFinite(momentum)) {
            throw new IllegalArgumentException("InstanceNorm: momentum is " + momentum
                + "; give the new batch's share, in 0 … 1");
        }
        Channels.checkEps("InstanceNorm", eps);
    }

    /// For `channels` channels in F32, normalizing only: eps 1e-5.
    public static InstanceNorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels, normalizing only: eps 1e-5.
    public static InstanceNorm of(DType dtype, int channels) {
        return new InstanceNorm(channels, null, null, null, DEFAULT_MOMENTUM, DEFAULT_EPS, dtype);
    }

    /// With a weight from 1 and a bias from 0.
    public InstanceNorm withAffine() {
        return affine(Channels.ones(dtype, channels), Channels.zeros(dtype, channels));
    }

    /// With this weight and bias `(c)`; either may be null.
    public InstanceNorm affine(Tensor weight, Tensor bias) {
        return new InstanceNorm(channels, weight, bias, running, momentum, eps, dtype);
    }

    /// With running statistics, which inference then uses.
    public InstanceNorm withTracking() {
        return tracking(Running.of(dtype, channels));
    }

    /// With these running statistics.
    public InstanceNorm tracking(Running running) {
        return new InstanceNorm(channels, weight, bias, running, momentum, eps, dtype);
    }

    /// With another share of the newest batch in the running statistics.
    public InstanceNorm momentum(double momentum) {
        return new InstanceNorm(channels, weight, bias, running, momentum, eps, dtype);
    }

    /// With another `eps`.
    public InstanceNorm eps(double eps) {
        return new InstanceNorm(channels, weight, bias, running, momentum, eps, dtype);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Channels.check(this, pass, x, channels, 3, dtype);
        if (!pass.isTraining() && running != null) {
            return x.batchNorm(running.mean(), running.variance(), weight, bias, eps);
        }
        int count = x.shape().product(2, x.rank());
        if (pass.isTraining() && count < 2 && x.extent(0) > 0) {
            throw new IllegalArgumentException(this + pass.at()
                + ": training needs more than one position per channel, the input is "
                + x.shape() + "; use larger maps, or LayerNorm");
        }
        var hat = Normalization.groups(x, channels, weight, bias, eps);
        if (pass.isTraining() && running != null) {
            running.track(overBatch(hat.mean()), overBatch(hat.variance()), count, momentum);
        }
        return hat.y();
    }

    private static NdArray overBatch(NdArray statistic) {
        return statistic.mean(true, 0);
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
        if (running != null) running.visit(visitor);
    }

    @Override
    public String toString() {
        return "InstanceNorm(" + channels + ")";
    }
}
