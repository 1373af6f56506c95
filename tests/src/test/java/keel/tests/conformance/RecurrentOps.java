package keel.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.recurrent.Cell;
import keel.nn.recurrent.GruCell;
import keel.nn.recurrent.LstmCell;
import keel.nn.recurrent.Recurrent;
import keel.nn.recurrent.RnnCell;
import keel.nn.recurrent.State;

/// Recurrent cells and nets, built from constructor arguments and state.
final class RecurrentOps {
    private RecurrentOps() {}

    /// Makes a cell from the tensors whose names end so.
    private interface Maker {
        Cell make(Args ctor, Args state, String suffix);
    }

    static void in(Table t) {
        both(t, "RNN", (a, s, e) -> new RnnCell(s.tensor("weight_ih" + e), s.tensor("weight_hh" + e),
            s.tensorOrNull("bias_ih" + e), s.tensorOrNull("bias_hh" + e), activation(a)));
        both(t, "LSTM", (a, s, e) -> new LstmCell(s.tensor("weight_ih" + e), s.tensor("weight_hh" + e),
            s.tensorOrNull("bias_ih" + e), s.tensorOrNull("bias_hh" + e), s.tensorOrNull("weight_hr" + e)));
        both(t, "GRU", (a, s, e) -> new GruCell(s.tensor("weight_ih" + e), s.tensor("weight_hh" + e),
            s.tensorOrNull("bias_ih" + e), s.tensorOrNull("bias_hh" + e)));
    }

    private static Activation activation(Args a) {
        return switch (a.text("nonlinearity", "tanh")) {
            case "tanh" -> Activation.tanh();
            case "relu" -> Activation.relu();
            default -> throw new Unwritable("nonlinearity " + a.raw("nonlinearity"));
        };
    }

    private static void both(Table t, String name, Maker maker) {
        t.op("module nn." + name + "Cell", a -> {
            var cell = maker.make(read(a.inner("ctor")), a.inner("state"), "");
            var pass = ModuleOps.pass(a);
            return a.inners("calls").stream().map(call -> tensors(cell.forward(call.input(), state(call), pass))).toList();
        });
        t.op("module nn." + name, a -> {
            var ctor = read(a.inner("ctor"));
            var state = a.inner("state");
            var cells = new ArrayList<Cell>();
            boolean twice = ctor.flag("bidirectional", false);
            for (int l = 0; l < ctor.integer("num_layers", 1); l++) {
                cells.add(maker.make(ctor, state, "_l" + l));
                if (twice) cells.add(maker.make(ctor, state, "_l" + l + "_reverse"));
            }
            var net = new Recurrent(cells, twice, ctor.number("dropout", 0), ctor.flag("batch_first", false));
            var pass = ModuleOps.pass(a);
            return a.inners("calls").stream().map(call -> {
                var out = net.run(call.input(), state(call), pass);
                return List.of(out.y(), tensors(out.last()));
            }).toList();
        });
    }

    // What the tensors of the state say already.
    private static Args read(Args ctor) {
        for (var name : List.of("input_size", "hidden_size", "bias", "proj_size")) ctor.raw(name);
        return ctor;
    }

    private static State state(Args call) {
        if (!call.has("hx")) return null;
        if (call.isTensor("hx")) return State.of(call.tensor("hx"));
        var hx = call.tensors("hx");
        return new State(hx[0], hx[1]);
    }

    private static List<Tensor> tensors(State s) { return s.c() == null ? List.of(s.h()) : List.of(s.h(), s.c()); }
}
