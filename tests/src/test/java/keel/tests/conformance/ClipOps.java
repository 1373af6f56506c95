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

/// Clipping of gradients, and diagnostics.
final class ClipOps {
    private ClipOps() {}

    static void in(Table t) {
        t.op("clip_grad_norm", ClipOps::globalNorm);
        t.op("clip_grad_value", a -> clipped(a, Clip.value(a.number("clip_value")).onNonFinite(NonFinite.PASS), false));
        t.op("total_norm", a -> {
            requireTwo(a);
            var clip = Clip.globalNorm(Double.POSITIVE_INFINITY).onNonFinite(NonFinite.PASS);
            clip.apply(gradients(a.tensors("grads")));
            return clip.stats().norm();
        });
    }

    private static void requireTwo(Args a) {
        if (a.number("norm_type", 2) != 2) throw new Unsupported("a common norm of order " + a.number("norm_type"));
    }

    private static Gradients gradients(Tensor... grads) {
        var y = new LinkedHashMap<Tensor, NdArray>();
        for (var g : grads) y.put(Tensor.parameter(NdArray.zeros(g.dtype(), g.shape())), g.value());
        return Gradients.of(y);
    }

    private static Object globalNorm(Args a) {
        requireTwo(a);
        boolean error = a.flag("error_if_nonfinite", false);
        return clipped(a, Clip.globalNorm(a.number("max_norm")).onNonFinite(error ? NonFinite.ERROR : NonFinite.PASS), true);
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
