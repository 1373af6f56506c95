package keel.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import keel.array.NdArray;
import keel.array.Shape;

/// Reverse-mode differentiation of one tensor. Walks the recorded operations newest first, so that each is visited once, after
/// all that used it, whatever the shape of the graph and however long it is: there is no recursion.
///
/// ```java
/// Gradients g = Backward.from(loss).retainGraph().watch(hidden).run();
/// ```
public final class Backward {
    private final Tensor from;
    private final Set<Tensor> watched = new HashSet<>();
    private Tensor seed;
    private final Set<Tensor> ends = new HashSet<>();
    private final Map<Tensor, UnaryOperator<Tensor>> hooks = new HashMap<>();
    private boolean only; // what was watched, nothing else
    private Inputs sink; // null: gradients are kept
    private Consumer<String> trace;
    private boolean retain;
    private boolean release;
    private boolean create;

    private Backward(Tensor from) {
        this.from = from;
    }

    /// Differentiates `from`, which has one element unless a [#seed] is given.
    public static Backward from(Tensor from) { return new Backward(from); }

    /// ∂/∂from to start with, in the shape of `from`; 1 if not given.
    public Backward seed(Tensor dy) {
        seed = dy;
        return this;
    }

    /// Keeps the graph, so that it can be differentiated once more.
    public Backward retainGraph() {
        retain = true;
        return this;
    }

    /// Records the derivative itself, so that gradients can be differentiated; keeps the graph.
    public Backward createGraph() {
        create = true;
        return retainGraph();
    }

    /// Gives up every result that led to `from`, this one and [watched][#watch] ones excepted, as soon as the gradients are
    /// there: the next step may write into their arrays instead of new ones, see [NdArray#release()]. Whoever keeps one of
    /// these results or a [detached][Tensor#detach()] form of it, takes a copy before.
    ///
    /// ```java
    /// var grads = Backward.from(loss).releaseGraph().run();
    /// optimizer.step(grads, rate);
    /// grads.release();
    /// ```
    public Backward releaseGraph() {
        release = true;
        return this;
    }

    /// Also keeps the gradients of these tensors, which need not be parameters.
    ///
    /// @throws IllegalArgumentException if one is a constant: nothing behind it was recorded, so its gradient would be incomplete
    public Backward watch(Tensor... tensors) {
        for (var t : tensors) {
            if (!t.wantsGradient()) {
                throw new IllegalArgumentException("backward: cannot watch " + t.describe()
                    + "; make it with Tensor.parameter, or from one");
            }
            watched.add(t);
        }
        return this;
    }

    /// Computes gradients of these and the [watched][#watch] tensors only, and skips what does not lead to them.
    public Backward only(Tensor... tensors) {
        only = true;
        return watch(tensors);
    }

    /// Replaces the gradient of `t` by `hook(gradient)` once it is complete, before it flows on: to look at it, scale it or stop
    /// it.
    public Backward hook(Tensor t, UnaryOperator<Tensor> hook) {
        hooks.merge(t, hook, (a, b) -> g -> b.apply(a.apply(g)));
        return this;
    }

    /// Tells the walk step by step, one line an operation: its name and shape, the norm of its gradient, and that of what it
    /// gives to each input.
    public Backward trace(Consumer<String> line) {
        trace = line;
        return this;
    }

    /// Treats `end` as a leaf, and delivers every contribution to a leaf to `sink` at once, in the order in which a walk through
    /// the whole graph would.
    Backward into(Inputs sink, Tensor end) {
        this.sink = sink;
        ends.add(end);
        return this;
    }

    // Everything behind `from` that depends on a watched tensor: found oldest first, since inputs are older than results.
    private Set<Tensor> leadingToWatched() {
        var found = new HashSet<>(watched);
        var graph = new ArrayList<>(Graph.reachable(from));
        graph.sort(Comparator.comparingLong(Tensor::id));
        for (var t : graph) {
            for (var input : t.isLeaf() ? new Tensor[0] : t.derivative().inputs()) {
                if (found.contains(input)) {
                    found.add(t);
                }
            }
        }
        return found;
    }

