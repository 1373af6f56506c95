package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import keel.kernel.Form;
import keel.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Loops of recurrent cells, and products by a matrix that is laid out once: bits equal to plain, values equal to formulas in
/// double.
class RecurrentKernelsTest {
    private static final int[] UNITS = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 100, 129};

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gatesAndMemoryAreBitEqualToPlain(KernelType<A> type) {
        for (int n : UNITS) {
            for (int rows : new int[] {0, 1, 2, 5}) {
                int all = rows * 4 * n;
                A expected = type.normal(all + 3, 1);
                A actual = type.normal(all + 3, 1);
                for (int gates = 1; gates <= 4; gates++) {
                    A s = type.awkward(all + 2, n);
                    A b = type.awkward(4 * n + 1, n + 1);
                    A z = gates == 2 ? null : type.awkward(all + 1, n + 2);
                    A c = z == null ? null : type.awkward(4 * n, n + 3);
                    type.plain().gates(rows, n, 4, gates, s, 2, b, 1, z, 1, c, expected, 3);
                    type.used().gates(rows, n, 4, gates, s, 2, b, 1, z, 1, c, actual, 3);
                    type.assertSameBits(expected, actual, all + 3, gates + " gates of " + n);
                }
                A z = type.awkward(all + 1, 4);
                A c = type.awkward(rows * n + 2, 5);
                A d = type.plain().allocate(rows * n + 2);
                type.plain().lstmMemory(rows * n, z, 1, c, 2, d, 2);
                type.used().lstmMemory(rows * n, z, 1, c, 2, c, 2);
                type.plain().copyStrided(c, 0, 1, d, 0, 2);
                type.assertSameBits(d, c, rows * n + 2, "memory of " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gradientsAreBitEqualToPlain(KernelType<A> type) {
        for (int n : UNITS) {
            for (int rows : new int[] {0, 1, 3}) {
                for (boolean awkward : new boolean[] {false, true}) {
                    int size = rows * n + 1;
                    A[] of = of(type, awkward, 4 * size, size);
                    A[] same = of(type, awkward, 4 * size, size);
                    A expected = type.normal(4 * size, 9);
                    A actual = type.normal(4 * size, 9);
                    type.plain().lstmGrad(rows, n, of[0], 1, of[1], 1, of[2], 1, of[3], 1, of[4], expected, 2);
                    type.used().lstmGrad(rows, n, same[0], 1, same[1], 1, same[2], 1, same[3], 1, same[4], actual, 2);
                    type.assertSameBits(expected, actual, 4 * size, "gradient of an LSTM of " + n);
                    type.assertSameBits(of[4], same[4], size, "of its memory");
                    A state = type.normal(4 * size, 9);
                    A stateUsed = type.normal(4 * size, 9);
                    type.plain().gruGrad(rows, n, of[0], 1, of[1], 1, of[2], 1, of[3], expected, 2, state, 1);
                    type.used().gruGrad(rows, n, same[0], 1, same[1], 1, same[2], 1, same[3], actual, 2, stateUsed, 1);
                    type.assertSameBits(expected, actual, 4 * size, "gradient of a GRU of " + n);
                    type.assertSameBits(state, stateUsed, 4 * size, "from its state");
                    type.assertSameBits(of[3], same[3], size, "of its state");
                }
            }
        }
    }

    // Gates, and four arrays beside them.
    @SuppressWarnings("unchecked")
    private static <A> A[] of(KernelType<A> type, boolean awkward, int gates, int size) {
        var y = (A[]) new Object[5];
        for (int i = 0; i < 5; i++) {
            int n = i == 0 ? gates : size;
            y[i] = awkward ? type.awkward(n, i) : type.normal(n, i);
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gradientsFollowTheirFormulas(KernelType<A> type) {
        // one unit: i, f, g, o (or r, z, n), what was before, tanh c (or what r multiplies), dh, dc
        A z = type.of(0.25, 0.5, -0.5, 0.75);
        A dz = type.plain().allocate(4);
        A ds = type.plain().allocate(3);
        A dc = type.of(2);
        type.used().lstmGrad(1, 1, z, 0, type.of(4), 0, type.of(0.5), 0, type.of(8), 0, dc, dz, 0);
        double d = 2 + 8 * 0.75 * (1 - 0.25);
        check(type, dz, d * -0.5 * 0.1875, d * 4 * 0.25, d * 0.25 * 0.75, 8 * 0.5 * 0.1875);
        check(type, dc, d * 0.5);
        A dh = type.of(8);
        type.used().gruGrad(1, 1, z, 0, type.of(3), 0, type.of(4), 0, dh, dz, 0, ds, 0);
        double n = 8 * 0.5 * 0.75;
        check(type, dz, n * 3 * 0.1875, 8 * 4.5 * 0.25, n);
        check(type, ds, n * 3 * 0.1875, 8 * 4.5 * 0.25, n * 0.25);
        check(type, dh, 4);
    }

    private static <A> void check(KernelType<A> type, A actual, double... expected) {
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], type.plain().get(actual, i));
    }

    /// With one matrix for three others, in place of another size and small: everything that has a way of its own.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void productsByOneMatrixAreThoseByItself(KernelType<A> type) {
        int[][] shapes = {{0, 5, 3}, {1, 70, 40}, {2, 1, 300}, {3, 300, 40}, {8, 129, 70}, {16, 512, 128}, {13, 31, 1030},
            {5, 100, 0}, {10, 128, 32}, {40, 15, 1024}, {95, 100, 90}, {200, 65, 130}};
        for (int[] s : shapes) {
            for (var form : new Form[] {Form.NN, Form.NT}) {
                A b = type.normal(s[1] * s[2] + 1, 1);
                var factor = type.used().factor(form, s[0], s[1], s[2], b, 1);
                for (int round = 0; round < 3; round++) {
                    A a = type.normal(s[0] * s[2] + 2, round);
                    A expected = type.normal(s[0] * s[1] + 3, 5);
                    A actual = type.normal(s[0] * s[1] + 3, 5);
                    type.plain().matmul(form, s[0], s[1], s[2], a, 2, b, 1, expected, 3);
                    factor.multiply(s[0], a, 2, actual, 3);
                    type.assertSameBits(expected, actual, s[0] * s[1] + 3, form + " " + Arrays.toString(s));
                }
                factor.giveBack();
            }
        }
    }

    /// While one factor is in use, others and products take other memory.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void twoFactorsAndAProductDoNotDisturbEachOther(KernelType<A> type) {
        Kernels<A> k = type.used();
        A a = type.normal(16 * 128, 1);
        A b = type.normal(128 * 256, 2);
        A d = type.normal(128 * 256, 3);
        A expected = type.plain().allocate(16 * 256);
        A actual = type.plain().allocate(16 * 256);
        var first = k.factor(Form.NN, 16, 256, 128, b, 0);
        var second = k.factor(Form.NN, 16, 256, 128, d, 0);
        second.multiply(16, a, 0, expected, 0);
        k.matmul(Form.NT, 16, 256, 128, a, 0, d, 0, actual, 0);
        k.matmul(Form.NN, 16, 256, 128, a, 0, b, 0, expected, 0);
        first.multiply(16, a, 0, actual, 0);
        first.giveBack();
        second.giveBack();
        type.assertSameBits(expected, actual, 16 * 256, "factors");
    }
}
