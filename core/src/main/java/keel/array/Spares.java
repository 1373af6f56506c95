package keel.array;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Arrays that were [released][NdArray#release()], for the next results of the same type and length; what is only worked in comes
/// from [Buffers]. A new array comes from memory and is cleared first; one that was just let go lies in the caches: at 512 KB
/// that is a factor of two to four.
///
/// Together they take an eighth of the heap at most, and the garbage collector may have them when memory gets short.
final class Spares {
    private Spares() {}

    /// Shorter ones cost less to allocate than to look for.
    private static final int LEAST = 1024;
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private record Kind(DType dtype, int length) {}

    private static SoftReference<Map<Kind, ArrayDeque<Object>>> kept = new SoftReference<>(null);
    private static long bytes;
    private static volatile boolean any; // whether it is worth to wait for the lock

    /// The last one that was released, which is the most likely to be in a cache, with any numbers in it; null if there is none.
    static Object take(DType dtype, int length) {
        return length < LEAST || !any ? null : found(new Kind(dtype, length));
    }

    private static synchronized Object found(Kind kind) {
        var all = kept.get();
        any = all != null;
        var some = all == null ? null : all.get(kind);
        if (some == null || some.isEmpty()) return null;
        bytes -= size(kind);
        return some.pop();
    }

    /// Keeps an array that nobody reads any more. Where there are too many, all before it are forgotten, since nobody asked for
    /// them.
    static void add(DType dtype, int length, Object array) {
        assert spoil(array);
        if (length >= LEAST) keep(new Kind(dtype, length), array);
    }

    private static synchronized void keep(Kind kind, Object array) {
        long size = size(kind);
        if (size > MOST_BYTES) return;
        var all = kept.get();
        if (all == null || bytes + size > MOST_BYTES) {
            all = new HashMap<>();
            kept = new SoftReference<>(all);
            bytes = 0;
            any = true;
        }
        all.computeIfAbsent(kind, k -> new ArrayDeque<>()).push(array);
        bytes += size;
    }

    private static long size(Kind kind) { return (long) kind.length() * kind.dtype().bytes(); }

    /// Under `-ea` whoever reads what was released, or takes new elements for zeros, finds NaN and nonsense.
    static boolean spoil(Object array) {
        switch (array) {
            case float[] x -> Arrays.fill(x, Float.NaN);
            case double[] x -> Arrays.fill(x, Double.NaN);
            case int[] x -> Arrays.fill(x, Integer.MIN_VALUE);
            case boolean[] x -> Arrays.fill(x, true);
            default -> throw new AssertionError(array);
        }
        return true;
    }
}
