package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Optimizer steps and axpy against their formulas in double; inside an array, so that the elements around them must stay.
class StepKernelsTest {
    private static final int N = 100;
    private static final int O = 3;

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void sgdFollowsItsFormula(KernelType<A> type) {
        for (double momentum : new double[] {0, .9}) {
            for (boolean nesterov : new boolean[] {false, true}) {
                for (boolean first : new boolean[] {false, true}) {
                    for (var k : List.of(type.plain(), type.used())) {
                        A p = type.normal(N + 2 * O, 1);
                        A g = type.normal(N + 2 * O, 2);
                        A v = type.normal(N + 2 * O, 3);
                        double[][] before = {type.doubles(p, 0, N + 2 * O), type.doubles(g, 0, N + 2 * O),
                                type.doubles(v, 0, N + 2 * O)};
                        k.sgd(p, g, momentum == 0 ? null : v, O, N, .1, momentum, .2, .01, nesterov, first);
                        for (int i = 0; i < N + 2 * O; i++) {
                            double h = before[1][i] + .01 * before[0][i];
                            double vi = first ? h : momentum * before[2][i] + .8 * h;
                            double u = momentum == 0 ? h : nesterov ? h + momentum * vi : vi;
                            boolean inside = i >= O && i < O + N;
                            close(type, inside ? before[0][i] - .1 * u : before[0][i], p, i, "p");
                            if (momentum != 0) close(type, inside ? vi : before[2][i], v, i, "v");
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void adamFollowsItsFormula(KernelType<A> type) {
        for (int step : new int[] {1, 2, 1000}) {
            for (double decay : new double[] {0, .01}) {
                for (double decoupled : new double[] {0, .1}) {
                    for (var k : List.of(type.plain(), type.used())) {
                        A p = type.normal(N + 2 * O, 1);
                        A g = type.normal(N + 2 * O, 2);
                        A m = type.normal(N + 2 * O, 3);
                        A v = type.normal(N + 2 * O, 4);
                        k.unary(keel.kernel.Unary.SQUARE, 0, v, 0, v, 0, N + 2 * O);
                        double[][] b = {type.doubles(p, 0, N + 2 * O), type.doubles(g, 0, N + 2 * O),
                                type.doubles(m, 0, N + 2 * O), type.doubles(v, 0, N + 2 * O)};
                        k.adam(p, g, m, v, O, N, .01, .9, .99, 1e-3, decay, decoupled, step);
                        for (int i = 0; i < N + 2 * O; i++) {
                            boolean inside = i >= O && i < O + N;
                            double q = b[0][i] * (1 - .01 * decoupled);
                            double h = b[1][i] + decay * q;
                            double mi = .9 * b[2][i] + .1 * h;
                            double vi = .99 * b[3][i] + .01 * h * h;
                            double u = mi / (1 - Math.pow(.9, step)) / (Math.sqrt(vi / (1 - Math.pow(.99, step))) + 1e-3);
                            close(type, inside ? q - .01 * u : b[0][i], p, i, "p");
                            close(type, inside ? mi : b[2][i], m, i, "m");
                            close(type, inside ? vi : b[3][i], v, i, "v");
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void rmspropFollowsItsFormula(KernelType<A> type) {
        for (boolean centered : new boolean[] {false, true}) {
            for (double momentum : new double[] {0, .9}) {
                for (var k : List.of(type.plain(), type.used())) {
                    A p = type.normal(N + O, 1);
                    A g = type.normal(N + O, 2);
                    A v = type.normal(N + O, 3);
                    A a = type.normal(N + O, 4);
                    A buffer = type.normal(N + O, 5);
                    k.unary(keel.kernel.Unary.SQUARE, 0, v, 0, v, 0, N + O);
                    // the mean square must exceed the squared mean
                    k.unary(keel.kernel.Unary.MUL_SCALAR, .1, a, 0, a, 0, N + O);
                    k.unary(keel.kernel.Unary.ADD_SCALAR, 1, v, 0, v, 0, N + O);
                    double[][] b = {type.doubles(p, 0, N + O), type.doubles(g, 0, N + O), type.doubles(v, 0, N + O),
                            type.doubles(a, 0, N + O),
                        type.doubles(buffer, 0, N + O)};
                    k.rmsprop(p, g, v, centered ? a : null, momentum == 0 ? null : buffer, O, N, .01, .95, 1e-3, .02, momentum);
                    for (int i = O; i < N + O; i++) {
                        double h = b[1][i] + .02 * b[0][i];
                        double vi = .95 * b[2][i] + .05 * h * h;
                        double ai = .95 * b[3][i] + .05 * h;
                        double u = h / (Math.sqrt(centered ? vi - ai * ai : vi) + 1e-3);
                        if (momentum != 0) u = momentum * b[4][i] + u;
                        close(type, b[0][i] - .01 * u, p, i, "p");
                        close(type, vi, v, i, "v");
                        close(type, centered ? ai : b[3][i], a, i, "a");
                        close(type, momentum != 0 ? u : b[4][i], buffer, i, "b");
                    }
                }
            }
        }
    }

    /// 0.9 of four of the smallest floats is rounded to four of them: without care a memory stays denormal for ever.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void whatIsRememberedOfDeadWeightsIsNeverDenormal(KernelType<A> type) {
        double smallestNormal = type.smallest() / (2 * type.epsilon());
        for (var k : List.of(type.plain(), type.used())) {
            A p = type.normal(N, 1);
            A g = k.allocate(N);
            var memories = Stream.generate(() -> k.allocate(N)).limit(10).toList();
            for (A m : memories) for (int i = 0; i < N; i++) k.set(m, i, smallestNormal * (i + 1) / 4);
            for (int step = 2; step < 60; step++) {
                k.adam(p, g, memories.get(0), memories.get(1), 0, N, 1e-3, .9, .95, 1e-8, 0, 0, step);
                k.sgd(p, g, memories.get(2), 0, N, 1e-3, .9, 0, 0, step % 2 == 0, false);
                k.rmsprop(p, g, memories.get(3), memories.get(4), memories.get(5), 0, N, 1e-3, .9, 1e-8, 0, .9);
                k.adan(p, g, g, memories.get(6), memories.get(7), memories.get(8), 0, N, 1e-3, .98, .92, .99, 1e-8, 1, 1, step);
                k.lion(p, g, memories.get(9), 0, N, 1e-3, .9, .99, 0);
            }
            for (A m : memories) {
                for (double v : type.doubles(m, 0, N)) {
                    assertTrue(v == 0 || Math.abs(v) >= smallestNormal, type.name() + ": memory " + memories.indexOf(m)
                        + " holds " + v);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void aTinyEpsilonKeepsTinyMemories(KernelType<A> type) {
        A m = type.of(3 * type.smallest());
        A v = type.of(5 * type.smallest());
        type.used().adam(type.of(1), type.of(0), m, v, 0, 1, 1e-3, .9, .999, 1e-30, 0, 0, 5);
        assertEquals(3 * type.smallest(), type.plain().get(m, 0));
        assertEquals(5 * type.smallest(), type.plain().get(v, 0));
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void lionFollowsItsFormula(KernelType<A> type) {
        for (var k : List.of(type.plain(), type.used())) {
            A p = type.normal(N + 2 * O, 1);
            A g = type.normal(N + 2 * O, 2);
            A m = type.normal(N + 2 * O, 3);
            double[][] b = {type.doubles(p, 0, N + 2 * O), type.doubles(g, 0, N + 2 * O), type.doubles(m, 0, N + 2 * O)};
            k.lion(p, g, m, O, N, .1, .9, .99, .2);
            for (int i = 0; i < N + 2 * O; i++) {
                boolean inside = i >= O && i < O + N;
                double u = Math.signum(.9 * b[2][i] + .1 * b[1][i]);
                close(type, inside ? b[0][i] * (1 - .1 * .2) - .1 * u : b[0][i], p, i, "p");
                close(type, inside ? .99 * b[2][i] + .01 * b[1][i] : b[2][i], m, i, "m");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void adanFollowsItsFormula(KernelType<A> type) {
        for (int step : new int[] {1, 2, 100}) {
            for (var k : List.of(type.plain(), type.used())) {
                A p = type.normal(N + 2 * O, 1);
                A g = type.normal(N + 2 * O, 2);
                A last = type.normal(N + 2 * O, 3);
                A m = type.normal(N + 2 * O, 4);
                A w = type.normal(N + 2 * O, 5);
                A v = type.normal(N + 2 * O, 6);
                k.unary(keel.kernel.Unary.SQUARE, 0, v, 0, v, 0, N + 2 * O);
                double[][] b = new double[6][];
                List<A> arrays = List.of(p, g, last, m, w, v);
                for (int j = 0; j < 6; j++) b[j] = type.doubles(arrays.get(j), 0, N + 2 * O);
                k.adan(p, g, last, m, w, v, O, N, .01, .9, .8, .7, 1e-2, .95, .97, step);
                for (int i = 0; i < N + 2 * O; i++) {
                    boolean inside = i >= O && i < O + N;
                    double d = step == 1 ? 0 : b[1][i] - b[2][i];
                    double mi = .9 * b[3][i] + .1 * b[1][i];
                    double wi = .8 * b[4][i] + .2 * d;
                    double vi = .7 * b[5][i] + .3 * Math.pow(b[1][i] + .8 * d, 2);
                    double u = (mi / (1 - Math.pow(.9, step)) + .8 * wi / (1 - Math.pow(.8, step)))
                        / (Math.sqrt(vi / (1 - Math.pow(.7, step))) + 1e-2);
                    close(type, inside ? (b[0][i] * .95 - .01 * u) * .97 : b[0][i], p, i, "p");
                    close(type, inside ? b[1][i] : b[2][i], last, i, "last");
                    close(type, inside ? mi : b[3][i], m, i, "m");
                    close(type, inside ? wi : b[4][i], w, i, "w");
                    close(type, inside ? vi : b[5][i], v, i, "v");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void sumsInPlaceFollowTheirFormulas(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) {
            A x = type.normal(n + 1, 1);
            A z = type.normal(n + 2, 2);
            A start = type.normal(n + 3, 3);
            double[] xs = type.doubles(x, 1, n);
            double[] zs = type.doubles(z, 2, n);
            double[] ys = type.doubles(start, 3, n);
            for (int f = 0; f < 3; f++) {
                A plain = type.plain().allocate(n + 3);
                A used = type.plain().allocate(n + 3);
                for (A y : List.of(plain, used)) type.plain().copyStrided(start, 0, 1, y, 0, n + 3);
                sum(type.plain(), f, x, z, plain, n);
                sum(type.used(), f, x, z, used, n);
                type.assertSameBits(plain, used, n + 3, "sum " + f + " of " + n);
                for (int i = 0; i < n; i++) {
                    double wanted = f == 0 ? .9 * ys[i] + .1 * xs[i] : ys[i] + .5 * (f == 1 ? xs[i] * zs[i] : xs[i] / zs[i]);
                    close(type, wanted, used, i + 3, "sum " + f);
                }
            }
        }
    }

    private static <A> void sum(keel.kernel.Kernels<A> k, int f, A x, A z, A y, int n) {
        switch (f) {
            case 0 -> k.blend(.9, y, 3, .1, x, 1, n);
            case 1 -> k.addMul(.5, x, 1, z, 2, y, 3, n);
            default -> k.addDiv(.5, x, 1, z, 2, y, 3, n);
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void axpyAddsAMultiple(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) {
            A x = type.normal(n + 1, 1);
            A y = type.normal(n + 2, 2);
            double[] v = type.doubles(x, 1, n);
            double[] w = type.doubles(y, 2, n);
            A z = type.plain().allocate(n + 2);
            type.plain().copyStrided(y, 0, 1, z, 0, n + 2);
            type.used().axpy(.5, x, 1, y, 2, n);
            type.plain().axpy(.5, x, 1, z, 2, n);
            type.assertSameBits(z, y, n + 2, "axpy " + n);
            for (int i = 0; i < n; i++) close(type, w[i] + .5 * v[i], y, i + 2, "axpy");
        }
    }

    /// Scalars are rounded to the type, so a few of its roundings are allowed.
    private static <A> void close(KernelType<A> type, double expected, A actual, int i, String what) {
        type.assertClose(expected, type.plain().get(actual, i), 16 * type.epsilon(), 1, what + "[" + i + "]");
    }
}
