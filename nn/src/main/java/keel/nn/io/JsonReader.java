package keel.nn.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A strict reader of JSON (RFC 8259) in UTF-8 that asks for what it expects and builds nothing else: names that come twice in
/// one object, halves of surrogate pairs, numbers beyond an F64 and deep nesting are refused.
final class JsonReader {
    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 1000;
    private static final int LONGEST_STRING = 4 << 20;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final byte[] text;
    private final Source source;
    private int at;

    JsonReader(byte[] text, Source source) {
        this.text = text;
        this.source = source;
    }

    /// An object: `member` is told each name and must read the value.
    void object(Consumer<String> member) {
        var names = new HashSet<String>();
        expect('{');
        if (isNext('}')) return;
        do {
            var name = string();
            if (!names.add(name)) throw wrong("the name \"" + shortened(name) + "\" comes twice");
            expect(':');
            member.accept(name);
        } while (isNext(','));
        expect('}');
    }

    /// An array: `element` must read each value.
    void array(Runnable element) {
        expect('[');
        if (isNext(']')) return;
        do element.run(); while (isNext(','));
        expect(']');
    }

    /// A number of digits only, 0 … 2⁶³ − 1.
    long natural() {
        blank();
        int from = at;
        long y = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            int digit = text[at++] - '0';
            if (y > (Long.MAX_VALUE - digit) / 10) throw wrong("a number beyond 2⁶³");
            y = 10 * y + digit;
        }
        boolean isMore = at < text.length && "+-.eE".indexOf(text[at]) >= 0;
        if (at == from || isMore || text[from] == '0' && at > from + 1) {
            throw wrong("something else where a size or a place should be");
        }
        return y;
    }

    /// Whether `null` comes next, which is read then.
    boolean isNull() {
        blank();
        if (at >= text.length || text[at] != 'n') return false;
        word("null");
        return true;
    }

    /// A string.
    String string() {
        expect('"');
        StringBuilder out = null;
        int from = at;
        while (true) {
            if (at >= text.length) throw wrong("a string without an end");
            byte c = text[at++];
            if (c == '"') break;
            if (c >= 0 && c < ' ') throw wrong("a control character in a string");
            if (c != '\\') continue;
            if (out == null) out = new StringBuilder();
            out.append(decoded(from, at - 1));
            out.append(escaped());
            from = at;
        }
        var last = decoded(from, at - 1);
        return out == null ? last : out.append(last).toString();
    }

    private String decoded(int from, int to) {
        if (to - from > LONGEST_STRING) throw wrong("a string of " + (to - from) + " bytes");
        boolean plain = true;
        for (int i = from; i < to; i++) plain &= text[i] >= 0;
        if (plain) return new String(text, from, to - from, StandardCharsets.US_ASCII);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw source.wrong("the header is not valid UTF-8 in a string at byte " + from + "; fetch the file again", e);
        }
    }

    private String escaped() {
        if (at >= text.length) throw wrong("a string without an end");
        byte c = text[at++];
        return switch (c) {
            case '"', '\\', '/' -> String.valueOf((char) c);
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape in a string");
        };
    }

    private String unicode() {
        char first = hex();
        if (!Character.isSurrogate(first)) return String.valueOf(first);
        if (Character.isLowSurrogate(first) || at + 2 > text.length || text[at] != '\\' || text[at + 1] != 'u') {
            throw wrong("half a surrogate pair");
        }
        at += 2;
        char second = hex();
        if (!Character.isLowSurrogate(second)) throw wrong("half a surrogate pair");
        return new String(new char[] {first, second});
    }

    private char hex() {
        int y = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length ? Character.digit((char) (text[at++] & 0xff), 16) : -1;
            if (digit < 0) throw wrong("an escape without its four digits");
            y = y << 4 | digit;
        }
        return (char) y;
    }

    /// Any value, which is checked and dropped.
    void skip() { skip(0); }

    private void skip(int depth) {
        if (depth > DEEPEST) throw wrong("more than " + DEEPEST + " levels");
        blank();
        switch (at < text.length ? text[at] : 0) {
            case '{' -> {
                expect('{');
                if (isNext('}')) return;
                do {
                    string();
                    expect(':');
                    skip(depth + 1);
                } while (isNext(','));
                expect('}');
            }
            case '[' -> array(() -> skip(depth + 1));
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> {
                if (Double.isInfinite(Double.parseDouble(number()))) throw wrong("a number beyond what 64 bits can hold");
            }
        }
    }

    private String number() {
        blank();
        int from = at;
        while (at < text.length && "+-.0123456789eE".indexOf(text[at]) >= 0) at++;
        if (at - from > LONGEST_NUMBER) throw wrong("a number of " + (at - from) + " characters");
        var y = new String(text, from, at - from, StandardCharsets.US_ASCII);
        if (!NUMBER.matcher(y).matches()) throw wrong("no value where one should be");
        return y;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= text.length || text[at++] != word.charAt(i)) throw wrong("an unknown word");
        }
    }

    /// Whether this character comes next, which is read then.
    boolean isNext(char c) {
        blank();
        if (at >= text.length || text[at] != c) return false;
        at++;
        return true;
    }

    private void expect(char c) {
        if (!isNext(c)) throw wrong("no " + c + " where one should be");
    }

    /// Nothing but blanks may follow.
    void end() {
        blank();
        if (at < text.length) throw wrong("more after the end");
    }

    private void blank() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) at++;
    }

    /// At most 100 characters of what may be long and strange.
    static String shortened(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 97) + "...";
    }

    FileFormatException wrong(String what) {
        return source.wrong("the JSON header has " + what + ", at byte " + at + "; the file is damaged or of another format");
    }
}
