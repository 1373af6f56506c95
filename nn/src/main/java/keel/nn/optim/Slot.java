package keel.nn.optim;

import java.util.List;
import java.util.stream.Stream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// An array that an optimizer remembers of each parameter: PyTorch's name of it, and how it starts.
record Slot(String name, Start start, boolean fades) {
    /// The root of a mean square that is forgotten in F32 is at most 0.3 % of it.
    private static final double SMALL_EPS = 1e-15;

    /// One that is kept to the last bit.
    Slot(String name, Start start) {
        this(name, start, false);
    }

    /// What it holds before the first step, of parameter `p`, at the rate of that step.
    @FunctionalInterface
    interface Start {
        NdArray of(NdArray p, double rate);
    }

    /// Zeros of the parameter's type and shape.
    static Slot zeros(String name) {
        return new Slot(name, (p, _) -> NdArray.zeros(p.dtype(), p.shape()));
    }

    /// Several that start as zeros.
    static List<Slot> zeros(String... names) {
        return Stream.of(names).map(Slot::zeros).toList();
    }

    /// Means that run on from zeros, of which [Memories] forgets what has decayed to a denormal number, unless `eps` is so small
    /// that it counts.
    static List<Slot> means(double eps, String... names) {
        return Stream.of(names).map(name -> zeros(name).fading(eps)).toList();
    }

    /// This one as a mean that runs on.
    Slot fading(double eps) {
        return new Slot(name, start, eps >= SMALL_EPS);
    }

    /// One value in the parameter's type and shape.
    static Slot full(String name, double value) {
        return new Slot(name, (p, _) -> NdArray.full(p.dtype(), p.shape(), value));
    }

    /// The parameter as it is before the first step.
    static Slot copy(String name) {
        return new Slot(name, (p, _) -> p.copy());
    }

    /// One number in F64, whatever the parameter's type.
    static Slot scalar(String name, double value) {
        return new Slot(name, (_, _) -> NdArray.full(DType.F64, Shape.of(), value));
    }
}
