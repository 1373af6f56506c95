package keel.nn.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Predicate;
import keel.array.DType;
import keel.array.NdArray;
import keel.nn.layer.Layer;

/// The parameters and the state of a model, to and from safetensors files, under the names that the layers give them: PyTorch's
/// (`0.weight`, `1.running_mean`), in PyTorch's layouts, so that a file goes either way.
///
/// ```python
/// model.load_state_dict(safetensors.torch.load_file("model.safetensors"))   # what Weights.save wrote
/// safetensors.torch.save_file(model.state_dict(), "model.safetensors")      # what Weights.load reads
/// ```
public final class Weights {
    private Weights() {}

    /// Parameters, then state, by path: the live arrays.
    ///
    /// @throws IllegalArgumentException if a parameter and a state have one name
    public static SequencedMap<String, NdArray> of(Layer model) {
        var y = new LinkedHashMap<String, NdArray>();
        for (var p : model.parameters()) y.put(p.name(), p.value());
        model.state().forEach((name, s) -> {
            if (y.putIfAbsent(name, s) != null) {
                throw new IllegalArgumentException("Weights: a parameter and a state are both called " + name
                    + "; give each its own name");
            }
        });
        return y;
    }

    /// The content of a file: everything in the type it has in memory, but counts as `I64`, PyTorch's type for them.
    public static Safetensors toSafetensors(Layer model) {
        var weights = of(model);
        var y = Safetensors.of(weights);
        for (var e : weights.entrySet()) {
            if (e.getValue().dtype() == DType.I32) y = y.with(e.getKey(), e.getValue(), StoredType.I64);
        }
        return y;
    }

    /// Writes a file, whole or not at all.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be written; then the old file is as it was
    public static void save(Layer model, Path path) {
        toSafetensors(model).write(path);
    }

    /// Takes over a file that has exactly this model's names and shapes. Floating point of another width is converted, as
    /// PyTorch does.
    ///
    /// @throws IllegalArgumentException     that lists every missing, unexpected and unfitting name; then nothing was changed
    /// @throws FileFormatException          if it is not a valid safetensors file
    /// @throws java.io.UncheckedIOException if it cannot be read
    public static void load(Layer model, Path path) {
        load(model, Safetensors.read(path));
    }

    /// As [#load(Layer, Path)], from what was read before and perhaps renamed.
    ///
    /// @throws IllegalArgumentException that lists every missing, unexpected and unfitting name; then nothing was changed
    public static void load(Layer model, Safetensors file) {
        load(model, file, WeightsMatch::isComplete);
    }

    /// Takes over the names that model and file share, and leaves the rest of the model as it is: for a body that gets a new
    /// head. A name in both must fit.
    ///
    /// @throws IllegalArgumentException that lists every unfitting name, or if there is no name in both; then nothing was changed
    public static WeightsMatch loadShared(Layer model, Safetensors file) {
        return load(model, file, match -> match.unfitting().isEmpty() && !match.loaded().isEmpty());
    }

    private static WeightsMatch load(Layer model, Safetensors file, Predicate<WeightsMatch> enough) {
        var weights = of(model);
        var match = match(weights, file);
        if (!enough.test(match)) {
            throw new IllegalArgumentException("Weights.load: the file does not fit the model: " + match
                + "; build the model that was saved, rename, or use loadShared for a part");
        }
        var values = new LinkedHashMap<String, NdArray>(); // all of them first: a value that is refused leaves the model whole
        for (var name : match.loaded()) values.put(name, file.tensor(name).cast(weights.get(name).dtype()));
        values.forEach((name, value) -> weights.get(name).copyInPlace(value));
        return match;
    }

    private static WeightsMatch match(SequencedMap<String, NdArray> weights, Safetensors file) {
        var loaded = new ArrayList<String>();
        var missing = new ArrayList<String>();
        var unfitting = new ArrayList<String>();
        weights.forEach((name, x) -> {
            if (!file.has(name)) missing.add(name);
            else if (fits(file, name, x)) loaded.add(name);
            else unfitting.add(name + " (file " + file.type(name) + " " + file.describe(name) + ", model " + x.dtype() + " "
                + x.shape() + ")");
        });
        var unexpected = file.names().stream().filter(name -> !weights.containsKey(name)).toList();
        return new WeightsMatch(loaded, missing, unexpected, unfitting);
    }

    private static boolean fits(Safetensors file, String name, NdArray x) {
        var dtype = file.type(name).dtype();
        return dtype != null && (dtype == x.dtype() || dtype.isFloat() && x.dtype().isFloat())
            && file.describe(name).equals(x.shape().toString());
    }
}
