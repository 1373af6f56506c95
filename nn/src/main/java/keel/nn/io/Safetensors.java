package keel.nn.io;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import keel.array.NdArray;
import keel.array.Shape;

/// Named tensors and notes in the safetensors format, which PyTorch, JAX and others read and write: eight bytes with the length
/// of a JSON header, the header, the elements in little endian (github.com/huggingface/safetensors). Immutable.
///
/// ```java
/// Safetensors.of(Map.of("weight", w)).metadata("author", "me").write(path);
/// NdArray w = Safetensors.read(path).tensor("weight");
/// ```
///
/// Reading accepts nothing that the reference implementation refuses (it takes names that come twice, Keel does not), keeps the
/// elements in the type they have in the file, and takes no more memory than that and 16 MB. Writing gives the bytes that the
/// reference gives: the widest types first, then by name; metadata by name.
public final class Safetensors {
    private final SequencedMap<String, String> metadata;
    private final SequencedMap<String, Raw> tensors;

    private Safetensors(Map<String, String> metadata, SequencedMap<String, Raw> tensors) {
        this.metadata = new TreeMap<>(metadata);
        this.tensors = tensors;
    }

    /// These tensors, stored in the types they have in memory. The arrays are not copied: change them after writing.
    public static Safetensors of(Map<String, NdArray> tensors) {
        var y = new Safetensors(Map.of(), new LinkedHashMap<>());
        tensors.forEach((name, x) -> y.put(name, x, StoredType.of(x.dtype())));
        return y;
    }

    /// Reads a file.
    ///
    /// @throws FileFormatException          if it is not a whole and valid safetensors file
    /// @throws java.io.UncheckedIOException if it cannot be read
    public static Safetensors read(Path path) {
        return Source.file("Safetensors.read", path, Safetensors::read);
    }

    /// Reads what a file would hold.
    ///
    /// @throws FileFormatException if it is not whole and valid
    public static Safetensors parse(byte[] bytes) {
        return read(Source.of("Safetensors.parse", bytes));
    }

    private static Safetensors read(Source in) {
        var header = SafetensorsHeader.read(in);
        var tensors = new LinkedHashMap<String, Raw>();
        for (var p : header.places()) tensors.put(p.name(), Raw.read(in, p.type(), p.extents(), p.to() - p.from()));
        return new Safetensors(header.metadata(), tensors);
    }

    // ---- looking

    /// The names, in the order of the elements in the file.
    public List<String> names() { return List.copyOf(tensors.sequencedKeySet()); }

    /// Whether there is a tensor of this name.
    public boolean has(String name) { return tensors.containsKey(name); }

    /// The type that a tensor has in the file. An `IllegalArgumentException` if there is none of this name.
    public StoredType type(String name) { return raw(name).type(); }

    /// The shape of a tensor. An `IllegalArgumentException` if there is none of this name, or no array can have its shape (one of
    /// its extents is 0, another beyond 2³¹).
    public Shape shape(String name) { return raw(name).shape("Safetensors: tensor \"" + name + "\""); }

    /// A tensor in Keel's type for it, see [StoredType]; it may share its elements with this object.
    ///
    /// @throws IllegalArgumentException if there is none of this name, if an integer does not fit `I32`, or if the type is one
    ///                                  that is only carried
    public NdArray tensor(String name) { return raw(name).toNdArray("Safetensors: tensor \"" + name + "\""); }

    /// All tensors by name, each as by [#tensor].
    public SequencedMap<String, NdArray> tensors() {
        var y = new LinkedHashMap<String, NdArray>();
        tensors.sequencedKeySet().forEach(name -> y.put(name, tensor(name)));
        return y;
    }

    /// The notes that come with the tensors, by name.
    public SequencedMap<String, String> metadata() { return Collections.unmodifiableSequencedMap(metadata); }

    private Raw raw(String name) {
        var raw = tensors.get(name);
        if (raw != null) return raw;
        throw new IllegalArgumentException("Safetensors: there is no tensor \"" + name + "\"; there are " + some(names()));
    }

    /// The shape as [Shape#toString] writes it, also one that no array can have.
    String describe(String name) {
        var s = new StringJoiner(", ", "(", ")");
        for (long e : raw(name).extents()) s.add(Long.toString(e));
        return s.toString();
    }

    private static String some(List<String> names) {
        int most = 20;
        return names.size() <= most ? String.join(", ", names)
            : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    // ---- changing a copy

    /// With this tensor, stored as `type`: floating point in any of `F16 BF16 F32 F64`, rounded to the nearest; `I32` in any
    /// integer type that holds its values.
    ///
    /// @throws IllegalArgumentException if the values cannot be stored as this type
    public Safetensors with(String name, NdArray x, StoredType type) {
        var y = new Safetensors(metadata, new LinkedHashMap<>(tensors));
        y.put(name, x, type);
        return y;
    }

    /// With this note.
    public Safetensors metadata(String name, String value) {
        var notes = new TreeMap<>(metadata);
        notes.put(checkedText("metadata", name), checkedText("metadata", value));
        return new Safetensors(notes, tensors);
    }

    /// With every tensor under another name, such as one without a prefix.
    ///
    /// @throws IllegalArgumentException if two would have one name
    public Safetensors renamed(UnaryOperator<String> to) {
        var y = new LinkedHashMap<String, Raw>();
        tensors.forEach((name, raw) -> {
            if (y.putIfAbsent(checkedName(to.apply(name)), raw) != null) {
                throw new IllegalArgumentException("Safetensors.renamed: two tensors would be called " + to.apply(name)
                    + "; give each its own name");
            }
        });
        return new Safetensors(metadata, y);
    }

    private void put(String name, NdArray x, StoredType type) {
        tensors.put(checkedName(name), Raw.of("Safetensors: tensor \"" + name + "\"", x, type));
    }

    private static String checkedName(String name) {
        if (name.equals("__metadata__")) {
            throw new IllegalArgumentException("Safetensors: a tensor cannot be called __metadata__, which the format keeps "
                + "for itself");
        }
        return checkedText("the name of a tensor", name);
    }

    // Half a surrogate pair has no UTF-8: it would be written as a question mark, and two names could become one.
    private static String checkedText(String what, String text) {
        if (text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) return text;
        throw new IllegalArgumentException("Safetensors: " + what
            + " holds half a surrogate pair, which UTF-8 cannot; leave it out");
    }

    // ---- writing

    /// Writes a file, whole or not at all: a process that is killed leaves the old file or the new one.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be written; then the old file is as it was
    public void write(Path path) { WholeFile.write("Safetensors.write", path, content()); }

    /// What a file would hold; the same bytes for the same content.
    public byte[] bytes() {
        var y = new ByteArrayOutputStream();
        var out = new Sink(Channels.newChannel(y));
        content().accept(out);
        out.flush();
        return y.toByteArray();
    }

    /// Where the tensors stand when this is written.
    List<SafetensorsHeader.Place> places() { return SafetensorsHeader.of(metadata, tensors).places(); }

    /// The elements of one tensor.
    void write(String name, Sink out) { raw(name).write(out); }

    private Consumer<Sink> content() {
        var header = SafetensorsHeader.of(metadata, tensors);
        return out -> {
            header.write(out);
            header.places().forEach(p -> tensors.get(p.name()).write(out));
        };
    }

    /// One line a tensor: name, type, shape.
    @Override
    public String toString() {
        var s = new StringBuilder();
        tensors.forEach((name, raw) -> s.append(name + " " + raw.type() + " " + describe(name) + "\n"));
        return s.append(tensors.size()).append(" tensors").toString();
    }
}
