package keel.nn.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import keel.array.NdArray;
import keel.array.Shape;

/// A text as numbers, character by character, to learn to go on with it: its alphabet in the order of Unicode, and the place of
/// each character in it.
///
/// ```java
/// var text = CharText.of(Files.readString(path));
/// var batches = Batches.seeded(text.windows(64, 64), 32, 42);
/// ```
///
/// @param alphabet the different characters (code points), rising
/// @param tokens   the text, I32 `(length)`
public record CharText(String alphabet, NdArray tokens) {
    /// Throws [IllegalArgumentException] if the text is empty.
    public static CharText of(String text) {
        if (text.isEmpty()) throw new IllegalArgumentException("CharText: the text is empty; give 1 character or more");
        var alphabet = text.codePoints().distinct().sorted().mapToObj(Character::toString).collect(Collectors.joining());
        return new CharText(alphabet, encode(alphabet, text));
    }

    /// How many different characters there are.
    public int characters() {
        return alphabet.codePointCount(0, alphabet.length());
    }

    /// Another text in this alphabet, I32 `(length)`.
    ///
    /// Throws [IllegalArgumentException] for a character that is not in it.
    public NdArray encode(String text) {
        return encode(alphabet, text);
    }

    private static NdArray encode(String alphabet, String text) {
        var known = alphabet.codePoints().toArray();
        return NdArray.of(text.codePoints().map(c -> {
            int at = Arrays.binarySearch(known, c);
            if (at >= 0) return at;
            throw new IllegalArgumentException("CharText.encode: \"" + Character.toString(c) + "\" is not in the alphabet of "
                + known.length + " characters; make the text of everything that is to be read");
        }).toArray());
    }

    /// The text of these places of the alphabet.
    ///
    /// Throws [IllegalArgumentException] for one that is none.
    public String decode(NdArray tokens) {
        var known = alphabet.codePoints().toArray();
        return Arrays.stream(tokens.ints()).mapToObj(t -> {
            if (t >= 0 && t < known.length) return Character.toString(known[t]);
            throw new IllegalArgumentException("CharText.decode: there is no character " + t + "; " + known.length
                + " characters are 0 … " + (known.length - 1));
        }).collect(Collectors.joining());
    }

    /// Pieces of `length` characters, each `stride` after the one before: `x (n, length)`, and as labels `(n, length)` the same
    /// moved on by one: what follows each character.
    ///
    /// Throws [IllegalArgumentException] if a number is below 1, or if the text is not longer than `length`.
    public Dataset windows(int length, int stride) {
        int left = tokens.size() - 1 - length;
        if (length < 1 || stride < 1 || left < 0) {
            throw new IllegalArgumentException("CharText.windows: pieces of " + length + " every " + stride + " of a text of "
                + tokens.size() + " characters; give 1 or more of both, and fewer than the text has");
        }
        int n = left / stride + 1;
        var x = new int[Math.multiplyExact(n, length)];
        var y = new int[n * length];
        for (int i = 0; i < n; i++) {
            System.arraycopy(tokens.ints(), i * stride, x, i * length, length);
            System.arraycopy(tokens.ints(), i * stride + 1, y, i * length, length);
        }
        return new Dataset(NdArray.of(Shape.of(n, length), x), NdArray.of(Shape.of(n, length), y));
    }
}
