package keel.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.DIV;

import jdk.incubator.vector.VectorSpecies;

/// Sums, differences, products and quotients of arrays beyond the caches, all indexed alike: four quarters side by side, four
/// vectors of each in turn. What the processor fetches ahead for a stream ends with its page of 4 KB; the other streams are
/// fetched meanwhile. Each turn is a method of its own, which is called so often that it is compiled within the first pass.
final class FloatVectorQuarters {
    private FloatVectorQuarters() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int TURN = 4 * V;

    /// Fewer are in some cache.
    private static final int FAR = (3 << 20) / Float.BYTES;
    private static final int PAGE = (1 << 12) / Float.BYTES;
    /// How much of a page quarters are apart beside whole pages: the same places of many pages push each other out of the first
    /// cache.
    private static final int APART = PAGE / 8;

    /// Whether so many results of `f` are calculated here.
    static boolean fit(Binary f, int n) {
        return n >= FAR && switch (f) {
            case ADD, SUB, MUL, DIV -> true;
            default -> false;
        };
    }

    /// Calculates most of the `n` elements from `at` on, and returns how many.
    static int run(Binary f, float[] x, float[] z, float[] y, int at, int n) {
        int quarter = (n / 4 - APART) / PAGE * PAGE + APART;
        for (int i = 0; i < quarter; i += TURN) {
            for (int k = at + i, end = k + 4 * quarter; k < end; k += quarter) {
                switch (f) {
                    case ADD -> add(x, z, y, k);
                    case SUB -> sub(x, z, y, k);
                    case MUL -> mul(x, z, y, k);
                    default -> div(x, z, y, k);
                }
            }
        }
        return 4 * quarter;
    }

    private static void add(float[] x, float[] z, float[] y, int at) {
        for (int i = 0; i < TURN; i += V) fromArray(S, x, at + i).add(fromArray(S, z, at + i)).intoArray(y, at + i);
    }

    private static void sub(float[] x, float[] z, float[] y, int at) {
        for (int i = 0; i < TURN; i += V) fromArray(S, x, at + i).sub(fromArray(S, z, at + i)).intoArray(y, at + i);
    }

    private static void mul(float[] x, float[] z, float[] y, int at) {
        for (int i = 0; i < TURN; i += V) fromArray(S, x, at + i).mul(fromArray(S, z, at + i)).intoArray(y, at + i);
    }

    private static void div(float[] x, float[] z, float[] y, int at) {
        for (int i = 0; i < TURN; i += V) fromArray(S, x, at + i).lanewise(DIV, fromArray(S, z, at + i)).intoArray(y, at + i);
    }
}
