// Generated from FloatVectorCells.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.VectorSpecies;

/// The loops of [DoubleCells], a vector at a time; the rest of the last vector goes the plain way.
final class DoubleVectorCells {
    private DoubleVectorCells() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    static void sum(double[] s, int so, double[] b, int bo, double[] z, int zo, double[] c, int co, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var fromState = fromArray(S, s, so + i).add(fromArray(S, b, bo + i));
            fromArray(S, z, zo + i).add(fromArray(S, c, co + i)).add(fromState).intoArray(y, yo + i);
        }
        if (i < n) DoubleCells.sum(s, so + i, b, bo + i, z, zo + i, c, co + i, y, yo + i, n - i);
    }

    static void memory(int n, double[] z, int zo, double[] before, int bo, double[] c, int co) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var kept = fromArray(S, z, zo + n + i).mul(fromArray(S, before, bo + i));
            kept.add(fromArray(S, z, zo + i).mul(fromArray(S, z, zo + 2 * n + i))).intoArray(c, co + i);
        }
        if (i < n) DoubleCells.memory(n - i, n, z, zo + i, before, bo + i, c, co + i);
    }

    static void lstmGrad(int n, int step, double[] z, int zo, double[] before, int bo, double[] m, int mo, double[] dh, int dho,
            double[] dc, int dco, double[] dz, int dzo) {
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) {
            var one = broadcast(S, 1.0);
            var i = fromArray(S, z, zo + j);
            var f = fromArray(S, z, zo + step + j);
            var g = fromArray(S, z, zo + 2 * step + j);
            var o = fromArray(S, z, zo + 3 * step + j);
            var t = fromArray(S, m, mo + j);
            var dy = fromArray(S, dh, dho + j);
            var d = fromArray(S, dc, dco + j).add(dy.mul(o).mul(t.neg().fma(t, one)));
            d.mul(g).mul(i.mul(one.sub(i))).intoArray(dz, dzo + j);
            d.mul(fromArray(S, before, bo + j)).mul(f.mul(one.sub(f))).intoArray(dz, dzo + n + j);
            d.mul(i).mul(g.neg().fma(g, one)).intoArray(dz, dzo + 2 * n + j);
            dy.mul(t).mul(o.mul(one.sub(o))).intoArray(dz, dzo + 3 * n + j);
            d.mul(f).intoArray(dc, dco + j);
        }
        if (j < n) DoubleCells.lstmGrad(j, n, step, z, zo, before, bo, m, mo, dh, dho, dc, dco, dz, dzo);
    }

    static void gruGrad(int n, int step, double[] z, int zo, double[] q, int qo, double[] before, int bo, double[] dh, int dho,
            double[] dz, int dzo, double[] ds, int dso) {
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) {
            var one = broadcast(S, 1.0);
            var r = fromArray(S, z, zo + j);
            var u = fromArray(S, z, zo + step + j);
            var t = fromArray(S, z, zo + 2 * step + j);
            var dy = fromArray(S, dh, dho + j);
            var d = dy.mul(one.sub(u)).mul(t.neg().fma(t, one));
            var dr = d.mul(fromArray(S, q, qo + j)).mul(r.mul(one.sub(r)));
            var du = dy.mul(fromArray(S, before, bo + j).sub(t)).mul(u.mul(one.sub(u)));
            dr.intoArray(dz, dzo + j);
            du.intoArray(dz, dzo + n + j);
            d.intoArray(dz, dzo + 2 * n + j);
            dr.intoArray(ds, dso + j);
            du.intoArray(ds, dso + n + j);
            d.mul(r).intoArray(ds, dso + 2 * n + j);
            dy.mul(u).intoArray(dh, dho + j);
        }
        if (j < n) DoubleCells.gruGrad(j, n, step, z, zo, q, qo, before, bo, dh, dho, dz, dzo, ds, dso);
    }
}
