package keel.nn.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// A running average of parameters, made by [Ema] or [Swa]: call [#update] after each step of any optimizer, and [#applied] to
/// evaluate or save the model with the average in place of the parameters.
public final class WeightAverage {
    private static final String AVERAGE = ".average";
    private static final String AVERAGED = ".n_averaged";
    private static final String SEEN = ".n_seen";

    private final String name;
    private final Parameters parameters;
    private final int start;
    private final int every;
    private final IntToDoubleFunction weight;
    private final Map<String, NdArray> average = new LinkedHashMap<>();
    private int seen;
    private int averaged;

    /// `weight` of an update, by how many were averaged before.
    WeightAverage(String name, Parameters parameters, int start, int every, IntToDoubleFunction weight) {
        if (parameters.size() == 0) {
            throw new IllegalArgumentException(name + ".over: there are no parameters; give those of a model");
        }
        this.name = name;
        this.parameters = parameters;
        this.start = start;
        this.every = every;
        this.weight = weight;
        for (var p : parameters) average.put(p.name(), p.value().copy());
    }

    /// Takes the parameters as they are now into the average, if this update counts.
    public synchronized void update() {
        boolean counts = seen >= start && (seen - start) % every == 0;
        seen++;
        if (!counts) return;
        double w = weight.applyAsDouble(averaged++);
        for (var p : parameters) {
            var a = average.get(p.name());
            if (w == 1) a.copyInPlace(p.value());
            else a.blendInPlace(1 - w, w, p.value());
        }
    }

    /// How many updates were averaged.
    public synchronized int count() {
        return averaged;
    }

    /// The averages by path, copies; before the first update that counts, the parameters as they were at the beginning.
    public synchronized Map<String, NdArray> values() {
        var y = new LinkedHashMap<String, NdArray>();
        average.forEach((path, a) -> y.put(path, a.copy()));
        return y;
    }

    /// Puts the averages into the model until what is returned is closed.
    public synchronized Applied applied() {
        return new Applied(parameters, average);
    }

    /// The averages, as live arrays under `PATH.average`, and the counts, under the path of the first parameter.
    public synchronized Map<String, NdArray> state() {
        var state = new LinkedHashMap<String, NdArray>();
        average.forEach((path, a) -> state.put(path + AVERAGE, a));
        state.put(first() + AVERAGED, NdArray.of(Shape.of(), new int[] {averaged}));
        state.put(first() + SEEN, NdArray.of(Shape.of(), new int[] {seen}));
        return state;
    }

    /// Takes over copies of what [#state] once gave.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrongly shaped entry; then nothing was changed.
    public synchronized void load(Map<String, NdArray> state) {
        var reading = new Reading(state);
        var loaded = new LinkedHashMap<String, NdArray>();
        average.forEach((path, a) -> loaded.put(path, reading.array(path + AVERAGE, a.dtype(), a.shape())));
        int wasAveraged = reading.count(first() + AVERAGED, 0);
        int wasSeen = reading.count(first() + SEEN, 0);
        reading.finish(name);
        average.putAll(loaded);
        averaged = wasAveraged;
        seen = wasSeen;
    }

    private String first() {
        return parameters.list().getFirst().name();
    }
}
