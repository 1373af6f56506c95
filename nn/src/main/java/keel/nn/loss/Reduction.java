package keel.nn.loss;

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
        if (this == NONE) return each;
        if (this == SUM) return each.sum();
        if (each.size() == 0) {
            throw new IllegalArgumentException(loss + ": the batch is empty, " + each.shape() + "; a mean needs elements");
        }
        return this == MEAN || each.rank() == 0 ? each.mean() : each.sum().div(each.extent(0));
    }
}
