package keel.nn.io;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import keel.array.NdArray;
import keel.array.Shape;

/// The elements of one array as a file has them: in a Java array whose elements are as wide, or of bytes where they share bytes.
/// `extents` may be such that no array in memory has them; only [#toNdArray] minds.
record Raw(StoredType type, long[] extents, Object elements) {
    private static final int CHUNK = 1 << 13; // elements between two looks at the buffer: at most 64 KiB

    /// An array, to be stored as this type. Integers and masks are stored exactly or refused; floating point is rounded to the
    /// nearest, ties to even.
    static Raw of(String name, NdArray x, StoredType type) {
        var extents = Arrays.stream(x.shape().extents()).asLongStream().toArray();
        if (type == StoredType.of(x.dtype())) {
            return new Raw(type, extents, switch (x.dtype()) {
                case F32 -> x.floats();
                case F64 -> x.doubles();
                case I32 -> x.ints();
                case BOOL -> x.booleans();
            });
        }
        return new Raw(type, extents, Narrow.to(name, x, type));
    }

    /// The next elements of a source, which has them: allocates no more than they are.
    static Raw read(Source in, StoredType type, long[] extents, long bytes) {
        return read(in, type, extents, bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /// The same for elements whose bytes are in this order.
    static Raw read(Source in, StoredType type, long[] extents, long bytes, ByteOrder order) {
        long n = bytes * 8 / Math.max(8, type.bits());
        if (n > Shape.MAX_SIZE) throw in.wrong("an array of " + n + " elements, more than the " + Shape.MAX_SIZE
            + " that one can hold");
        var y = allocate(in, type, (int) n);
        for (int at = 0; at < n; at += CHUNK) take(in, order, y, at, (int) Math.min(CHUNK, n - at));
        return new Raw(type, extents, y);
    }

    private static Object allocate(Source in, StoredType type, int n) {
        try {
            return switch (type) {
                case F32 -> new float[n];
                case F64 -> new double[n];
                case BOOL -> new boolean[n];
                default -> switch (type.bits()) {
                    case 16 -> new short[n];
                    case 32 -> new int[n];
                    case 64 -> new long[n];
                    default -> new byte[n];
                };
            };
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(in.wrong("an array of " + n + " elements does not fit into a heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; raise -Xmx").getMessage(), e);
        }
    }

    private static void take(Source in, ByteOrder order, Object y, int at, int n) {
        switch (y) {
            case float[] a -> taken(in.next(4 * n), 4 * n).order(order).asFloatBuffer().get(a, at, n);
            case double[] a -> taken(in.next(8 * n), 8 * n).order(order).asDoubleBuffer().get(a, at, n);
            case int[] a -> taken(in.next(4 * n), 4 * n).order(order).asIntBuffer().get(a, at, n);
            case long[] a -> taken(in.next(8 * n), 8 * n).order(order).asLongBuffer().get(a, at, n);
            case short[] a -> taken(in.next(2 * n), 2 * n).order(order).asShortBuffer().get(a, at, n);
            case boolean[] a -> {
                var b = in.next(n);
                for (int i = at; i < at + n; i++) a[i] = b.get() != 0;
            }
            default -> in.next(n).get((byte[]) y, at, n);
        }
    }

    // The bytes at the buffer's position, which moves on behind them; the order of the bytes stays.
    private static ByteBuffer taken(ByteBuffer b, int bytes) {
        var y = b.slice(b.position(), bytes).order(b.order());
        b.position(b.position() + bytes);
        return y;
    }

    /// Gives the elements out, little endian.
    void write(Sink out) {
        int n = Array.getLength(elements);
        for (int at = 0; at < n; at += CHUNK) give(out, at, Math.min(CHUNK, n - at));
    }

    private void give(Sink out, int at, int n) {
        switch (elements) {
            case float[] a -> taken(out.room(4 * n), 4 * n).asFloatBuffer().put(a, at, n);
            case double[] a -> taken(out.room(8 * n), 8 * n).asDoubleBuffer().put(a, at, n);
            case int[] a -> taken(out.room(4 * n), 4 * n).asIntBuffer().put(a, at, n);
            case long[] a -> taken(out.room(8 * n), 8 * n).asLongBuffer().put(a, at, n);
            case short[] a -> taken(out.room(2 * n), 2 * n).asShortBuffer().put(a, at, n);
            case boolean[] a -> {
                var b = out.room(n);
                for (int i = at; i < at + n; i++) b.put((byte) (a[i] ? 1 : 0));
            }
            default -> out.room(n).put((byte[]) elements, at, n);
        }
    }

    /// How many bytes the elements take in a file.
    long bytes() {
        return (long) Array.getLength(elements) * Math.max(8, type.bits()) / 8;
    }

    /// The shape; an `IllegalArgumentException` if no array in memory can have it.
    Shape shape(String name) {
        for (long e : extents) {
            if (e > Shape.MAX_SIZE) {
                throw new IllegalArgumentException(name + ": the shape " + Arrays.toString(extents) + " has an extent beyond the "
                    + Shape.MAX_SIZE + " elements of one array; split it");
            }
        }
        return Shape.of(Arrays.stream(extents).mapToInt(e -> (int) e).toArray());
    }

    /// The elements in Keel's type for them, an array of its own or the very one that was stored.
    NdArray toNdArray(String name) {
        var shape = shape(name);
        return switch (elements) {
            case float[] a -> NdArray.of(shape, a);
            case double[] a -> NdArray.of(shape, a);
            case boolean[] a -> NdArray.of(shape, a);
            case int[] a when type == StoredType.I32 -> NdArray.of(shape, a);
            default -> Widen.from(name, shape, this);
        };
    }
}
