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
    /// An array of Java lies anywhere in a line of the cache, at a multiple of 8 bytes: a vector that straddles two lines costs
    /// two accesses. Each pass starts one such place further on, for the mean of all; the luck of one would be a limit of its
    /// own.
    private static final int PLACE = 2;
    private static final int PLACES = 16;

    private final Traffic traffic;
    private final int n;
    private final float[] x;
    private final float[] y;
    private final float[] z;
    private int place;

    /// The loop of this traffic over arrays of `footprint` bytes in all.
    public VectorStreams(Traffic traffic, double footprint) {
        this.traffic = traffic;
        int arrays = switch (traffic) {
            case READ -> 1;
            case COPY, UPDATE -> 2;
            case TRIAD -> 3;
        };
        n = Math.max(8 * LANES, (int) (footprint / arrays / Float.BYTES) / (8 * LANES) * (8 * LANES));
        x = new float[n + PLACES];
        y = arrays > 1 ? new float[n + PLACES] : x;
        z = arrays > 2 ? new float[n + PLACES] : x;
        Arrays.fill(x, 1);
    }

    /// Bytes of one pass, every operand moved once.
    public double bytes() {
        int moved = switch (traffic) {
            case READ -> 1;
            case COPY -> 2;
            case TRIAD, UPDATE -> 3;
        };
        return (double) Float.BYTES * moved * n;
    }

    /// One pass. The result keeps the compiler from leaving it out.
    public float run() {
        place = (place + PLACE) % PLACES;
        return switch (traffic) {
            case READ -> n < FEW ? read(n, place, x) : readQuarters(n, place, x);
            case COPY -> copy(n, place, x, y);
            case TRIAD -> triad(n, place, x, z, y);
            case UPDATE -> update(n, place, x, y);
        };
    }

    private static float read(int n, int at, float... x) {
        var a = FloatVector.zero(S);
        FloatVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = at; i < at + n; i += 8 * LANES) {
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
    private static float readQuarters(int n, int at, float... x) {
        int quarter = n / 4;
        var a = FloatVector.zero(S);
        FloatVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = at; i < at + quarter; i += 2 * LANES) {
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

    private static float copy(int n, int at, float[] x, float... y) {
        for (int i = at; i < at + n; i += 2 * LANES) {
            FloatVector.fromArray(S, x, i).intoArray(y, i);
            FloatVector.fromArray(S, x, i + LANES).intoArray(y, i + LANES);
        }
        return y[at];
    }

    private static float triad(int n, int at, float[] x, float[] z, float... y) {
        for (int i = at; i < at + n; i += 2 * LANES) {
            FloatVector.fromArray(S, x, i).add(FloatVector.fromArray(S, z, i)).intoArray(y, i);
            FloatVector.fromArray(S, x, i + LANES).add(FloatVector.fromArray(S, z, i + LANES)).intoArray(y, i + LANES);
        }
        return y[at];
    }

    private static float update(int n, int at, float[] x, float... y) {
        var a = FloatVector.broadcast(S, 1e-9f);
        for (int i = at; i < at + n; i += 2 * LANES) {
            a.fma(FloatVector.fromArray(S, x, i), FloatVector.fromArray(S, y, i)).intoArray(y, i);
            a.fma(FloatVector.fromArray(S, x, i + LANES), FloatVector.fromArray(S, y, i + LANES)).intoArray(y, i + LANES);
        }
        return y[at];
    }
}
