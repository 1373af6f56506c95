package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Normalization of rows and channels: bits equal to plain however the work is cut, values equal to the formula in double.
class NormKernelsTest {
    private static final double EPS = 1e-5;
    private static final int[] WIDTHS = {1, 2, 3, 9, 15, 16, 17, 31, 33, 64, 67, 128, 129, 1000, 1024, 1025, 3000, 5000};

    /// What came of a normalization and its gradient, in the order of the arguments.
    private record Results<A>(A y, A mean, A variance, A rstd, A dx, A dw, A db) {
        static <A> Results<A> of(KernelType<A> type, int n, int statistics, int parameters) {
            var k = type.plain();
            return new Results<>(k.allocate(n), k.allocate(statistics), k.allocate(statistics), k.allocate(statistics),
                k.allocate(n), k.allocate(parameters), k.allocate(parameters));
        }

        void assertSameBits(KernelType<A> type, Results<A> actual, int n, int statistics, int parameters, String what) {
            type.assertSameBits(y, actual.y, n, what + ": y");
            type.assertSameBits(mean, actual.mean, statistics, what + ": mean");
            type.assertSameBits(variance, actual.variance, statistics, what + ": variance");
            type.assertSameBits(rstd, actual.rstd, statistics, what + ": rstd");
            type.assertSameBits(dx, actual.dx, n, what + ": dx");
            type.assertSameBits(dw, actual.dw, parameters, what + ": dw");
            type.assertSameBits(db, actual.db, parameters, what + ": db");
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void rowsAreBitEqualToPlain(KernelType<A> type) {
        int rows = 4;
        for (int n : WIDTHS) {
            for (A x : List.of(type.normal(rows * n + 1, n), type.awkward(rows * n + 1, n))) {
                for (int which = 0; which < 8; which++) {
                    int period = n < 40 ? 2 : 1;
                    A w = (which & 1) == 0 ? null : type.normal(period * n, 4);
                    A b = (which & 2) == 0 ? null : type.normal(period * n, 5);
                    boolean centered = (which & 4) == 0;
                    A dy = type.normal(rows * n, 6);
                    int all = rows * n + 1;
                    var r = List.of(Results.of(type, all, rows, period * n), Results.of(type, all, rows, period * n));
                    for (int i = 0; i < 2; i++) {
                        var k = i == 0 ? type.plain() : type.used();
                        var to = r.get(i);
                        k.normalizeRows(centered, x, 1, w, b, 1, period, EPS, to.y, 0, to.mean, to.variance, to.rstd, 0, rows, n);
                        k.copyStrided(dy, 0, 1, to.dx, 1, rows * n);
                        k.normalizeRowsGrad(centered, x, w, 1, period, to.mean, to.rstd, 0, to.dx, to.dx, 1, null, null,
                            rows, n);
                        k.normalizeRowsSums(x, to.mean, to.rstd, period, dy, to.dw, to.db, rows, n, 0, period * n);
                    }
                    r.get(0).assertSameBits(type, r.get(1), all, rows, period * n, "rows of " + n + ", form " + which);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void rowsOfLinesAreBitEqualToPlain(KernelType<A> type) {
        int rows = 4;
        for (int inner : new int[] {2, 3, 15, 16, 17, 49, 100, 1030}) {
            for (int lines : new int[] {1, 2, 3, 35}) {
                int n = inner * lines;
                for (A x : List.of(type.normal(rows * n, n), type.awkward(rows * n, n))) {
                    for (int which = 0; which < 4; which++) {
                        int period = lines == 3 ? 2 : 4;
                        A w = (which & 1) == 0 ? null : type.normal(period * lines, 4);
                        A b = (which & 2) == 0 ? null : type.normal(period * lines, 5);
                        A dy = type.normal(rows * n, 6);
                        var r = List.of(Results.of(type, rows * n, rows, rows * lines),
                            Results.of(type, rows * n, rows, rows * lines));
                        for (int i = 0; i < 2; i++) {
                            var k = i == 0 ? type.plain() : type.used();
                            var to = r.get(i);
                            k.normalizeRows(true, x, 0, w, b, inner, period, EPS, to.y, 0, to.mean, to.variance, to.rstd, 0,
                                rows, n);
                            k.normalizeRowsGrad(true, x, w, inner, period, to.mean, to.rstd, 0, dy, to.dx, 0, to.dw, to.db,
                                rows, n);
                        }
                        r.get(0).assertSameBits(type, r.get(1), rows * n, rows, rows * lines, "lines of " + inner);
                    }
                }
            }
        }
    }

    /// Rows longer than a tile of sums, also where they are no multiple of those that are added together.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void sumsDownLongRowsAreBitEqualToPlain(KernelType<A> type) {
        for (int rows : new int[] {1, 3, 5, 33, 70}) {
            for (int n : new int[] {255, 257, 300, 513, 600, 1100}) {
                for (A x : List.of(type.normal(rows * n, n), type.awkward(rows * n, n))) {
                    A dy = type.normal(rows * n, 6);
                    A mean = type.normal(rows, 7);
                    A rstd = type.normal(rows, 8);
                    var k = type.plain();
                    var expected = List.of(k.allocate(n), k.allocate(n));
                    var actual = List.of(k.allocate(n), k.allocate(n));
                    k.normalizeRowsSums(x, mean, rstd, 1, dy, expected.get(0), expected.get(1), rows, n, 0, n);
                    type.used().normalizeRowsSums(x, mean, rstd, 1, dy, actual.get(0), actual.get(1), rows, n, 0, n);
                    for (int i = 0; i < 2; i++) {
                        type.assertSameBits(expected.get(i), actual.get(i), n, "sum " + i + " of " + rows + " x " + n);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void channelsAreBitEqualToPlainHoweverTheyAreCut(KernelType<A> type) {
        for (int[] shape : new int[][] {{1, 1, 2}, {3, 5, 7}, {2, 3, 49}, {4, 2, 16}, {1, 3, 2100}, {2, 1, 1}, {5, 3, 1},
                {35, 2, 17}, {31, 17, 1}, {33, 64, 1}, {40, 70, 1}, {200, 130, 1}, {0, 3, 1}, {0, 3, 5}}) {
            int c = shape[1];
            int n = shape[0] * c * shape[2];
            for (A x : List.of(type.normal(n, n), type.awkward(n, n))) {
                for (int which = 0; which < 8; which++) {
                    A w = (which & 1) == 0 ? null : type.normal(c, 4);
                    A b = (which & 2) == 0 ? null : type.normal(c, 5);
                    boolean given = (which & 4) != 0;
                    A dy = type.normal(n, 6);
                    var whole = Results.of(type, n, c, c);
                    var cut = Results.of(type, n, c, c);
                    for (int i = 0; i < 2; i++) {
                        var k = i == 0 ? type.plain() : type.used();
                        var to = i == 0 ? whole : cut;
                        k.copyStrided(type.normal(c, 7), 0, 1, to.mean, 0, c);
                        k.copyStrided(type.normal(c, 8), 0, 1, to.rstd, 0, c);
                        int[] at = {0, i == 0 ? 0 : c / 3, c};
                        for (int part = 0; part < 2; part++) {
                            k.normalizeChannels(given, x, w, b, EPS, to.y, to.mean, to.variance, to.rstd, shape[0], c, shape[2],
                                at[part], at[part + 1]);
                            k.normalizeChannelsGrad(given, x, w, to.mean, to.rstd, dy, to.dx, to.dw, to.db, shape[0], c,
                                shape[2], at[part], at[part + 1]);
                        }
                    }
                    whole.assertSameBits(type, cut, n, c, c, java.util.Arrays.toString(shape) + ", form " + which);
                }
            }
        }
    }

    /// Mean and variance survive a mean far larger than the deviation, and a few elements unlike the rest just where one looks;
    /// the error allowed is that of rounding the inputs' differences.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void statisticsFollowTheirFormulaAlsoFarFromZero(KernelType<A> type) {
        for (int n : new int[] {2, 10, 37, 500, 6000}) {
            for (double shift : new double[] {0, 1000, -1e5}) {
                for (double first : new double[] {0, 50}) {
                    A x = type.normal(n, n);
                    for (int i = 0; i < n; i++) type.plain().set(x, i, type.plain().get(x, i) + shift);
                    for (int i : n > 37 ? new int[] {0, n / 4, n / 2, n / 2 + n / 4} : new int[0]) {
                        type.plain().set(x, i, type.plain().get(x, i) + first);
                    }
                    double[] v = type.doubles(x, 0, n);
                    double m = java.util.Arrays.stream(v).map(t -> t - shift).sum() / n;
                    double var = java.util.Arrays.stream(v).map(t -> (t - shift - m) * (t - shift - m)).sum() / n;
                    double r = 1 / Math.sqrt(var + EPS);
                    for (int form = 0; form < 3; form++) {
                        var to = Results.of(type, n, 1, 1);
                        if (form == 0) {
                            type.used().normalizeRows(true, x, 0, null, null, 1, 1, EPS, to.y, 0, to.mean, to.variance, to.rstd,
                                0, 1, n);
                        } else {
                            type.used().normalizeChannels(false, x, null, null, EPS, to.y, to.mean, to.variance, to.rstd,
                                form == 1 ? 1 : n, 1, form == 1 ? n : 1, 0, 1);
                        }
                        String what = n + " at " + shift + " and " + first + ", form " + form;
                        type.assertClose(m + shift, type.plain().get(to.mean, 0), 2 * type.epsilon(), 1 + 1 / r,
                            "mean of " + what);
                        type.assertClose(var, type.plain().get(to.variance, 0), 32 * type.epsilon(), 0, "variance of " + what);
                        type.assertClose(r, type.plain().get(to.rstd, 0), 16 * type.epsilon(), 0, "rstd of " + what);
                        double tolerance = 16 * type.epsilon() * (1 + Math.abs(shift) * r);
                        for (int i = 0; i < n; i++) {
                            type.assertClose((v[i] - shift - m) * r, type.plain().get(to.y, i), tolerance, 1, what);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gradientsFollowTheirFormulas(KernelType<A> type) {
        int n = 37;
        A x = type.normal(n, 1);
        A w = type.normal(n, 2);
        A dy = type.normal(n, 3);
        double[] v = type.doubles(x, 0, n);
        double[] g = type.doubles(dy, 0, n);
        double[] t = type.doubles(w, 0, n);
        for (boolean centered : new boolean[] {true, false}) {
            for (int form = 0; form < 4; form++) {
                boolean each = form == 0; // a weight for each element, else one for all
                if (!centered && form > 1) continue; // channels are always centered
                var to = Results.of(type, n, 1, n);
                switch (form) {
                    case 0, 1 -> {
                        type.used().normalizeRows(centered, x, 0, w, null, each ? 1 : n, 1, EPS, to.y, 0, to.mean, to.variance,
                            to.rstd, 0, 1, n);
                        type.used().normalizeRowsGrad(centered, x, w, each ? 1 : n, 1, to.mean, to.rstd, 0, dy, to.dx, 0,
                            each ? null : to.db, each ? null : to.dw, 1, n);
                        if (each) type.used().normalizeRowsSums(x, to.mean, to.rstd, 1, dy, to.dw, to.db, 1, n, 0, n);
                    }
                    default -> {
                        int outer = form == 2 ? 1 : n;
                        type.used().normalizeChannels(false, x, w, null, EPS, to.y, to.mean, to.variance, to.rstd, outer, 1,
                            n / outer, 0, 1);
                        type.used().normalizeChannelsGrad(false, x, w, to.mean, to.rstd, dy, to.dx, to.dw, to.db, outer, 1,
                            n / outer, 0, 1);
                    }
                }
                double m = type.plain().get(to.mean, 0);
                double r = type.plain().get(to.rstd, 0);
                assertEquals(centered, m != 0);
                double sum = 0;
                double slope = 0;
                double dw = 0;
                for (int i = 0; i < n; i++) {
                    double e = g[i] * (each ? t[i] : t[0]);
                    sum += centered ? e / n : 0;
                    slope += e * (v[i] - m) * r / n;
                    dw += g[i] * (v[i] - m) * r;
                }
                double tolerance = 64 * type.epsilon();
                for (int i = 0; i < n; i++) {
                    double e = g[i] * (each ? t[i] : t[0]);
                    type.assertClose(r * (e - sum - (v[i] - m) * r * slope), type.plain().get(to.dx, i), tolerance, 1, "dx");
                    if (each) {
                        type.assertClose(g[i] * (v[i] - m) * r, type.plain().get(to.dw, i), tolerance, 1, "dw");
                        type.assertClose(g[i], type.plain().get(to.db, i), 0, 0, "db");
                    }
                }
                if (!each) {
                    type.assertClose(dw, type.plain().get(to.dw, 0), tolerance, 1, "dw");
                    type.assertClose(java.util.Arrays.stream(g).sum(), type.plain().get(to.db, 0), tolerance, 1, "db");
                }
            }
        }
    }

    /// Mean and variance alone have the bits of those that normalization takes, of rows, columns and channels, from any place on.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void momentsAreThoseOfNormalization(KernelType<A> type) {
        for (int[] s : new int[][] {{1, 1, 3000}, {1, 70, 33}, {40, 100, 1}, {7, 3, 1}, {3, 5, 20}, {50, 2, 17}}) {
            int n = s[0] * s[1] * s[2];
            for (A x : List.of(type.normal(n, n + 1), type.awkward(n, n))) {
                A y = type.plain().allocate(n);
                A mean = type.plain().allocate(s[1] + 2);
                A variance = type.plain().allocate(s[1] + 2);
                A rstd = type.plain().allocate(s[1] + 2);
                var plain = type.plain();
                if (s[0] == 1) plain.normalizeRows(true, x, 0, null, null, 1, 1, EPS, y, 0, mean, variance, rstd, 0, s[1], s[2]);
                else plain.normalizeChannels(false, x, null, null, EPS, y, mean, variance, rstd, s[0], s[1], s[2], 0, s[1]);
                A later = type.plain().allocate(n + 3);
                type.plain().copyStrided(x, 0, 1, later, 3, n);
                for (var k : List.of(type.plain(), type.used())) {
                    A m = type.plain().allocate(s[1] + 2);
                    A v = type.plain().allocate(s[1] + 2);
                    k.moments(later, 3, s[0], s[1], s[2], m, v, 2);
                    k.copyStrided(m, 2, 1, m, 0, s[1]);
                    k.copyStrided(v, 2, 1, v, 0, s[1]);
                    type.assertSameBits(mean, m, s[1], "mean " + s[0] + " " + s[1] + " " + s[2]);
                    type.assertSameBits(variance, v, s[1], "variance " + s[0] + " " + s[1] + " " + s[2]);
                }
            }
        }
    }
}
