package keel.autograd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import keel.array.NdArray;

/// Gradients of one scalar: a value, held by whoever asked for it. Nothing is accumulated in the parameters, so nothing has to be
/// zeroed.
public final class Gradients {
    private final Map<Tensor, Tensor> byTensor;
    private final List<Tensor> order;
    private final boolean own; // whether the arrays are nobody else's

    Gradients(Map<Tensor, Tensor> byTensor, boolean own) {
        this.byTensor = byTensor;
        this.own = own;
        this.order = new ArrayList<>(byTensor.keySet());
        order.sort(Comparator.comparingLong(Tensor::id));
    }

    /// Gradients given as arrays, for example after averaging over machines.
    public static Gradients of(Map<Tensor, NdArray> gradients) {
        var y = new HashMap<Tensor, Tensor>();
        gradients.forEach((t, g) -> y.put(t, Tensor.of(checked(t, g))));
        return new Gradients(y, false);
    }

    /// ∂loss/∂t, in the shape of `t`: an array of its own, except that after [Backward#createGraph()] others may share it.
    ///
    /// @throws IllegalArgumentException if `t` took no part in the loss or its gradient was not kept
    public NdArray of(Tensor t) { return tensorOf(t).value(); }

    /// ∂loss/∂t with its history, which it has after [Backward#createGraph()].
    public Tensor tensorOf(Tensor t) {
        var g = byTensor.get(t);
        if (g == null) {
            throw new IllegalArgumentException("gradients: none for " + t.describe() + "; " + (t.isLeaf()
                ? "it took no part in the loss, or is no parameter: ask has(t) first"
                : "only parameters keep theirs: name it in Backward.from(loss).watch(t)"));
        }
        return g;
    }

    /// Whether there is a gradient for `t`.
    public boolean has(Tensor t) { return byTensor.containsKey(t); }

    /// The tensors with gradients, oldest first.
    public List<Tensor> tensors() { return List.copyOf(order); }

    /// New gradients, each computed from tensor and old gradient; this one stays as it is.
    public Gradients map(BiFunction<Tensor, NdArray, NdArray> f) {
        var y = new HashMap<Tensor, Tensor>();
        for (var t : order) {
            y.put(t, Tensor.of(checked(t, f.apply(t, of(t)))));
        }
        return new Gradients(y, false);
    }

    /// Sum of both, for gradient accumulation: a tensor that only one side has keeps its gradient. Histories are kept.
    public Gradients plus(Gradients other) {
        var y = new HashMap<>(byTensor);
        other.byTensor.forEach((t, g) -> y.merge(t, g, Tensor::add));
        return new Gradients(y, false);
    }

    /// Gives up the arrays, so that the next step may write into them: see [NdArray#release()]. Nothing is left in here; what
    /// others may share after [Backward#createGraph()], [#map] or [#plus], is left to the garbage collector.
    public void release() {
        if (own) byTensor.values().forEach(Tensor::release);
        byTensor.clear();
        order.clear();
    }

    private static NdArray checked(Tensor t, NdArray g) {
        if (g.dtype() != t.dtype() || !g.shape().equals(t.shape())) {
            throw new IllegalArgumentException("gradients: " + g.dtype() + " " + g.shape() + " is no gradient for " + t.describe()
                + "; type and shape must agree");
        }
        return g;
    }
}
