package keel.autograd;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import keel.array.NdArray;

/// Reverse-mode differentiation of one tensor. Walks the recorded operations newest first, so that each is visited once, after all that used it, whatever the
/// shape of the graph and however long it is: there is no recursion.
///
/// ```java
/// Gradients g = Backward.from(loss).retainGraph().watch(hidden).run();
/// ```
public final class Backward {
    private final Tensor from;
    private final Set<Tensor> watched = new HashSet<>();
    private Tensor seed;
    private boolean retain;
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

    /// Also keeps the gradients of these tensors, which need not be parameters.
    ///
    /// @throws IllegalArgumentException if one is a constant: nothing behind it was recorded, so its gradient would be incomplete
    public Backward watch(Tensor... tensors) {
        for (var t : tensors) {
            if (!t.wantsGradient()) {
                throw new IllegalArgumentException("backward: cannot watch " + t.describe() + "; make it with Tensor.parameter, or from one");
            }
            watched.add(t);
        }
        return this;
    }

    /// Computes the gradients of every parameter that took part, and of the watched tensors.
    ///
    /// @throws IllegalStateException if the graph was consumed by an earlier run, or something it saved was modified since
    public Gradients run() {
        if (!from.wantsGradient()) {
            throw new IllegalStateException("backward: " + from.describe()
                + " depends on nothing that wants a gradient; make parameters with Tensor.parameter, and compute outside Recording.off");
        }
        if (seed == null && from.size() != 1) {
            throw new IllegalArgumentException("backward: " + from.describe() + " has " + from.size()
                + " elements; reduce it to one (sum, mean), or give Backward.from(y).seed(dy)");
        }
        if (seed != null && (seed.dtype() != from.dtype() || !seed.shape().equals(from.shape()))) {
            throw new IllegalArgumentException("backward: seed " + seed.describe() + " does not fit " + from.describe()
                + "; type and shape must agree");
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

        Walk(Tensor start) {
            add(from, start);
        }

        Gradients gradients() {
            for (var y = queue.poll(); y != null; y = queue.poll()) {
                var dy = pending.remove(y);
                if (y.isLeaf() || watched.contains(y)) {
                    kept.put(y, dy);
                }
                if (!y.isLeaf()) {
                    y.derivative().pull(y, dy, this);
                    if (!retain) {
                        y.consume();
                    }
                }
            }
            return new Gradients(kept);
        }

        @Override
        public boolean wants(Tensor input) { return input.wantsGradient(); }

        @Override
        public void give(Tensor input, Supplier<Tensor> gradient) {
            if (wants(input)) {
                add(input, gradient.get().sumTo(input.shape()));
            }
        }

        private void add(Tensor input, Tensor gradient) {
            var before = pending.put(input, gradient);
            if (before == null) {
                queue.add(input);
            } else {
                pending.put(input, before.add(gradient));
            }
        }
    }
}
