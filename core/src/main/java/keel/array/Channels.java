package keel.array;

import keel.array.Rows.Gradient;
import keel.array.Rows.Normalized;
import keel.kernel.Parallel;

/// Normalization of channels, axis 1 of `(n, c, …)`, over all other axes.
public final class Channels {
    private Channels() {}

    /// `y = (x − mean)·rstd·w + b` by the mean and the biased variance of each channel, `rstd = 1/√(variance + eps)`; `w (c)`
    /// and `b (c)` may be null. All statistics are `(c)`.
    ///
    /// @throws IllegalArgumentException if types or sizes do not fit
    public static Normalized normalize(NdArray x, NdArray w, NdArray b, double eps) {
        int c = channels("batchNorm", x, w, b);
        var mean = NdArray.empty(x.dtype(), Shape.of(c));
        var variance = NdArray.empty(x.dtype(), Shape.of(c));
        var rstd = NdArray.empty(x.dtype(), Shape.of(c));
        return new Normalized(run(false, x, w, b, eps, mean, variance, rstd), mean, variance, rstd);
    }

    /// `y = (x − mean)·rstd·w + b` by these statistics `(c)`.
    ///
    /// @throws IllegalArgumentException if types or sizes do not fit
    public static NdArray normalizeBy(NdArray x, NdArray mean, NdArray rstd, NdArray w, NdArray b) {
        channels("batchNorm", x, w, b, mean, rstd);
        return run(true, x, w, b, 0, mean, mean, rstd);
    }

    private static NdArray run(boolean given, NdArray x, NdArray w, NdArray b, double eps, NdArray mean, NdArray variance,
            NdArray rstd) {
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        int n = x.extent(0);
        int inner = x.shape().product(2, x.rank());
        int c = x.extent(1);
        Parallel.ranges(x.size() * 4L, c, inner == 1 ? Rows.COLUMNS : 1, (from, to) -> k.normalizeChannels(given, x.data(),
            Rows.data(w), Rows.data(b), eps, y.data(), mean.data(), variance.data(), rstd.data(), n, c, inner, from, to));
        return y;
    }

    /// The gradient of [#normalize], or of [#normalizeBy] if the statistics were `given`.
    ///
    /// @throws IllegalArgumentException if types or sizes do not fit
    public static Gradient normalizeGrad(boolean given, NdArray x, NdArray w, NdArray mean, NdArray rstd, NdArray dy,
            boolean wantsX, boolean wantsParameters) {
        int c = channels("batchNorm", x, w, mean, rstd);
        Rows.requireAlike("batchNorm", x, dy);
        var dx = wantsX ? NdArray.empty(x.dtype(), x.shape()) : null;
        var dw = wantsParameters ? NdArray.empty(x.dtype(), Shape.of(c)) : null;
        var db = wantsParameters ? NdArray.empty(x.dtype(), Shape.of(c)) : null;
        if (x.size() == 0) {
            var none = wantsParameters ? NdArray.zeros(x.dtype(), c) : null;
            return new Gradient(dx, none, none);
        }
        int n = x.extent(0);
        int inner = x.shape().product(2, x.rank());
        var k = x.kernels();
        Parallel.ranges(x.size() * 4L, c, inner == 1 ? Rows.COLUMNS : 1, (from, to) -> k.normalizeChannelsGrad(given, x.data(),
            Rows.data(w), mean.data(), rstd.data(), dy.data(), Rows.data(dx), Rows.data(dw), Rows.data(db), n, c, inner, from,
            to));
        return new Gradient(dx, dw, db);
    }

    // How many there are; each of the others, unless null, has one number a channel.
    private static int channels(String name, NdArray x, NdArray... others) {
        x.requireFloat(name);
        if (x.rank() < 2) {
            throw new IllegalArgumentException(name + ": " + x.shape() + " has no channels; give (n, channels, …)");
        }
        int c = x.extent(1);
        for (var p : others) {
            if (p != null && (p.dtype() != x.dtype() || p.rank() != 1 || p.size() != c)) {
                throw new IllegalArgumentException(name + ": " + p.dtype() + " " + p.shape() + " does not fit the " + c
                    + " channels of " + x.dtype() + " " + x.shape() + "; give " + x.dtype() + " (" + c + ")");
            }
        }
        return c;
    }
}
