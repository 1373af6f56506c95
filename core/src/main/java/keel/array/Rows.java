package keel.array;

import keel.kernel.Parallel;

/// Operations on whole rows: the last axis, all others merged.
public final class Rows {
    private Rows() {}

    static NdArray softmax(String name, boolean log, NdArray x, int axis) {
        x.requireFloat(name);
        if (x.rank() == 0 && (axis == 0 || axis == -1)) {
            return softmax(name, log, x.reshape(1), 0).reshape();
        }
        int a = x.shape().axis(name, axis);
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        int n = x.extent(a);
        int inner = x.shape().product(a + 1, x.rank());
        if (inner != 1) {
            Parallel.ranges(x.size() * 8L, x.size() == 0 ? 0 : x.shape().product(0, a), 1, (lo, hi) -> {
                for (int i = lo * n * inner; i < hi * n * inner; i += n * inner) {
                    k.softmaxColumns(log, x.data(), i, n, inner, y.data(), i);
                }
            });
            return y;
        }
        Parallel.ranges(x.size() * 8L, n == 0 ? 0 : x.size() / n, 1,
            (lo, hi) -> k.softmax(log, x.data(), lo * n, y.data(), lo * n, hi - lo, n));
        return y;
    }

    /// ∂loss/∂x of softmax (or log-softmax) along an axis, from its output `y` and `dy`, of one shape.
    public static NdArray softmaxGrad(boolean log, NdArray y, NdArray dy, int axis) {
        requireAlike("softmaxGrad", y, dy);
        if (y.shape().axis("softmaxGrad", axis) != y.rank() - 1) {
            var a = log ? y.exp() : dy.mul(y);
            var sums = (log ? dy : a).sum(true, axis);
            if (!log) {
                a.release(); // what comes next is written over it
                return dy.sub(sums).mulInPlace(y);
            }
            var b = a.mul(sums);
            a.release();
            var dx = dy.sub(b);
            b.release();
            return dx;
        }
        var dx = NdArray.empty(y.dtype(), y.shape());
        int n = y.extent(-1);
        var k = y.kernels();
        Parallel.ranges(y.size() * 8L, n == 0 ? 0 : y.size() / n, 1,
            (lo, hi) -> k.softmaxGrad(log, y.data(), lo * n, dy.data(), lo * n, dx.data(), lo * n, hi - lo, n));
        return dx;
    }

    /// `ln Σeˣ` over axes, one run of them after the other.
    static NdArray logSumExp(NdArray x, boolean keepAxes, int... axes) {
        x.requireFloat("logSumExp");
        var flags = Reductions.flags("logSumExp", x.shape(), axes);
        var y = x;
        for (int hi = x.rank(); hi > 0;) {
            int lo = hi;
            while (lo > 0 && flags[lo - 1]) lo--;
            y = lo < hi ? logSumExp(y, lo, hi) : y;
            hi = lo < hi ? lo : hi - 1;
        }
        if (y == x) y = x.copy(); // rank 0
        return keepAxes ? y : y.reshape(Reductions.drop(x.shape(), flags));
    }

    // Over axes lo … hi−1, which stay with extent 1.
    private static NdArray logSumExp(NdArray x, int lo, int hi) {
        int n = x.shape().product(lo, hi);
        int inner = x.shape().product(hi, x.rank());
        var shape = x.shape();
        for (int axis = lo; axis < hi; axis++) shape = shape.with(axis, 1);
        var y = NdArray.empty(x.dtype(), shape);
        var k = x.kernels();
        Parallel.ranges(x.size() * 8L, inner == 0 ? 0 : y.size() / inner, 1,
            (a, b) -> k.logSumExp(x.data(), a * n * inner, b - a, n, inner, y.data(), a * inner));
        return y;
    }

    /// Elements at places of `x`.
    ///
    /// @throws IllegalArgumentException if a place is not in x
    public static NdArray picked(NdArray x, int... places) {
        requirePlaces("picked", x, places);
        var y = NdArray.empty(x.dtype(), Shape.of(places.length));
        x.kernels().gather(x.data(), 0, places, 0, y.data(), 0, places.length);
        return y;
    }

