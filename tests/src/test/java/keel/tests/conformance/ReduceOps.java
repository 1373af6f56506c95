package keel.tests.conformance;

import java.util.List;
import keel.array.NdArray;
import keel.autograd.Indexed;
import keel.autograd.Linalg;
import keel.autograd.Tensor;

/// Reductions.
final class ReduceOps {
    private ReduceOps() {}

    static void in(Table t) {
        t.op("sum", a -> a.input().sum(keep(a), axes(a)));
        t.op("mean", a -> a.input().mean(keep(a), axes(a)));
        t.op("nansum", a -> a.input().nanSum(keep(a), axes(a)));
        t.op("nanmean", a -> a.input().nanMean(keep(a), axes(a)));
        t.op("amax", a -> a.input().max(keep(a), axes(a)));
        t.op("amin", a -> a.input().min(keep(a), axes(a)));
        t.op("prod", a -> a.input().prod(keep(a), axes(a)));
        t.op("var", a -> a.input().variance(keep(a), correction(a), axes(a)));
        t.op("std", a -> a.input().std(keep(a), correction(a), axes(a)));
        t.op("var_mean", a -> List.of(a.input().variance(keep(a), correction(a), axes(a)), a.input().mean(keep(a), axes(a))));
        t.op("std_mean", a -> List.of(a.input().std(keep(a), correction(a), axes(a)), a.input().mean(keep(a), axes(a))));
        t.op("max", a -> extreme(a, true));
        t.op("min", a -> extreme(a, false));
        t.op("aminmax", a -> List.of(a.input().min(keep(a), axes(a)), a.input().max(keep(a), axes(a))));
        t.op("argmax", a -> argExtreme(a, true));
        t.op("argmin", a -> argExtreme(a, false));
        t.op("all", a -> a.array("input").all(keep(a), axes(a)));
        t.op("any", a -> a.array("input").any(keep(a), axes(a)));
        t.op("count_nonzero", a -> a.array("input").countNonZero(false, axes(a)));
        t.op("logsumexp", a -> a.input().logSumExp(keep(a), axes(a)));
        t.op("linalg.vector_norm", a -> a.input().norm(a.number("ord", 2), keep(a), axes(a)));
        t.op("linalg.matrix_norm", ReduceOps::matrixNorm);
        t.op("norm", ReduceOps::norm);
        t.op("linalg.norm", ReduceOps::anyNorm);
        t.op("dist", a -> a.input().sub(a.tensor("other")).norm(a.number("p", 2), false));
        t.op("cdist", a -> {
            a.text("compute_mode", ""); // ways to the same distances
            return a.tensor("x1").cdist(a.tensor("x2"), a.number("p", 2));
        });
        t.op("median", a -> a.has("dim") ? pair(a.input().median(a.integer("dim"), keep(a)))
            : a.input().reshape(a.input().size()).median(0, false).values());
        t.op("quantile", a -> a.has("dim") ? a.input().quantile(a.number("q"), a.integer("dim"), keep(a))
            : a.input().reshape(a.input().size()).quantile(a.number("q"), 0, false));
    }

    static boolean keep(Args a) { return a.flag("keepdim", false); }

    static int[] axes(Args a) { return a.integers("dim"); }

    static double correction(Args a) { return a.has("correction") ? a.number("correction") : a.flag("unbiased", true) ? 1 : 0; }

    static List<Object> pair(Indexed y) { return List.of(y.values(), y.indices()); }

    private static Object extreme(Args a, boolean largest) {
        if (a.has("other")) return largest ? a.input().maximum(a.tensor("other")) : a.input().minimum(a.tensor("other"));
        if (!a.has("dim")) return largest ? a.input().max() : a.input().min();
        return pair(largest ? a.input().maxAt(a.integer("dim"), keep(a)) : a.input().minAt(a.integer("dim"), keep(a)));
    }

    private static NdArray argExtreme(Args a, boolean largest) {
        var x = a.array("input");
        if (!a.has("dim")) {
            var y = largest ? x.argmax() : x.argmin();
            return keep(a) ? y.reshape(x.shape().reduced("argmax")) : y;
        }
        var y = largest ? x.argmax(a.integer("dim")) : x.argmin(a.integer("dim"));
        return keep(a) && x.rank() > 0 ? y.unsqueeze(a.integer("dim")) : y;
    }

    private static Tensor matrixNorm(Args a) {
        var plane = a.has("dim") ? axes(a) : new int[] {-2, -1};
        if (plane.length != 2) throw new Unwritable("matrix_norm over " + plane.length + " axes, the parameters are two");
        return matrixNorm(a, a.has("ord") ? a.raw("ord") : "fro", plane);
    }

    private static Tensor matrixNorm(Args a, Object order, int... plane) {
        return switch (order) {
            case String s when s.equals("fro") -> a.input().norm(2, keep(a), plane);
            case String s when s.equals("nuc") -> Linalg.nuclearNorm(a.input(), keep(a), plane[0], plane[1]);
            case Double d when Math.abs(d) == 2 -> Linalg.spectralNorm(a.input(), d < 0, keep(a), plane[0], plane[1]);
            case Double d -> a.input().matrixNorm(d, keep(a), plane[0], plane[1]);
            default -> throw new Unwritable("a norm that is none");
        };
    }

    // Of everything as a vector without order and axes; of matrices for two axes, or two axes there are and an order.
    private static Tensor anyNorm(Args a) {
        var given = axes(a);
        if (!a.has("ord")) return a.input().norm(2, keep(a), given);
        if (given.length == 1 || given.length == 0 && a.input().rank() == 1) return a.input().norm(a.number("ord"), keep(a),
            given);
        return matrixNorm(a, a.raw("ord"), given.length == 0 ? new int[] {0, 1} : given);
    }

    private static Tensor norm(Args a) {
        var plane = a.has("dim") ? axes(a) : new int[] {0, 1};
        return switch (a.has("p") ? a.raw("p") : "fro") {
            case String s when s.equals("nuc") -> Linalg.nuclearNorm(a.input(), keep(a), plane[0], plane[1]);
            case String s when s.equals("fro") -> a.input().norm(2, keep(a), axes(a));
            case Double p -> a.input().norm(p, keep(a), axes(a));
            default -> throw new Unwritable("a norm that is none");
        };
    }
}
