package keel.nn.layer;

import java.util.random.RandomGenerator;

import keel.autograd.Anomaly;
import keel.autograd.Tensor;

/// One way through a model: training or inference, what random numbers are drawn from, who watches, and the path of the layer
/// being run. Immutable.
///
/// A training pass through a model that holds state (running statistics) or that draws random numbers belongs to one thread
/// at a time.
public final class Pass {
    private static final Pass INFERENCE = new Pass(null, "", false, null, null, null);

    private final Pass parent; // null at the root; the path is put together only when someone asks
    private final String name;
    private final boolean training;
    private final RandomGenerator random;
    private final Watcher watcher;
    private final KvCache cache;

    private Pass(Pass parent, String name, boolean training, RandomGenerator random, Watcher watcher, KvCache cache) {
        this.parent = parent;
        this.name = name;
        this.training = training;
        this.random = random;
        this.watcher = watcher;
        this.cache = cache;
    }

    /// Training: dropout drops (drawing from `random`), batch normalization uses and tracks the statistics of the batch.
    public static Pass training(RandomGenerator random) {
        if (random == null) {
            throw new IllegalArgumentException("Pass.training: random is null; pass one such as new SplittableRandom(42)");
        }
        return new Pass(null, "", true, random, null, null);
    }

    /// Inference: nothing is random and no layer changes. It records like any computation; [Layer#forward(Tensor)] does not.
    public static Pass inference() {
        return INFERENCE;
    }

    /// The same pass, watched: `watcher` is told of every layer that is run from here on, after those who watch already.
    public Pass watching(Watcher watcher) {
        if (watcher == null) {
            throw new IllegalArgumentException("Pass.watching: the watcher is null; leave the call out to watch nothing");
        }
        return new Pass(parent, name, training, random, this.watcher == null ? watcher : both(this.watcher, watcher),
            cache);
    }

    /// The same pass over the next places of a sequence, of which `cache` keeps the ones before: for generation, in inference.
    ///
    /// @throws IllegalStateException if this pass trains
    public Pass caching(KvCache cache) {
        if (training) {
            throw new IllegalStateException("Pass.caching: a training pass cannot continue a sequence, gradients do not reach "
                + "what is kept; use Pass.inference()");
        }
        return new Pass(parent, name, false, random, watcher, cache);
    }

    /// What was kept of the places before, or null in a pass over whole sequences.
    public KvCache cache() {
        return cache;
    }

    /// Whether this pass trains.
    public boolean isTraining() {
        return training;
    }

    /// What a layer draws from; an `IllegalStateException` in inference, where nothing is random.
    public RandomGenerator random() {
        if (random == null) {
            throw new IllegalStateException("Pass.random: inference draws no random numbers" + at() + "; ask isTraining() first");
        }
        return random;
    }

    /// Where this pass is: names joined by dots, such as `1.body.0`; empty at the model itself.
    public String path() {
        if (parent == null) return name;
        String before = parent.path();
        return before.isEmpty() ? name : before + "." + name;
    }

    /// The same pass one level down, for a layer that calls a child by another method than [#run].
    public Pass enter(String child) {
        return new Pass(this, child, training, random, watcher, cache);
    }

    /// The output of `child`, run one level down under this name, and shown to the watcher.
    public Tensor run(String child, Layer layer, Tensor x) {
        var inner = enter(child);
        Tensor y = Anomaly.isOn() ? Anomaly.at(inner.path(), () -> layer.forward(x, inner)) : layer.forward(x, inner);
        if (watcher != null) watcher.saw(inner.path(), layer, x, y);
        return y;
    }

    /// Whether nobody looks at what single layers give, so that two of them may be one operation.
    boolean isUnwatched() {
        return watcher == null && !Anomaly.isOn();
    }

    /// How an error message says where: ` at 1.body.0`, or nothing at the model itself.
    public String at() {
        String path = path();
        return path.isEmpty() ? "" : " at " + path;
    }

    private static Watcher both(Watcher first, Watcher second) {
        return (path, layer, input, output) -> {
            first.saw(path, layer, input, output);
            second.saw(path, layer, input, output);
        };
    }
}
