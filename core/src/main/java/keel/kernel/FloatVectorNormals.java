package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatPow.MAGIC;
import static keel.kernel.FloatPow.MAGIC_BITS;
import static keel.kernel.FloatPow.SQRT_HALF_BITS;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Normal draws with the bits of [StrictMath], which has no vector form: logarithm and cosine are approximated in double to a
/// part in 2⁴², and where all that lies within a part in 2⁴⁰ rounds to one float, that is the float. One vector in some thousand
/// is not so sure, and takes the plain loop.
final class FloatVectorNormals {
    private FloatVectorNormals() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, VectorShape.forBitSize(VectorWidth.BITS));
    /// Results that are still to be rounded.
    private static final ThreadLocal<double[]> SOME = ThreadLocal.withInitial(() -> new double[D.length()]);
    private static final int H = D.length();

    private static final double LN2 = 0.6931471805599453;
    private static final double TWO_OVER_PI = 0.6366197723675814;
    private static final double HALF_PI = 1.5707963267948966;
    private static final double HALF_PI_LOW = 6.123233995736766e-17;
    /// What is left out of a double between two floats, and half of that.
    private static final int BELOW = 29;
    private static final long HALF = 1L << BELOW - 1;
    /// Smaller results may be denormal floats.
    private static final double SMALL = 0x1p-120;
    /// Bits of a bound of the angle.
    private static final long FULL_TURN = Double.doubleToRawLongBits(7);
    private static final double SURE = 0x1p-40;
    private static final double ROUNDING = 0x1p-50;

    // ln(1 + f)/f between √½ and √2, relative error 2⁻⁴³·⁵, and sin(r)/r (2⁻⁴⁷) and cos r (2⁻⁴³·⁵) in r² up to (π/4)²:
    // interpolated at Chebyshev's points
    private static final double LOG_0 = 1.0000000000000617;
    private static final double LOG_1 = -0.5000000000011996;
    private static final double LOG_2 = 0.3333333332696426;
    private static final double LOG_3 = -0.24999999950761742;
    private static final double LOG_4 = 0.2000000104854377;
    private static final double LOG_5 = -0.1666667282322684;
    private static final double LOG_6 = 0.14285651767534413;
    private static final double LOG_7 = -0.12499653070523752;
    private static final double LOG_8 = 0.11112762228270176;
    private static final double LOG_9 = -0.10010029904388151;
    private static final double LOG_10 = 0.09072787538010386;
    private static final double LOG_11 = -0.081813256819716;
    private static final double LOG_12 = 0.0769951228297265;
    private static final double LOG_13 = -0.0824502565074284;
    private static final double LOG_14 = 0.07920684271924677;
    private static final double LOG_15 = -0.038871612816231214;
    private static final double SIN_0 = 0.9999999999999957;
    private static final double SIN_1 = -0.1666666666661666;
    private static final double SIN_2 = 0.008333333323874375;
    private static final double SIN_3 = -0.00019841263296432765;
    private static final double SIN_4 = 2.7555271485395277e-06;
    private static final double SIN_5 = -2.475652937959251e-08;
    private static final double COS_0 = 0.9999999999999444;
    private static final double COS_1 = -0.4999999999935079;
    private static final double COS_2 = 0.0416666665438622;
    private static final double COS_3 = -0.00138888803912356;
    private static final double COS_4 = 2.4798928225823623e-05;
    private static final double COS_5 = -2.717339169572195e-07;

    /// Draws that the plain loop makes in the time, half a second, in which this one runs until it is compiled. A program that
    /// draws its weights, and no more, never comes to that.
    private static final int FEW = VectorTrial.OFF ? 0 : 1 << 23;
    /// Threads that count at the same time may lose a little.
    private static int drawn;

    /// Whether the next `n` draws are among those for which the plain loop takes less time.
    static boolean few(int n) {
        if (drawn >= FEW) return false;
        drawn += Math.min(n, FEW);
        return true;
    }

    /// As [FloatLoops#normals].
    static void normals(double mean, double std, double[] u, double[] v, int uo, float[] y, int yo, int n) {
        double[] some = SOME.get();
        int i = 0;
        for (int end = D.loopBound(n); i < end; i += H) {
            var w = broadcast(D, 1.0).sub(fromArray(D, u, uo + i));
            var b = w.reinterpretAsLongs();
            var k = b.sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var f = b.sub(k.lanewise(LSHL, 52)).reinterpretAsDoubles().sub(1);
            var p = broadcast(D, LOG_15).fma(f, broadcast(D, LOG_14));
            p = p.fma(f, broadcast(D, LOG_13));
            p = p.fma(f, broadcast(D, LOG_12));
            p = p.fma(f, broadcast(D, LOG_11));
            p = p.fma(f, broadcast(D, LOG_10));
            p = p.fma(f, broadcast(D, LOG_9));
            p = p.fma(f, broadcast(D, LOG_8));
            p = p.fma(f, broadcast(D, LOG_7));
            p = p.fma(f, broadcast(D, LOG_6));
            p = p.fma(f, broadcast(D, LOG_5));
            p = p.fma(f, broadcast(D, LOG_4));
            p = p.fma(f, broadcast(D, LOG_3));
            p = p.fma(f, broadcast(D, LOG_2));
            p = p.fma(f, broadcast(D, LOG_1));
            p = p.fma(f, broadcast(D, LOG_0));
            p = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC).fma(broadcast(D, LN2), p.mul(f));
            var x = fromArray(D, v, uo + i).mul(2 * Math.PI);
            var q = x.fma(broadcast(D, TWO_OVER_PI), broadcast(D, MAGIC));
            var j = q.reinterpretAsLongs();
            q = q.sub(MAGIC);
            var r = q.fma(broadcast(D, -HALF_PI_LOW), q.fma(broadcast(D, -HALF_PI), x));
            var z = r.mul(r);
            var s = broadcast(D, SIN_5).fma(z, broadcast(D, SIN_4));
            s = s.fma(z, broadcast(D, SIN_3));
            s = s.fma(z, broadcast(D, SIN_2));
            s = s.fma(z, broadcast(D, SIN_1));
            s = s.fma(z, broadcast(D, SIN_0));
            var c = broadcast(D, COS_5).fma(z, broadcast(D, COS_4));
            c = c.fma(z, broadcast(D, COS_3));
            c = c.fma(z, broadcast(D, COS_2));
            c = c.fma(z, broadcast(D, COS_1));
            c = c.fma(z, broadcast(D, COS_0));
            var t = c.blend(s.mul(r), j.and(1).compare(NE, 0).cast(D)).reinterpretAsLongs()
                    .lanewise(XOR, j.add(1).and(2).lanewise(LSHL, 62)).reinterpretAsDoubles();
            t = p.mul(-2).lanewise(SQRT).mul(std).mul(t);
            var m = t.add(mean);
            var e = t.lanewise(ABS).fma(broadcast(D, SURE), m.lanewise(ABS).mul(ROUNDING));
            // the halves of the gaps below and above, so that what rounds to one float has these bits in common
            var low = m.sub(e).reinterpretAsLongs().add(HALF).lanewise(ASHR, BELOW);
            var high = m.add(e).reinterpretAsLongs().add(HALF).lanewise(ASHR, BELOW);
            if (low.compare(EQ, high).and(x.reinterpretAsLongs().compare(ULT, LongVector.broadcast(L, FULL_TURN))).cast(D)
                    .and(m.lanewise(ABS).compare(GT, SMALL)).and(w.compare(GT, 0.0)).allTrue()) {
                // not as a float vector of half the length: the profile of its store is that of all, and the tiles of products
                // that are compiled afterwards would make objects of their vectors
                m.intoArray(some, 0);
                for (int h = 0; h < H; h++) y[yo + i + h] = (float) some[h];
            } else {
                FloatLoops.normals(mean, std, u, v, uo + i, y, yo + i, H);
            }
        }
        FloatLoops.normals(mean, std, u, v, uo + i, y, yo + i, n - i);
    }
}
