package keel.autograd;

import java.util.Arrays;
import keel.array.NdArray;
import keel.array.Shape;

/// Normalization `y = (x − mean)/√(variance + eps)·weight + bias`, one operation whatever the elements that share a mean are.
/// [Tensor#batchNorm], [Tensor#groupNorm] and their like are these without the statistics, which a layer tracks.
public final class Normalization {
    private Normalization() {}

    /// What came out, and the mean and the biased variance that it was normalized by.
    public record Result(Tensor y, NdArray mean, NdArray variance) {}

    /// Normalizes each channel of `x (n, c, …)` over all other axes; `weight (c)` and `bias (c)` may be null, the statistics are
    /// `(c)` (Ioffe and Szegedy 2015, arXiv:1502.03167).
    ///
    /// @throws IllegalArgumentException if x has no axis 1, or a parameter does not have one number a channel
    public static Result batch(Tensor x, Tensor weight, Tensor bias, double eps) {
        var y = keel.array.Channels.normalize(x.value(), value(weight), value(bias), eps);
        return new Result(Tensor.op(y.y(), new Norms.ChannelNorm(x, weight, bias, false, eps, y.mean(), y.rstd())), y.mean(),
            y.variance());
    }

    /// Normalizes each of `groups` groups of channels of each sample of `x (n, c, …)`; `weight (c)` and `bias (c)` may be null,
    /// the statistics are `(n, groups)` (Wu and He 2018, arXiv:1803.08494).
    ///
    /// @throws IllegalArgumentException if x has no axis 1, the groups do not divide the channels, or a parameter does not have
    /// one number a channel
    public static Result groups(Tensor x, int groups, Tensor weight, Tensor bias, double eps) {
        int c = x.rank() < 2 ? 0 : x.extent(1);
        if (x.rank() < 2 || groups < 1 || c % groups != 0) {
            throw new IllegalArgumentException("groupNorm: " + x.shape() + " has no channels for " + groups
                + " groups; give (n, channels, …) and a divisor of the channels");
        }
        requireParameter("groupNorm", x, Shape.of(c), weight);
        requireParameter("groupNorm", x, Shape.of(c), bias);
        int inner = x.shape().product(2, x.rank());
        var y = rows(x, true, c / groups * inner, Math.max(1, inner), weight, bias, eps);
        var each = Shape.of(x.extent(0), groups);
        var none = x.size() == 0 ? NdArray.full(x.dtype(), each, Double.NaN) : null;
        return none != null ? new Result(y.y, none, none) : new Result(y.y, y.mean.reshape(each), y.variance.reshape(each));
    }

    static Tensor by(NdArray mean, NdArray variance, Tensor x, Tensor weight, Tensor bias, double eps) {
        var m = mean.copy(); // who tracks the next batch in it does not reach what is recorded here
        var rstd = variance.add(eps).rsqrt();
        var y = keel.array.Channels.normalizeBy(x.value(), m, rstd, value(weight), value(bias));
        return Tensor.op(y, new Norms.ChannelNorm(x, weight, bias, true, eps, m, rstd));
    }

    static Tensor last(String name, Tensor x, boolean centered, int axes, Tensor weight, Tensor bias, double eps) {
        x.value().requireFloat(name);
        if (axes < 1 || axes > x.rank()) {
            throw new IllegalArgumentException(name + ": " + axes + " axes to normalize of " + x.shape() + "; "
                + (x.rank() == 0 ? "unsqueeze it" : "give 1 … " + x.rank()));
        }
        var row = Shape.of(Arrays.copyOfRange(x.shape().extents(), x.rank() - axes, x.rank()));
        for (var p : new Tensor[] {weight, bias}) {
            if (p != null && (p.dtype() != x.dtype() || !p.shape().equals(row))) {
                throw new IllegalArgumentException(name + ": parameter " + p.dtype() + " " + p.shape()
                    + " does not fit the last " + axes + " axes of " + x.dtype() + " " + x.shape() + "; give " + x.dtype() + " "
                    + row);
            }
        }
        return rows(x, centered, row.size(), 1, weight, bias, eps).y;
    }

    private static Result rows(Tensor x, boolean centered, int n, int inner, Tensor weight, Tensor bias, double eps) {
        var y = keel.array.Rows.normalize(centered, x.value(), n, inner, value(weight), value(bias), eps);
        var op = new Norms.RowNorm(x, weight, bias, centered, n, inner, eps, y.mean(), y.rstd());
        return new Result(Tensor.op(y.y(), op), y.mean(), y.variance());
    }

    private static void requireParameter(String name, Tensor x, Shape shape, Tensor p) {
        if (p != null && (p.dtype() != x.dtype() || !p.shape().equals(shape))) {
            throw new IllegalArgumentException(name + ": parameter " + p.dtype() + " " + p.shape() + " does not fit the "
                + shape.size() + " channels of " + x.dtype() + " " + x.shape() + "; give " + x.dtype() + " " + shape);
        }
    }

    private static NdArray value(Tensor x) { return x == null ? null : x.value(); }
}
