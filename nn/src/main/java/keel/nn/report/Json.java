package keel.nn.report;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Writes plain values as JSON (RFC 8259), the same bytes for the same values.
///
/// | value | written as |
/// |---|---|
/// | `null`, boolean, integers | themselves |
/// | finite float, double | the shortest decimal that reads back as the same number (`0.1`, `1.0E-7`, `-0.0`) |
/// | NaN and infinities | the strings `"NaN"`, `"Infinity"`, `"-Infinity"`: JSON has no such numbers |
/// | strings, enums | strings |
/// | maps with string keys | objects; in their own order if they have one ([SequencedMap]), by key if they have none |
/// | iterables, arrays | arrays |
///
/// Anything else is an [IllegalArgumentException]: nothing is written by reflection.
public final class Json {
    private static final int WIDTH = 120;

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /// `value` indented by two spaces, arrays of plain values in lines, a line break at the end.
    public static String write(Object value) {
        var json = new Json();
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    private void value(Object value, int depth) {
        switch (value) {
            case Map<?, ?> map -> object(map, depth);
            case Iterable<?> items -> array(items, depth);
            case double[] x -> array(Arrays.stream(x).boxed().toList(), depth);
            case float[] x -> array(IntStream.range(0, x.length).mapToObj(i -> x[i]).toList(), depth);
            case int[] x -> array(Arrays.stream(x).boxed().toList(), depth);
            case long[] x -> array(Arrays.stream(x).boxed().toList(), depth);
            case boolean[] x -> array(IntStream.range(0, x.length).mapToObj(i -> x[i]).toList(), depth);
            case Object[] x -> array(Arrays.asList(x), depth);
            case null, default -> out.append(scalar(value));
        }
    }

    private void object(Map<?, ?> map, int depth) {
        var ordered = map instanceof SequencedMap<?, ?> ? new LinkedHashMap<String, Object>() : new TreeMap<String, Object>();
        map.forEach((key, value) -> ordered.put(key(key), value));
        out.append('{');
        String separator = "";
        for (var entry : ordered.entrySet()) {
            out.append(separator);
            line(depth + 1);
            out.append(string(entry.getKey())).append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        if (!map.isEmpty()) line(depth);
        out.append('}');
    }

    private void array(Iterable<?> items, int depth) {
        var it = items.iterator();
        out.append('[');
        if (it.hasNext()) elements(it, depth);
        out.append(']');
    }

    // Plain values share lines of at most WIDTH characters; objects and arrays start lines of their own.
    private void elements(Iterator<?> it, int depth) {
        boolean flat = true;
        int start = out.length();
        while (it.hasNext()) {
            var item = it.next();
            if (isPlain(item)) {
                var text = scalar(item);
                if (out.length() - start + text.length() > WIDTH) {
                    line(depth + 1);
                    start = out.length();
                    flat = false;
                } else if (out.charAt(out.length() - 1) == ',') {
                    out.append(' ');
                }
                out.append(text);
            } else {
                line(depth + 1);
                value(item, depth + 1);
                start = out.length();
                flat = false;
            }
            if (it.hasNext()) out.append(',');
        }
        if (!flat) line(depth);
    }

    private static boolean isPlain(Object value) {
        return !(value instanceof Map || value instanceof Iterable || value != null && value.getClass().isArray());
    }

    private void line(int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private static String key(Object key) {
        return switch (key) {
            case CharSequence s -> s.toString();
            case Enum<?> e -> e.name();
            case null, default -> throw new IllegalArgumentException("Json: a key is " + key + "; keys are strings");
        };
    }

    private static String scalar(Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean b -> b.toString();
            case Integer _, Long _, Short _, Byte _ -> value.toString();
            case Double x -> Double.isFinite(x) ? x.toString() : string(x.toString());
            case Float x -> Float.isFinite(x) ? x.toString() : string(x.toString());
            case CharSequence s -> string(s.toString());
            case Enum<?> e -> string(e.name());
            default -> throw new IllegalArgumentException("Json: cannot write a " + value.getClass().getName()
                + "; turn it into maps, lists, numbers and strings");
        };
    }

    private static String string(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(needsEscape(c) || isLone(text, i) ? escape(c) : c);
            }
        }
        return quoted.append('"').toString();
    }

    // Control characters must be; '<' and the line separators are, so that the text may stand in a script element.
    private static boolean needsEscape(char c) {
        return c < 0x20 || c == 0x7f || c == '<' || c == 0x2028 || c == 0x2029;
    }

    // Half a pair has no UTF-8.
    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String escape(char c) {
        var hex = Integer.toHexString(c);
        return "\\u" + "0".repeat(4 - hex.length()) + hex;
    }
}