    /// Computes the gradients of every parameter that took part, and of the watched tensors.
    ///
    /// @throws IllegalStateException if the graph was consumed by an earlier run, or something it saved was modified or released
    /// since
    public Gradients run() {
        if (!from.wantsGradient()) {
            throw new IllegalStateException("backward: " + from.describe()
                + " depends on nothing that wants a gradient; make parameters with Tensor.parameter, and compute outside "
                + "Recording.off");
        }
        if (seed == null && from.size() != 1) {
            throw new IllegalArgumentException("backward: " + from.describe() + " has " + from.size()
                + " elements; reduce it to one (sum, mean), or give Backward.from(y).seed(dy)");
        }
        if (seed != null && (seed.dtype() != from.dtype() || !seed.shape().equals(from.shape()))) {
            throw new IllegalArgumentException("backward: seed " + seed.describe() + " does not fit " + from.describe()
                + "; type and shape must agree");
        }
        if (retain && release) {
            throw new IllegalStateException("backward: the graph behind " + from.describe()
                + " cannot be both retained and released; leave out releaseGraph() until its last run");
        }
        var start = seed != null ? seed : Tensor.of(NdArray.full(from.dtype(), from.shape(), 1));
        Supplier<Gradients> walk = () -> new Walk(start).gradients();
        return create ? Recording.on(walk) : Recording.off(walk);
    }

    /// One run: pending gradients and the tensors they belong to, newest first.
    private final class Walk implements Inputs {
        private final Map<Tensor, Tensor> pending = new HashMap<>();
        private final Map<Tensor, Tensor> kept = new HashMap<>();
        private final PriorityQueue<Tensor> queue = new PriorityQueue<>(Comparator.comparingLong(Tensor::id).reversed());
        // Whose pending gradient is an array of our own, which nobody else has seen: more may be added in place, and it is used
        // again afterwards.
        private final Set<Tensor> own = new HashSet<>();
        private final Set<Object> handedOut = Collections.newSetFromMap(new IdentityHashMap<>());
        private final boolean watching = Anomaly.isOn();
        private final Set<Tensor> wanted = only ? leadingToWatched() : null; // null: everything
        private final Map<Object, NdArray> passed = new IdentityHashMap<>(); // what is to be released, by its array,
        private final Set<Object> spared = Collections.newSetFromMap(new IdentityHashMap<>()); // but for these
        private Tensor at; // whose derivative is being pulled, with its gradient
        private Tensor atGradient;
        private int handedOn; // how many keep the array of that gradient,
        private Tensor heir; // and the last of them

        Walk(Tensor start) {
            unshared(start); // belongs to whoever gave it
            add(from, start, false);
        }

        Gradients gradients() {
            for (var y = queue.poll(); y != null; y = queue.poll()) {
                boolean mine = own.remove(y) && !hooks.containsKey(y) && !watched.contains(y);
                var dy = hooked(y, pending.remove(y));
                if (watched.contains(y) || isEnd(y) && wanted == null) {
                    kept.put(y, unshared(dy));
                }
                if (!isEnd(y) && leadsOn(y)) {
                    handedOn = 0;
                    pull(y, dy);
                    if (mine && handedOn == 0) dy.release();
                    if (mine && handedOn == 1 && inherits(heir, dy)) own.add(heir);
                }
            }
            passed.forEach((array, value) -> {
                if (!spared.contains(array)) value.release();
            });
            return new Gradients(kept, !create);
        }

        // Both sides of a sum are given the very same array: whoever gets it second gets a copy, so that changing one changes no
        // other.
        private Tensor unshared(Tensor dy) {
            return create || handedOut.add(array(dy)) ? dy : Tensor.of(dy.value().copy());
        }

        private static Object array(Tensor t) {
            return switch (t.dtype()) {
                case F32 -> t.value().floats();
                case F64 -> t.value().doubles();
                case I32 -> t.value().ints();
                case BOOL -> t.value().booleans();
            };
        }

        // Inputs that are computed themselves come later.
        private void passed(Tensor y, Tensor[] inputs) {
            if (y == from || watched.contains(y)) {
                spared.add(array(y));
            } else {
                passed.put(array(y), y.value());
            }
            for (var input : inputs) {
                if (isEnd(input) || !wants(input)) spared.add(array(input));
            }
        }

        // Whether its pending gradient is this array, and so its own from now on.
        private boolean inherits(Tensor input, Tensor dy) {
            return pending.containsKey(input) && array(pending.get(input)) == array(dy);
        }

