package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.ULT;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// `x/z` and `1/z` with 512-bit vectors on two ways at once, as [FloatVectorRoots] takes roots: some vectors by the divider and
/// some by multiplications. Both ways round correctly, so the bits are those of the plain loops.
///
/// By multiplications: `y ≈ 1/z` from the bits of `z` and a table by the first four of its mantissa, `e = 1 − z·y`, `|e| <
/// 0.021`; `y·(1 + e + e² + e³)` has an error of little more than half an ULP, and a step of Newton's, `y + y·(1 − z·y)`, is
/// the rounded reciprocal. That holds for these numbers, not for any near them: a test takes every mantissa.
///
/// A quotient is `q + y·(x − z·q)`, `q = x·y` (Markstein 1990, *Computation of elementary functions on the IBM RISC System/6000
/// processor*). Why it is rounded correctly, with `m`, `n` the mantissas of `z`, `x`, and all in units of the last place: `x/z`
/// is at least `2⁻²⁴/m` away from the middle `c` of two neighbouring floats, and `y` half a place off at most. If `x/z` is not
/// within 2⁻²⁰ of `c`, the step's error, below 2⁻²², does not matter. If it is, `q` is one of the two floats, for it is less
/// than `½ + n/2` places off where `n < m`, else less than 1, and the next floats are 1½ from `c`. So the remainder is exact,
/// and the step is off by little more than `½·m·2⁻²⁵`, which is less than the distance to `c`, because `m² < 4`. (Where `m` is
/// within 2⁻¹⁵ of 2, too close for this, all quotients were tried.)
///
/// Not every divider is so slow that two ways are faster than one: quotients are taken the way that is [Faster] here.
///
/// Where a number is not between 2⁻⁶⁰ and 2⁶⁰ (of reciprocals, 2⁻¹²⁶ and 2¹²⁶), so that nothing on the way overflows or is
/// denormal, a group goes the other way.
final class FloatVectorQuotients {
    private FloatVectorQuotients() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();

    /// Bits of `y` with those of `z` added.
    private static final int[] Y = {
        0x7efc5d17, 0x7ef62be3, 0x7ef18375, 0x7eee2762, 0x7eebe706, 0x7eea9aca, 0x7eea1bf6, 0x7eea620a,
        0x7eeb43eb, 0x7eecb4b4, 0x7eeea439, 0x7ef104a7, 0x7ef3ca1a, 0x7ef6ea4d, 0x7efa5c53, 0x7f000000
    };
    private static final int MAGNITUDE = 0x7FFFFFFF;
    /// Bits of 2⁻⁶⁰, and how many floats are between it and 2⁶⁰.
    private static final int FROM = 127 - 60 << 23;
    private static final int RANGE = 120 << 23;
    /// The same of 2⁻¹²⁶ and 2¹²⁶.
    private static final int FROM_RECIPROCAL = 1 << 23;
    private static final int RANGE_RECIPROCAL = 252 << 23;
    /// More numbers than that do not stay in the second cache: there the memory takes longer than the divider.
    private static final int LONGEST = 1 << 17;
    private static final int LONGEST_RECIPROCAL = 1 << 19;
    /// So many take long enough for two looks at the clock.
    private static final int WORTH_ASKING = 1 << 10;
    /// The divider alone, or two ways.
    private static final Faster WAY = new Faster();

    /// Whether so many quotients are taken both ways.
    static boolean some(int n) {
        return V == 16 && n >= FloatVectorRoots.SHORTEST && n <= LONGEST;
    }

    /// Whether so many reciprocals are.
    static boolean someReciprocals(int n) {
        return V == 16 && n >= FloatVectorRoots.SHORTEST && n <= LONGEST_RECIPROCAL;
    }

    /// `y = x/z` of so many that [#some] of them may go two ways.
    static void div(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (n >= WORTH_ASKING && WAY.asks()) {
            int half = n / 2;
            long start = System.nanoTime();
            FloatVectorLoops.byDivider(x, xo, z, zo, y, yo, half);
            long middle = System.nanoTime();
            twoWays(x, xo + half, z, zo + half, y, yo + half, n - half);
            WAY.took(middle - start, half, System.nanoTime() - middle, n - half);
        } else if (WAY.other()) {
            twoWays(x, xo, z, zo, y, yo, n);
        } else {
            FloatVectorLoops.byDivider(x, xo, z, zo, y, yo, n);
        }
    }

