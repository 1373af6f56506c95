package keel.tests.conformance;

import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Glu;
import keel.nn.layer.Layer;
import keel.nn.layer.PRelu;
import keel.nn.layer.Pass;
import keel.nn.layer.RRelu;
import keel.nn.layer.Softmax;

/// Activations: one table for functions and modules, whose options come with the call or with the constructor.
final class ActivationOps {
    private ActivationOps() {}

    /// Makes the layer from its options.
    private interface Maker {
        Layer of(Args options);
    }

    static void in(Table t) {
        t.op("nn.functional.relu", a -> a.input().relu());
        both(t, "leaky_relu", "LeakyReLU", o -> Activation.leakyRelu(o.number("negative_slope", 0.01)));
        both(t, "silu", "SiLU", o -> Activation.silu());
        both(t, "gelu", "GELU", ActivationOps::gelu);
        both(t, "mish", "Mish", o -> Activation.mish());
        both(t, "elu", "ELU", o -> Activation.elu(o.number("alpha", 1)));
        both(t, "celu", "CELU", o -> Activation.celu(o.number("alpha", 1)));
        both(t, "selu", "SELU", o -> Activation.selu());
        both(t, "softplus", "Softplus", o -> Activation.softplus(o.number("beta", 1), o.number("threshold", 20)));
        both(t, "softsign", "Softsign", o -> Activation.softsign());
        both(t, "logsigmoid", "LogSigmoid", o -> Activation.logSigmoid());
        both(t, "tanhshrink", "Tanhshrink", o -> Activation.tanhShrink());
        both(t, "softshrink", "Softshrink", o -> Activation.softShrink(o.number("lambd", 0.5)));
        both(t, "hardshrink", "Hardshrink", o -> Activation.hardShrink(o.number("lambd", 0.5)));
        both(t, "hardtanh", "Hardtanh", o -> Activation.hardTanh(o.number("min_val", -1), o.number("max_val", 1)));
        both(t, "hardsigmoid", "Hardsigmoid", o -> Activation.hardSigmoid());
        both(t, "hardswish", "Hardswish", o -> Activation.hardSwish());
        both(t, "relu6", "ReLU6", o -> Activation.relu6());
        both(t, "threshold", "Threshold", o -> Activation.threshold(o.number("threshold"), o.number("value")));
        both(t, "rrelu", "RReLU", o -> RRelu.of(o.number("lower", 1.0 / 8), o.number("upper", 1.0 / 3)));
        both(t, "glu", "GLU", o -> Glu.of().axis(o.integer("dim", -1)));
        t.op("nn.functional.prelu", a -> new PRelu(a.tensor("weight").reshape(-1)).forward(a.input(), Pass.inference()));
        ModuleOps.layer(t, "ReLU", (o, state) -> Activation.relu());
        ModuleOps.layer(t, "Sigmoid", (o, state) -> Activation.sigmoid());
        ModuleOps.layer(t, "Tanh", (o, state) -> Activation.tanh());
        ModuleOps.layer(t, "PReLU", (o, state) -> {
            o.raw("num_parameters");
            return new PRelu(state.tensor("weight"));
        });
        ModuleOps.layer(t, "Softmax", (o, state) -> Softmax.of().axis(o.integer("dim")));
        ModuleOps.layer(t, "LogSoftmax", (o, state) -> Softmax.log().axis(o.integer("dim")));
        ModuleOps.layer(t, "Softmin", (o, state) -> Softmax.min().axis(o.integer("dim")));
    }

    private static Layer gelu(Args o) {
        return o.text("approximate", "none").equals("tanh") ? Activation.geluTanh() : Activation.gelu();
    }

    private static void both(Table t, String function, String module, Maker maker) {
        t.op("nn.functional." + function, a -> {
            if (a.flag("training", false)) throw new Unsupported(function + " in training");
            return run(maker.of(a), a.input());
        });
        ModuleOps.layer(t, module, (o, state) -> maker.of(o));
    }

    private static Tensor run(Layer layer, Tensor x) { return layer.forward(x, Pass.inference()); }
}
