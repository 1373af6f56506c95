package keel.bench.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Multiply-adds that never leave the registers: as fast as this core can be, the limit that products are measured against.
public final class VectorPeak {
    private VectorPeak() {}

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    /// Chains that are independent: enough to hide the latency of two units of four cycles, few enough for 16 registers.
    private static final int CHAINS = 12;

    /// Floating-point operations of `rounds` rounds: a multiply-add is two.
    public static double flops(int rounds) {
        return 2.0 * CHAINS * S.length() * rounds;
    }

    /// Runs `rounds` rounds of one multiply-add a chain. The result keeps the compiler from leaving them out.
    public static float run(int rounds, float x) {
        var m = FloatVector.broadcast(S, x);
        var a = FloatVector.zero(S);
        FloatVector b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (int r = 0; r < rounds; r++) {
            a = m.fma(m, a);
            b = m.fma(m, b);
            c = m.fma(m, c);
            d = m.fma(m, d);
            e = m.fma(m, e);
            f = m.fma(m, f);
            g = m.fma(m, g);
            h = m.fma(m, h);
            i = m.fma(m, i);
            j = m.fma(m, j);
            k = m.fma(m, k);
            l = m.fma(m, l);
        }
        return a.add(b).add(c).add(d).add(e.add(f)).add(g.add(h)).add(i.add(j)).add(k.add(l)).lane(0);
    }
}
