package keel.autograd;

import keel.array.NdArray;

/// Derivatives of operations on whole rows: fused kernels when nothing is recorded, written out in primitive operations when it
/// is.
final class Rows {
    private Rows() {}

    /// Softmax or its logarithm along the last axis.
    record Softmax(Tensor x, boolean log) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.either(() -> keel.array.Rows.softmaxGrad(log, y.value(), dy.value()),
                () -> log ? dy.sub(y.exp().mul(dy.sum(true, -1))) : y.mul(dy.sub(dy.mul(y).sum(true, -1)))));
        }
    }

    /// Mean over rows of `−Σ target·logSoftmax(x)`; `logp` is the log-softmax of the forward pass, `target` (rows, classes) the
    /// smoothed one-hot labels.
    record CrossEntropy(Tensor x, NdArray logp, NdArray target) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> {
                var p = Functions.either(logp::exp, () -> x.softmax(-1));
                return p.sub(Tensor.of(target)).mul(dy.div(x.extent(0)));
            });
        }

        /// One-hot rows with `smoothing` spread evenly: `(1 − s)·onehot + s/classes`.
        static NdArray target(NdArray labels, Tensor x, double smoothing) {
            var y = NdArray.oneHot(x.dtype(), labels, x.extent(1));
            return smoothing == 0 ? y : y.mul(1 - smoothing).add(smoothing / x.extent(1));
        }
    }
}
