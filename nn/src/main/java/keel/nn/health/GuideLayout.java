package keel.nn.health;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import keel.array.DType;
import keel.array.NdArray;

/// The print layout of the guide's health check, character for character, with Python's number formats.
final class GuideLayout {
    private GuideLayout() {}

    static double norm(NdArray g) {
        // PyTorch's norm of a float tensor is a float.
        return g.dtype() == DType.F32 ? (float) g.norm() : g.norm();
    }

    static String text(GuideCheck check) {
        if (check.norms().isEmpty()) return "";
        var out = new StringBuilder();
        check.norms().forEach((name, norm) -> {
            out.append(name).repeat(' ', Math.max(0, 40 - name.codePointCount(0, name.length()))).append(' ');
            var number = scientific(norm);
            out.repeat(' ', Math.max(0, 12 - number.length())).append(number).append(flag(check.verdict(name))).append('\n');
        });
        out.append("\nMax/min gradient ratio: ").append(fixed(check.ratio())).append("x\n");
        if (check.ratio() > 100) out.append("⚠ Gradient flow problem: >100x difference across layers\n");
        return out.toString();
    }

    private static String flag(Verdict verdict) {
        return switch (verdict) {
            case VANISHING -> " ← vanishing!";
            case EXPLODING -> " ← exploding!";
            default -> "";
        };
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
