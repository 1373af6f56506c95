package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.ULT;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// `√x` and `1/√x` with 512-bit vectors, where the unit that divides and takes roots keeps a vector for so long that the
/// multipliers could compute another one or two meanwhile: so of each group some vectors go the one way and some the other.
/// Both ways round correctly, so the bits are those of the plain loops.
///
/// By multiplications: `y ≈ 1/√x` from half of the bits of `x` and a table by its last bit of the exponent and first three of
/// the mantissa, `e = 1 − x·y²`, `|e| < 0.027`; `t = (1 − e)^−½ − 1` by a cubic, error 2⁻²⁵; `g = x·y·(1 + t)` and `y·(1 + t)`
/// have errors of little more than 1 ULP, and `g + (x − g²)·y/2`, the remainder exact, is the rounded root (Markstein 1990,
/// *Computation of elementary functions on the IBM RISC System/6000 processor*). `1/g` likewise. That they are rounded
/// correctly holds for these numbers, not for any near them: a test takes every mantissa with both parities of the exponent;
/// four times the argument is the same computation with other exponents. Where `x` is not between 2⁻¹⁰⁰, below which the
/// remainder may not be exact, and ∞, a group goes the other way.
final class FloatVectorRoots {
    private FloatVectorRoots() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();

    /// Bits of `y` with half of those of `x` added.
    private static final int[] Y = {
        0x5f33cdef, 0x5f3246f8, 0x5f3224ec, 0x5f331a00, 0x5f34eb98, 0x5f377086, 0x5f3a8949, 0x5f3d7d0c,
        0x5f3c8efc, 0x5f371972, 0x5f339c20, 0x5f31a7bf, 0x5f30e67a, 0x5f312d2e, 0x5f323f78, 0x5f34005b
    };
    /// The same of `−y`.
    private static final int[] MINUS_Y = new int[Y.length];
    /// `t ≈ e·(½ + T_1·e + T_2·e²)`
    private static final float T_1 = 0.37518f;
    private static final float T_2 = 0.313f;
    /// Bits of 2⁻¹⁰⁰, and how many floats are between it and ∞.
    private static final int FROM = 0x0D800000;
    private static final int RANGE = 0x7F800000 - FROM;

    /// More numbers than that do not stay in the second cache, or the third for reciprocals: there the memory takes longer than
    /// the divider, and fewer instructions reach further ahead.
    private static final int LONGEST = 1 << 19;
    private static final int LONGEST_RECIPROCAL = 1 << 21;
    /// Of fewer roots or quotients, two ways save a few nanoseconds, and a loop as long as theirs takes tens of thousands of
    /// calls until it is compiled.
    static final int SHORTEST = 16 * V;

    static {
        for (int j = 0; j < Y.length; j++) MINUS_Y[j] = Y[j] | 0x80000000;
    }

    /// Whether so many roots are taken both ways.
    static boolean some(int n) {
        return V == 16 && n >= SHORTEST && n <= LONGEST;
    }

    /// Whether so many reciprocal roots are.
    static boolean someReciprocals(int n) {
        return V == 16 && n >= SHORTEST && n <= LONGEST_RECIPROCAL;
    }

