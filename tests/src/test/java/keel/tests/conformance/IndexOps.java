package keel.tests.conformance;

import java.util.Arrays;
import java.util.List;
import keel.array.Combine;
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
        t.op("scatter_reduce", a -> a.input().scatterReduce(a.integer("dim"), a.array("index"), a.tensor("src"),
            combine(a.text("reduce")), a.flag("include_self", true)));
        t.op("index_put", a -> a.input().indexPut(a.tensor("values"), a.flag("accumulate", false), a.arrays("indices")));
        t.op("masked_fill", a -> a.input().maskedFill(a.array("mask"), a.number("value")));
        t.op("masked_select", a -> a.input().maskedSelect(a.array("mask")));
        t.op("masked_scatter", a -> a.input().maskedScatter(a.array("mask"), a.tensor("source")));
        t.op("nonzero", a -> a.array("input").nonZero());
        t.op("nn.functional.one_hot", a -> NdArray.oneHot(DType.I32, a.array("input"), a.integer("num_classes")));
        t.op("argwhere", a -> a.array("input").nonZero());
        t.op("put", a -> a.input().reshape(a.input().size()).indexPut(a.tensor("source").reshape(a.array("index").size()),
            a.flag("accumulate", false), a.array("index").reshape(a.array("index").size())).reshape(a.input().shape()));
        t.op("slice_scatter", a -> {
            int n = a.input().extent(a.integer("dim", 0));
            int from = bound(a.has("start") ? a.integer("start") : null, 0, n);
            int to = Math.max(from, bound(a.has("end") ? a.integer("end") : null, n, n));
            return a.input().put(Grid.slice(a.input().shape(), a.integer("dim", 0), from, to, a.integer("step", 1)),
                a.tensor("src"));
        });
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
                case Args.Ellipsis _ -> axis = x.rank() - index.subList(i + 1,
                    index.size()).stream().mapToInt(IndexOps::axes).sum();
                case null -> x = x.unsqueeze(axis++);
                case Tensor _ -> {
                    int from = i;
                    while (i + 1 < index.size() && index.get(i + 1) instanceof Tensor) i++;
                    var at = index.subList(from, i + 1).stream().map(t -> ((Tensor) t).value()).toArray(NdArray[]::new);
                    if (index.stream().filter(Tensor.class::isInstance).count() > at.length) {
                        throw new Unsupported("getitem with tensors apart");
                    }
                    int before = x.rank();
                    x = at(x, axis, at);
                    axis += x.rank() - before + index.subList(from, i + 1).stream().mapToInt(IndexOps::axes).sum();
                }
                default -> throw new Unsupported("getitem with " + index.get(i));
            }
        }
        return x;
    }

    // How many axes an index is for: a mask for all of its own, a new one for none.
    private static int axes(Object index) {
        return index == null ? 0 : index instanceof Tensor t && t.dtype() == DType.BOOL ? t.rank() : 1;
    }

    // Indices of the axes from `axis` on: these go to the front and what was chosen comes back.
    private static Tensor at(Tensor x, int axis, NdArray... indices) {
        int axes = Arrays.stream(indices).mapToInt(t -> t.dtype() == DType.BOOL ? t.rank() : 1).sum();
        var y = x.moveAxes(range(axis, axes), range(0, axes)).index(indices);
        int chosen = y.rank() - (x.rank() - axes);
        return y.moveAxes(range(0, chosen), range(axis, chosen));
    }

    private static int[] range(int from, int count) {
        var y = new int[count];
        Arrays.setAll(y, i -> from + i);
        return y;
    }

    private static Combine combine(String how) {
        return switch (how) {
            case "sum" -> Combine.SUM;
            case "mean" -> Combine.MEAN;
            case "prod" -> Combine.PROD;
            case "amax" -> Combine.MAX;
            case "amin" -> Combine.MIN;
            default -> throw new Unwritable("a reduction that is none");
        };
    }

    private static int bound(Integer i, int otherwise, int n) {
        return i == null ? otherwise : Math.clamp(i < 0 ? i + n : i, 0, n);
    }
}