    /// The logarithm of the softmax of each row of logits `x (n, classes)` at one place of `x` in that row; elsewhere it is never
    /// written.
    ///
    /// @throws IllegalArgumentException if there is not one place in each row
    public static NdArray pickedLogSoftmax(NdArray x, int... places) {
        int n = classes("pickedLogSoftmax", x, places);
        var y = NdArray.empty(x.dtype(), Shape.of(places.length));
        var k = x.kernels();
        Parallel.ranges(x.size() * 8L, places.length, 1,
            (lo, hi) -> k.pickedLogSoftmax(x.data(), lo * n, places, lo, y.data(), lo, hi - lo, n));
        return y;
    }

    /// ∂loss/∂x of the cross entropy of rows of logits `x (n, classes)` and `dy` for each: `(softmax − target)·dy`, `target`
    /// being `on` at one place of each row and `off` elsewhere.
    ///
    /// @throws IllegalArgumentException if there is not one place in each row
    public static NdArray crossEntropyGrad(NdArray x, double on, double off, double dy, int... places) {
        int n = classes("crossEntropyGrad", x, places);
        var dx = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Parallel.ranges(x.size() * 8L, places.length, 1,
            (lo, hi) -> k.crossEntropyGrad(x.data(), lo * n, places, lo, on, off, dy, dx.data(), lo * n, hi - lo, n));
        return dx;
    }

