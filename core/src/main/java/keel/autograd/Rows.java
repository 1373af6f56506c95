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
            in.give(x, () -> Functions.either(() -> keel.array.Rows.softmaxGrad(log, y.value(), dy.value()),
                () -> log ? dy.sub(y.exp().mul(dy.sum(true, -1))) : y.mul(dy.sub(dy.mul(y).sum(true, -1)))));
        }
    }

    /// `x̂·w + b` with `x̂ = (x − mean)·rstd` over rows of `n`: x (rows, n), w and b (n) or null; `mean`, `rstd` (rows) are those
    /// of the forward pass.
    record LayerNorm(Tensor x, Tensor w, Tensor b, double eps, NdArray mean, NdArray rstd) implements Vjp {
        @Override public Tensor[] inputs() {
            return w == null ? b == null ? new Tensor[] {x} : new Tensor[] {x, b} : b == null ? new Tensor[] {x, w}
                : new Tensor[] {x, w, b};
        }

        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> Functions.either(
                () -> keel.array.Rows.layerNormGrad(x.value(), 1, w == null ? null : w.value(), mean, rstd, dy.value()), () -> {
                    var s = x.variance(true, 0, -1).add(eps).rsqrt();
                    var hat = x.sub(x.mean(true, -1)).mul(s);
                    var g = w == null ? dy : dy.mul(w);
                    return s.mul(g.sub(g.mean(true, -1)).sub(hat.mul(g.mul(hat).mean(true, -1))));
                }));
            if (w != null) {
                in.give(w, () -> dy.mul(normalized()));
            }
            if (b != null) {
                in.give(b, () -> dy);
            }
        }

        private Tensor normalized() {
            return Functions.either(() -> x.value().sub(mean.unsqueeze(1)).mul(rstd.unsqueeze(1)),
                () -> x.sub(x.mean(true, -1)).mul(x.variance(true, 0, -1).add(eps).rsqrt()));
        }
    }

    /// Mean over rows of `−Σ target·logSoftmax(x)`; `logp` is the log-softmax of the forward pass, `target` (rows, classes) the
    /// smoothed one-hot labels.
    record CrossEntropy(Tensor x, NdArray logp, NdArray target) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
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
