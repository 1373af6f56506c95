package keel.nn.io;

import keel.array.DType;

/// Types that elements have in files, by the names of the safetensors format and in its order. Keel computes in `F32` and `F64`
/// and indexes by `I32`; the others are converted on the way in and out, or only carried.
public enum StoredType {
    /// One byte, 0 or 1; `BOOL` in memory.
    BOOL(8, DType.BOOL),
    /// Microscaling, 4 bits; carried only.
    F4(4, null),
    /// Microscaling, 6 bits with 2 of exponent; carried only.
    F6_E2M3(6, null),
    /// Microscaling, 6 bits with 3 of exponent; carried only.
    F6_E3M2(6, null),
    /// Unsigned byte; `I32` in memory.
    U8(8, DType.I32),
    /// Signed byte; `I32` in memory.
    I8(8, DType.I32),
    /// 8-bit floating point with 5 bits of exponent; carried only.
    F8_E5M2(8, null),
    /// 8-bit floating point with 4 bits of exponent; carried only.
    F8_E4M3(8, null),
    /// 8 bits of exponent; carried only.
    F8_E8M0(8, null),
    /// 8-bit floating point without infinities and −0, 4 bits of exponent; carried only.
    F8_E4M3FNUZ(8, null),
    /// 8-bit floating point without infinities and −0, 5 bits of exponent; carried only.
    F8_E5M2FNUZ(8, null),
    /// Signed 16-bit integer; `I32` in memory.
    I16(16, DType.I32),
    /// Unsigned 16-bit integer; `I32` in memory.
    U16(16, DType.I32),
    /// IEEE 754 half precision; `F32` in memory, exactly.
    F16(16, DType.F32),
    /// The upper half of an `F32`; `F32` in memory, exactly.
    BF16(16, DType.F32),
    /// Signed 32-bit integer.
    I32(32, DType.I32),
    /// Unsigned 32-bit integer; `I32` in memory where every value fits.
    U32(32, DType.I32),
    /// 32-bit floating point.
    F32(32, DType.F32),
    /// Two `F32`, real and imaginary; carried only.
    C64(64, null),
    /// 64-bit floating point.
    F64(64, DType.F64),
    /// Signed 64-bit integer, PyTorch's type for counts and indices; `I32` in memory where every value fits.
    I64(64, DType.I32),
    /// Unsigned 64-bit integer; `I32` in memory where every value fits.
    U64(64, DType.I32);

    private final int bits;
    private final DType dtype;

    StoredType(int bits, DType dtype) {
        this.bits = bits;
        this.dtype = dtype;
    }

    /// Bits of one element in the file.
    public int bits() {
        return bits;
    }

    /// The type that these elements have in memory, or null for one that is only carried.
    public DType dtype() {
        return dtype;
    }

    /// The type of the same name in a file.
    public static StoredType of(DType dtype) {
        return valueOf(dtype.name());
    }
}
