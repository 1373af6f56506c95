package keel.nn.io;

import keel.array.NdArray;
import keel.array.Shape;

/// Types that only files have → types of memory. Exact, or refused.
final class Widen {
    private Widen() {}

    static NdArray from(String name, Shape shape, Raw raw) {
        return switch (raw.type()) {
            case F16, BF16 -> NdArray.of(shape, floats((short[]) raw.elements(), raw.type() == StoredType.F16));
            case U8, I8 -> NdArray.of(shape, bytes((byte[]) raw.elements(), raw.type() == StoredType.U8));
            case U16, I16 -> NdArray.of(shape, shorts((short[]) raw.elements(), raw.type() == StoredType.U16));
            case U32 -> NdArray.of(shape, unsigned(name, (int[]) raw.elements()));
            case I64, U64 -> NdArray.of(shape, longs(name, (long[]) raw.elements(), raw.type()));
            default -> throw new IllegalArgumentException(name + ": elements of type " + raw.type()
                + " have no type in memory; store them as F32, F16 or BF16");
        };
    }

    private static float[] floats(short[] x, boolean half) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) y[i] = half ? Float.float16ToFloat(x[i]) : Float.intBitsToFloat(x[i] << 16);
        return y;
    }

    private static int[] bytes(byte[] x, boolean unsigned) {
        var y = new int[x.length];
        for (int i = 0; i < x.length; i++) y[i] = unsigned ? x[i] & 0xff : x[i];
        return y;
    }

    private static int[] shorts(short[] x, boolean unsigned) {
        var y = new int[x.length];
        for (int i = 0; i < x.length; i++) y[i] = unsigned ? x[i] & 0xffff : x[i];
        return y;
    }

    private static int[] unsigned(String name, int[] x) {
        for (int v : x) if (v < 0) throw tooLarge(name, StoredType.U32, Integer.toUnsignedString(v));
        return x.clone();
    }

    private static int[] longs(String name, long[] x, StoredType type) {
        var y = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (int) x[i];
            if (y[i] != x[i] || type == StoredType.U64 && x[i] < 0) {
                throw tooLarge(name, type, type == StoredType.U64 ? Long.toUnsignedString(x[i]) : Long.toString(x[i]));
            }
        }
        return y;
    }

    private static IllegalArgumentException tooLarge(String name, StoredType type, String value) {
        return new IllegalArgumentException(name + ": the " + type + " value " + value
            + " does not fit I32, Keel's type for integers; "
            + "store it as F64 if it is no index");
    }
}
