package keel.nn.norm;

import java.util.stream.IntStream;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
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
/// State: `running_mean (c)` from 0, `running_var (c)` from 1, `num_batches_tracked ()`. A training pass changes it: one at a
/// time.
public record BatchNorm(
        Tensor weight, Tensor bias, NdArray runningMean, NdArray runningVar, NdArray batchesTracked, double momentum, double eps)
        implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // PyTorch's, like the momentum
    private static final double DEFAULT_MOMENTUM = 0.1;

    /// @throws IllegalArgumentException if an array does not have one value per channel, or `momentum` or `eps` is out of range
    public BatchNorm {
        var shape = runningMean.shape();
        if (shape.rank() != 1 || shape.size() == 0 || !runningVar.shape().equals(shape) || batchesTracked.size() != 1
                || weight != null && !weight.shape().equals(shape) || bias != null && !bias.shape().equals(shape)) {
            throw new IllegalArgumentException("BatchNorm: the running mean is " + shape
                + "; weight, bias, mean and variance must each be (channels), 1 channel or more, and batches tracked one number");
        }
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("BatchNorm: momentum is " + momentum + "; give the new batch's share, in 0 … 1");
        }
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("BatchNorm: eps is " + eps + "; give a small number ≥ 0 such as 1e-5");
        }
    }

    /// For `channels` channels in F32: eps 1e-5, momentum 0.1.
    public static BatchNorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels: eps 1e-5, momentum 0.1.
    public static BatchNorm of(DType dtype, int channels) {
        if (!dtype.isFloat()) throw new IllegalArgumentException("BatchNorm: parameters cannot be " + dtype + "; use F32 or F64");
        if (channels < 1) throw new IllegalArgumentException("BatchNorm: " + channels + " channels; give 1 or more");
        return new BatchNorm(Tensor.parameter(NdArray.ones(dtype, channels)), Tensor.parameter(NdArray.zeros(dtype, channels)),
            NdArray.zeros(dtype, channels), NdArray.ones(dtype, channels), scalar(0), DEFAULT_MOMENTUM, DEFAULT_EPS);
    }

    /// The same parameters and state with another share of the newest batch in the running statistics.
    public BatchNorm momentum(double momentum) {
        return new BatchNorm(weight, bias, runningMean, runningVar, batchesTracked, momentum, eps);
    }

    /// The same parameters and state with another `eps`.
    public BatchNorm eps(double eps) {
        return new BatchNorm(weight, bias, runningMean, runningVar, batchesTracked, momentum, eps);
    }

    /// Without weight and bias: normalizes only.
    public BatchNorm withoutAffine() {
        return new BatchNorm(null, null, runningMean, runningVar, batchesTracked, momentum, eps);
    }

    /// How many channels.
    public int channels() {
        return runningMean.size();
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() < 2 || x.extent(1) != channels() || x.dtype() != runningMean.dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + runningMean.dtype() + " (n, " + channels() + ") or (n, " + channels() + ", …)");
        }
        // One value per channel, ready to broadcast: (1, c, 1, …).
        var perChannel = IntStream.range(0, x.rank()).map(axis -> axis == 1 ? channels() : 1).toArray();
        if (!pass.isTraining()) {
            return affine(
                x.sub(Tensor.of(runningMean.reshape(perChannel))), Tensor.of(runningVar.reshape(perChannel)), perChannel);
        }
        int count = x.size() / channels();
        if (count < 2) {
            throw new IllegalArgumentException(this + pass.at() + ": training needs more than one value per channel, "
                + "the input is " + x.shape() + "; use larger batches (drop a last one of one sample), or LayerNorm");
        }
        var overBatch = IntStream.range(0, x.rank()).filter(axis -> axis != 1).toArray();
        var mean = x.mean(true, overBatch);
        var centered = x.sub(mean);
        var variance = centered.square().mean(true, overBatch);
        track(mean.value(), variance.value(), count);
        return affine(centered, variance, perChannel);
    }

    private Tensor affine(Tensor centered, Tensor variance, int[] perChannel) {
        var scale = variance.add(eps).rsqrt();
        if (weight != null) scale = scale.mul(weight.reshape(perChannel));
        var y = centered.mul(scale);
        return bias == null ? y : y.add(bias.reshape(perChannel));
    }

    private void track(NdArray mean, NdArray biased, int count) {
        double unbiased = count / (count - 1.0);
        runningMean.mulInPlace(1 - momentum).axpyInPlace(momentum, mean.reshape(runningMean.shape()));
        runningVar.mulInPlace(1 - momentum).axpyInPlace(momentum * unbiased, biased.reshape(runningVar.shape()));
        batchesTracked.copyInPlace(scalar((int) batchesTracked.item() + 1));
    }

    private static NdArray scalar(int value) {
        return NdArray.of(Shape.of(), new int[] {value});
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
        visitor.state("running_mean", runningMean);
        visitor.state("running_var", runningVar);
        visitor.state("num_batches_tracked", batchesTracked);
    }

    @Override
    public String toString() {
        return "BatchNorm(" + channels() + ")";
    }
}
