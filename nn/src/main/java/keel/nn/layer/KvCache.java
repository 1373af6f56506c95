package keel.nn.layer;

import java.util.LinkedHashMap;
import java.util.Map;

import keel.array.NdArray;

/// What layers keep of the places of a sequence they have seen, by the path of the layer: attention its keys and values,
/// positions their count. With it a model that is given one more place computes that place alone.
///
/// ```java
/// var cache = new KvCache();
/// var pass = Pass.inference().caching(cache);
/// model.forward(prompt, pass);   // the keys and values of the prompt are kept
/// model.forward(next, pass);     // one place, which attends to all before it
/// ```
/// A cache belongs to one batch of sequences and to one thread at a time. It holds values without history: nothing is
/// differentiated through it.
public final class KvCache {
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /// Nothing seen yet.
    public KvCache() {}

    /// Keys (…, s, e) and values (…, s, d) of all places so far.
    public record Seen(NdArray keys, NdArray values) {}

    /// Adds the keys and values of the next places of the layer at this path; returns those of all places.
    ///
    /// @throws IllegalArgumentException if they do not fit those before, as when the batch has another size
    public Seen append(String path, NdArray keys, NdArray values) {
        var before = seen.get(path);
        var all = before == null ? new Seen(keys, values)
            : new Seen(NdArray.concat(-2, before.keys, keys), NdArray.concat(-2, before.values, values));
        seen.put(path, all);
        advance(path, keys.extent(-2));
        return all;
    }

    /// How many places the layer at this path has seen.
    public int length(String path) {
        return counts.getOrDefault(path, 0);
    }

    /// Counts `n` more places of the layer at this path; returns how many there were before.
    public int advance(String path, int n) {
        int before = length(path);
        counts.put(path, before + n);
        return before;
    }
}