    // The number of columns of x, which has one place in each row.
    private static int classes(String name, NdArray x, int... places) {
        x.requireFloat(name);
        int n = x.rank() == 2 ? x.extent(1) : 0;
        if (n == 0 || places.length != x.extent(0)) {
            throw new IllegalArgumentException(name + ": " + x.shape() + " and " + places.length + " places do not fit;"
                + " give a matrix and one place in each of its rows");
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] < i * n || places[i] - i * n >= n) {
                throw new IllegalArgumentException(name + ": place " + places[i] + " is not in row " + i + " of " + x.shape()
                    + "; give one of " + i * n + " … " + (i * n + n - 1));
            }
        }
        return n;
    }

    private static void requirePlaces(String name, NdArray x, int... places) {
        for (int p : places) {
            if (p < 0 || p >= x.size()) {
                throw new IllegalArgumentException(name + ": place " + p + " is not in " + x.shape() + "; give 0 … "
                    + (x.size() - 1));
            }
        }
    }

    /// Normalized rows or channels with their statistics: `rstd = 1/√(variance + eps)`, the variance biased.
    public record Normalized(NdArray y, NdArray mean, NdArray variance, NdArray rstd) {}

    /// ∂loss/∂x and those of weight and bias; null where they are not wanted.
    public record Gradient(NdArray dx, NdArray dw, NdArray db) {}

    /// Normalizes rows of `n` elements: `x̂ = (x − mean)·rstd`, not `centered` with 0 for the mean; `y = x̂·w + b`. `w` and `b`
    /// (or null) have one number for each `inner` elements of as many rows as they cover, one behind another: those of all
    /// channels of a sample whose rows are groups of channels.
    ///
    /// @throws IllegalArgumentException if types or sizes do not fit
    public static Normalized normalize(boolean centered, NdArray x, int n, int inner, NdArray w, NdArray b, double eps) {
        int rows = rows("normalize", x, n, inner, w, b);
        var y = NdArray.empty(x.dtype(), x.shape());
        var mean = NdArray.empty(x.dtype(), Shape.of(rows));
        var variance = NdArray.empty(x.dtype(), Shape.of(rows));
        var rstd = NdArray.empty(x.dtype(), Shape.of(rows));
        int period = w == null && b == null ? 1 : period(n, inner, w == null ? b : w);
        var k = x.kernels();
        Parallel.ranges(x.size() * 4L, rows, 1, (lo, hi) -> k.normalizeRows(centered, x.data(), lo * n, data(w), data(b), inner,
            period, eps, y.data(), lo * n, mean.data(), variance.data(), rstd.data(), lo, hi - lo, n));
        return new Normalized(y, mean, variance, rstd);
    }

    /// The gradient of [#normalize] from its `mean` and `rstd`, and `dy`. `parameters` is how many numbers weight and bias have,
    /// negative if their gradients are not wanted.
    ///
    /// @throws IllegalArgumentException if types or sizes do not fit
    public static Gradient normalizeGrad(boolean centered, NdArray x, int n, int inner, NdArray w, NdArray mean, NdArray rstd,
            NdArray dy, boolean wantsX, int parameters) {
        int rows = rows("normalizeGrad", x, n, inner, w, null);
        requireAlike("normalizeGrad", x, dy);
        requireAlike("normalizeGrad", mean, rstd);
        if (mean.dtype() != x.dtype() || mean.size() != rows) {
            throw new IllegalArgumentException("normalizeGrad: statistics " + mean.dtype() + " " + mean.shape()
                + " do not fit the " + rows + " rows of " + x.dtype() + " " + x.shape() + "; give those of normalize");
        }
        if (parameters >= 0) requirePeriod("normalizeGrad", rows, n, inner, parameters);
        var dx = wantsX ? NdArray.empty(x.dtype(), x.shape()) : null;
        if (x.size() == 0) {
            var none = parameters < 0 ? null : NdArray.zeros(x.dtype(), parameters);
            return new Gradient(dx, none, none);
        }
        boolean lines = parameters > 0 && inner > 1;
        var sums = lines ? NdArray.empty(x.dtype(), Shape.of(x.size() / inner)) : null;
        var slopes = lines ? NdArray.empty(x.dtype(), Shape.of(x.size() / inner)) : null;
        var k = x.kernels();
        int period = w == null ? 1 : period(n, inner, w);
        if (wantsX || lines) {
            Parallel.ranges(x.size() * 4L, rows, 1, (lo, hi) -> k.normalizeRowsGrad(centered, x.data(), data(w), inner, period,
                mean.data(), rstd.data(), lo, dy.data(), data(dx), lo * n, data(sums), data(slopes), hi - lo, n));
        }
        if (parameters < 0) return new Gradient(dx, null, null);
        if (lines) {
            var each = Shape.of(x.size() / inner / parameters, parameters);
            return new Gradient(dx, slopes.reshape(each).sum(false, 0), sums.reshape(each).sum(false, 0));
        }
        var dw = NdArray.empty(x.dtype(), Shape.of(parameters));
        var db = NdArray.empty(x.dtype(), Shape.of(parameters));
        Parallel.ranges(x.size() * 2L, parameters, COLUMNS, (lo, hi) -> k.normalizeRowsSums(x.data(), mean.data(), rstd.data(),
            parameters / n, dy.data(), dw.data(), db.data(), rows, n, lo, hi));
        return new Gradient(dx, dw, db);
    }

    /// Columns that one thread sums at least.
    static final int COLUMNS = 64;

    static Object data(NdArray x) { return x == null ? null : x.data(); }

    // How many rows there are; everything is checked.
    private static int rows(String name, NdArray x, int n, int inner, NdArray w, NdArray b) {
        x.requireFloat(name);
        if (n < 0 || (n == 0 ? x.size() != 0 : x.size() % n != 0) || inner < 1 || n % inner != 0) {
            throw new IllegalArgumentException(name + ": " + x.shape() + " has no rows of " + n + " elements in lines of " + inner
                + "; give divisors of its " + x.size() + " elements");
        }
        int rows = n == 0 ? 0 : x.size() / n;
        for (var p : new NdArray[] {w, b}) {
            if (p == null) continue;
            if (p.dtype() != x.dtype() || w != null && b != null && w.size() != b.size()) {
                throw new IllegalArgumentException(name + ": parameter " + p.dtype() + " " + p.shape() + " does not fit "
                    + x.dtype() + " " + x.shape() + "; give weight and bias of its type and of one size");
            }
            requirePeriod(name, rows, n, inner, p.size());
        }
        return rows;
    }

    private static void requirePeriod(String name, int rows, int n, int inner, int parameters) {
        long covered = (long) parameters * inner;
        if (n > 0 && (covered <= 0 || covered % n != 0 || rows % (covered / n) != 0)) {
            throw new IllegalArgumentException(name + ": " + parameters + " numbers for " + inner + " elements each do not fit "
                + rows + " rows of " + n + "; let them cover whole rows, and these divide the rows");
        }
    }

    private static int period(int n, int inner, NdArray parameter) {
        return n == 0 ? 1 : (int) ((long) parameter.size() * inner / n);
    }

    static void requireAlike(String name, NdArray a, NdArray b) {
        Elementwise.requireSame(name, a, b);
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(name + ": shapes differ, " + a.shape() + " and " + b.shape()
                + "; give one for each element");
        }
    }
}
