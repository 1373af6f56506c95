// Generated from FloatVectorSpace.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Memory in which [DoubleVectorMatmul] lays out its panels, used again from call to call. `DoubleVectorSpace` is generated from
/// this file.
///
/// There is no more of it than products were ever computed at the same time, and never more than a few for each processor;
/// threads, virtual ones included, leave nothing behind. It belongs to the garbage collector.
final class DoubleVectorSpace {
    private static final int ALIGNMENT = 64;
    private static final boolean WIDE = VectorWidth.BITS == 512;
    private static final AtomicReferenceArray<DoubleVectorSpace> IDLE =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors() + 2);

    /// Panels of `A`.
    final double[] a;
    /// Panels of `B`: outside the heap for wide vectors, where alignment counts, else those of `arrayOfB`.
    final MemorySegment b;
    /// The panels of `B` where they lie on the heap, else null.
    final double[] arrayOfB;
    /// Room for one tile.
    final double[] aside = new double[512];
    /// Where vectors begin, of a loop that is told so step by step.
    private int[] places = {};
    /// Who had it last.
    private long thread;

    /// The class of every `b`.
    private static final Class<?> KIND = new DoubleVectorSpace(0, 1).b.getClass();

    private DoubleVectorSpace(int sizeOfA, int sizeOfB) {
        a = new double[sizeOfA];
        arrayOfB = WIDE ? null : new double[sizeOfB];
        b = WIDE ? Arena.ofAuto().allocate(sizeOfB * (long) Double.BYTES, ALIGNMENT) : MemorySegment.ofArray(arrayOfB);
    }

    /// Returns `b`, and tells the compiler of its class: every loop that goes through a segment begins with this.
    ///
    /// What the JDK does with a segment depends on its kind, and C2 asks the counts of kinds that its methods have met, which are
    /// those of the whole program. The Vector API goes through segments on the heap itself, wherever it reinterprets a vector in
    /// code that is not compiled yet. So after some functions of elements the loops of products kept a way for both kinds, with
    /// calls, and took up to 1.4 times as long, for good. Behind a comparison of classes there is nothing to ask.
    static MemorySegment known(MemorySegment b) {
        if (b.getClass() != KIND) throw new IllegalArgumentException("panels: " + b.getClass() + ", not " + KIND);
        return b;
    }

    /// A space for so many numbers at least, the caller's until it gives it back. The one it had last if it can be had, for that
    /// lies in the cache of its processor, and fetching it from another's takes longer than a small product.
    static DoubleVectorSpace take(int sizeOfA, int sizeOfB) {
        long thread = Thread.currentThread().threadId();
        var space = idle(thread, true);
        if (space == null) space = idle(thread, false);
        int a = space == null ? 0 : space.a.length;
        int b = space == null ? 0 : (int) (space.b.byteSize() / Double.BYTES);
        // One that is too small makes way for one large enough for both, as programs take turns with a few shapes.
        if (a < sizeOfA || b < sizeOfB) {
            space = new DoubleVectorSpace(Math.max(a, roundUp(sizeOfA)), Math.max(b, roundUp(sizeOfB)));
        }
        space.thread = thread;
        return space;
    }

    /// An idle space, taken; `own` if only one that this thread had last will do. Null if there is none.
    private static DoubleVectorSpace idle(long thread, boolean own) {
        for (int i = 0; i < IDLE.length(); i++) {
            var space = IDLE.getAcquire(i);
            if (space != null && (!own || space.thread == thread) && IDLE.compareAndSet(i, space, null)) return space;
        }
        return null;
    }

    private static int roundUp(int size) {
        return Math.max(Integer.highestOneBit(size - 1) << 1, 1 << 13);
    }

    /// Room for so many places at least.
    int[] places(int count) {
        if (places.length < count) places = new int[roundUp(count)];
        return places;
    }

    /// Keeps the space for the next call, unless there are enough: above those that were given back before, so that a call within
    /// a call does not take the other's turn.
    void giveBack() {
        for (int i = IDLE.length() - 1; i >= 0; i--) {
            if (IDLE.getPlain(i) == null && IDLE.compareAndSet(i, null, this)) return;
        }
    }
}
