package keel.array;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicReferenceArray;
import keel.kernel.Kernels;

/// Arrays to work in, used again from call to call: fresh ones would have to be cleared, and come from memory, not from the
/// caches.
///
/// They may be longer than asked for, which arrays of results may not: those have [Spares].
///
/// There are no more of them than were ever in use at the same time, and never more than a few for each processor; threads,
/// virtual ones included, leave nothing behind.
final class Buffers {
    private Buffers() {}

    /// Longer ones are left to the garbage collector.
    private static final int LONGEST = 1 << 21;
    private static final int MOST = 4 * Runtime.getRuntime().availableProcessors() + 4;
    private static final AtomicReferenceArray<Object> FLOATS = new AtomicReferenceArray<>(MOST);
    private static final AtomicReferenceArray<Object> DOUBLES = new AtomicReferenceArray<>(MOST);

    /// An array of the type of `like` of at least `n` elements, whatever they are, the caller's until it gives it back.
    static Object take(Kernels<Object> k, Object like, int n) {
        var idle = like instanceof float[] ? FLOATS : DOUBLES;
        for (int i = 0; i < MOST; i++) {
            var buffer = idle.getPlain(i) == null ? null : idle.getAndSet(i, null);
            if (buffer != null && Array.getLength(buffer) >= n) {
                return buffer;
            }
        }
        return k.allocate(n);
    }

    /// Keeps the array for the next call, unless there are enough.
    static void giveBack(Object buffer) {
        var idle = buffer instanceof float[] ? FLOATS : DOUBLES;
        for (int i = 0; i < MOST && Array.getLength(buffer) <= LONGEST; i++) {
            if (idle.getPlain(i) == null && idle.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
