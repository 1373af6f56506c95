package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of every kernel: the widest the machine prefers, 512 bits at most, or narrower where the system property
/// `keel.vector.bits` asks for 128 or 256. (Vectors wider than the machine's would compute the same, a hundred times slower.)
/// Results never depend on it. A species must be a `static final` for C2 to see through it, so classes keep a copy in one of
/// their own.
final class VectorWidth {
    private VectorWidth() {}

    static final int BITS = bits(Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));

    static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

    private static int bits(int widest) {
        int asked = Integer.getInteger("keel.vector.bits", widest);
        return asked == 128 || asked == 256 ? Math.min(asked, widest) : widest;
    }
}
