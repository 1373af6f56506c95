package keel.array;

import java.util.function.DoublePredicate;

/// Element access that does not mind the type: printing, converting, testing.
final class Text {
    private Text() {}

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

    static boolean all(NdArray x, DoublePredicate p) {
        for (int i = 0; i < x.size(); i++) {
            if (!p.test(element(x, i))) {
                return false;
            }
        }
        return true;
    }

    static NdArray cast(NdArray x, DType target) {
        var y = NdArray.empty(target, x.shape());
        for (int i = 0; i < x.size(); i++) {
            double v = element(x, i);
            switch (target) {
                case F32 -> y.floats()[i] = (float) v;
                case F64 -> y.doubles()[i] = v;
                case I32 -> y.ints()[i] = (int) v;
                case BOOL -> y.booleans()[i] = v != 0;
            }
        }
        return y;
    }

    static String of(NdArray x) {
        var s = new StringBuilder(x.dtype() + " " + x.shape() + " ");
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