    /// Two vectors by the divider, one by multiplications; what is no whole group by the divider.
    private static void twoWays(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 3 * V; i += 3 * V) {
            var a = fromArray(S, x, xo + i + 2 * V);
            var b = fromArray(S, z, zo + i + 2 * V).reinterpretAsInts();
            if (!a.reinterpretAsInts().and(MAGNITUDE).sub(FROM).lanewise(UMAX, b.and(MAGNITUDE).sub(FROM))
                    .compare(ULT, RANGE).allTrue()) {
                for (int k = 0; k < 3; k++) {
                    fromArray(S, x, xo + i + k * V).div(fromArray(S, z, zo + i + k * V)).intoArray(y, yo + i + k * V);
                }
                continue;
            }
            fromArray(S, x, xo + i).div(fromArray(S, z, zo + i)).intoArray(y, yo + i);
            fromArray(S, x, xo + i + V).div(fromArray(S, z, zo + i + V)).intoArray(y, yo + i + V);
            var c = b.reinterpretAsFloats().neg();
            var r = b.lanewise(LSHR, 19).selectFrom(IntVector.fromArray(I, Y, 0)).sub(b).reinterpretAsFloats();
            var e = c.fma(r, broadcast(S, 1f));
            r = e.fma(e, e).fma(e, e).fma(r, r);
            r = c.fma(r, broadcast(S, 1f)).fma(r, r);
            var q = a.mul(r);
            c.fma(q, a).fma(r, q).intoArray(y, yo + i + 2 * V);
        }
        for (; i <= n - V; i += V) fromArray(S, x, xo + i).div(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        if (x == y || z == y) FloatLoops.div(x, xo + i, z, zo + i, y, yo + i, n - i);
        else if (i < n) fromArray(S, x, xo + n - V).div(fromArray(S, z, zo + n - V)).intoArray(y, yo + n - V);
    }

    /// Two vectors each way.
    static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 4 * V; i += 4 * V) {
            var b0 = fromArray(S, x, xo + i + 2 * V).reinterpretAsInts();
            var b1 = fromArray(S, x, xo + i + 3 * V).reinterpretAsInts();
            if (!b0.and(MAGNITUDE).sub(FROM_RECIPROCAL).lanewise(UMAX, b1.and(MAGNITUDE).sub(FROM_RECIPROCAL))
                    .compare(ULT, RANGE_RECIPROCAL).allTrue()) {
                for (int k = 0; k < 4; k++) {
                    broadcast(S, 1f).div(fromArray(S, x, xo + i + k * V)).intoArray(y, yo + i + k * V);
                }
                continue;
            }
            broadcast(S, 1f).div(fromArray(S, x, xo + i)).intoArray(y, yo + i);
            broadcast(S, 1f).div(fromArray(S, x, xo + i + V)).intoArray(y, yo + i + V);
            var z0 = b0.reinterpretAsFloats().neg();
            var y0 = b0.lanewise(LSHR, 19).selectFrom(IntVector.fromArray(I, Y, 0)).sub(b0).reinterpretAsFloats();
            var e0 = z0.fma(y0, broadcast(S, 1f));
            y0 = e0.fma(e0, e0).fma(e0, e0).fma(y0, y0);
            z0.fma(y0, broadcast(S, 1f)).fma(y0, y0).intoArray(y, yo + i + 2 * V);
            var z1 = b1.reinterpretAsFloats().neg();
            var y1 = b1.lanewise(LSHR, 19).selectFrom(IntVector.fromArray(I, Y, 0)).sub(b1).reinterpretAsFloats();
            var e1 = z1.fma(y1, broadcast(S, 1f));
            y1 = e1.fma(e1, e1).fma(e1, e1).fma(y1, y1);
            z1.fma(y1, broadcast(S, 1f)).fma(y1, y1).intoArray(y, yo + i + 3 * V);
        }
        for (; i <= n - V; i += V) broadcast(S, 1f).div(fromArray(S, x, xo + i)).intoArray(y, yo + i);
        if (x == y) FloatLoops.rdiv(1, x, xo + i, y, yo + i, n - i);
        else if (i < n) broadcast(S, 1f).div(fromArray(S, x, xo + n - V)).intoArray(y, yo + n - V);
    }
}
