package keel.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import keel.autograd.Tensor;

/// Running sums, sorting and selecting.
final class ScanOps {
    private ScanOps() {}

    static void in(Table t) {
        t.op("cumsum", a -> a.input().cumsum(a.integer("dim")));
        t.op("cumprod", a -> a.input().cumprod(a.integer("dim")));
        t.op("logcumsumexp", a -> a.input().logCumsumExp(a.integer("dim")));
        t.op("cummax", a -> ReduceOps.pair(a.input().cummax(a.integer("dim"))));
        t.op("cummin", a -> ReduceOps.pair(a.input().cummin(a.integer("dim"))));
        t.op("sort", a -> {
            a.flag("stable", true); // always stable
            return ReduceOps.pair(a.input().sort(a.integer("dim", -1), a.flag("descending", false)));
        });
        t.op("msort", a -> a.input().sort(0, false).values());
        t.op("argsort", a -> {
            a.flag("stable", true);
            return a.array("input").argsort(a.integer("dim", -1), a.flag("descending", false));
        });
        t.op("topk", a -> {
            a.flag("sorted", true); // always sorted
            return ReduceOps.pair(a.input().topK(a.integer("k"), a.integer("dim", -1), a.flag("largest", true)));
        });
        t.op("kthvalue", a -> ReduceOps.pair(a.input().kthSmallest(a.integer("k"), a.integer("dim", -1), ReduceOps.keep(a))));
        t.op("diff", ScanOps::diff);
        t.op("trapezoid", a -> {
            int axis = a.integer("dim", -1);
            return a.has("x") ? a.tensor("y").trapezoid(a.tensor("x"), axis) : a.tensor("y").trapezoid(a.number("dx", 1), axis);
        });
        t.op("cumulative_trapezoid", a -> {
            int axis = a.integer("dim", -1);
            return a.has("x") ? a.tensor("y").cumulativeTrapezoid(a.tensor("x"), axis)
                : a.tensor("y").cumulativeTrapezoid(a.number("dx", 1), axis);
        });
        t.op("unique", a -> {
            var y = a.array("input").unique();
            if (!a.flag("sorted", true) || a.has("dim")) throw new Unsupported("unique along an axis");
            return List.of(y.values(), a.flag("return_inverse", false) ? y.inverse() : List.of(),
                a.flag("return_counts", false) ? y.counts() : List.of());
        });
    }

    // Without a difference nothing is put in front or behind.
    private static Tensor diff(Args a) {
        int axis = a.integer("dim", -1);
        int n = a.integer("n", 1);
        var parts = new ArrayList<Tensor>();
        parts.add(a.input());
        if (a.has("prepend")) parts.addFirst(a.tensor("prepend"));
        if (a.has("append")) parts.add(a.tensor("append"));
        var joined = n == 0 || parts.size() == 1 ? a.input() : Tensor.concat(axis, parts.toArray(Tensor[]::new));
        return joined.diff(n, axis);
    }
}
