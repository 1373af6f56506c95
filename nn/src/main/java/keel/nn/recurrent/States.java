package keel.nn.recurrent;

import java.util.Arrays;
import java.util.function.UnaryOperator;

import keel.array.DType;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Work on both halves of a [State].
final class States {
    private States() {}

    /// The same done to `h` and, where there is one, `c`.
    static State map(State s, UnaryOperator<Tensor> f) {
        return new State(f.apply(s.h()), s.c() == null ? null : f.apply(s.c()));
    }

    /// Refuses a state that is not `(leading…, out)` and `(leading…, memory)`.
    static void check(String layer, State s, DType dtype, int out, int memory, int... leading) {
        if ((s.c() == null) != (memory == 0)) {
            throw new IllegalArgumentException(layer + ": the state has " + (s.c() == null ? "no memory c" : "a memory c")
                + "; give " + (memory == 0 ? "h alone" : "h and c"));
        }
        check(layer, "h", s.h(), dtype, out, leading);
        if (s.c() != null) check(layer, "c", s.c(), dtype, memory, leading);
    }

    private static void check(String layer, String name, Tensor t, DType dtype, int width, int... leading) {
        var extents = Arrays.copyOf(leading, leading.length + 1);
        extents[leading.length] = width;
        var want = Shape.of(extents);
        if (t.dtype() != dtype || !t.shape().equals(want)) {
            throw new IllegalArgumentException(layer + ": the state " + name + " is " + t.dtype() + " " + t.shape() + "; give "
                + dtype + " " + want);
        }
    }
}
