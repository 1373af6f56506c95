package keel.autograd;

import java.util.Objects;
import java.util.stream.Stream;
import keel.array.NdArray;
import keel.array.Recurrence;
import keel.array.Recurrence.Kind;
import keel.array.Shape;

/// Recurrent cells along a whole sequence in one operation, differentiable to any order: x (time, n, in) from a state h (n, out)
/// and, of an LSTM, a memory c (n, hidden), in the order of the sequence or from its end. And single steps, composed of other
/// operations: what a sequence computes has the same bits.
///
/// Formulas, the order of gates and parameters are PyTorch's. All throw an `IllegalArgumentException` if shapes or types do not
/// fit.
public final class Recurrences {
    private Recurrences() {}

    /// The parameters of a cell.
    ///
    /// @param ih (gates·hidden, in), gates one below the other
    /// @param hh (gates·hidden, out); `out` is `hidden` without a projection
    /// @param biasIh (gates·hidden), or null for none
    /// @param biasHh (gates·hidden), or null for none
    /// @param hr (out, hidden), the projection of an LSTM, or null for none
    public record Weights(Tensor ih, Tensor hh, Tensor biasIh, Tensor biasHh, Tensor hr) {}

    /// A sequence after a cell.
    ///
    /// @param y every step's output, (time, n, out)
    /// @param h that of the step that came last, (n, out)
    /// @param c the memory of an LSTM after it, (n, hidden); null where there is none
    public record Sequence(Tensor y, Tensor h, Tensor c) {}

    /// What a step ends in.
    ///
    /// @param h (n, out)
    /// @param c (n, hidden)
    public record Step(Tensor h, Tensor c) {}

    /// Long short-term memory (Hochreiter and Schmidhuber 1997), [#lstmStep] for every step.
    public static Sequence lstm(Tensor x, Weights w, Tensor h, Tensor c, boolean reverse) {
        return along(Kind.LSTM, x, w, h, c, reverse);
    }

    /// The gated recurrent unit (Cho et al. 2014, arXiv:1406.1078), [#gruStep] for every step.
    public static Sequence gru(Tensor x, Weights w, Tensor h, boolean reverse) {
        return along(Kind.GRU, x, w, h, null, reverse);
    }

    /// The plain cell (Elman 1990) with tanh: `h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh)`.
    public static Sequence tanh(Tensor x, Weights w, Tensor h, boolean reverse) {
        return along(Kind.TANH, x, w, h, null, reverse);
    }

    /// The plain cell with relu: `h′ = max(W_ih·x + b_ih + W_hh·h + b_hh, 0)`.
    public static Sequence relu(Tensor x, Weights w, Tensor h, boolean reverse) {
        return along(Kind.RELU, x, w, h, null, reverse);
    }

    /// `i, f, g, o = projected + W_hh·h + b_hh`, `c′ = σ(f)·c + σ(i)·tanh(g)`, `h′ = σ(o)·tanh(c′)`, or `W_hr` times that;
    /// `projected` (n, 4·hidden) is what the input contributes.
    public static Step lstmStep(Tensor projected, Weights w, Tensor h, Tensor c) {
        var gates = projected.add(h.linear(w.hh, w.biasHh)).chunk(4, -1);
        var i = gates.get(0).sigmoid();
        var f = gates.get(1).sigmoid();
        var o = gates.get(3).sigmoid();
        var memory = f.mul(c).add(i.mul(gates.get(2).tanh()));
        var y = o.mul(memory.tanh());
        return new Step(w.hr == null ? y : y.linear(w.hr, null), memory);
    }

    /// `r = σ(x_r + h_r)`, `z = σ(x_z + h_z)`, `n = tanh(x_n + r·h_n)`, `h′ = n + z·(h − n)`, where `projected` (n, 3·hidden) is
    /// cut into `x_r, x_z, x_n`, and `W_hh·h + b_hh` alike.
    public static Tensor gruStep(Tensor projected, Weights w, Tensor h) {
        var s = h.linear(w.hh, w.biasHh);
        int out = w.hh.extent(1);
        var rz = projected.slice(-1, 0, 2 * out).add(s.slice(-1, 0, 2 * out)).sigmoid();
        var r = rz.slice(-1, 0, out);
        var z = rz.slice(-1, out, 2 * out);
        var n = projected.slice(-1, 2 * out, 3 * out).add(r.mul(s.slice(-1, 2 * out, 3 * out))).tanh();
        return n.add(z.mul(h.sub(n)));
    }

