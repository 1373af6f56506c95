package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Visitor;

/// Running statistics of channels: `mean (c)` from 0, `variance (c)` from 1, and how many batches they have seen. A training
/// pass changes them: one at a time.
public record Running(NdArray mean, NdArray variance, NdArray batches) {
    /// @throws IllegalArgumentException if the shapes are not `(c)`, `(c)` and one number
    public Running {
        if (mean.rank() != 1 || mean.size() == 0 || !variance.shape().equals(mean.shape()) || batches.size() != 1) {
            throw new IllegalArgumentException("Running: mean " + mean.shape() + ", variance " + variance.shape() + ", batches "
                + batches.shape() + "; give (channels), (channels) and one number, 1 channel or more");
        }
    }

    /// Of nothing yet.
    public static Running of(DType dtype, int channels) {
        var none = NdArray.of(Shape.of(), new int[] {0});
        return new Running(NdArray.zeros(dtype, channels), NdArray.ones(dtype, channels), none);
    }

    /// Counts a batch, and moves both by the share `momentum` towards what was observed, the variance unbiased from `count`
    /// values; a null momentum takes the mean over all batches.
    void track(NdArray observedMean, NdArray biasedVariance, int count, Double momentum) {
        int seen = (int) batches.item() + 1;
        batches.copyInPlace(NdArray.of(batches.shape(), new int[] {seen}));
        double share = momentum == null ? 1.0 / seen : momentum;
        double unbiased = count / (count - 1.0);
        mean.mulInPlace(1 - share).axpyInPlace(share, observedMean.reshape(mean.shape()));
        variance.mulInPlace(1 - share).axpyInPlace(share * unbiased, biasedVariance.reshape(variance.shape()));
    }

    void visit(Visitor visitor) {
        visitor.state("running_mean", mean);
        visitor.state("running_var", variance);
        visitor.state("num_batches_tracked", batches);
    }
}
