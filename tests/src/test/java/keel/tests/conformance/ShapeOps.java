package keel.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Pads;
import keel.autograd.Tensor;

/// Shapes, and moving elements.
final class ShapeOps {
    private ShapeOps() {}

    static void in(Table t) {
        t.op("reshape", a -> a.input().reshape(a.integers("shape")));
        t.op("view", a -> a.input().reshape(a.integers("size")));
        t.op("reshape_as", a -> a.input().reshape(a.tensor("other").shape()));
        t.op("view_as", a -> a.input().reshape(a.tensor("other").shape()));
        t.op("flatten", a -> a.input().flatten(a.integer("start_dim", 0), a.integer("end_dim", -1)));
        t.op("ravel", a -> a.input().flatten(0, -1));
        t.op("unflatten", a -> a.input().unflatten(a.integer("dim"), a.integers("sizes")));
        t.op("squeeze", a -> a.has("dim") ? a.integers("dim").length == 0 ? a.input() : a.input().squeezeAll(a.integers("dim"))
            : a.input().squeezeAll());
        t.op("unsqueeze", a -> a.input().unsqueeze(a.integer("dim")));
        t.op("permute", a -> a.input().permute(a.integers("dims")));
        t.op("transpose", a -> a.input().transpose(a.integer("dim0"), a.integer("dim1")));
        t.op("t", a -> a.input().rank() < 2 ? a.input() : a.input().transpose(0, 1));
        t.op("swapaxes", a -> a.input().transpose(a.integer("axis0"), a.integer("axis1")));
        t.op("swapdims", a -> a.input().transpose(a.integer("dim0"), a.integer("dim1")));
        t.op("moveaxis", a -> a.input().moveAxes(a.integers("source"), a.integers("destination")));
        t.op("T", a -> a.input().permute(reversed(a.input().rank())));
        t.op("mT", a -> a.input().transpose());
        t.op("movedim", a -> a.input().moveAxes(a.integers("source"), a.integers("destination")));
        t.op("expand", a -> a.input().expand(a.integers("size")));
        t.op("broadcast_to", a -> a.input().expand(a.integers("size")));
        t.op("expand_as", a -> a.input().expand(a.tensor("other").shape()));
        t.op("sum_to_size", a -> a.input().sumTo(Shape.of(a.integers("size"))));
        t.op("broadcast_tensors", a -> broadcast(a.tensors("tensors")));
        t.op("cat", a -> Tensor.concat(a.integer("dim", 0), a.tensors("tensors")));
        t.op("stack", a -> Tensor.stack(a.integer("dim", 0), a.tensors("tensors")));
        t.op("hstack", a -> Tensor.hstack(a.tensors("tensors")));
        t.op("vstack", a -> Tensor.vstack(a.tensors("tensors")));
        t.op("row_stack", a -> Tensor.vstack(a.tensors("tensors")));
        t.op("dstack", a -> Tensor.dstack(a.tensors("tensors")));
        t.op("column_stack", a -> Tensor.columnStack(a.tensors("tensors")));
        t.op("cartesian_prod", a -> Tensor.cartesianProd(a.tensors("tensors")));
        t.op("split", a -> a.isList("split_size_or_sections")
            ? a.tensor("tensor").split(a.integer("dim", 0), a.integers("split_size_or_sections"))
            : a.tensor("tensor").splitBy(a.integer("split_size_or_sections"), a.integer("dim", 0)));
        t.op("split_with_sizes", a -> a.input().split(a.integer("dim", 0), a.integers("split_sizes")));
        t.op("chunk", a -> a.input().chunk(a.integer("chunks"), a.integer("dim", 0)));
        t.op("unbind", a -> a.input().unbind(a.integer("dim", 0)));
        t.op("narrow", ShapeOps::narrow);
        t.op("select", a -> a.input().select(a.integer("dim"), a.integer("index")));
        t.op("flip", a -> a.input().flip(a.integers("dims")));
        t.op("fliplr", a -> a.input().flip(1));
        t.op("flipud", a -> a.input().flip(0));
        t.op("roll", a -> a.input().roll(a.integers("shifts"), a.integers("dims")));
        t.op("rot90", a -> a.input().rotate(a.integer("k", 1), dims(a)[0], dims(a)[1]));
        t.op("repeat", a -> a.input().repeat(a.integers("repeats")));
        t.op("tile", a -> a.input().tile(a.integers("dims")));
        t.op("repeat_interleave", a -> a.has("dim") ? a.input().repeatInterleave(a.integer("repeats"), a.integer("dim"))
            : a.input().flatten(0, -1).repeatInterleave(a.integer("repeats"), 0));
        t.op("tril", a -> a.input().tril(a.integer("diagonal", 0)));
        t.op("triu", a -> a.input().triu(a.integer("diagonal", 0)));
        t.op("diagonal", a -> a.input().diagonal(a.integer("offset", 0), a.integer("dim1", 0), a.integer("dim2", 1)));
        t.op("diag_embed", a -> a.input().diagonalEmbed(a.integer("offset", 0), a.integer("dim1", -2), a.integer("dim2", -1)));
        t.op("diag", a -> a.input().rank() == 1 ? a.input().diagonalEmbed(a.integer("diagonal", 0), 0, 1)
            : a.input().diagonal(a.integer("diagonal", 0), 0, 1));
        t.op("diagflat", a -> a.input().flatten(0, -1).diagonalEmbed(a.integer("offset", 0), 0, 1));
        t.op("unfold_dim", a -> a.input().windows(a.integer("dimension"), a.integer("size"), a.integer("step")));
        t.op("meshgrid", a -> Tensor.meshgrid(a.text("indexing", "ij").equals("xy"), a.tensors("tensors")));
        t.op("block_diag", a -> Tensor.blockDiagonal(a.tensors("tensors")));
        t.op("constant_pad_nd", a -> Pads.constant(a.input(), a.number("value", 0), a.integers("pad")));
        t.op("nn.functional.pad", a -> switch (a.text("mode", "constant")) {
            case "constant" -> Pads.constant(a.input(), a.number("value", 0), a.integers("pad"));
            case "reflect" -> Pads.reflect(a.input(), a.integers("pad"));
            case "replicate" -> Pads.replicate(a.input(), a.integers("pad"));
            case "circular" -> Pads.circular(a.input(), a.integers("pad"));
            default -> throw new Unwritable("a padding that is none");
        });
        t.op("zeros", a -> NdArray.zeros(a.dtype(), a.integers("size")));
        t.op("ones", a -> NdArray.ones(a.dtype(), a.integers("size")));
        t.op("full", a -> NdArray.full(a.dtype(), Shape.of(a.integers("size")), a.number("fill_value")));
        t.op("arange", a -> NdArray.arange(a.dtype(), a.number("start", 0), a.number("end"), a.number("step", 1)));
        t.op("eye", a -> NdArray.eye(a.dtype(), a.integer("n"), a.integer("m", a.integer("n"))));
        t.op("tril_indices", a -> NdArray.trilIndices(a.integer("row"), a.integer("col"), a.integer("offset", 0)));
        t.op("triu_indices", a -> NdArray.triuIndices(a.integer("row"), a.integer("col"), a.integer("offset", 0)));
        t.op("linspace", a -> NdArray.linspace(a.dtype(), a.number("start"), a.number("end"), a.integer("steps")));
    }

    private static int[] reversed(int n) {
        var y = new int[n];
        for (int i = 0; i < n; i++) y[i] = n - 1 - i;
        return y;
    }

    private static int[] dims(Args a) { return a.has("dims") ? a.integers("dims") : new int[] {0, 1}; }

    private static List<Tensor> broadcast(Tensor... x) {
        var shape = Shape.of();
        for (var t : x) shape = Shape.broadcast("broadcast_tensors", shape, t.shape());
        var y = new ArrayList<Tensor>();
        for (var t : x) y.add(t.expand(shape));
        return y;
    }

    private static Tensor narrow(Args a) {
        int n = a.input().extent(a.integer("dim"));
        int start = a.integer("start");
        int from = start < 0 && start >= -n ? start + n : start; // PyTorch counts from the end, slice does not
        return a.input().slice(a.integer("dim"), from, from + a.integer("length"));
    }
}