        private Tensor hooked(Tensor y, Tensor dy) {
            var hook = hooks.get(y);
            return hook == null ? dy : hook.apply(dy);
        }

        private boolean isEnd(Tensor t) { return t.isLeaf() || ends.contains(t); }

        private boolean leadsOn(Tensor y) {
            return wanted == null || Arrays.stream(y.derivative().inputs()).anyMatch(wanted::contains);
        }

        private void pull(Tensor y, Tensor dy) {
            at = y;
            atGradient = dy;
            var derivative = y.derivative();
            if (trace != null) {
                trace.accept(derivative.name() + " " + y.shape() + ", |dy| = " + (float) dy.value().norm());
            }
            if (watching) {
                Anomaly.paused(() -> derivative.pull(y, dy, this));
            } else {
                derivative.pull(y, dy, this);
            }
            if (release) {
                passed(y, derivative.inputs());
            }
            if (!retain) {
                for (var a : derivative.own()) a.release();
                y.consume();
            }
        }

        @Override
        public boolean wants(Tensor input) { return input.wantsGradient() && (wanted == null || wanted.contains(input)); }

        @Override
        public void give(Tensor input, Supplier<Tensor> gradient) {
            deliver(input, gradient, false);
        }

        @Override
        public void giveOwn(Tensor input, Supplier<Tensor> gradient) {
            deliver(input, gradient, !create);
        }

        private void deliver(Tensor input, Supplier<Tensor> gradient, boolean mine) {
            if (!wants(input)) {
                return;
            }
            var given = gradient.get();
            var g = fitting(given, input);
            boolean same = array(g) == array(atGradient);
            boolean sunk = sink != null && isEnd(input);
            if (same && (sunk || !pending.containsKey(input))) {
                handedOn++;
                heir = input;
            }
            if (watching) {
                Anomaly.backward(at, atGradient, input, g);
            }
            if (trace != null) {
                trace.accept("  gives " + input.describe() + " " + (float) g.value().norm());
            }
            if (sunk) {
                sink.give(input, () -> g);
                return;
            }
            boolean summed = !create && array(g) != array(given); // to the input's shape
            add(input, g, !same && (mine || summed));
            if (mine && summed && array(given) != array(atGradient)) given.release();
        }

        // Added in place where there is a sum of our own, which the first slice begins.
        @Override
        public void giveSlice(Tensor input, int axis, int from, Supplier<Tensor> gradient) {
            if (!wants(input)) {
                return;
            }
            if (create || watching || trace != null) {
                Inputs.super.giveSlice(input, axis, from, gradient);
            } else if (sink != null && isEnd(input)) {
                handedOn = 2;
                sink.giveSlice(input, axis, from, gradient);
            } else if (own.contains(input)) {
                pending.get(input).value().addSliceInPlace(axis, from, gradient.get().value());
            } else {
                add(input, gradient.get().embed(axis, from, input.extent(axis)), true);
                own.add(input);
            }
        }

        private Tensor fitting(Tensor g, Tensor input) {
            if (g.dtype() == input.dtype() && g.shape().equals(input.shape())) {
                return g;
            }
            if (g.dtype() != input.dtype() || !broadcasts(input.shape(), g.shape())) {
                throw new IllegalArgumentException("backward: " + at.derivative().name() + " gave the gradient " + g.dtype()
                    + " " + g.shape() + " to " + input.describe()
                    + "; a derivative gives each input its type, and its shape or one that the shape broadcasts to");
            }
            return g.sumTo(input.shape());
        }

        private static boolean broadcasts(Shape small, Shape large) {
            for (int i = 1; i <= small.rank(); i++) {
                if (i > large.rank() || small.extent(-i) != 1 && small.extent(-i) != large.extent(-i)) {
                    return false;
                }
            }
            return true;
        }

        private void add(Tensor input, Tensor gradient, boolean mine) {
            var before = pending.get(input);
            if (before == null) {
                pending.put(input, gradient);
                queue.add(input);
                if (mine) own.add(input);
            } else if (own.contains(input)) {
                before.value().addInPlace(gradient.value());
                if (mine) gradient.release();
            } else if (mine) {
                gradient.value().addInPlace(before.value());
                pending.put(input, gradient);
                own.add(input);
            } else {
                pending.put(input, before.add(gradient));
                if (!create) {
                    own.add(input);
                }
            }
        }
    }
}
