package keel.nn.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.nn.Rng;
import keel.nn.layer.Layer;
import keel.nn.optim.Optimizer;

/// Everything that a run changes, by name, to be saved in one file and taken up again: the run goes on with the same bits as one
/// that was never interrupted.
///
/// ```java
/// var rng = Rng.of(42);
/// var checkpoint = Checkpoint.of(model).with(optimizer).with(rng).with("rate", plateau::state, plateau::load);
/// long step = Files.exists(path) ? checkpoint.load(path) : 0;
/// for (; step < 1000; step++) {
///     …
///     if (step % 100 == 99) checkpoint.save(path, step + 1);
/// }
/// ```
/// A schedule is a function of the step and needs no saving; nor do random numbers that come from [Rng#at]. The file is in the
/// safetensors format, with a checksum for each tensor and one for the rest. It is written beside the old one, synced to the
/// disk and renamed, so that a process killed at any moment leaves the old checkpoint or the new one, whole.
public final class Checkpoint {
    private static final String VERSION = "keel.checkpoint";
    private static final String PARTS = "keel.parts";
    private static final String STEP = "keel.step";
    private static final String SCORE = "keel.score";
    private static final String NEWEST = "1";

    private record Part(Supplier<Map<String, NdArray>> state, Consumer<Map<String, NdArray>> load) {}

    private final SequencedMap<String, Part> parts;

    private Checkpoint(SequencedMap<String, Part> parts) {
        this.parts = parts;
    }

    /// The parameters and the state of a model.
    public static Checkpoint of(Layer model) {
        return new Checkpoint(new LinkedHashMap<>()).with("model", () -> Weights.of(model),
            state -> Weights.load(model, Safetensors.of(state)));
    }

    /// And what an optimizer remembers, as the part `optimizer`.
    public Checkpoint with(Optimizer optimizer) {
        return with("optimizer", optimizer::state, optimizer::load);
    }

    /// And random numbers, as the part `rng`.
    public Checkpoint with(Rng rng) {
        return with("rng", rng::state, rng::load);
    }

    /// And anything else that can give its state as arrays by name, and take such a state over or refuse it as a whole.
    ///
    /// @throws IllegalArgumentException if there is a part of this name, or the name has a dot or a comma
    public Checkpoint with(String part, Supplier<Map<String, NdArray>> state, Consumer<Map<String, NdArray>> load) {
        if (part.isEmpty() || part.contains(".") || part.contains(",") || parts.containsKey(part)) {
            throw new IllegalArgumentException("Checkpoint.with: the name \"" + part
                + "\" is taken, empty, or has a dot or comma; choose another");
        }
        var more = new LinkedHashMap<>(parts);
        more.put(part, new Part(state, load));
        return new Checkpoint(more);
    }

    // ---- saving

    /// Writes all parts as they are now, whole or not at all.
    ///
    /// @throws java.io.UncheckedIOException if that fails; then the old file is as it was
    public void save(Path path, long step) {
        save(path, step, Double.NaN);
    }

    void save(Path path, long step, double score) {
        var tensors = new LinkedHashMap<String, NdArray>();
        parts.forEach((name, part) -> part.state.get().forEach((key, x) -> tensors.put(name + "." + key, x)));
        var file = Safetensors.of(tensors).metadata(VERSION, NEWEST).metadata(STEP, Long.toString(step))
            .metadata(PARTS, String.join(",", parts.sequencedKeySet()));
        if (!Double.isNaN(score)) file = file.metadata(SCORE, Double.toString(score));
        Checksums.add(file).write(path);
    }

    // ---- loading

    /// Takes all parts over and returns the step that was given to [#save].
    ///
    /// @throws FileFormatException          if the file is no checkpoint, damaged or cut short
    /// @throws IllegalArgumentException     that lists what is missing, unexpected or does not fit in every part
    /// @throws java.io.UncheckedIOException if the file cannot be read
    ///
    /// Whatever is thrown, nothing was changed.
    public long load(Path path) {
        var file = read(path);
        long step = number(path, file);
        var states = split(path, file);
        var wrong = new ArrayList<String>();
        var before = new LinkedHashMap<Part, Map<String, NdArray>>();
        parts.forEach((name, part) -> {
            var old = new LinkedHashMap<String, NdArray>();
            part.state.get().forEach((key, x) -> old.put(key, x.copy()));
            try {
                part.load.accept(states.get(name));
                before.put(part, old);
            } catch (IllegalArgumentException e) {
                wrong.add(name + ": " + e.getMessage());
            }
        });
        if (wrong.isEmpty()) return step;
        before.forEach((part, old) -> part.load.accept(old));
        throw new IllegalArgumentException("Checkpoint.load: " + path + ": " + String.join("; ", wrong));
    }

    private static Safetensors read(Path path) {
        var file = Safetensors.read(path);
        if (!NEWEST.equals(file.metadata().get(VERSION))) {
            throw wrong(path, "is no checkpoint of this version of Keel; Weights.load reads files of weights alone");
        }
        var damage = Checksums.wrong(file);
        if (damage != null) throw wrong(path, damage + "; it is damaged, use another");
        return file;
    }

    private static long number(Path path, Safetensors file) {
        try {
            return Long.parseLong(file.metadata().getOrDefault(STEP, ""));
        } catch (NumberFormatException e) {
            throw new FileFormatException("Checkpoint.load: " + path + ": has no step; it is damaged, use another", e);
        }
    }

    private static FileFormatException wrong(Path path, String what) {
        return new FileFormatException("Checkpoint.load: " + path + ": " + what);
    }

    private Map<String, Map<String, NdArray>> split(Path path, Safetensors file) {
        var found = List.of(file.metadata().getOrDefault(PARTS, "").split(","));
        if (!found.equals(List.copyOf(parts.sequencedKeySet()))) {
            throw new IllegalArgumentException("Checkpoint.load: " + path + ": has the parts " + String.join(", ", found)
                + ", wanted " + String.join(", ", parts.sequencedKeySet())
                    + "; build the checkpoint as it was when it was saved");
        }
        var y = new LinkedHashMap<String, Map<String, NdArray>>();
        found.forEach(name -> y.put(name, new LinkedHashMap<>()));
        for (var name : file.names()) {
            int dot = name.indexOf('.');
            var part = dot < 0 ? null : y.get(name.substring(0, dot));
            if (part == null) throw wrong(path, "tensor \"" + JsonReader.shortened(name)
                + "\" belongs to no part; it is damaged, use another");
            part.put(name.substring(dot + 1), file.tensor(name));
        }
        return y;
    }

    /// The score in the header of a file, NaN if it has none.
    static double score(Path path) {
        var score = Source.file("Checkpoint", path, SafetensorsHeader::read).metadata().get(SCORE);
        try {
            return score == null ? Double.NaN : Double.parseDouble(score);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
