package keel.tests.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import keel.array.Grid;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;

/// Rearrangements that are made of others: all linear.
final class OperationsArrange {
    private OperationsArrange() {}

    static void enter() {
        Operations.alongAxis("pick", true, (x, axis) -> x.pick(Grid.slice(x.shape(), axis, 0, x.extent(axis), 2)));
        Operations.alongAxis("place", true, (x, axis) -> {
            var target = x.shape().with(Math.floorMod(axis, x.rank()), 2 * x.extent(axis));
            return x.place(Grid.slice(target, axis, 0, 2 * x.extent(axis), 2), target);
        });
        Operations.alongAxis("slice with a step", true, (x, axis) -> x.slice(axis, 0, x.extent(axis), 3));
        Operations.alongAxis("select", true, (x, axis) -> x.extent(axis) == 0 ? x : x.select(axis, -1));
        Operations.alongAxis("flip", true, (x, axis) -> x.flip(axis));
        Operations.alongAxis("roll", true, (x, axis) -> x.roll(new int[] {-1}, axis));
        Operations.linear("roll of the flattened", x -> x.roll(new int[] {2}));
        Operations.alongAxis("repeatInterleave", true, (x, axis) -> x.repeatInterleave(2, axis));
        Operations.linear("repeat", x -> x.repeat(ofRank(x.rank() + 1, 2)));
        Operations.linear("tile", x -> x.tile(2));
        Operations.alongAxis("windows", true, (x, axis) -> x.extent(axis) == 0 ? x
            : x.windows(axis, (x.extent(axis) + 1) / 2, 1));
        Operations.alongAxis("moveAxes", true, (x, axis) -> x.moveAxes(new int[] {axis}, 0));
        Operations.alongAxis("squeezeAll", true, (x, axis) -> x.sum(true, axis).squeezeAll(axis));
        Operations.alongAxis("unflatten", true, (x, axis) -> x.unflatten(axis, x.extent(axis), 1));
        Operations.alongAxis("flatten(first, last)", true, (x, axis) -> x.flatten(Math.floorMod(axis, x.rank()), -1));
        Operations.linear("expand(int...)", x -> x.unsqueeze(0).expand(ofRank(x.rank() + 1, -1)));
        Operations.alongAxis("split", true, (x, axis) -> joined(axis, x.split(axis, x.extent(axis), 0)));
        Operations.alongAxis("splitBy", true, (x, axis) -> joined(axis, x.splitBy(2, axis)));
        Operations.alongAxis("chunk", true, (x, axis) -> joined(axis, x.chunk(2, axis)));
        Operations.alongAxis("unbind", true, (x, axis) -> x.extent(axis) == 0 ? x : x.unbind(axis).getLast());
        matrices("tril", x -> x.tril(0));
        matrices("triu", x -> x.triu(1));
        matrices("diagonal", x -> x.diagonal(1, -1, 0));
        matrices("diagonalEmbed", x -> x.diagonalEmbed(-1, 0, 2));
        matrices("rotate", x -> x.rotate(1, 1, 2));
        matrices("rotate back", x -> x.rotate(-1, 0, 2));
        matrices("meshgrid", x -> Tensor.meshgrid(true, x.flatten(0), x.flatten(0).slice(0, 0, 1)).getFirst());
        Operations.add("blockDiagonal", true, (_, random) -> new Case(x -> Tensor.blockDiagonal(x[0], x[1], x[0]),
            Operations.between(Shape.of(2, 3), -2, 2, random), Operations.between(Shape.of(2), -2, 2, random)));
    }

    private static int[] ofRank(int rank, int value) {
        var y = new int[rank];
        Arrays.fill(y, value);
        return y;
    }

    // In another order, so that parts that are mixed up would show.
    private static Tensor joined(int axis, List<Tensor> parts) {
        return Tensor.concat(axis, parts.reversed().toArray(Tensor[]::new));
    }

    private static void matrices(String name, UnaryOperator<Tensor> f) {
        Operations.add(name, true, (_, random) -> new Case(x -> f.apply(x[0]),
            Operations.between(Shape.of(2, 3, 2), -2, 2, random)));
    }
}
