package keel.nn.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What stands in front of the elements: metadata, and type, shape and place of every tensor. Reads what the reference (the Rust
/// crate `safetensors`) reads, apart from names that come twice, which it lets overwrite each other.
record SafetensorsHeader(SequencedMap<String, String> metadata, List<Place> places) {
    /// One tensor: its bytes are `from` to before `to`, counted from the end of the header.
    record Place(String name, StoredType type, long[] extents, long from, long to) {}

    private static final int LONGEST = 100_000_000; // the reference's
    // What a header may make us keep whatever it says. Real files have hundreds of tensors, the largest some ten thousands.
    private static final int MOST_ENTRIES = 32_768;
    private static final int MOST_TEXT = 4 << 20;
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    /// The length and the header, checked against the size of the whole source.
    static SafetensorsHeader read(Source in) {
        if (in.size() < Long.BYTES) throw in.wrong("is " + in.size()
            + " bytes long, too short for a safetensors file; fetch it again");
        long length = in.next(Long.BYTES).getLong();
        if (length < 0 || length > LONGEST) {
            throw in.wrong("says that its header is " + Long.toUnsignedString(length) + " bytes long, more than the " + LONGEST
                + " there can be; it is no safetensors file");
        }
        if (length > in.left()) {
            throw in.wrong("says that its header is " + length + " bytes long, but only " + in.left()
                + " follow; it was cut, or is no safetensors file");
        }
        return new Parser(in, new JsonReader(in.bytes((int) length), in)).header();
    }

    private static final class Parser {
        private final Source in;
        private final JsonReader json;
        private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
        private final List<Place> places = new ArrayList<>();
        private long text;

        Parser(Source in, JsonReader json) {
            this.in = in;
            this.json = json;
        }

        SafetensorsHeader header() {
            json.object(name -> {
                if (name.equals(METADATA)) readMetadata();
                else places.add(place(counted(name)));
            });
            json.end();
            places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
            long end = 0;
            for (var place : places) {
                if (place.from != end) {
                    throw in.wrong(quoted(place) + " begins at byte " + place.from + ", where " + end
                        + " is the next; tensors may neither overlap nor leave gaps");
                }
                end = place.to;
            }
            if (end != in.left()) {
                throw in.wrong("its tensors take " + end + " bytes, but " + in.left() + " follow the header; fetch it again");
            }
            return new SafetensorsHeader(metadata, places);
        }

        private void readMetadata() {
            if (json.isNull()) return;
            json.object(name -> metadata.put(counted(name), counted(json.string())));
        }

        private String counted(String s) {
            text += s.length();
            if (places.size() + metadata.size() >= MOST_ENTRIES) {
                throw in.wrong("names more than " + MOST_ENTRIES + " tensors and notes; split it");
            }
            if (text > MOST_TEXT) throw in.wrong("names and metadata are longer than " + MOST_TEXT + " characters; shorten them");
            return s;
        }

        private Place place(String name) {
            var type = new StoredType[1];
            var extents = new long[1][];
            var offsets = new ArrayList<Long>();
            json.object(field -> {
                switch (field) {
                    case "dtype" -> type[0] = type(json.string());
                    case "shape" -> extents[0] = extents();
                    case "data_offsets" -> json.array(() -> {
                        if (offsets.size() == 2) throw json.wrong("more than two offsets");
                        offsets.add(json.natural());
                    });
                    default -> json.skip();
                }
            });
            if (type[0] == null || extents[0] == null || offsets.size() != 2) {
                throw json.wrong("a tensor without dtype, shape or both data_offsets");
            }
            return checked(new Place(name, type[0], extents[0], offsets.getFirst(), offsets.getLast()));
        }

        private long[] extents() {
            var list = new ArrayList<Long>();
            json.array(() -> {
                if (list.size() == MOST_AXES) throw json.wrong("a shape of more than " + MOST_AXES + " axes");
                list.add(json.natural());
            });
            return list.stream().mapToLong(Long::longValue).toArray();
        }

        private StoredType type(String name) {
            for (var type : TYPES) if (type.name().equals(name)) return type;
            throw json.wrong("the unknown dtype \"" + JsonReader.shortened(name) + "\"");
        }

        private Place checked(Place place) {
            long n = 1; // unsigned, as the reference counts: a 0 among the extents hides no overflow before it
            for (long e : place.extents) n = product(place, n, e);
            long bits = product(place, n, place.type.bits());
            if (bits % Byte.SIZE != 0) throw wrongSize(place, "does not fill whole bytes");
            long bytes = bits >>> 3;
            if (place.to < place.from || place.to - place.from != bytes) {
                throw wrongSize(place, "takes " + bytes + " bytes, but has those from " + place.from + " to " + place.to);
            }
            return place;
        }

        private long product(Place place, long a, long b) {
            if (Math.unsignedMultiplyHigh(a, b) != 0) throw wrongSize(place, "overflows");
            return a * b;
        }

        private FileFormatException wrongSize(Place place, String how) {
            return in.wrong(quoted(place) + " of " + place.type + " " + Arrays.toString(place.extents) + " " + how
                + "; the file is damaged");
        }

        private static String quoted(Place place) {
            return "tensor \"" + JsonReader.shortened(place.name) + "\"";
        }
    }

    private static final int MOST_AXES = 64;
    private static final List<StoredType> TYPES = List.of(StoredType.values());

    /// Places for these tensors, as the reference arranges them: the widest types first, then by name.
    static SafetensorsHeader of(Map<String, String> metadata, Map<String, Raw> tensors) {
        var order = new ArrayList<>(tensors.entrySet());
        order.sort(Comparator.comparing((Map.Entry<String, Raw> e) -> e.getValue().type()).reversed()
            .thenComparing(e -> e.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        var places = new ArrayList<Place>();
        long at = 0;
        for (var e : order) {
            var raw = e.getValue();
            places.add(new Place(e.getKey(), raw.type(), raw.extents(), at, at + raw.bytes()));
            at += raw.bytes();
        }
        return new SafetensorsHeader(new TreeMap<>(metadata), places);
    }

    /// The length, the header and blanks up to a multiple of eight bytes.
    void write(Sink out) {
        var json = new ByteArrayOutputStream();
        json.writeBytes(json().getBytes(StandardCharsets.UTF_8));
        while (json.size() % ALIGNMENT != 0) json.write(' ');
        out.room(Long.BYTES).putLong(json.size());
        out.bytes(json.toByteArray());
    }

    private String json() {
        var s = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            s.append(quote(METADATA)).append(":{");
            metadata.forEach((k, v) -> s.append(quote(k)).append(':').append(quote(v)).append(','));
            s.setLength(s.length() - 1);
            s.append("},");
        }
        for (var p : places) {
            s.append(quote(p.name)).append(":{\"dtype\":\"").append(p.type).append("\",\"shape\":[");
            for (int i = 0; i < p.extents.length; i++) s.append(i == 0 ? "" : ",").append(p.extents[i]);
            s.append("],\"data_offsets\":[").append(p.from).append(',').append(p.to).append("]},");
        }
        if (s.length() > 1) s.setLength(s.length() - 1);
        return s.append('}').toString();
    }

    // As the reference writes strings.
    private static String quote(String text) {
        var s = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> s.append('\\').append(c);
                case '\b' -> s.append("\\b");
                case '\f' -> s.append("\\f");
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                default -> s.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return s.append('"').toString();
    }
}
