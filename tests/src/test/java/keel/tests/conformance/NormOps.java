package keel.tests.conformance;

import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.InstanceNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.norm.LocalResponseNorm;
import keel.nn.norm.MaxNorm;
import keel.nn.norm.Normalize;
import keel.nn.norm.RMSNorm;
import keel.nn.norm.Running;
import keel.nn.norm.SpectralNorm;
import keel.nn.norm.WeightNorm;
import keel.nn.norm.WeightStandardized;

/// Normalization.
final class NormOps {
    private NormOps() {}

    private static final double EPS = 1e-5; // PyTorch's default, like the momentum
    private static final double MOMENTUM = 0.1;

    static void in(Table t) {
        t.op("nn.functional.layer_norm", a -> run(a, layerNorm(a, a)));
        ModuleOps.layer(t, "LayerNorm", (o, state) -> {
            o.raw("elementwise_affine");
            o.raw("bias");
            return layerNorm(o, state);
        });
        t.op("nn.functional.rms_norm", a -> run(a, rmsNorm(a, a)));
        ModuleOps.layer(t, "RMSNorm", (o, state) -> {
            o.raw("elementwise_affine");
            return rmsNorm(o, state);
        });
        t.op("nn.functional.group_norm", a -> run(a, new GroupNorm(a.integer("num_groups"), a.input().extent(1),
            a.tensorOrNull("weight"), a.tensorOrNull("bias"), a.number("eps", EPS))));
        ModuleOps.layer(t, "GroupNorm", (o, state) -> {
            o.raw("affine");
            return new GroupNorm(o.integer("num_groups"), o.integer("num_channels"), state.tensorOrNull("weight"),
                state.tensorOrNull("bias"), o.number("eps", EPS));
        });
        t.op("nn.functional.local_response_norm", a -> run(a, localResponseNorm(a)));
        ModuleOps.layer(t, "LocalResponseNorm", (o, state) -> localResponseNorm(o));
        t.op("nn.functional.batch_norm", NormOps::batchNorm);
        t.op("nn.functional.instance_norm", NormOps::instanceNorm);
        for (int axes = 1; axes <= 3; axes++) {
            int d = axes;
            t.op("module nn.BatchNorm" + axes + "d", NormOps::batchNormModule);
            t.op("module nn.InstanceNorm" + axes + "d", a -> instanceNormModule(a, d));
        }
        t.op("nn.functional.normalize", a -> Normalize.of().p(a.number("p", 2)).axis(a.integer("dim", 1))
            .eps(a.number("eps", 1e-12)).forward(a.input(), Pass.inference()));
        t.op("renorm", a -> new MaxNorm(a.number("p"), a.integer("dim"), a.number("maxnorm"))
            .forward(a.input(), Pass.inference()));
        t.op("weight_norm", a -> new WeightNorm(a.tensor("v"), a.tensor("g"), axis(a)).weight());
        t.op("weight_standardize", a -> WeightStandardized.standardize(a.tensor("weight"), a.tensorOrNull("gain"),
            a.number("scale", 1), a.number("eps", 1e-6)));
        t.op("spectral_norm", NormOps::spectralNorm);
    }

    private static Tensor run(Args a, Layer layer) { return layer.forward(a.input(), Pass.inference()); }

    private static Pass pass(boolean training) { return training ? Pass.training(new SplittableRandom(1)) : Pass.inference(); }

    private static Layer layerNorm(Args o, Args state) {
        return new LayerNorm(Shape.of(o.integers("normalized_shape")), state.tensorOrNull("weight"), state.tensorOrNull("bias"),
            o.number("eps", EPS));
    }

    private static Layer rmsNorm(Args o, Args state) {
        return new RMSNorm(Shape.of(o.integers("normalized_shape")), state.tensorOrNull("weight"),
            o.has("eps") ? (Double) o.number("eps") : null);
    }

    private static Layer localResponseNorm(Args o) {
        return LocalResponseNorm.of(o.integer("size")).alpha(o.number("alpha", 1e-4)).beta(o.number("beta", 0.75))
            .k(o.number("k", 1));
    }

    private static Integer axis(Args a) {
        if (!a.has("dim")) return a.isGiven("dim") ? null : (Integer) 0;
        return a.integer("dim") == -1 ? null : (Integer) a.integer("dim");
    }

    // ---- running statistics: the arrays of the case, which the layer changes in place

    private static Running running(Args state) {
        if (!state.has("running_mean")) {
            state.raw("running_var");
            return null;
        }
        var seen = state.has("num_batches_tracked") ? state.array("num_batches_tracked") : NdArray.of(Shape.of(), new int[] {0});
        return new Running(state.array("running_mean"), state.array("running_var"), seen);
    }

    private static Object report(Args a, String prefix, Running running, Object result) {
        if (running != null) {
            a.after(prefix + "running_mean", running.mean());
            a.after(prefix + "running_var", running.variance());
            a.after(prefix + "num_batches_tracked", running.batches());
        }
        return result;
    }

    private static Object batchNorm(Args a) {
        var running = running(a);
        boolean training = a.flag("training", false);
        var layer = new BatchNorm(a.input().extent(1), a.tensorOrNull("weight"), a.tensorOrNull("bias"), running,
            a.number("momentum", MOMENTUM), a.number("eps", EPS));
        return report(a, "", running, layer.forward(a.input(), pass(training)));
    }

    private static Object batchNormModule(Args a) {
        var o = a.inner("ctor");
        var state = a.inner("state");
        o.raw("affine");
        o.raw("track_running_stats");
        var running = running(state);
        var momentum = o.isGiven("momentum") && !o.has("momentum") ? null : (Double) o.number("momentum", MOMENTUM);
        var layer = new BatchNorm(o.integer("num_features"), state.tensorOrNull("weight"), state.tensorOrNull("bias"), running,
            momentum, o.number("eps", EPS));
        var pass = ModuleOps.pass(a);
        return report(a, "state.", running, a.inners("calls").stream().map(c -> layer.forward(c.input(), pass)).toList());
    }

    private static Object instanceNorm(Args a) {
        var running = running(a);
        var layer = instanceNorm(a.input().dtype(), a.input().extent(1), a, a, running);
        return report(a, "", running, layer.forward(a.input(), pass(a.flag("use_input_stats", true))));
    }

    private static InstanceNorm instanceNorm(DType dtype, int channels, Args o, Args state, Running running) {
        return new InstanceNorm(channels, state.tensorOrNull("weight"), state.tensorOrNull("bias"), running,
            o.number("momentum", MOMENTUM), o.number("eps", EPS), dtype);
    }

    private static Object instanceNormModule(Args a, int axes) {
        var o = a.inner("ctor");
        var state = a.inner("state");
        o.raw("affine");
        o.raw("track_running_stats");
        var running = running(state);
        var layer = instanceNorm(a.dtype(), o.integer("num_features"), o, state, running);
        var pass = ModuleOps.pass(a);
        return report(a, "state.", running, a.inners("calls").stream().map(c -> {
            var x = c.input(); // a single sample comes without its batch axis
            return x.rank() > axes + 1 ? layer.forward(x, pass) : layer.forward(x.unsqueeze(0), pass).squeeze(0);
        }).toList());
    }

    private static Object spectralNorm(Args a) {
        var u = a.array("u").copy();
        var v = a.array("v").copy();
        var norm = new SpectralNorm(a.tensor("weight"), u, v, a.integer("n_power_iterations"), a.number("eps", 1e-12));
        return List.of(norm.of(pass(true)), u, v);
    }
}
