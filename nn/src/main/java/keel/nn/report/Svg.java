package keel.nn.report;

import static keel.nn.report.Markup.at;
import static keel.nn.report.Markup.escape;

/// The drawing that the charts share: elements in user units, colours by variable, a title and a description for those who cannot
/// see.
final class Svg {
    static final String INK = "var(--keel-ink,#1b1f24)";
    static final String FAINT = "var(--keel-faint,#55606b)";
    static final String RULE = "var(--keel-rule,#d5dbe1)";

    private final StringBuilder out = new StringBuilder();

    Svg(double width, double height, String title, String description) {
        var style = "width:100%;max-width:" + at(width) + "px;height:auto;font:12px system-ui,sans-serif";
        open("svg").with("viewBox", "0 0 " + at(width) + " " + at(height)).with("role", "img").with("aria-label", title)
            .with("style", style);
        out.append(">\n<title>").append(escape(title)).append("</title>\n<desc>").append(escape(description)).append("</desc>\n");
        open("text").with("y", 16).with("font-size", 14).with("font-weight", 600).with("style", "fill:" + INK)
            .close("text", title);
    }

    void text(double x, double y, String anchor, String colour, String text) {
        text(x, y, anchor, colour, text, 12);
    }

    void text(double x, double y, String anchor, String colour, String text, int size) {
        open("text").with("x", x).with("y", y).with("text-anchor", anchor).with("font-size", size)
            .with("style", "fill:" + colour).close("text", text);
    }

    /// A text along the y axis, reading upwards.
    void upright(double x, double y, String colour, String text) {
        open("text").with("transform", "translate(" + at(x) + " " + at(y) + ") rotate(-90)").with("text-anchor", "middle")
            .with("style", "fill:" + colour).close("text", text);
    }

    /// A text just above a line of this angle in degrees, from the point on.
    void along(double x, double y, double angle, String colour, String text) {
        open("text").with("transform", "translate(" + at(x) + " " + at(y) + ") rotate(" + at(angle) + ")").with("dy", -4)
            .with("style", "fill:" + colour).close("text", text);
    }

    void line(double x1, double y1, double x2, double y2, String colour) {
        path("M" + at(x1) + " " + at(y1) + "L" + at(x2) + " " + at(y2), colour, 1, "", "");
    }

    /// A stroked path; `dash` is a dash pattern or empty, `hint` a text shown on hovering or empty.
    void path(String d, String colour, double width, String dash, String hint) {
        open("path").with("d", d).with("fill", "none").with("stroke-width", width);
        if (!dash.isEmpty()) with("stroke-dasharray", dash);
        with("style", "stroke:" + colour).hint("path", hint);
    }

    /// A filled path.
    void shape(String d, String colour, String hint) {
        open("path").with("d", d).with("fill-opacity", 0.8).with("style", "fill:" + colour).hint("path", hint);
    }

    void rect(double x, double y, double width, double height, String colour, double opacity, String hint) {
        open("rect").with("x", x).with("y", y).with("width", width).with("height", height);
        if (opacity < 1) with("fill-opacity", opacity);
        with("style", "fill:" + colour).hint("rect", hint);
    }

    private Svg open(String element) {
        out.append('<').append(element);
        return this;
    }

    private Svg with(String attribute, double value) {
        return with(attribute, at(value));
    }

    private Svg with(String attribute, String value) {
        out.append(' ').append(attribute).append("=\"").append(escape(value)).append('"');
        return this;
    }

    private void close(String element, String text) {
        out.append('>').append(escape(text)).append("</").append(element).append(">\n");
    }

    private void hint(String element, String hint) {
        if (hint.isEmpty()) out.append("/>\n");
        else out.append("><title>").append(escape(hint)).append("</title></").append(element).append(">\n");
    }

    /// The element, for a page.
    String inline() {
        return out + "</svg>\n";
    }

    /// The element as a file of its own.
    static String file(String inline) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + inline
            .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
            .replaceFirst("</desc>\n", "</desc>\n<style>" + Markup.COLOUR_SCHEMES.strip() + "\n</style>\n"
                + "<rect width=\"100%\" height=\"100%\" style=\"fill:var(--keel-ground)\"/>\n");
    }
}
