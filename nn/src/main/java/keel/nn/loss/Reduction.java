package keel.nn.loss;

import java.util.function.Supplier;
import keel.autograd.Pointwise;
import keel.autograd.Tensor;

/// What becomes of the losses of single elements.
public enum Reduction {
    /// Their mean, rank 0. A loss with weights says by what it divides.
    MEAN,
    /// Their sum, rank 0.
    SUM,
    /// Nothing: the losses as they are.
    NONE,
    /// Their sum over the extent of axis 0, rank 0: for a divergence between whole rows, where [#MEAN] would divide by their
    /// length too.
    BATCH_MEAN;

    /// Reduces the losses that `loss` found.
    ///
    /// @throws IllegalArgumentException if it is a mean of nothing
    Tensor of(String loss, Tensor each) {
        return this == NONE ? each : share(loss, each, each::sum);
    }

    /// Reduces the losses of `y` against `target`, which are not written to memory unless they are the result.
    ///
    /// @throws IllegalArgumentException if it is a mean of nothing
    Tensor of(String loss, Pointwise each, Tensor y, Tensor target) {
        return this == NONE ? each.apply(y, target) : share(loss, y, () -> each.sum(y, target));
    }

    private Tensor share(String loss, Tensor y, Supplier<Tensor> sum) {
        if (this == SUM) return sum.get();
        if (y.size() == 0) {
            throw new IllegalArgumentException(loss + ": the batch is empty, " + y.shape() + "; a mean needs elements");
        }
        return sum.get().div(this == MEAN || y.rank() == 0 ? y.size() : y.extent(0));
    }
}
