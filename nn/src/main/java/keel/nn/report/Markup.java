package keel.nn.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Text and numbers as they stand in XML and HTML, and the colours of both schemes.
final class Markup {
    private Markup() {}

    /// Colours of series; a chart names them `var(--keel-0)` … `var(--keel-7)`.
    static final int COLOURS = 8;

    private static final String[] LIGHT = {
        "#0b62a4", "#b5450d", "#10775a", "#8a3d9c", "#7a5b00", "#0f7280", "#b0286a", "#4f5b66"
    };

    /// The variables every chart and page uses: dark ink on light ground, and the other way round where the reader prefers that.
    static final String COLOUR_SCHEMES = """
        :root{color-scheme:light dark;
        --keel-ground:#ffffff;--keel-panel:#f4f6f8;--keel-ink:#1b1f24;--keel-faint:#55606b;--keel-rule:#d5dbe1;
        --keel-link:#0b5394;--keel-good:#0f6b3c;--keel-bad:#b3261e;--keel-cold:#0b62a4;--keel-hot:#b5450d;
        --keel-0:#0b62a4;--keel-1:#b5450d;--keel-2:#10775a;--keel-3:#8a3d9c;
        --keel-4:#7a5b00;--keel-5:#0f7280;--keel-6:#b0286a;--keel-7:#4f5b66}
        @media (prefers-color-scheme:dark){:root{
        --keel-ground:#14181d;--keel-panel:#1d232a;--keel-ink:#e8ecf0;--keel-faint:#a3aeb9;--keel-rule:#3a444f;
        --keel-link:#7cb8f5;--keel-good:#5fd38d;--keel-bad:#ff8a80;--keel-cold:#6cb6ff;--keel-hot:#ff9d6c;
        --keel-0:#6cb6ff;--keel-1:#ff9d6c;--keel-2:#4fd1a5;--keel-3:#d79bf0;
        --keel-4:#e3c04b;--keel-5:#5fd3e6;--keel-6:#ff8ec2;--keel-7:#a9b4c0}}
        """;

    /// The colour of series `i`, with its light form for places that know no variables.
    static String colour(int i) {
        return "var(--keel-" + i % COLOURS + "," + LIGHT[i % COLOURS] + ")";
    }

    /// `text` for an element or a quoted attribute; what XML 1.0 cannot hold becomes U+FFFD.
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }

    /// A coordinate, to a hundredth.
    static String at(double x) {
        var text = Double.toString(StrictMath.rint(x * 100) / 100);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /// `x` to `digits` significant digits, as a reader wants it: `0.0123`, `2.3`, `1.2e-7`, `NaN`.
    static String number(double x, int digits) {
        if (Double.isNaN(x)) return "NaN";
        if (Double.isInfinite(x)) return x > 0 ? "∞" : "−∞";
        if (x == 0) return "0";
        var rounded = new BigDecimal(x).round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -3 && exponent < 6) return rounded.toPlainString();
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /// Letters and digits of `text` in lower case, the rest as single hyphens: a name for a place on a page.
    static String slug(String text) {
        var slug = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = Character.toLowerCase(text.charAt(i));
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') slug.append(c);
            else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') slug.append('-');
        }
        while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') slug.setLength(slug.length() - 1);
        return slug.isEmpty() ? "part" : slug.toString();
    }
}
