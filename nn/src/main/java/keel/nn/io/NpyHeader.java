package keel.nn.io;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.StringJoiner;

/// What stands in front of the elements of an NPY file: a magic word, a version, and a Python dictionary with type, order and
/// shape, padded to a multiple of 64 bytes (numpy.lib.format).
record NpyHeader(StoredType type, ByteOrder order, boolean isFortran, long[] extents) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 10_000; // NumPy's own limit for files that are not trusted
    private static final int MOST_AXES = 64;
    private static final int ALIGNMENT = 64;
    private static final int GROWTH = 21; // NumPy leaves room for the first extent to grow to as many digits

    static NpyHeader read(Source in) {
        if (in.size() < MAGIC.length + 4 || !Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
            throw in.wrong("does not begin as an NPY file; give one that numpy.save wrote");
        }
        int version = in.bytes(2)[0];
        if (version < 1 || version > 3) throw in.wrong("is of NPY version " + version + "; save it with version 1, 2 or 3");
        int length = in.natural(version == 1 ? Short.BYTES : Integer.BYTES);
        if (length > LONGEST) throw in.wrong("says that its header is " + length + " bytes long, more than " + LONGEST
            + "; it is damaged");
        return new Parser(in, new String(in.bytes(length), StandardCharsets.ISO_8859_1)).header();
    }

    /// The number of elements; an exception if it overflows.
    long count(Source in) {
        long n = 1;
        for (long e : extents) {
            if (Math.multiplyHigh(n, e) != 0 || n * e < 0) throw in.wrong("has the shape " + Arrays.toString(extents)
                + ", which overflows");
            n *= e;
        }
        return n;
    }

    /// As NumPy writes it for little endian elements in row-major order.
    static byte[] bytes(StoredType type, long[] extents) {
        var shape = new StringJoiner(", ", "(", extents.length == 1 ? ",)" : ")");
        for (long e : extents) shape.add(Long.toString(e));
        var text = new StringBuilder("{'descr': '").append(descr(type)).append("', 'fortran_order': False, 'shape': ")
            .append(shape).append(", }");
        if (extents.length > 0) text.append(" ".repeat(GROWTH - Long.toString(extents[0]).length()));
        int before = MAGIC.length + 4;
        while ((before + text.length() + 1) % ALIGNMENT != 0) text.append(' ');
        var y = Arrays.copyOf(MAGIC, before + text.length() + 1);
        y[MAGIC.length] = 1;
        y[before - 2] = (byte) (text.length() + 1);
        y[before - 1] = (byte) (text.length() + 1 >>> Byte.SIZE);
        System.arraycopy(text.append('\n').toString().getBytes(StandardCharsets.US_ASCII), 0, y, before, text.length());
        return y;
    }

    private static String descr(StoredType type) {
        return switch (type) {
            case BOOL -> "|b1";
            case F64 -> "<f8";
            case I32 -> "<i4";
            default -> "<f4";
        };
    }

    private static final class Parser {
        private final Source in;
        private final String text;
        private int at;

        Parser(Source in, String text) {
            this.in = in;
            this.text = text;
        }

        NpyHeader header() {
            String descr = null;
            Boolean fortran = null;
            long[] extents = null;
            var keys = new HashSet<String>();
            expect('{');
            while (!isNext('}')) {
                var key = string();
                if (!keys.add(key)) throw wrong("the key '" + JsonReader.shortened(key) + "' twice");
                expect(':');
                switch (key) {
                    case "descr" -> descr = descr();
                    case "fortran_order" -> fortran = truth();
                    case "shape" -> extents = shape();
                    default -> throw wrong("the unknown key '" + JsonReader.shortened(key) + "'");
                }
                if (isNext(',')) continue;
                expect('}');
                break;
            }
            blank();
            if (at < text.length()) throw wrong("more after its end");
            if (keys.size() < 3) throw wrong("no descr, no fortran_order or no shape");
            return of(descr, fortran, extents);
        }

        private NpyHeader of(String descr, boolean fortran, long[] extents) {
            var order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            var kind = descr.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1);
            var type = switch (kind) {
                case "b1" -> StoredType.BOOL;
                case "i1" -> StoredType.I8;
                case "u1" -> StoredType.U8;
                case "i2" -> StoredType.I16;
                case "u2" -> StoredType.U16;
                case "i4" -> StoredType.I32;
                case "u4" -> StoredType.U32;
                case "i8" -> StoredType.I64;
                case "u8" -> StoredType.U64;
                case "f2" -> StoredType.F16;
                case "f4" -> StoredType.F32;
                case "f8" -> StoredType.F64;
                case "O" -> throw in.wrong("holds Python objects (a pickle), which Keel never runs; save plain numbers");
                default -> throw in.wrong("holds elements of type '" + JsonReader.shortened(descr)
                    + "'; save them as b1, i1 … i8, u1 … u8, f2, f4 or f8");
            };
            return new NpyHeader(type, order, fortran, extents);
        }

        private String descr() {
            blank();
            if (at < text.length() && text.charAt(at) == '[') {
                throw in.wrong("holds records of several fields; save each field as an array of its own");
            }
            return string();
        }

        private boolean truth() {
            blank();
            boolean y = text.startsWith("True", at);
            if (!y && !text.startsWith("False", at)) throw wrong("neither True nor False where one should be");
            at += y ? 4 : 5;
            return y;
        }

        private long[] shape() {
            var extents = new ArrayList<Long>();
            expect('(');
            while (!isNext(')')) {
                if (extents.size() == MOST_AXES) throw wrong("more than " + MOST_AXES + " axes");
                extents.add(natural());
                if (isNext(',')) continue;
                if (extents.size() == 1) throw wrong("a number where a shape should be");
                expect(')');
                break;
            }
            return extents.stream().mapToLong(Long::longValue).toArray();
        }

        private long natural() {
            blank();
            int from = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
            boolean isPadded = at - from > 1 && text.charAt(from) == '0';
            if (at == from || at - from > 18 || isPadded) throw wrong("no extent where one should be");
            return Long.parseLong(text, from, at, 10);
        }

        private String string() {
            blank();
            char quote = at < text.length() ? text.charAt(at) : 0;
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) throw wrong("no string where one should be");
            var y = text.substring(at + 1, end);
            at = end + 1;
            return y;
        }

        private boolean isNext(char c) {
            blank();
            if (at >= text.length() || text.charAt(at) != c) return false;
            at++;
            return true;
        }

        private void expect(char c) {
            if (!isNext(c)) throw wrong("no " + c + " where one should be");
        }

        private void blank() {
            while (at < text.length() && " \t\n".indexOf(text.charAt(at)) >= 0) at++;
        }

        private FileFormatException wrong(String what) {
            return in.wrong("its header has " + what + ", at character " + at + "; the file is damaged or of another format");
        }
    }
}
