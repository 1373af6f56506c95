package keel.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Memory in which [FloatVectorMatmul] lays out its panels, used again from call to call. `DoubleVectorSpace` is generated from
/// this file.
///
/// There is no more of it than products were ever computed at the same time, and never more than a few for each processor;
/// threads, virtual ones included, leave nothing behind. It belongs to the garbage collector.
final class FloatVectorSpace {
    private static final int ALIGNMENT = 64;
    private static final boolean WIDE = VectorWidth.BITS == 512;
    private static final AtomicReferenceArray<FloatVectorSpace> IDLE =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors() + 2);

    /// Panels of `A`.
    final float[] a;
    /// Panels of `B`: outside the heap for wide vectors, where alignment counts, else those of `arrayOfB`.
    final MemorySegment b;
    /// The panels of `B` where they lie on the heap, else null.
    final float[] arrayOfB;
    /// Room for one tile.
    final float[] aside = new float[512];

    private FloatVectorSpace(int sizeOfA, int sizeOfB) {
        a = new float[sizeOfA];
        arrayOfB = WIDE ? null : new float[sizeOfB];
        b = WIDE ? Arena.ofAuto().allocate(sizeOfB * (long) Float.BYTES, ALIGNMENT) : MemorySegment.ofArray(arrayOfB);
    }

    /// A space for so many numbers at least, the caller's until it gives it back.
    static FloatVectorSpace take(int sizeOfA, int sizeOfB) {
        for (int i = 0; i < IDLE.length(); i++) {
            if (IDLE.getPlain(i) == null) continue;
            var space = IDLE.getAndSet(i, null);
            if (space == null) continue;
            if (space.a.length >= sizeOfA && space.b.byteSize() >= sizeOfB * (long) Float.BYTES) return space;
            break; // too small: a larger one takes its place
        }
        return new FloatVectorSpace(roundUp(sizeOfA), roundUp(sizeOfB));
    }

    private static int roundUp(int size) {
        return Math.max(Integer.highestOneBit(size - 1) << 1, 1 << 13);
    }

    /// Keeps the space for the next call, unless there are enough.
    void giveBack() {
        for (int i = 0; i < IDLE.length(); i++) {
            if (IDLE.getPlain(i) == null && IDLE.compareAndSet(i, null, this)) return;
        }
    }
}
