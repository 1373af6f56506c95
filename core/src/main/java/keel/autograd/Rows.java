package keel.autograd;

import keel.array.NdArray;

/// Derivatives of operations on whole rows: fused kernels when nothing is recorded, written out in primitive operations when it
/// is.
final class Rows {
    private Rows() {}

    /// Softmax or its logarithm along an axis.
    record Softmax(Tensor x, boolean log, int axis) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.either(() -> keel.array.Rows.softmaxGrad(log, y.value(), dy.value(), axis),
                () -> log ? dy.sub(y.exp().mul(dy.sum(true, axis))) : y.mul(dy.sub(dy.mul(y).sum(true, axis)))));
        }
    }

    /// Mean over rows of `−Σ target·logSoftmax(x)`.
    static NdArray crossEntropy(NdArray x, double smoothing, int... places) {
        if (smoothing == 0) return keel.array.Rows.pickedLogSoftmax(x, places).mean().mul(-1);
        var logp = x.logSoftmax(-1);
        var loss = keel.array.Rows.picked(logp, places).mean().mul(smoothing - 1).sub(logp.mean().mul(smoothing));
        logp.release();
        return loss;
    }

    /// The derivative of [#crossEntropy]; the labels are `places` in x.
    record CrossEntropy(Tensor x, double smoothing, int... places) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var each = dy.div(x.extent(0));
            var off = Tensor.scalar(x.dtype(), smoothing / x.extent(1));
            var on = Tensor.scalar(x.dtype(), 1 - smoothing).add(off);
            in.giveOwn(x, () -> Functions.either(
                () -> keel.array.Rows.crossEntropyGrad(x.value(), on.item(), off.item(), each.item(), places),
                () -> x.softmax(-1).sub(Tensor.of(target())).mul(each)));
        }

        /// One-hot rows with the smoothing spread evenly: `(1 − s)·onehot + s/classes`.
        private NdArray target() {
            var y = NdArray.zeros(x.dtype(), x.shape()).reshape(x.size());
            for (int p : places) {
                y.set(1, p);
            }
            return (smoothing == 0 ? y : y.mul(1 - smoothing).add(smoothing / x.extent(1))).reshape(x.shape());
        }
    }
}
