package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The sums of [FloatSums] with the 16 virtual lanes in one, two or four vectors: lane `i mod 16` takes the same elements in
/// the same order, and the lanes fold by halves, so the bits are the same. Vectors of fewer than four lanes go the plain way.
///
/// What is left over of whole vectors is the beginning of vectors that reach on, beyond the end of the array over a copy: loads
/// under a mask have two ways, and where the compiler has seen but one of them it may make objects of what they load.
///
/// One block is one chain of additions a lane and waits for each; four blocks at a time keep the adders busy. They begin a
/// quarter of a [#LARGE] part apart, so that each of four streams goes on where its last block ended, and is fetched ahead.
final class FloatVectorSums {
    private FloatVectorSums() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int BLOCK = Kernels.BLOCK;
    private static final float[] NUMBERS = FloatSums.NUMBERS;
    /// Blocks of the largest part of the tree whose quarters are passed side by side.
    private static final int LARGE = 256;
    /// Lane `j` takes lane `j + 8`, `+ 4`, `+ 2`, `+ 1`: the halves that fold (modulo the length, where the result is not used).
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

    /// Where the vectors of a block begin of which four are added side by side: later than the block where they fill lines of the
    /// cache then ([VectorStart]), if one holds all lanes. Place `p` is virtual lane `p + HEAD`, which folding does not notice;
    /// the elements before are added first and the last ones at the end, [#TURN]ed to their places.
    static final int HEAD = V == 16 && VectorStart.KNOWN ? VectorStart.first(V, Float.BYTES) : 0;
    static final VectorShuffle<Float> TURN = VectorShuffle.iota(S, HEAD, 1, true);
    static final VectorMask<Float> FIRST = VectorMask.fromLong(S, (1L << (V - HEAD) % V) - 1);

    /// `Σ x`.
    static float sum(float[] x, int xo, int n) {
        if (n <= BLOCK) return block(x, xo, n);
        if (inQuarters(n)) {
            float[] s = FloatSums.waiting();
            int apart = n / 4;
            for (int i = 0; i < apart; i += BLOCK) fourBlocks(x, xo + i, apart, s, i / BLOCK);
            return fold(s, n / BLOCK);
        }
        int left = FloatSums.leftHalf(n);
        return sum(x, xo, left) + sum(x, xo + left, n - left);
    }

    /// `Σ x·z`.
    static float dot(float[] x, int xo, float[] z, int zo, int n) {
        if (n <= BLOCK) return dotBlock(x, xo, z, zo, n);
        if (x == z && xo == zo) return FloatVectorSquares.sum(x, xo, n);
        if (inQuarters(n)) {
            float[] s = FloatSums.waiting();
            int apart = n / 4;
            for (int i = 0; i < apart; i += BLOCK) dotFourBlocks(x, xo + i, z, zo + i, apart, s, i / BLOCK);
            return fold(s, n / BLOCK);
        }
        int left = FloatSums.leftHalf(n);
        return dot(x, xo, z, zo, left) + dot(x, xo + left, z, zo + left, n - left);
    }

    /// Whether `n` are so many whole blocks that their part of the tree is four equal ones.
    static boolean inQuarters(int n) {
        return V >= 8 && n >= 4 * BLOCK && n <= LARGE * BLOCK && (n & n - 1) == 0;
    }

    /// The root of the tree over the sums of `blocks` blocks, a power of two, 4 at the least.
    static float fold(float[] s, int blocks) {
        for (int m = blocks / 2; m >= 4; m /= 2) {
            for (int i = 0; i < m; i++) s[i] = s[2 * i] + s[2 * i + 1];
        }
        return (s[0] + s[1]) + (s[2] + s[3]);
    }

