package keel.array;

/// Element types. `F32` is the one that is fast, `F64` the one that checks, `I32` holds indices and `BOOL` masks.
public enum DType {
    /// 32-bit floating point, `float[]`
    F32,
    /// 64-bit floating point, `double[]`
    F64,
    /// 32-bit integers, `int[]`
    I32,
    /// truth values, `boolean[]`
    BOOL;

    /// Whether arithmetic is defined.
    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    /// Bytes that an element takes.
    public int bytes() {
        return switch (this) {
            case F32, I32 -> 4;
            case F64 -> 8;
            case BOOL -> 1;
        };
    }
}