    private static Sequence along(Kind kind, Tensor x, Weights w, Tensor h, Tensor c, boolean reverse) {
        var run = new Recurrence(kind, reverse, x.value(), values(w), value(h), value(c));
        var inputs = inputs(x, w, h, c);
        boolean kept = Recording.isOn() && Stream.of(inputs).anyMatch(Tensor::wantsGradient);
        var trace = run.run(kept);
        int time = x.extent(0);
        int last = reverse ? 0 : time - 1;
        if (!kept) {
            var y = Tensor.of(trace.y());
            return new Sequence(y, y.select(0, last), c == null ? null : Tensor.of(trace.last()));
        }
        var all = Tensor.op(trace.y(), new Steps(kind, reverse, x, w, h, c, run, trace));
        if (c == null) return new Sequence(all, all.select(0, last), null);
        var y = all.slice(0, 0, time * h.value().size()).reshape(Shape.of(time, h.extent(0), h.extent(1)));
        return new Sequence(y, y.select(0, last), all.slice(0, y.value().size(), trace.y().size()).reshape(c.shape()));
    }

    private static Recurrence.Weights values(Weights w) {
        return new Recurrence.Weights(w.ih.value(), w.hh.value(), value(w.biasIh), value(w.biasHh), value(w.hr));
    }

    private static NdArray value(Tensor t) { return t == null ? null : t.value(); }

    private static Tensor[] inputs(Tensor x, Weights w, Tensor h, Tensor c) {
        return Stream.of(x, w.ih, w.hh, w.biasIh, w.biasHh, w.hr, h, c).filter(Objects::nonNull).toArray(Tensor[]::new);
    }

    /// All steps; of an LSTM the result is every step's output, and the last memory behind them, in one line.
    record Steps(Kind kind, boolean reverse, Tensor x, Weights w, Tensor h, Tensor c, Recurrence run, Recurrence.Trace trace)
        implements Vjp {
        @Override public Tensor[] inputs() { return Recurrences.inputs(x, w, h, c); }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public String name() { return kind + " along a sequence"; }
        @Override public NdArray[] own() { return trace.kept(); }

        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (Recording.isOn()) {
                Functions.again(this::composed, inputs(), dy, in);
                return;
            }
            var g = run.gradients(trace, dy.value(), in.wants(h));
            give(in, h, g.h());
            if (c != null) give(in, c, g.c());
            in.giveOwn(x, () -> Tensor.of(g.x()));
            in.giveOwn(w.ih, () -> Tensor.of(g.ih()));
            in.giveOwn(w.hh, () -> Tensor.of(g.hh()));
            if (w.biasIh != null) in.giveOwn(w.biasIh, () -> Tensor.of(g.biasIh()));
            if (w.biasHh != null) in.giveOwn(w.biasHh, () -> Tensor.of(g.biasHh()));
            if (w.hr != null) in.giveOwn(w.hr, () -> Tensor.of(g.hr()));
            g.release();
        }

        private static void give(Inputs in, Tensor input, NdArray gradient) {
            if (in.wants(input)) in.giveOwn(input, () -> Tensor.of(gradient));
            else gradient.release();
        }

        // Step by step, of other tensors in place of the inputs.
        private Tensor composed(Tensor[] inputs) {
            var next = Stream.of(inputs).iterator();
            var sequence = next.next();
            var weights = new Weights(next.next(), next.next(), w.biasIh == null ? null : next.next(),
                w.biasHh == null ? null : next.next(), w.hr == null ? null : next.next());
            var state = next.next();
            var memory = c == null ? null : next.next();
            var projected = sequence.linear(weights.ih, weights.biasIh);
            var y = new Tensor[x.extent(0)];
            for (int i = 0; i < y.length; i++) {
                int at = reverse ? y.length - 1 - i : i;
                var z = projected.select(0, at);
                switch (kind) {
                    case LSTM -> {
                        var step = lstmStep(z, weights, state, memory);
                        state = step.h;
                        memory = step.c;
                    }
                    case GRU -> state = gruStep(z, weights, state);
                    case TANH -> state = z.add(state.linear(weights.hh, weights.biasHh)).tanh();
                    case RELU -> state = z.add(state.linear(weights.hh, weights.biasHh)).relu();
                }
                y[at] = state;
            }
            var all = Tensor.stack(0, y);
            return memory == null ? all : Tensor.concat(0, all.reshape(Shape.of(all.value().size())),
                memory.reshape(Shape.of(memory.value().size())));
        }
    }
}
