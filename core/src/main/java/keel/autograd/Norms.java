package keel.autograd;

import keel.array.NdArray;
import keel.array.Shape;
import keel.array.Rows.Gradient;

/// Derivatives of normalization by the statistics of rows and of channels, `dx = rstd·(g − mean(g) − x̂·mean(g·x̂))` with
/// `g = dy·w`: fused kernels when nothing is recorded, written out in primitive operations when it is.
final class Norms {
    private Norms() {}

    /// `x̂·w + b` over rows of `n` elements of x, `w` and `b` (or null) one number for each `inner` elements; not centered, the
    /// mean is left in. `mean` and `rstd` (rows) are those of the forward pass.
    record RowNorm(Tensor x, Tensor w, Tensor b, boolean centered, int n, int inner, double eps, NdArray mean, NdArray rstd)
            implements Vjp {
        @Override public String name() { return centered ? inner == 1 ? "LayerNorm" : "GroupNorm" : "RmsNorm"; }
        @Override public Tensor[] inputs() { return present(x, w, b); }

        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            int parameters = w != null ? w.size() : b != null ? b.size() : 0;
            if (!Recording.isOn() || x.size() == 0) {
                boolean wanted = wanted(in, w, b);
                hand(in, x, w, b, keel.array.Rows.normalizeGrad(centered, x.value(), n, inner, value(w), mean, rstd, dy.value(),
                    in.wants(x), wanted ? parameters : -1));
                return;
            }
            var lines = parameters == 0 ? null : Shape.of(x.size() / parameters / inner, parameters, inner);
            var rows = x.reshape(Shape.of(x.size() / n, n));
            var d = centered ? rows.sub(rows.mean(true, -1)) : rows;
            var s = d.square().mean(true, -1).add(eps).rsqrt();
            var hat = d.mul(s);
            in.give(x, () -> {
                var g = (w == null ? dy : dy.reshape(lines).mul(w.reshape(parameters, 1))).reshape(rows.shape());
                var left = centered ? g.sub(g.mean(true, -1)) : g;
                return s.mul(left.sub(hat.mul(g.mul(hat).mean(true, -1)))).reshape(x.shape());
            });
            if (w != null) in.give(w, () -> dy.reshape(lines).mul(hat.reshape(lines)).sum(false, 0, 2).reshape(w.shape()));
            if (b != null) in.give(b, () -> dy.reshape(lines).sum(false, 0, 2).reshape(b.shape()));
        }
    }

    /// `x̂·w + b` by the statistics of each channel of x (n, c, …) over all other axes, or by such as were given and are
    /// constants. `mean` and `rstd` (c) are those of the forward pass.
    record ChannelNorm(Tensor x, Tensor w, Tensor b, boolean given, double eps, NdArray mean, NdArray rstd) implements Vjp {
        @Override public String name() { return "BatchNorm"; }
        @Override public Tensor[] inputs() { return present(x, w, b); }

        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (!Recording.isOn() || x.size() == 0) {
                hand(in, x, w, b, keel.array.Channels.normalizeGrad(given, x.value(), value(w), mean, rstd, dy.value(),
                    in.wants(x), wanted(in, w, b)));
                return;
            }
            int c = x.extent(1);
            var lines = Shape.of(x.extent(0), c, x.shape().product(2, x.rank()));
            var v = x.reshape(lines);
            var g = dy.reshape(lines);
            var d = v.sub(given ? Tensor.of(mean.reshape(c, 1)) : v.mean(true, 0, 2));
            var s = given ? Tensor.of(rstd.reshape(c, 1)) : d.square().mean(true, 0, 2).add(eps).rsqrt();
            var hat = d.mul(s);
            in.give(x, () -> {
                var t = w == null ? g : g.mul(w.reshape(c, 1));
                return (given ? t.mul(s) : s.mul(t.sub(t.mean(true, 0, 2)).sub(hat.mul(t.mul(hat).mean(true, 0, 2)))))
                    .reshape(x.shape());
            });
            if (w != null) in.give(w, () -> g.mul(hat).sum(false, 0, 2));
            if (b != null) in.give(b, () -> g.sum(false, 0, 2));
        }
    }

    private static Tensor[] present(Tensor x, Tensor w, Tensor b) {
        return w == null ? b == null ? new Tensor[] {x} : new Tensor[] {x, b} : b == null ? new Tensor[] {x, w}
            : new Tensor[] {x, w, b};
    }

    private static boolean wanted(Inputs in, Tensor w, Tensor b) {
        return w != null && in.wants(w) || b != null && in.wants(b);
    }

    private static NdArray value(Tensor x) { return x == null ? null : x.value(); }

    private static void hand(Inputs in, Tensor x, Tensor w, Tensor b, Gradient g) {
        in.giveOwn(x, () -> Tensor.of(g.dx()));
        if (w != null) in.giveOwn(w, () -> Tensor.of(g.dw().reshape(w.shape())));
        if (b != null) in.giveOwn(b, () -> Tensor.of(g.db().reshape(b.shape())));
    }
}
