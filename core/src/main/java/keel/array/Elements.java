package keel.array;

import java.util.Arrays;

/// Element access that does not mind the type: printing, converting, testing.
final class Elements {
    private Elements() {}

    /// Longer axes show this many elements at both ends.
    private static final int EDGE = 3;

    static double element(NdArray x, int i) {
        return switch (x.dtype()) {
            case F32 -> x.floats()[i];
            case F64 -> x.doubles()[i];
            case I32 -> x.ints()[i];
            case BOOL -> x.booleans()[i] ? 1 : 0;
        };
    }

    static void set(NdArray x, int i, double v) {
        switch (x.dtype()) {
            case F32 -> x.floats()[i] = (float) v;
            case F64 -> x.doubles()[i] = v;
            case I32 -> x.ints()[i] = (int) v;
            case BOOL -> x.booleans()[i] = v != 0;
        }
    }

    static void fill(NdArray x, double v) {
        switch (x.dtype()) {
            case F32 -> Arrays.fill(x.floats(), (float) v);
            case F64 -> Arrays.fill(x.doubles(), v);
            case I32 -> Arrays.fill(x.ints(), (int) v);
            case BOOL -> Arrays.fill(x.booleans(), v != 0);
        }
    }

    static boolean isFinite(NdArray x) {
        return switch (x.dtype()) {
            case F32 -> isFinite(x.floats());
            case F64 -> isFinite(x.doubles());
            case I32, BOOL -> true;
        };
    }

    private static boolean isFinite(float... x) {
        for (float v : x) {
            if (!(Math.abs(v) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite(double... x) {
        for (double v : x) {
            if (!(Math.abs(v) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    static boolean hasNaN(NdArray x) {
        return switch (x.dtype()) {
            case F32 -> hasNaN(x.floats());
            case F64 -> hasNaN(x.doubles());
            case I32, BOOL -> false;
        };
    }

    private static boolean hasNaN(float... x) {
        for (float v : x) {
            if (v != v) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNaN(double... x) {
        for (double v : x) {
            if (v != v) {
                return true;
            }
        }
        return false;
    }

    static NdArray cast(NdArray x, DType target) {
        if (x.dtype() == DType.BOOL && target.isFloat()) {
            return Elementwise.where(x, NdArray.full(target, Shape.of(), 1), NdArray.full(target, Shape.of(), 0));
        }
        if (x.dtype().isFloat() && target == DType.BOOL) {
            return x.ne(0);
        }
        var y = NdArray.empty(target, x.shape());
        if (x.dtype() == DType.F32 && target == DType.F64) {
            widen(x.floats(), y.doubles());
        } else if (x.dtype() == DType.F64 && target == DType.F32) {
            narrow(x.doubles(), y.floats());
        } else if (x.dtype() == DType.F32 && target == DType.I32) {
            truncate(x.floats(), y.ints());
        } else if (x.dtype() == DType.I32 && target == DType.F32) {
            convert(x.ints(), y.floats());
        } else if (x.dtype() == DType.I32 && target == DType.F64) {
            convert(x.ints(), y.doubles());
        } else {
            for (int i = 0; i < x.size(); i++) {
                set(y, i, element(x, i));
            }
        }
        return y;
    }

    private static void widen(float[] x, double... y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
    }

    private static void narrow(double[] x, float... y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) x[i];
        }
    }

    private static void truncate(float[] x, int... y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = (int) x[i];
        }
    }

    private static void convert(int[] x, float... y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
    }

    private static void convert(int[] x, double... y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
    }

    static String of(NdArray x) {
        var s = new StringBuilder(x.dtype() + " " + x.shape() + " ");
        if (x.isReleased()) {
            return s.append("released").toString();
        }
        append(s, x, 0, 0);
        return s.toString();
    }

    private static void append(StringBuilder s, NdArray x, int axis, int offset) {
        if (axis == x.rank()) {
            s.append(switch (x.dtype()) {
                case F32 -> Float.toString(x.floats()[offset]);
                case F64 -> Double.toString(x.doubles()[offset]);
                case I32 -> Integer.toString(x.ints()[offset]);
                case BOOL -> Boolean.toString(x.booleans()[offset]);
            });
            return;
        }
        int extent = x.extent(axis);
        int stride = x.shape().product(axis + 1, x.rank());
        s.append('[');
        for (int i = 0; i < extent; i++) {
            if (i > 0) {
                s.append(", ");
            }
            if (extent > 2 * EDGE + 1 && i == EDGE) {
                s.append("… ");
                i = extent - EDGE;
            }
            append(s, x, axis + 1, offset + i * stride);
        }
        s.append(']');
    }
}