    /// `Σ x`, at most one block.
    private static float block(float[] x, int xo, int n) {
        if (V < 4) return FloatSums.sum(x, xo, n);
        float rest = n & 15;
        float[] e = x;
        int eo = xo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = FloatSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            a0 = a0.add(fromArray(S, x, xo + i));
            if (V <= 8) a1 = a1.add(fromArray(S, x, xo + i + V));
            if (V == 4) {
                a2 = a2.add(fromArray(S, x, xo + i + 2 * V));
                a3 = a3.add(fromArray(S, x, xo + i + 3 * V));
            }
        }
        if (rest > 0) {
            a0 = a0.blend(a0.add(fromArray(S, e, eo)), fromArray(S, NUMBERS, 0).compare(LT, rest));
            if (V <= 8) a1 = a1.blend(a1.add(fromArray(S, e, eo + V)), fromArray(S, NUMBERS, V).compare(LT, rest));
            if (V == 4) {
                a2 = a2.blend(a2.add(fromArray(S, e, eo + 2 * V)), fromArray(S, NUMBERS, 2 * V).compare(LT, rest));
                a3 = a3.blend(a3.add(fromArray(S, e, eo + 3 * V)), fromArray(S, NUMBERS, 3 * V).compare(LT, rest));
            }
        }
        if (V == 4) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        if (V <= 8) a0 = a0.add(a1);
        if (V == 16) a0 = a0.add(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.add(a0.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        return a0.add(a0.rearrange(BY_1)).lane(0);
    }

    /// `Σ x·z`, at most one block.
    static float dotBlock(float[] x, int xo, float[] z, int zo, int n) {
        if (V < 4) return FloatSums.dot(x, xo, z, zo, n);
        float rest = n & 15;
        float[] e = x;
        float[] f = z;
        int eo = xo + (n & -16);
        int fo = zo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = FloatSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        if (rest > 0 && fo > z.length - 16) {
            f = FloatSums.end(z, fo, n & 15, 16);
            fo = 16;
        }
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            a0 = fromArray(S, x, xo + i).fma(fromArray(S, z, zo + i), a0);
            if (V <= 8) a1 = fromArray(S, x, xo + i + V).fma(fromArray(S, z, zo + i + V), a1);
            if (V == 4) {
                a2 = fromArray(S, x, xo + i + 2 * V).fma(fromArray(S, z, zo + i + 2 * V), a2);
                a3 = fromArray(S, x, xo + i + 3 * V).fma(fromArray(S, z, zo + i + 3 * V), a3);
            }
        }
        if (rest > 0) {
            var b0 = fromArray(S, e, eo).fma(fromArray(S, f, fo), a0);
            a0 = a0.blend(b0, fromArray(S, NUMBERS, 0).compare(LT, rest));
            if (V <= 8) {
                var b1 = fromArray(S, e, eo + V).fma(fromArray(S, f, fo + V), a1);
                a1 = a1.blend(b1, fromArray(S, NUMBERS, V).compare(LT, rest));
            }
            if (V == 4) {
                var b2 = fromArray(S, e, eo + 2 * V).fma(fromArray(S, f, fo + 2 * V), a2);
                a2 = a2.blend(b2, fromArray(S, NUMBERS, 2 * V).compare(LT, rest));
                var b3 = fromArray(S, e, eo + 3 * V).fma(fromArray(S, f, fo + 3 * V), a3);
                a3 = a3.blend(b3, fromArray(S, NUMBERS, 3 * V).compare(LT, rest));
            }
        }
        if (V == 4) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        if (V <= 8) a0 = a0.add(a1);
        if (V == 16) a0 = a0.add(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.add(a0.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        return a0.add(a0.rearrange(BY_1)).lane(0);
    }

    /// `Σ x` of four blocks that begin `apart` from one another; into `s`, from `at` on so many blocks apart.
    private static void fourBlocks(float[] x, int xo, int apart, float[] s, int at) {
        var a0 = zero(S);
        var b0 = zero(S);
        var a1 = zero(S);
        var b1 = zero(S);
        var a2 = zero(S);
        var b2 = zero(S);
        var a3 = zero(S);
        var b3 = zero(S);
        if (HEAD > 0) {
            a0 = a0.add(fromArray(S, x, xo).rearrange(TURN)).blend(a0, FIRST);
            a1 = a1.add(fromArray(S, x, xo + apart).rearrange(TURN)).blend(a1, FIRST);
            a2 = a2.add(fromArray(S, x, xo + 2 * apart).rearrange(TURN)).blend(a2, FIRST);
            a3 = a3.add(fromArray(S, x, xo + 3 * apart).rearrange(TURN)).blend(a3, FIRST);
        }
        for (int i = HEAD; i <= BLOCK - 16; i += 16) {
            a0 = a0.add(fromArray(S, x, xo + i));
            a1 = a1.add(fromArray(S, x, xo + i + apart));
            a2 = a2.add(fromArray(S, x, xo + i + 2 * apart));
            a3 = a3.add(fromArray(S, x, xo + i + 3 * apart));
            if (V == 8) {
                b0 = b0.add(fromArray(S, x, xo + i + V));
                b1 = b1.add(fromArray(S, x, xo + i + V + apart));
                b2 = b2.add(fromArray(S, x, xo + i + V + 2 * apart));
                b3 = b3.add(fromArray(S, x, xo + i + V + 3 * apart));
            }
        }
        if (HEAD > 0) {
            int end = xo + BLOCK - 16;
            a0 = a0.blend(a0.add(fromArray(S, x, end).rearrange(TURN)), FIRST);
            a1 = a1.blend(a1.add(fromArray(S, x, end + apart).rearrange(TURN)), FIRST);
            a2 = a2.blend(a2.add(fromArray(S, x, end + 2 * apart).rearrange(TURN)), FIRST);
            a3 = a3.blend(a3.add(fromArray(S, x, end + 3 * apart).rearrange(TURN)), FIRST);
        }
        a0 = V == 8 ? a0.add(b0) : a0.add(a0.rearrange(BY_8));
        a1 = V == 8 ? a1.add(b1) : a1.add(a1.rearrange(BY_8));
        a2 = V == 8 ? a2.add(b2) : a2.add(a2.rearrange(BY_8));
        a3 = V == 8 ? a3.add(b3) : a3.add(a3.rearrange(BY_8));
        a0 = a0.add(a0.rearrange(BY_4));
        a1 = a1.add(a1.rearrange(BY_4));
        a2 = a2.add(a2.rearrange(BY_4));
        a3 = a3.add(a3.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        a1 = a1.add(a1.rearrange(BY_2));
        a2 = a2.add(a2.rearrange(BY_2));
        a3 = a3.add(a3.rearrange(BY_2));
        a0 = a0.add(a0.rearrange(BY_1));
        a1 = a1.add(a1.rearrange(BY_1));
        a2 = a2.add(a2.rearrange(BY_1));
        a3 = a3.add(a3.rearrange(BY_1));
        int m = apart / BLOCK;
        s[at] = a0.lane(0);
        s[at + m] = a1.lane(0);
        s[at + 2 * m] = a2.lane(0);
        s[at + 3 * m] = a3.lane(0);
    }

    /// The same of `x·z`.
    private static void dotFourBlocks(float[] x, int xo, float[] z, int zo, int apart, float[] s, int at) {
        var a0 = zero(S);
        var b0 = zero(S);
        var a1 = zero(S);
        var b1 = zero(S);
        var a2 = zero(S);
        var b2 = zero(S);
        var a3 = zero(S);
        var b3 = zero(S);
        if (HEAD > 0) {
            var h0 = fromArray(S, x, xo).rearrange(TURN).fma(fromArray(S, z, zo).rearrange(TURN), a0);
            a0 = h0.blend(a0, FIRST);
            var h1 = fromArray(S, x, xo + apart).rearrange(TURN).fma(fromArray(S, z, zo + apart).rearrange(TURN), a1);
            a1 = h1.blend(a1, FIRST);
            var h2 = fromArray(S, x, xo + 2 * apart).rearrange(TURN).fma(fromArray(S, z, zo + 2 * apart).rearrange(TURN), a2);
            a2 = h2.blend(a2, FIRST);
            var h3 = fromArray(S, x, xo + 3 * apart).rearrange(TURN).fma(fromArray(S, z, zo + 3 * apart).rearrange(TURN), a3);
            a3 = h3.blend(a3, FIRST);
        }
        for (int i = HEAD; i <= BLOCK - 16; i += 16) {
            a0 = fromArray(S, x, xo + i).fma(fromArray(S, z, zo + i), a0);
            a1 = fromArray(S, x, xo + i + apart).fma(fromArray(S, z, zo + i + apart), a1);
            a2 = fromArray(S, x, xo + i + 2 * apart).fma(fromArray(S, z, zo + i + 2 * apart), a2);
            a3 = fromArray(S, x, xo + i + 3 * apart).fma(fromArray(S, z, zo + i + 3 * apart), a3);
            if (V == 8) {
                b0 = fromArray(S, x, xo + i + V).fma(fromArray(S, z, zo + i + V), b0);
                b1 = fromArray(S, x, xo + i + V + apart).fma(fromArray(S, z, zo + i + V + apart), b1);
                b2 = fromArray(S, x, xo + i + V + 2 * apart).fma(fromArray(S, z, zo + i + V + 2 * apart), b2);
                b3 = fromArray(S, x, xo + i + V + 3 * apart).fma(fromArray(S, z, zo + i + V + 3 * apart), b3);
            }
        }
        if (HEAD > 0) {
            int xe = xo + BLOCK - 16;
            int ze = zo + BLOCK - 16;
            var e0 = fromArray(S, x, xe).rearrange(TURN).fma(fromArray(S, z, ze).rearrange(TURN), a0);
            a0 = a0.blend(e0, FIRST);
            var e1 = fromArray(S, x, xe + apart).rearrange(TURN).fma(fromArray(S, z, ze + apart).rearrange(TURN), a1);
            a1 = a1.blend(e1, FIRST);
            var e2 = fromArray(S, x, xe + 2 * apart).rearrange(TURN).fma(fromArray(S, z, ze + 2 * apart).rearrange(TURN), a2);
            a2 = a2.blend(e2, FIRST);
            var e3 = fromArray(S, x, xe + 3 * apart).rearrange(TURN).fma(fromArray(S, z, ze + 3 * apart).rearrange(TURN), a3);
            a3 = a3.blend(e3, FIRST);
        }
        a0 = V == 8 ? a0.add(b0) : a0.add(a0.rearrange(BY_8));
        a1 = V == 8 ? a1.add(b1) : a1.add(a1.rearrange(BY_8));
        a2 = V == 8 ? a2.add(b2) : a2.add(a2.rearrange(BY_8));
        a3 = V == 8 ? a3.add(b3) : a3.add(a3.rearrange(BY_8));
        a0 = a0.add(a0.rearrange(BY_4));
        a1 = a1.add(a1.rearrange(BY_4));
        a2 = a2.add(a2.rearrange(BY_4));
        a3 = a3.add(a3.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        a1 = a1.add(a1.rearrange(BY_2));
        a2 = a2.add(a2.rearrange(BY_2));
        a3 = a3.add(a3.rearrange(BY_2));
        a0 = a0.add(a0.rearrange(BY_1));
        a1 = a1.add(a1.rearrange(BY_1));
        a2 = a2.add(a2.rearrange(BY_1));
        a3 = a3.add(a3.rearrange(BY_1));
        int m = apart / BLOCK;
        s[at] = a0.lane(0);
        s[at + m] = a1.lane(0);
        s[at + 2 * m] = a2.lane(0);
        s[at + 3 * m] = a3.lane(0);
    }

    /// `Π x`.
    static float prod(float[] x, int xo, int n) {
        if (n > BLOCK) {
            int left = FloatSums.leftHalf(n);
            return prod(x, xo, left) * prod(x, xo + left, n - left);
        }
        if (V < 4) return FloatSums.prod(x, xo, n);
        float rest = n & 15;
        float[] e = x;
        int eo = xo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = FloatSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        var one = broadcast(S, (float) 1.0);
        var a0 = one;
        var a1 = one;
        var a2 = one;
        var a3 = one;
        for (int i = 0; i <= n - 16; i += 16) {
            a0 = a0.mul(fromArray(S, x, xo + i));
            if (V <= 8) a1 = a1.mul(fromArray(S, x, xo + i + V));
            if (V == 4) {
                a2 = a2.mul(fromArray(S, x, xo + i + 2 * V));
                a3 = a3.mul(fromArray(S, x, xo + i + 3 * V));
            }
        }
        if (rest > 0) {
            a0 = a0.blend(a0.mul(fromArray(S, e, eo)), fromArray(S, NUMBERS, 0).compare(LT, rest));
            if (V <= 8) a1 = a1.blend(a1.mul(fromArray(S, e, eo + V)), fromArray(S, NUMBERS, V).compare(LT, rest));
            if (V == 4) {
                a2 = a2.blend(a2.mul(fromArray(S, e, eo + 2 * V)), fromArray(S, NUMBERS, 2 * V).compare(LT, rest));
                a3 = a3.blend(a3.mul(fromArray(S, e, eo + 3 * V)), fromArray(S, NUMBERS, 3 * V).compare(LT, rest));
            }
        }
        if (V == 4) {
            a0 = a0.mul(a2);
            a1 = a1.mul(a3);
        }
        if (V <= 8) a0 = a0.mul(a1);
        if (V == 16) a0 = a0.mul(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.mul(a0.rearrange(BY_4));
        a0 = a0.mul(a0.rearrange(BY_2));
        return a0.mul(a0.rearrange(BY_1)).lane(0);
    }

    /// Rows of a strided sum: columns stay in registers, four vectors at a time. Those beyond the last column reach back over
    /// what others add too.
    static void sumRows(boolean squares, float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        if (width < V) {
            FloatSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
            return;
        }
        int last = width - V;
        for (int j = 0; j < width; j += 4 * V) {
            int j0 = Math.min(j, last);
            int j1 = Math.min(j + V, last);
            int j2 = Math.min(j + 2 * V, last);
            int j3 = Math.min(j + 3 * V, last);
            if (squares) squaresOfFour(x, xo, rows, inner, y, yo, j0, j1, j2, j3);
            else sumFour(x, xo, rows, inner, y, yo, j0, j1, j2, j3);
        }
    }

    // Four rows a turn make a method too large for C2 to compile into its callers, where it ran out of nodes and boxed the sums.

    private static void sumFour(float[] x, int xo, int rows, int inner, float[] y, int yo, int j0, int j1, int j2, int j3) {
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            int p = xo + i * inner;
            a0 = a0.add(fromArray(S, x, p + j0));
            a1 = a1.add(fromArray(S, x, p + j1));
            a2 = a2.add(fromArray(S, x, p + j2));
            a3 = a3.add(fromArray(S, x, p + j3));
            int q = xo + (i + 1) * inner;
            a0 = a0.add(fromArray(S, x, q + j0));
            a1 = a1.add(fromArray(S, x, q + j1));
            a2 = a2.add(fromArray(S, x, q + j2));
            a3 = a3.add(fromArray(S, x, q + j3));
            int r = xo + (i + 2) * inner;
            a0 = a0.add(fromArray(S, x, r + j0));
            a1 = a1.add(fromArray(S, x, r + j1));
            a2 = a2.add(fromArray(S, x, r + j2));
            a3 = a3.add(fromArray(S, x, r + j3));
            int s = xo + (i + 3) * inner;
            a0 = a0.add(fromArray(S, x, s + j0));
            a1 = a1.add(fromArray(S, x, s + j1));
            a2 = a2.add(fromArray(S, x, s + j2));
            a3 = a3.add(fromArray(S, x, s + j3));
        }
        for (; i < rows; i++) {
            int p = xo + i * inner;
            a0 = a0.add(fromArray(S, x, p + j0));
            a1 = a1.add(fromArray(S, x, p + j1));
            a2 = a2.add(fromArray(S, x, p + j2));
            a3 = a3.add(fromArray(S, x, p + j3));
        }
        a0.intoArray(y, yo + j0);
        a1.intoArray(y, yo + j1);
        a2.intoArray(y, yo + j2);
        a3.intoArray(y, yo + j3);
    }

    private static void squaresOfFour(float[] x, int xo, int rows, int inner, float[] y, int yo, int j0, int j1, int j2,
            int j3) {
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            int p = xo + i * inner;
            var p0 = fromArray(S, x, p + j0);
            a0 = p0.fma(p0, a0);
            var p1 = fromArray(S, x, p + j1);
            a1 = p1.fma(p1, a1);
            var p2 = fromArray(S, x, p + j2);
            a2 = p2.fma(p2, a2);
            var p3 = fromArray(S, x, p + j3);
            a3 = p3.fma(p3, a3);
            int q = xo + (i + 1) * inner;
            var q0 = fromArray(S, x, q + j0);
            a0 = q0.fma(q0, a0);
            var q1 = fromArray(S, x, q + j1);
            a1 = q1.fma(q1, a1);
            var q2 = fromArray(S, x, q + j2);
            a2 = q2.fma(q2, a2);
            var q3 = fromArray(S, x, q + j3);
            a3 = q3.fma(q3, a3);
            int r = xo + (i + 2) * inner;
            var r0 = fromArray(S, x, r + j0);
            a0 = r0.fma(r0, a0);
            var r1 = fromArray(S, x, r + j1);
            a1 = r1.fma(r1, a1);
            var r2 = fromArray(S, x, r + j2);
            a2 = r2.fma(r2, a2);
            var r3 = fromArray(S, x, r + j3);
            a3 = r3.fma(r3, a3);
            int s = xo + (i + 3) * inner;
            var s0 = fromArray(S, x, s + j0);
            a0 = s0.fma(s0, a0);
            var s1 = fromArray(S, x, s + j1);
            a1 = s1.fma(s1, a1);
            var s2 = fromArray(S, x, s + j2);
            a2 = s2.fma(s2, a2);
            var s3 = fromArray(S, x, s + j3);
            a3 = s3.fma(s3, a3);
        }
        for (; i < rows; i++) {
            int p = xo + i * inner;
            var p0 = fromArray(S, x, p + j0);
            a0 = p0.fma(p0, a0);
            var p1 = fromArray(S, x, p + j1);
            a1 = p1.fma(p1, a1);
            var p2 = fromArray(S, x, p + j2);
            a2 = p2.fma(p2, a2);
            var p3 = fromArray(S, x, p + j3);
            a3 = p3.fma(p3, a3);
        }
        a0.intoArray(y, yo + j0);
        a1.intoArray(y, yo + j1);
        a2.intoArray(y, yo + j2);
        a3.intoArray(y, yo + j3);
    }
}
