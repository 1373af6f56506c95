package keel.tests.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.clip.Clipper;
import keel.nn.clip.NonFinite;
import keel.nn.health.GuideCheck;
import keel.nn.health.Verdict;

/// Clipping of gradients, and diagnostics.
final class ClipOps {
    private ClipOps() {}

    static void in(Table t) {
        t.op("clip_grad_norm", ClipOps::globalNorm);
        t.op("clip_grad_value", a -> clipped(a, Clip.value(a.number("clip_value")).onNonFinite(NonFinite.PASS), false));
        t.op("total_norm", a -> {
            var clip = Clip.globalNorm(Double.POSITIVE_INFINITY, a.number("norm_type", 2)).onNonFinite(NonFinite.PASS);
            clip.apply(gradients(a.tensors("grads")));
            return clip.stats().norm();
        });
        t.op("adaptive_clip", ClipOps::adaptive);
        t.op("gradient_health", ClipOps::health);
        t.op("activation_stats", a -> {
            var x = a.array("x");
            var zero = x.le(a.number("dead_threshold", 0));
            return List.of(zero.cast(x.dtype()).mean(), zero.all(false, 0), x.mean(), x.std(false, 0));
        });
    }

    private static Object adaptive(Args a) {
        var p = a.tensors("params");
        var g = a.tensors("grads");
        var grads = new LinkedHashMap<Tensor, NdArray>();
        for (int i = 0; i < p.length; i++) grads.put(Tensor.parameter(p[i].value()), g[i].value());
        var before = Gradients.of(grads);
        var after = Clip.adaptive(a.number("clip_factor", 0.01), a.number("eps", 1e-3)).apply(before);
        return before.tensors().stream().map(after::of).toList();
    }

    private static Object health(Args a) {
        var norms = new LinkedHashMap<String, Double>();
        for (var g : a.tensors("grads")) norms.put("" + norms.size(), g.value().norm());
        var check = new GuideCheck(norms);
        var values = norms.values().stream().mapToDouble(x -> x).toArray();
        var flags = norms.keySet().stream().map(check::verdict)
            .mapToInt(v -> v == Verdict.VANISHING ? -1 : v == Verdict.EXPLODING ? 1 : 0).toArray();
        return List.of(NdArray.of(values).cast(a.dtype()), NdArray.of(flags), check.ratio());
    }

    private static Gradients gradients(Tensor... grads) {
        var y = new LinkedHashMap<Tensor, NdArray>();
        for (var g : grads) y.put(Tensor.parameter(NdArray.zeros(g.dtype(), g.shape())), g.value());
        return Gradients.of(y);
    }

    private static Object globalNorm(Args a) {
        boolean error = a.flag("error_if_nonfinite", false);
        var clip = Clip.globalNorm(a.number("max_norm"), a.number("norm_type", 2));
        return clipped(a, clip.onNonFinite(error ? NonFinite.ERROR : NonFinite.PASS), true);
    }

    private static Object clipped(Args a, Clipper clip, boolean withNorm) {
        var before = gradients(a.tensors("grads"));
        var after = clip.apply(before);
        var y = new ArrayList<Object>();
        if (withNorm) y.add(NdArray.full(a.dtype(), Shape.of(), clip.stats().norm()));
        for (var t : before.tensors()) y.add(after.of(t));
        return List.copyOf(y);
    }
}
