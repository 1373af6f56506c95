package keel.nn.io;

import keel.array.DType;
import keel.array.NdArray;

/// Types of memory → types that only files have. Integers exactly or refused; floating point to the nearest, ties to even.
final class Narrow {
    private Narrow() {}

    static Object to(String name, NdArray x, StoredType type) {
        if (x.dtype().isFloat()) {
            switch (type) {
                case F16, BF16 -> {
                    return halves(x, type == StoredType.F16);
                }
                case F32 -> {
                    return x.toFloats();
                }
                case F64 -> {
                    return x.toDoubles();
                }
                default -> { }
            }
        } else if (x.dtype() == DType.I32 && type.dtype() == DType.I32) {
            return integers(name, x.ints(), type);
        }
        throw new IllegalArgumentException(name + ": " + x.dtype() + " cannot be stored as " + type
            + "; floating point as F16, BF16, F32 or F64, I32 as an integer, BOOL as BOOL");
    }

    private static short[] halves(NdArray x, boolean half) {
        var y = new short[x.size()];
        // From F64 in two roundings, as PyTorch does it: first to F32.
        var from = x.dtype() == DType.F32 ? x.floats() : x.toFloats();
        for (int i = 0; i < y.length; i++) y[i] = half ? Float.floatToFloat16(from[i]) : bfloat(from[i]);
        return y;
    }

    private static short bfloat(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (Float.isNaN(x)) return (short) (bits >>> 16 | 0x40); // quiet, and never rounded into an infinity
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    private static Object integers(String name, int[] x, StoredType type) {
        boolean signed = type.name().startsWith("I");
        for (int v : x) {
            boolean fits = type.bits() >= Integer.SIZE ? signed || v >= 0
                : signed ? v >= -(1 << type.bits() - 1) && v < 1 << type.bits() - 1 : v >= 0 && v < 1 << type.bits();
            if (!fits) throw new IllegalArgumentException(name + ": the value " + v + " does not fit " + type
                + "; store it as I64");
        }
        return switch (type.bits()) {
            case 8 -> {
                var y = new byte[x.length];
                for (int i = 0; i < y.length; i++) y[i] = (byte) x[i];
                yield y;
            }
            case 16 -> {
                var y = new short[x.length];
                for (int i = 0; i < y.length; i++) y[i] = (short) x[i];
                yield y;
            }
            case 32 -> x;
            default -> {
                var y = new long[x.length];
                for (int i = 0; i < y.length; i++) y[i] = x[i];
                yield y;
            }
        };
    }
}
