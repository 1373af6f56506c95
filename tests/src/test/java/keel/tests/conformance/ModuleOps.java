package keel.tests.conformance;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;

/// Layers, built from the constructor arguments and the state that the case gives. Families enter theirs by [#layer] or [#call].
final class ModuleOps {
    private ModuleOps() {}

    static void in(Table t) {
        layer(t, "Linear", (o, state) -> {
            o.raw("in_features");
            o.raw("out_features");
            o.raw("bias");
            return new Linear(state.tensor("weight"), state.tensorOrNull("bias"));
        });
    }

    /// Enters `nn.<name>`: a layer made from its constructor's arguments and its state, run on the input of each call.
    static void layer(Table t, String name, BiFunction<Args, Args, Layer> maker) {
        t.op("module nn." + name, a -> {
            var layer = maker.apply(a.inner("ctor"), a.inner("state"));
            var pass = pass(a);
            return a.inners("calls").stream().map(call -> layer.forward(input(call), pass)).toList();
        });
    }

    /// Enters `nn.<name>`: a function of the constructor's arguments and of those of each call.
    static void call(Table t, String name, BiFunction<Args, Args, Object> f) {
        t.op("module nn." + name, a -> {
            var options = a.inner("ctor");
            a.raw("cls");
            a.raw("state");
            a.raw("training");
            return a.inners("calls").stream().map(call -> f.apply(options, call)).toList();
        });
    }

    /// Training or inference, as the case says.
    static Pass pass(Args a) {
        a.raw("cls");
        return a.flag("training", true) ? Pass.training(new SplittableRandom(1)) : Pass.inference();
    }

    private static Tensor input(Args call) { return call.tensor(call.has("x") ? "x" : "input"); }
}
