package keel.bench.lab;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them.
final class Words {
    private Words() {}

    /// To three digits: `0.0123`, `2.30`, `4.7e11`, `1.6e-12`, `NaN`, `∞`.
    static String number(double x) {
        if (Double.isNaN(x)) return "NaN";
        if (Double.isInfinite(x)) return x > 0 ? "∞" : "−∞";
        if (x == 0) return "0";
        double size = Math.abs(x);
        if (size >= 0.001 && size < 1000) {
            var rounded = new BigDecimal(x).round(new MathContext(3, RoundingMode.HALF_EVEN));
            return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
        }
        var digits = String.format(Locale.ROOT, "%.1e", x).split("e");
        return digits[0] + "e" + Integer.parseInt(digits[1]);
    }

    /// A share in percent, `97.5 %`.
    static String percent(double share) {
        return Double.isNaN(share) ? "—" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// How many times one is the other: `×8.4e6`, `÷3.1e11`.
    static String times(double ratio) {
        if (Double.isNaN(ratio)) return "—"; // nothing of nothing
        if (ratio == 0) return "÷∞";
        return ratio >= 1 ? "×" + number(ratio) : "÷" + number(1 / ratio);
    }

    /// The same as a verb: `grows 8.4e6-fold`, `shrinks 3.1e11-fold`.
    static String grows(double ratio) {
        if (Double.isNaN(ratio)) return "is not a number";
        if (ratio == 0) return "shrinks to exactly 0";
        return ratio >= 1 ? "grows " + number(ratio) + "-fold" : "shrinks " + number(1 / ratio) + "-fold";
    }
}
