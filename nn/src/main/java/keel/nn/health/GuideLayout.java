package keel.nn.health;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;

/// The print layout of the guide's health check, character for character, with Python's number formats and its `max` and `min`.
final class GuideLayout {
    private GuideLayout() {}

    static double norm(NdArray g) {
        // PyTorch's norm of a float tensor is a float.
        return g.dtype() == DType.F32 ? (float) g.norm() : g.norm();
    }

    static String text(Map<String, Double> norms) {
        if (norms.isEmpty()) return "";
        var out = new StringBuilder();
        norms.forEach((name, norm) -> {
            // NaN compares false, so it is not flagged: that is the guide's.
            var flag = norm < GradientHealth.SMALLEST_NORM ? " ← vanishing!"
                : norm > GradientHealth.LARGEST_NORM ? " ← exploding!" : "";
            out.append(name).repeat(' ', Math.max(0, 40 - name.codePointCount(0, name.length()))).append(' ');
            var number = scientific(norm);
            out.repeat(' ', Math.max(0, 12 - number.length())).append(number).append(flag).append('\n');
        });
        double ratio = extreme(norms.values(), 1) / (extreme(norms.values(), -1) + 1e-12);
        out.append("\nMax/min gradient ratio: ").append(fixed(ratio)).append("x\n");
        if (ratio > 100) out.append("⚠ Gradient flow problem: >100x difference across layers\n");
        return out.toString();
    }

    // Python's max (sign 1) and min (sign −1): the first element stays until one compares beyond it, so a NaN counts only if it
    // comes first.
    private static double extreme(Collection<Double> values, int sign) {
        var it = values.iterator();
        double extreme = it.next();
        while (it.hasNext()) {
            double value = it.next();
            if (sign * value > sign * extreme) extreme = value;
        }
        return extreme;
    }

    /// `{x:.2e}`
    private static String scientific(double x) {
        if (!Double.isFinite(x)) return special(x);
        if (x == 0) return "0.00e+00";
        var rounded = new BigDecimal(x).round(new MathContext(3, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        var digits = rounded.movePointLeft(exponent).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
        return digits + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /// `{x:.1f}`
    private static String fixed(double x) {
        return Double.isFinite(x) ? new BigDecimal(x).setScale(1, RoundingMode.HALF_EVEN).toPlainString() : special(x);
    }

    private static String special(double x) {
        return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
    }
}
