package keel.tests.conformance;

import java.util.List;
import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// Choosing and placing elements by index or mask.
final class IndexOps {
    private IndexOps() {}

    static void in(Table t) {
        t.op("index_select", a -> a.input().indexSelect(a.integer("dim"), a.array("index")));
        t.op("gather", a -> a.input().gather(a.integer("dim"), a.array("index")));
        t.op("take", a -> a.input().take(a.array("index")));
        t.op("take_along_dim", a -> a.has("dim") ? a.input().takeAlong(a.integer("dim"), a.array("indices"))
            : a.input().take(a.array("indices").reshape(a.array("indices").size())));
        t.op("index_add", a -> a.input().indexAdd(a.integer("dim"), a.array("index"), scaled(a)));
        t.op("index_copy", a -> a.input().indexCopy(a.integer("dim"), a.array("index"), a.tensor("source")));
        t.op("index_fill", a -> a.input().indexFill(a.integer("dim"), a.array("index"), BinaryOps.other(a, "value")));
        t.op("scatter", a -> a.input().scatter(a.integer("dim"), a.array("index"),
            a.isTensor("src") ? a.tensor("src") : Tensor.of(NdArray.full(a.input().dtype(), a.array("index").shape(),
            a.number("value")))));
        t.op("scatter_add", a -> a.input().scatterAdd(a.integer("dim"), a.array("index"), a.tensor("src")));
        t.op("masked_fill", a -> a.input().maskedFill(a.array("mask"), a.number("value")));
        t.op("masked_select", a -> a.input().maskedSelect(a.array("mask")));
        t.op("masked_scatter", a -> a.input().maskedScatter(a.array("mask"), a.tensor("source")));
        t.op("nonzero", a -> a.array("input").nonZero());
        t.op("nn.functional.one_hot", a -> NdArray.oneHot(DType.I32, a.array("input"), a.integer("num_classes")));
        t.op("diagonal_scatter", a -> a.input().put(Grid.diagonal(a.input().shape(), a.integer("offset", 0),
            a.integer("dim1", 0), a.integer("dim2", 1)),
            a.tensor("src")));
        t.op("select_scatter", a -> {
            int i = a.integer("index");
            int at = i < 0 ? i + a.input().extent(a.integer("dim")) : i;
            return a.input().put(Grid.slice(a.input().shape(), a.integer("dim"), at, at + 1, 1),
                a.tensor("src").unsqueeze(a.integer("dim")));
        });
        t.op("getitem", IndexOps::item);
    }

    private static Tensor scaled(Args a) {
        return a.has("alpha") ? a.tensor("source").mul(a.number("alpha")) : a.tensor("source");
    }

    // Python's index: a number selects, a slice slices, an ellipsis skips, a tensor gathers.
    private static Tensor item(Args a) {
        var index = (List<?>) a.raw("index");
        var x = a.input();
        int axis = 0;
        for (int i = 0; i < index.size(); i++) {
            switch (index.get(i)) {
                case Double d -> x = x.select(axis, d.intValue());
                case Args.Slice s -> {
                    int n = x.extent(axis);
                    int from = bound(s.from(), 0, n);
                    x = x.slice(axis, from, Math.max(from, bound(s.to(), n, n)), s.step() == null ? 1 : s.step());
                    axis++;
                }
                case Args.Ellipsis _ -> axis = x.rank() - (index.size() - i - 1);
                case Tensor t when index.size() == 1 && t.dtype() == DType.BOOL -> x = x.maskedSelect(t.value());
                case Tensor t when t.dtype() == DType.I32 && t.rank() == 1 -> x = x.indexSelect(axis++, t.value());
                case null, default -> throw new Unsupported("getitem with " + index.get(i));
            }
        }
        return x;
    }

    private static int bound(Integer i, int otherwise, int n) {
        return i == null ? otherwise : Math.clamp(i < 0 ? i + n : i, 0, n);
    }
}
