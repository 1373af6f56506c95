package keel.tests.conformance;

import java.util.List;

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
        t.op("argsort", a -> {
            a.flag("stable", true);
            return a.array("input").argsort(a.integer("dim", -1), a.flag("descending", false));
        });
        t.op("topk", a -> {
            a.flag("sorted", true); // always sorted
            return ReduceOps.pair(a.input().topK(a.integer("k"), a.integer("dim", -1), a.flag("largest", true)));
        });
        t.op("kthvalue", a -> ReduceOps.pair(a.input().kthSmallest(a.integer("k"), a.integer("dim", -1), ReduceOps.keep(a))));
        t.op("unique", a -> {
            var y = a.array("input").unique();
            if (!a.flag("sorted", true) || a.has("dim")) throw new Unsupported("unique along an axis");
            return List.of(y.values(), a.flag("return_inverse", false) ? y.inverse() : List.of(),
                a.flag("return_counts", false) ? y.counts() : List.of());
        });
    }
}
