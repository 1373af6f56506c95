package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of every kernel: the widest the machine prefers, or what the system property `keel.vector.bits` (128, 256 or 512) asks for.
/// Results never depend on it. A species must be a `static final` for C2 to see through it, so classes keep a copy in one of their own.
final class VectorWidth {
    private VectorWidth() {}

    private static final int BITS = Integer.getInteger("keel.vector.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize());

    static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
}
