// Generated from FloatVectorLines.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Lines and a number for each, see [Kernels#columns]: the number stays in a register, and the last vector of a line reaches
/// back. `DoubleVectorLines` is generated from this file.
final class DoubleVectorLines {
    private DoubleVectorLines() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    static boolean columns(Binary f, int lines, int n, double[] x, int xo, int lx, double[] z, int zo, double[] y,
            int yo) {
        if (n < V) return false;
        switch (f) {
            case ADD -> {
                for (int h = 0; h < lines; h++) add(n, x, xo + h * lx, z[zo + h], y, yo + h * n);
            }
            case SUB -> {
                for (int h = 0; h < lines; h++) sub(n, x, xo + h * lx, z[zo + h], y, yo + h * n);
            }
            case MUL -> {
                for (int h = 0; h < lines; h++) mul(n, x, xo + h * lx, z[zo + h], y, yo + h * n);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void add(int n, double[] x, int xo, double a, double[] y, int yo) {
        var v = DoubleVector.broadcast(S, a);
        for (int i = 0, end = n - V; i < end; i += V) fromArray(S, x, xo + i).add(v).intoArray(y, yo + i);
        fromArray(S, x, xo + n - V).add(v).intoArray(y, yo + n - V);
    }

    private static void sub(int n, double[] x, int xo, double a, double[] y, int yo) {
        var v = DoubleVector.broadcast(S, a);
        for (int i = 0, end = n - V; i < end; i += V) fromArray(S, x, xo + i).sub(v).intoArray(y, yo + i);
        fromArray(S, x, xo + n - V).sub(v).intoArray(y, yo + n - V);
    }

    private static void mul(int n, double[] x, int xo, double a, double[] y, int yo) {
        var v = DoubleVector.broadcast(S, a);
        for (int i = 0, end = n - V; i < end; i += V) fromArray(S, x, xo + i).mul(v).intoArray(y, yo + i);
        fromArray(S, x, xo + n - V).mul(v).intoArray(y, yo + n - V);
    }
}
