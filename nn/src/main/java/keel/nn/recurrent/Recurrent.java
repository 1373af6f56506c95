package keel.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Cells run along a sequence, in layers, in one direction or both: what PyTorch calls RNN, LSTM and GRU, with its parameter
/// names (`weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, `…_l1`, `…_l0_reverse`).
///
/// `(time, n, in) → (time, n, directions·out)`, or `(n, time, …)` where the batch comes first; a single sequence is
/// `(time, in)`. The forward direction's features come first. Keel's cells take a layer and direction in one operation, see
/// [Recurrences][keel.autograd.Recurrences].
///
/// @param cells layer by layer, in each the forward direction first
/// @param bidirectional whether every other cell reads the sequence from its end
/// @param dropout probability of dropping what goes from one layer to the next, in training
/// @param batchFirst whether sequences are `(n, time, features)`
public record Recurrent(List<Cell> cells, boolean bidirectional, double dropout, boolean batchFirst) implements Layer {
    /// What every step shows, and the state after the last one.
    ///
    /// @param y in the layout of the input
    /// @param last `h (layers·directions, n, out)` and, of an LSTM, `c (layers·directions, n, hidden)`, whatever the layout
    public record Output(Tensor y, State last) {}

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if the widths of the layers do not follow from each other
    public Recurrent {
        cells = List.copyOf(cells);
        new Dropout(dropout); // refuses what is no probability
        int directions = bidirectional ? 2 : 1;
        if (cells.isEmpty() || cells.size() % directions != 0) {
            throw new IllegalArgumentException("Recurrent: " + cells.size() + " cells in " + directions
                + " direction(s); give as many for each, one or more");
        }
        var first = cells.getFirst();
        for (int i = 0; i < cells.size(); i++) {
            var c = cells.get(i);
            int in = i < directions ? first.in() : directions * first.out();
            if (c.in() != in || c.out() != first.out() || c.memory() != first.memory() || c.dtype() != first.dtype()) {
                throw new IllegalArgumentException("Recurrent: cell " + i + " is " + c + " behind " + first
                    + "; give it " + in + " features in, and the width, memory and type of the first");
            }
        }
    }

    /// A plain recurrent net with tanh or relu, see [RnnCell].
    public static Recurrent rnn(int in, int hidden, Activation activation, RecurrentOptions options, RandomGenerator random) {
        refuseProjection("rnn", options);
        return of(options, in, hidden, k -> RnnCell.of(options.dtype(), k, hidden, activation, options.bias(), options.init(),
            random));
    }

    /// An LSTM with PyTorch's start, one layer, time first, in F32; see [LstmCell].
    public static Recurrent lstm(int in, int hidden, RandomGenerator random) {
        return lstm(in, hidden, RecurrentOptions.defaults(), random);
    }

    /// An LSTM, see [LstmCell].
    public static Recurrent lstm(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
        int out = options.projection() == 0 ? hidden : options.projection();
        return of(options, in, out, k -> LstmCell.of(options.dtype(), k, hidden, options.projection(), options.bias(),
            options.init(), random));
    }

    /// A GRU with PyTorch's start, one layer, time first, in F32; see [GruCell].
    public static Recurrent gru(int in, int hidden, RandomGenerator random) {
        return gru(in, hidden, RecurrentOptions.defaults(), random);
    }

    /// A GRU, see [GruCell].
    public static Recurrent gru(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
        refuseProjection("gru", options);
        return of(options, in, hidden, k -> GruCell.of(options.dtype(), k, hidden, options.bias(), options.init(), random));
    }

    private static void refuseProjection(String name, RecurrentOptions options) {
        if (options.projection() > 0) {
            throw new IllegalArgumentException("Recurrent." + name + ": projection " + options.projection()
                + "; only an LSTM has one");
        }
    }

    /// Cells of your own: `maker` is asked for one at a time, given the number of features that come in.
    public static Recurrent of(RecurrentOptions options, int in, int out, IntFunction<Cell> maker) {
        var cells = new ArrayList<Cell>();
        int directions = options.bidirectional() ? 2 : 1;
        for (int i = 0; i < options.layers() * directions; i++) cells.add(maker.apply(i < directions ? in : directions * out));
        return new Recurrent(cells, options.bidirectional(), options.dropout(), options.batchFirst());
    }

    private int directions() {
        return bidirectional ? 2 : 1;
    }

    /// Every step's output, from a state of zeros.
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return run(x, null, pass).y();
    }

    /// Every step's output and the last state, from `start`; null for zeros.
    ///
    /// @throws IllegalArgumentException naming layer and path if shapes or types do not fit, or there is no step
    public Output run(Tensor x, State start, Pass pass) {
        check(x, pass);
        if (x.rank() == 2) {
            int batch = batchFirst ? 0 : 1;
            var one = run(x.unsqueeze(batch), start == null ? null : States.map(start, s -> s.unsqueeze(1)), pass);
            return new Output(one.y.squeeze(batch), States.map(one.last, s -> s.squeeze(1)));
        }
        var y = batchFirst ? x.transpose(0, 1) : x; // (time, n, in)
        int n = y.extent(1);
        var first = cells.getFirst();
        if (start != null) {
            States.check(this + pass.at(), start, first.dtype(), first.out(), first.memory(), cells.size(), n);
        }
        var last = new ArrayList<State>();
        for (int i = 0; i < cells.size(); i += directions()) {
            if (i > 0) y = new Dropout(dropout).forward(y, pass);
            var both = new Tensor[directions()];
            for (int d = 0; d < both.length; d++) {
                int at = i + d;
                var from = start == null ? first.start(n) : States.map(start, s -> s.select(0, at));
                var steps = cells.get(at).along(y, from, d == 1);
                both[d] = steps.y();
                last.add(steps.last());
            }
            y = both.length == 1 ? both[0] : Tensor.concat(-1, both);
        }
        var h = Tensor.stack(0, last.stream().map(State::h).toArray(Tensor[]::new));
        var c = first.memory() == 0 ? null : Tensor.stack(0, last.stream().map(State::c).toArray(Tensor[]::new));
        return new Output(batchFirst ? y.transpose(0, 1) : y, new State(h, c));
    }

    private void check(Tensor x, Pass pass) {
        var first = cells.getFirst();
        int time = x.rank() == 3 && batchFirst ? 1 : 0;
        if (x.rank() != 2 && x.rank() != 3 || x.extent(-1) != first.in() || x.dtype() != first.dtype() || x.extent(time) == 0) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + first.dtype() + (batchFirst ? " (n, time, " : " (time, n, ") + first.in() + ") or (time, " + first.in()
                + ") with one step or more");
        }
    }

    @Override
    public void visit(Visitor visitor) {
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).visit(suffixed(visitor, "_l" + i / directions() + (i % directions() == 1 ? "_reverse" : "")));
        }
    }

    private static Visitor suffixed(Visitor visitor, String suffix) {
        return new Visitor() {
            @Override
            public void parameter(String name, Tensor tensor) {
                visitor.parameter(name + suffix, tensor);
            }

            @Override
            public void state(String name, NdArray array) {
                visitor.state(name + suffix, array);
            }

            @Override
            public void child(String name, Layer layer) {
                visitor.child(name + suffix, layer);
            }
        };
    }

    @Override
    public String toString() {
        return "Recurrent(" + cells.getFirst() + (cells.size() > directions() ? " × " + cells.size() / directions() : "")
            + (bidirectional ? ", both directions" : "") + ")";
    }
}
