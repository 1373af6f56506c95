package keel.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;

/// Rearrangements that are made of others: their derivatives come with the parts.
final class Arrange {
    private Arrange() {}

    static Tensor roll(Tensor x, int[] shifts, int... axes) {
        if (axes.length == 0 && shifts.length == 1) {
            return roll(x.reshape(x.size()), shifts, 0).reshape(x.shape());
        }
        if (shifts.length != axes.length || shifts.length == 0) {
            throw new IllegalArgumentException("roll: " + shifts.length + " shifts for " + axes.length + " axes of " + x.shape()
                + "; give one each");
        }
        var y = x;
        for (int i = 0; i < shifts.length; i++) {
            int n = x.extent(axes[i]);
            int by = n == 0 ? 0 : Math.floorMod(shifts[i], n);
            y = by == 0 ? y : Tensor.op(y.value().roll(axes[i], by), new Rearrangements.Roll(y, axes[i], by));
        }
        return y;
    }

    static Tensor repeat(Tensor x, int... counts) {
        if (counts.length < x.rank()) {
            throw new IllegalArgumentException("repeat: " + counts.length + " counts for " + x.shape()
                + "; give one an axis, or more in front");
        }
        int extra = counts.length - x.rank();
        var apart = new int[2 * counts.length];
        var many = new int[2 * counts.length];
        var merged = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            int n = i < extra ? 1 : x.extent(i - extra);
            apart[2 * i] = 1;
            many[2 * i] = counts[i];
            apart[2 * i + 1] = many[2 * i + 1] = n;
            merged[i] = Shape.of(counts[i], n).size();
        }
        return x.reshape(Shape.of(apart)).expand(Shape.of(many)).reshape(Shape.of(merged));
    }

    static Tensor tile(Tensor x, int... counts) {
        if (counts.length >= x.rank()) {
            return repeat(x, counts);
        }
        var all = new int[x.rank()];
        Arrays.fill(all, 1);
        System.arraycopy(counts, 0, all, all.length - counts.length, counts.length);
        return repeat(x, all);
    }

    static Tensor repeatInterleave(Tensor x, int count, int axis) {
        int a = x.shape().axis("repeatInterleave", axis);
        int n = x.extent(a);
        var apart = x.reshape(x.shape().inserted(a + 1, 1));
        return apart.expand(apart.shape().with(a + 1, count)).reshape(x.shape().with(a, Shape.of(n, count).size()));
    }

    /// Keeps row i, column j where `j − i ≤ offset` (lower) or `≥ offset` (upper).
    static Tensor triangle(String name, Tensor x, int offset, boolean lower) {
        x.value().requireMatrix(name);
        int m = x.extent(-2);
        int n = x.extent(-1);
        var keep = new boolean[Shape.of(m, n).size()];
        for (int i = 0; i < m; i++) {
            int diagonal = Math.clamp((long) i + offset + (lower ? 1 : 0), 0, n);
            Arrays.fill(keep, i * n + (lower ? 0 : diagonal), i * n + (lower ? diagonal : n), true);
        }
        return Tensor.where(NdArray.of(Shape.of(m, n), keep), x, Tensor.scalar(x.dtype(), 0));
    }

    static Tensor diagonalEmbed(Tensor x, int offset, int first, int second) {
        x.shape().axis("diagonalEmbed", -1);
        int n = (int) Math.min(Integer.MAX_VALUE, x.extent(-1) + Math.abs((long) offset)); // more is refused as a shape
        var plain = x.shape().removed(x.rank() - 1).inserted(x.rank() - 1, n);
        var shape = plain.inserted(x.rank(), n); // (…, n, n), then the two axes go where they belong
        int a = shape.axis("diagonalEmbed", first);
        int b = shape.axis("diagonalEmbed", second);
        if (a == b) {
            throw new IllegalArgumentException("diagonalEmbed: axis " + first + " of " + shape
                + " is named twice; name two axes");
        }
        var y = x.place(Grid.diagonal(shape, offset, -2, -1), shape);
        return moveAxes(y, new int[] {-2, -1}, a, b);
    }

    static Tensor moveAxes(Tensor x, int[] from, int... to) {
        if (from.length != to.length) {
            throw new IllegalArgumentException("moveAxes: " + from.length + " axes to " + to.length + " places of " + x.shape()
                + "; give one each");
        }
        var order = new int[x.rank()];
        Arrays.fill(order, -1);
        var moved = new boolean[x.rank()];
        for (int i = 0; i < from.length; i++) {
            int a = x.shape().axis("moveAxes", from[i]);
            int b = x.shape().axis("moveAxes", to[i]);
            if (moved[a] || order[b] >= 0) {
                throw new IllegalArgumentException("moveAxes: " + (moved[a] ? "axis " + from[i] : "place " + to[i]) + " of "
                    + x.shape() + " is named twice");
            }
            moved[a] = true;
            order[b] = a;
        }
        for (int a = 0, b = 0; a < order.length; a++) {
            if (!moved[a]) {
                while (order[b] >= 0) {
                    b++;
                }
                order[b] = a;
            }
        }
        return x.permute(order);
    }

    static Tensor rotate(Tensor x, int quarters, int first, int second) {
        int a = x.shape().axis("rotate", first);
        int b = x.shape().axis("rotate", second);
        if (a == b) {
            throw new IllegalArgumentException("rotate: axis " + first + " of " + x.shape()
                + " is named twice; name the plane by two axes");
        }
        return switch (Math.floorMod(quarters, 4)) {
            case 1 -> x.flip(b).transpose(a, b);
            case 2 -> x.flip(a, b);
            case 3 -> x.flip(a).transpose(a, b);
            default -> x;
        };
    }

    static List<Tensor> split(String name, Tensor x, int axis, int... extents) {
        long sum = 0;
        for (int e : extents) {
            sum += e;
        }
        if (sum != x.extent(axis)) {
            throw new IllegalArgumentException(name + ": the extents " + Arrays.toString(extents) + " sum to " + sum + ", axis "
                + axis + " of " + x.shape()
                + " has " + x.extent(axis) + "; make them agree");
        }
        var y = new ArrayList<Tensor>();
        int at = 0;
        for (int e : extents) {
            y.add(x.slice(axis, at, at + e));
            at += e;
        }
        return List.copyOf(y);
    }

    /// Parts of `size`, a smaller one last.
    static List<Tensor> splitBy(Tensor x, int size, int axis) {
        int n = x.extent(axis);
        if (size < 1) {
            throw new IllegalArgumentException("split: parts of " + size + " elements; give 1 or more");
        }
        var extents = new int[Math.max(1, Math.ceilDiv(n, size))];
        Arrays.fill(extents, size);
        extents[extents.length - 1] = n - size * (extents.length - 1);
        return split("split", x, axis, extents);
    }

    static List<Tensor> chunk(Tensor x, int count, int axis) {
        if (count < 1) {
            throw new IllegalArgumentException("chunk: " + count + " parts; give 1 or more");
        }
        int n = x.extent(axis);
        return n == 0 ? Collections.nCopies(count, x) : splitBy(x, Math.ceilDiv(n, count), axis);
    }

    static List<Tensor> unbind(Tensor x, int axis) {
        var y = new Tensor[x.extent(axis)];
        Arrays.setAll(y, i -> x.select(axis, i));
        return List.of(y);
    }

    static Tensor select(Tensor x, int axis, int index) {
        int n = x.extent(axis);
        if (index < -n || index >= n) {
            throw new IllegalArgumentException("select: index " + index + " is not in axis " + axis + " of " + x.shape()
                + "; give " + -n + " … " + (n - 1));
        }
        int i = index < 0 ? index + n : index;
        return x.slice(axis, i, i + 1).squeeze(axis);
    }

    static Tensor squeezeAll(Tensor x, int... axes) {
        var kept = x.shape().reduced("squeezeAll", axes); // axes named are 1 there; with none named, all
        var shape = Shape.of();
        for (int i = 0; i < x.rank(); i++) {
            boolean named = axes.length == 0 || isNamed(x.shape(), i, axes);
            shape = named && kept.extent(i) == x.extent(i) ? shape : shape.inserted(shape.rank(), x.extent(i));
        }
        return x.reshape(shape);
    }

    private static boolean isNamed(Shape x, int axis, int... axes) {
        for (int a : axes) {
            if (x.axis("squeezeAll", a) == axis) {
                return true;
            }
        }
        return false;
    }

    static Tensor unflatten(Tensor x, int axis, int... extents) {
        int a = x.shape().axis("unflatten", axis);
        var parts = NdArray.zeros(x.dtype(), x.extent(a)).reshape(extents).shape(); // fills in −1, and checks the product
        var shape = x.shape().removed(a);
        for (int i = 0; i < parts.rank(); i++) {
            shape = shape.inserted(a + i, parts.extent(i));
        }
        return x.reshape(shape);
    }

    static Tensor flatten(Tensor x, int first, int last) {
        if (x.rank() == 0) {
            return x.reshape(1);
        }
        int a = x.shape().axis("flatten", first);
        int b = x.shape().axis("flatten", last);
        if (b < a) {
            throw new IllegalArgumentException("flatten: axis " + first + " comes after " + last + " in " + x.shape()
                + "; give the first one first");
        }
        var shape = x.shape();
        for (int i = a; i <= b; i++) {
            shape = shape.removed(a);
        }
        return x.reshape(shape.inserted(a, x.shape().product(a, b + 1)));
    }

    static Tensor expand(Tensor x, int... extents) {
        int extra = extents.length - x.rank();
        var e = extents.clone();
        for (int i = 0; i < e.length; i++) {
            if (e[i] == -1 && i < extra) {
                throw new IllegalArgumentException("expand: −1 keeps an extent, but axis " + i + " of "
                    + Arrays.toString(extents) + " is new to " + x.shape());
            }
            e[i] = e[i] == -1 ? x.extent(i - extra) : e[i];
        }
        return x.expand(Shape.of(e));
    }

    static List<Tensor> meshgrid(boolean columnsFirst, Tensor... x) {
        var shape = Shape.of();
        for (var t : x) {
            if (t.rank() > 1) {
                throw new IllegalArgumentException("meshgrid: " + t.shape() + " has more than one axis; flatten it");
            }
            shape = shape.inserted(shape.rank(), t.size());
        }
        var y = new Tensor[x.length];
        for (int i = 0; i < x.length; i++) {
            var one = new int[x.length];
            Arrays.fill(one, 1);
            one[i] = x[i].size();
            y[i] = x[i].reshape(Shape.of(one)).expand(shape);
            y[i] = columnsFirst && x.length > 1 ? y[i].transpose(0, 1) : y[i];
        }
        return List.of(y);
    }

    static Tensor blockDiagonal(Tensor... blocks) {
        var matrices = new Tensor[blocks.length];
        int columns = 0;
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].rank() > 2) {
                throw new IllegalArgumentException("blockDiagonal: block " + i + " has shape " + blocks[i].shape()
                    + "; give two axes at most");
            }
            matrices[i] = blocks[i].rank() == 2 ? blocks[i] : blocks[i].reshape(1, blocks[i].size());
            columns += matrices[i].extent(1);
        }
        int at = 0;
        for (int i = 0; i < matrices.length; i++) {
            int width = matrices[i].extent(1);
            matrices[i] = matrices[i].embed(1, at, columns);
            at += width;
        }
        return Tensor.concat(0, matrices);
    }
}