    /// Two vectors each way; what is no whole group by the divider. All is one method: what is left over, in one that is seldom
    /// long, would stay with the first compiler for long.
    static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 4 * V; i += 4 * V) {
            var b0 = fromArray(S, x, xo + i + 2 * V).reinterpretAsInts();
            var b1 = fromArray(S, x, xo + i + 3 * V).reinterpretAsInts();
            if (!b0.sub(FROM).lanewise(UMAX, b1.sub(FROM)).compare(ULT, RANGE).allTrue()) {
                for (int k = 0; k < 4; k++) fromArray(S, x, xo + i + k * V).sqrt().intoArray(y, yo + i + k * V);
                continue;
            }
            fromArray(S, x, xo + i).sqrt().intoArray(y, yo + i);
            fromArray(S, x, xo + i + V).sqrt().intoArray(y, yo + i + V);
            var y0 = b0.lanewise(LSHR, 20).selectFrom(IntVector.fromArray(I, MINUS_Y, 0))
                    .sub(b0.lanewise(LSHR, 1)).reinterpretAsFloats();
            var x0 = b0.reinterpretAsFloats().neg();
            var g0 = x0.mul(y0);
            var e0 = g0.fma(y0, broadcast(S, 1f));
            var t0 = broadcast(S, T_2).fma(e0, broadcast(S, T_1)).fma(e0, broadcast(S, 0.5f)).mul(e0);
            g0 = g0.fma(t0, g0);
            var h0 = y0.mul(0.5f);
            h0 = h0.fma(t0, h0);
            g0.fma(g0, x0).fma(h0, g0).intoArray(y, yo + i + 2 * V);
            var y1 = b1.lanewise(LSHR, 20).selectFrom(IntVector.fromArray(I, MINUS_Y, 0))
                    .sub(b1.lanewise(LSHR, 1)).reinterpretAsFloats();
            var x1 = b1.reinterpretAsFloats().neg();
            var g1 = x1.mul(y1);
            var e1 = g1.fma(y1, broadcast(S, 1f));
            var t1 = broadcast(S, T_2).fma(e1, broadcast(S, T_1)).fma(e1, broadcast(S, 0.5f)).mul(e1);
            g1 = g1.fma(t1, g1);
            var h1 = y1.mul(0.5f);
            h1 = h1.fma(t1, h1);
            g1.fma(g1, x1).fma(h1, g1).intoArray(y, yo + i + 3 * V);
        }
        for (; i <= n - V; i += V) fromArray(S, x, xo + i).sqrt().intoArray(y, yo + i);
        if (x == y) FloatLoops.sqrt(x, xo + i, y, yo + i, n - i);
        else if (i < n) fromArray(S, x, xo + n - V).sqrt().intoArray(y, yo + n - V); // reaches back over what is done
    }

    /// One vector by the divider, two by multiplications. Here `g` is minus the root.
    static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 3 * V; i += 3 * V) {
            var b0 = fromArray(S, x, xo + i + V).reinterpretAsInts();
            var b1 = fromArray(S, x, xo + i + 2 * V).reinterpretAsInts();
            if (!b0.sub(FROM).lanewise(UMAX, b1.sub(FROM)).compare(ULT, RANGE).allTrue()) {
                for (int k = 0; k < 3; k++) {
                    broadcast(S, 1f).div(fromArray(S, x, xo + i + k * V).sqrt()).intoArray(y, yo + i + k * V);
                }
                continue;
            }
            broadcast(S, 1f).div(fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
            var y0 = b0.lanewise(LSHR, 20).selectFrom(IntVector.fromArray(I, Y, 0))
                    .sub(b0.lanewise(LSHR, 1)).reinterpretAsFloats();
            var x0 = b0.reinterpretAsFloats().neg();
            var g0 = x0.mul(y0);
            var e0 = g0.fma(y0, broadcast(S, 1f));
            var t0 = broadcast(S, T_2).fma(e0, broadcast(S, T_1)).fma(e0, broadcast(S, 0.5f)).mul(e0);
            g0 = g0.fma(t0, g0);
            y0 = y0.fma(t0, y0);
            g0 = g0.fma(g0, x0).fma(y0.mul(0.5f), g0);
            g0.fma(y0, broadcast(S, 1f)).fma(y0, y0).intoArray(y, yo + i + V);
            var y1 = b1.lanewise(LSHR, 20).selectFrom(IntVector.fromArray(I, Y, 0))
                    .sub(b1.lanewise(LSHR, 1)).reinterpretAsFloats();
            var x1 = b1.reinterpretAsFloats().neg();
            var g1 = x1.mul(y1);
            var e1 = g1.fma(y1, broadcast(S, 1f));
            var t1 = broadcast(S, T_2).fma(e1, broadcast(S, T_1)).fma(e1, broadcast(S, 0.5f)).mul(e1);
            g1 = g1.fma(t1, g1);
            y1 = y1.fma(t1, y1);
            g1 = g1.fma(g1, x1).fma(y1.mul(0.5f), g1);
            g1.fma(y1, broadcast(S, 1f)).fma(y1, y1).intoArray(y, yo + i + 2 * V);
        }
        for (; i <= n - V; i += V) broadcast(S, 1f).div(fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
        if (x == y) FloatLoops.rsqrt(x, xo + i, y, yo + i, n - i);
        else if (i < n) broadcast(S, 1f).div(fromArray(S, x, xo + n - V).sqrt()).intoArray(y, yo + n - V);
    }
}
