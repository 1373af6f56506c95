package keel.bench.jmh;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import keel.bench.work.Traffic;

/// Loops that do hardly more than move memory: the limit for kernels that calculate little. Stores go through the caches, as
/// every store of Java does: there is no way to ask for one that goes around them.
public final class VectorStreams {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /// Numbers that the first cache holds: there is nothing to fetch ahead.
    private static final int FEW = 1 << 13;

    private final Traffic traffic;
    private final float[] x;
    private final float[] y;
    private final float[] z;

    /// The loop of this traffic over arrays of `footprint` bytes in all.
    public VectorStreams(Traffic traffic, double footprint) {
        this.traffic = traffic;
        int arrays = switch (traffic) {
            case READ -> 1;
            case COPY, UPDATE -> 2;
            case TRIAD -> 3;
        };
        int n = Math.max(8 * LANES, (int) (footprint / arrays / Float.BYTES) / (8 * LANES) * (8 * LANES));
        x = new float[n];
        y = arrays > 1 ? new float[n] : x;
        z = arrays > 2 ? new float[n] : x;
        Arrays.fill(x, 1);
    }

    /// Bytes of one pass, every operand moved once.
    public double bytes() {
        int moved = switch (traffic) {
            case READ -> 1;
            case COPY -> 2;
            case TRIAD, UPDATE -> 3;
        };
        return (double) Float.BYTES * moved * x.length;
    }

    /// One pass. The result keeps the compiler from leaving it out.
    public float run() {
        return switch (traffic) {
            case READ -> x.length < FEW ? read(x) : readQuarters(x);
            case COPY -> copy(x, y);
            case TRIAD -> triad(x, z, y);
            case UPDATE -> update(x, y);
        };
    }

    private static float read(float... x) {
        var a = FloatVector.zero(S);
        FloatVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = 0; i < x.length; i += 8 * LANES) {
            a = a.add(FloatVector.fromArray(S, x, i));
            b = b.add(FloatVector.fromArray(S, x, i + LANES));
            c = c.add(FloatVector.fromArray(S, x, i + 2 * LANES));
            d = d.add(FloatVector.fromArray(S, x, i + 3 * LANES));
            e = e.add(FloatVector.fromArray(S, x, i + 4 * LANES));
            f = f.add(FloatVector.fromArray(S, x, i + 5 * LANES));
            g = g.add(FloatVector.fromArray(S, x, i + 6 * LANES));
            h = h.add(FloatVector.fromArray(S, x, i + 7 * LANES));
        }
        return a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).lane(0);
    }

    /// Four quarters side by side: the processor fetches ahead in each, and memory delivers twice as much as for one.
    private static float readQuarters(float... x) {
        int quarter = x.length / 4;
        var a = FloatVector.zero(S);
        FloatVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = 0; i < quarter; i += 2 * LANES) {
            a = a.add(FloatVector.fromArray(S, x, i));
            b = b.add(FloatVector.fromArray(S, x, i + LANES));
            c = c.add(FloatVector.fromArray(S, x, i + quarter));
            d = d.add(FloatVector.fromArray(S, x, i + quarter + LANES));
            e = e.add(FloatVector.fromArray(S, x, i + 2 * quarter));
            f = f.add(FloatVector.fromArray(S, x, i + 2 * quarter + LANES));
            g = g.add(FloatVector.fromArray(S, x, i + 3 * quarter));
            h = h.add(FloatVector.fromArray(S, x, i + 3 * quarter + LANES));
        }
        return a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).lane(0);
    }

    private static float copy(float[] x, float... y) {
        for (int i = 0; i < x.length; i += 2 * LANES) {
            FloatVector.fromArray(S, x, i).intoArray(y, i);
            FloatVector.fromArray(S, x, i + LANES).intoArray(y, i + LANES);
        }
        return y[0];
    }

    private static float triad(float[] x, float[] z, float... y) {
        for (int i = 0; i < x.length; i += 2 * LANES) {
            FloatVector.fromArray(S, x, i).add(FloatVector.fromArray(S, z, i)).intoArray(y, i);
            FloatVector.fromArray(S, x, i + LANES).add(FloatVector.fromArray(S, z, i + LANES)).intoArray(y, i + LANES);
        }
        return y[0];
    }

    private static float update(float[] x, float... y) {
        var a = FloatVector.broadcast(S, 1e-9f);
        for (int i = 0; i < x.length; i += 2 * LANES) {
            a.fma(FloatVector.fromArray(S, x, i), FloatVector.fromArray(S, y, i)).intoArray(y, i);
            a.fma(FloatVector.fromArray(S, x, i + LANES), FloatVector.fromArray(S, y, i + LANES)).intoArray(y, i + LANES);
        }
        return y[0];
    }
}
