package keel.kernel;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of every kernel, `FLOAT`, `DOUBLE` and `INT`: the widest the machine prefers, 512 bits at most, or narrower
/// where the system property `keel.vector.bits` asks for 128 or 256. (Vectors wider than the machine's would compute the same, a
/// hundred times slower.) Results never depend on it. A species must be a `static final` for C2 to see through it, so classes
/// keep a copy in one of their own.
///
/// Each is inherited from an interface, which is initialized when its species is first read: to load the thirty classes of one
/// takes seven milliseconds.
final class VectorWidth implements VectorOfFloats, VectorOfDoubles, VectorOfInts {
    private VectorWidth() {}

    static final int BITS = bits(Math.min(512, VectorShape.preferredShape().vectorBitSize()));

    static <E> VectorSpecies<E> of(Class<E> type) {
        return VectorSpecies.of(type, VectorShape.forBitSize(BITS));
    }

    private static int bits(int widest) {
        int asked = Integer.getInteger("keel.vector.bits", widest);
        return asked == 128 || asked == 256 ? Math.min(asked, widest) : widest;
    }
}
