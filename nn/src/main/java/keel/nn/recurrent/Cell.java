package keel.nn.recurrent;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;

/// One step of a recurrent net: `(n, in)` and a [State] to the next state. [Recurrent] runs one along a sequence.
///
/// What the input contributes does not depend on the state, so it is asked for apart ([#project]), for all steps of a sequence
/// in one matrix product; [#step] then adds what the state contributes. A cell of your own implements these two.
public interface Cell extends Layer {
    /// Features that come in.
    int in();

    /// Features that go out, the width of `h`.
    int out();

    /// The width of the memory `c`; 0 for none.
    int memory();

    /// Type of the parameters.
    DType dtype();

    /// What the input contributes to every gate, `(…, in) → (…, gates)`.
    Tensor project(Tensor x);

    /// The next state, from [#project] of this step's input, `(n, gates)`.
    State step(Tensor projected, State state);

    /// All steps of a sequence x (time, n, in), from the last one if `reverse`. The cells of Keel take them in one operation;
    /// here it is [#project] and [#step].
    default Steps along(Tensor x, State start, boolean reverse) {
        var projected = project(x); // (time, n, gates)
        var y = new Tensor[x.extent(0)];
        var state = start;
        for (int i = 0; i < y.length; i++) {
            int t = reverse ? y.length - 1 - i : i;
            state = step(projected.select(0, t), state);
            y[t] = state.h();
        }
        return new Steps(Tensor.stack(0, y), state);
    }

    /// A sequence after a cell.
    ///
    /// @param y every step's output, (time, n, out)
    /// @param last the state after the step that came last
    record Steps(Tensor y, State last) {}

    /// A state of zeros for a batch of `n`.
    default State start(int n) {
        return new State(Tensor.of(NdArray.zeros(dtype(), n, out())),
            memory() == 0 ? null : Tensor.of(NdArray.zeros(dtype(), n, memory())));
    }

    /// The state after one step: `x (n, in)`, or `(in)` for a single one with `h (out)`; a null state is [zeros][#start].
    ///
    /// @throws IllegalArgumentException naming the cell and its path if shapes or types do not fit
    default State forward(Tensor x, State state, Pass pass) {
        if (x.rank() != 1 && x.rank() != 2 || x.extent(-1) != in() || x.dtype() != dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + dtype() + " (n, " + in() + ") or (" + in() + ")");
        }
        if (x.rank() == 1) {
            var one = forward(x.unsqueeze(0), state == null ? null : States.map(state, s -> s.unsqueeze(0)), pass);
            return States.map(one, s -> s.squeeze(0));
        }
        var from = state == null ? start(x.extent(0)) : state;
        States.check(this + pass.at(), from, dtype(), out(), memory(), x.extent(0));
        return step(project(x), from);
    }

    /// What one step from a state of zeros shows: `(n, in) → (n, out)`.
    @Override
    default Tensor forward(Tensor x, Pass pass) {
        return forward(x, null, pass).h();
    }
}
