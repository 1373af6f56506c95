package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Rearrangements of elements, of every type, against index arithmetic; those that undo each other do.
class RearrangementProperties {
    @Provide
    Arbitrary<Shape> shapes() {
        return Samples.shapes(0, 5, 200);
    }

    @Provide
    Arbitrary<Shape> withAxes() {
        return Samples.shapes(1, 5, 200);
    }

    @Provide
    Arbitrary<DType> types() {
        return Arbitraries.of(DType.values());
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    /// Small integers: exact in every type, some alike.
    private static NdArray any(DType dtype, Shape shape, SplittableRandom random) {
        return Samples.indices(shape, 100, random).cast(dtype);
    }

    @Property
    void permuteMovesAxesAndItsInverseMovesThemBack(@ForAll("shapes") Shape shape, @ForAll("types") DType dtype,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = any(dtype, shape, random);
        int rank = shape.rank();
        var order = Samples.order(rank, random);
        var named = order.clone();
        var inverse = new int[rank];
        var extents = new int[rank];
        for (int i = 0; i < rank; i++) {
            inverse[order[i]] = i;
            extents[i] = shape.extent(order[i]);
            named[i] -= random.nextBoolean() ? rank : 0;
        }
        var a = Naive.of(x);
        var y = x.permute(named);
        Naive.build(extents, i -> {
            var from = new int[rank];
            for (int j = 0; j < rank; j++) {
                from[order[j]] = i[j];
            }
            return a.at(from);
        }).assertIs("permute " + Arrays.toString(order) + " of " + shape, y);
        assertEquals(dtype, y.dtype());
        a.assertIs("permute back", y.permute(inverse));
    }

    /// Indices along every axis, as long as x elsewhere or shorter, lines longer than vectors and of one, of every type.
    @Test
    void lookingUpAndPuttingBackAlongEveryAxis() {
        var random = new SplittableRandom(14);
        for (var shape : new Shape[] {Shape.of(70), Shape.of(5, 67), Shape.of(67, 5), Shape.of(3, 4, 33), Shape.of(40, 1),
            Shape.of(7, 3, 1), Shape.of(2, 3, 2, 19), Shape.of(4, 0, 3), Shape.of(1, 1)}) {
            for (var dtype : DType.values()) {
                var x = any(dtype, shape, random);
                var a = Naive.of(x);
                for (int axis = 0; axis < shape.rank(); axis++) {
                    int k = axis;
                    int n = shape.extent(axis);
                    for (int i = 0; i < 4; i++) {
                        var extents = shape.with(axis, n == 0 ? 0 : random.nextInt(2 * n + 1)).extents();
                        for (int other = 0; other < extents.length && i > 1; other++) {
                            extents[other] = other == k ? extents[k] : random.nextInt(extents[other] + 1);
                        }
                        var index = Samples.indices(Shape.of(extents), Math.max(1, n), random);
                        var at = Naive.of(index);
                        String what = " " + dtype + " " + index.shape() + " of " + shape + " along " + axis;
                        Naive.build(extents, p -> a.at(moved(p, k, (int) at.at(p)))).assertIs("gather" + what,
                            x.gather(axis, index));
                        var source = any(dtype, index.shape(), random);
                        var y = x.toDoubles();
                        var sums = new double[y.length];
                        var from = source.toDoubles();
                        var each = new int[] {0};
                        Naive.build(extents, p -> {
                            int to = 0;
                            for (int d = 0; d < p.length; d++) {
                                to = to * shape.extent(d) + (d == k ? (int) at.at(p) : p[d]);
                            }
                            y[to] = from[each[0]];
                            sums[to] += from[each[0]++];
                            return 0;
                        });
                        assertArrayEquals(y, x.scatter(axis, index, source).toDoubles(), "scatter" + what);
                        if (i < 2 && dtype.isFloat()) {
                            assertArrayEquals(sums, source.scatterAdd(axis, index, n).toDoubles(), "scatterAdd" + what);
                        }
                    }
                    var rows = Samples.indices(Shape.of(n == 0 ? 0 : 2 * n + 1), Math.max(1, n), random);
                    var many = shape.with(axis, rows.size());
                    Naive.build(many.extents(), p -> a.at(moved(p, k, rows.ints()[p[k]]))).assertIs("indexSelect",
                        x.indexSelect(axis, rows));
                }
            }
        }
    }

    /// Lines longer than vectors, of every type.
    @Test
    void gridsAndRollsAtLength() {
        var random = new SplittableRandom(13);
        for (var shape : new Shape[] {Shape.of(70), Shape.of(5, 67), Shape.of(3, 4, 33), Shape.of(2, 3, 2, 40),
            Shape.of(9, 0, 3)}) {
            for (var dtype : DType.values()) {
                var x = any(dtype, shape, random);
                var a = Naive.of(x);
                int rank = shape.rank();
                for (int code = 1; code < 1 << rank; code++) {
                    int axes = code;
                    var named = IntStream.range(0, rank).filter(i -> (axes >> i & 1) != 0).toArray();
                    Naive.build(shape.extents(), i -> a.at(IntStream.range(0, rank)
                        .map(k -> (axes >> k & 1) != 0 ? shape.extent(k) - 1 - i[k] : i[k]).toArray()))
                        .assertIs("flip " + Arrays.toString(named) + " of " + shape, x.pick(Grid.flip(shape, named)));
                }
                for (int axis = 0; axis < rank; axis++) {
                    int n = shape.extent(axis);
                    for (int by = 0; by <= Math.min(n, 3); by++) {
                        int k = axis;
                        int shift = by;
                        Naive.build(shape.extents(), i -> {
                            i[k] = Math.floorMod(i[k] - shift, n);
                            return a.at(i);
                        }).assertIs("roll " + shape + " by " + by, x.roll(axis - rank, by));
                    }
                    for (int step = 1; step < 4; step++) {
                        int k = axis;
                        int s = step;
                        int from = Math.min(1, n);
                        Naive.build(shape.with(axis, Math.ceilDiv(n - from, step)).extents(), i -> {
                            i[k] = from + i[k] * s;
                            return a.at(i);
                        }).assertIs("slice " + shape + " by " + step, x.pick(Grid.slice(shape, axis, from, n, step)));
                    }
                }
            }
        }
        var message = assertThrows(IllegalArgumentException.class, () -> NdArray.ones(DType.F32, 2, 3).roll(1, 4)).getMessage();
        assertEquals("roll: by 4 along axis 1 of (2, 3); give 0 … 3", message);
    }

    /// Shortcuts for certain orders must not be taken for others that look alike because extents are 1 or equal: all orders of
    /// all small shapes.
    @Test
    void permuteIsRightForEveryOrderOfEveryShapeOfOnesAndTwosAndThrees() {
        for (int code = 0; code < 81; code++) {
            var shape = Shape.of(1 + code % 3, 1 + code / 3 % 3, 1 + code / 9 % 3, 1 + code / 27);
            var x = NdArray.arange(DType.F32, shape.size()).reshape(shape);
            var a = Naive.of(x);
            for (int p = 0; p < 256; p++) {
                int[] order = {p % 4, p / 4 % 4, p / 16 % 4, p / 64};
                if (Arrays.stream(order).distinct().count() == 4) {
                    var extents = Arrays.stream(order).map(shape::extent).toArray();
                    Naive.build(extents, i -> {
                        var from = new int[4];
                        for (int j = 0; j < 4; j++) {
                            from[order[j]] = i[j];
                        }
                        return a.at(from);
                    }).assertIs("permute " + Arrays.toString(order) + " of " + shape, x.permute(order));
                }
            }
        }
    }

    /// Extents beyond a vector, of every type: heads of attention, channels last, blocks of pixels, both halves swapped; and
    /// matrices of few rows or columns, longer than the tables by which they are looked up.
    @Test
    void largerArraysArePermutedTheSame() {
        for (var shape : List.of(Shape.of(3, 18, 5, 40), Shape.of(1, 3, 1100, 3))) {
            var x = NdArray.arange(DType.I32, shape.size()).reshape(shape);
            for (int[] order : new int[][] {{0, 2, 1, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {3, 2, 1, 0}, {2, 3, 0, 1}, {0, 1, 3, 2},
                {1, 0, 3, 2}, {3, 0, 1, 2}, {1, 2, 3, 0}}) {
                for (var dtype : DType.values()) {
                    var a = Naive.of(x.cast(dtype));
                    Naive.build(Arrays.stream(order).map(x::extent).toArray(), i -> {
                        var from = new int[4];
                        for (int j = 0; j < 4; j++) {
                            from[order[j]] = i[j];
                        }
                        return a.at(from);
                    }).assertIs("permute " + Arrays.toString(order) + " of " + shape, x.cast(dtype).permute(order));
                }
            }
        }
    }

    @Test
    void whatLiesInMemoryIsPickedTheSame() {
        int n = 4_200_001;
        var at = new int[1000];
        Arrays.setAll(at, i -> i == 0 ? n - 1 : (int) (i * 7_919_017L % n));
        for (var dtype : List.of(DType.F32, DType.F64)) {
            var x = NdArray.arange(DType.I32, n).cast(dtype);
            var index = NdArray.of(at);
            var expected = Arrays.stream(at).asDoubleStream().toArray();
            assertArrayEquals(expected, x.indexSelect(0, index).toDoubles());
            assertArrayEquals(expected, x.gather(0, index).toDoubles());
        }
    }

    @Property
    void transposeSwapsTwoAxes(@ForAll("withAxes") Shape shape, @ForAll("types") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = any(dtype, shape, random);
        int p = Samples.axis(shape, random);
        int q = Samples.axis(shape, random);
        var order = new int[shape.rank()];
        Arrays.setAll(order, i -> i);
        order[Math.floorMod(p, shape.rank())] = Math.floorMod(q, shape.rank());
        order[Math.floorMod(q, shape.rank())] = Math.floorMod(p, shape.rank());
        Naive.of(x.permute(order)).assertIs("transpose", x.transpose(p, q));
        if (shape.rank() > 1) {
            Naive.of(x.transpose(-1, -2)).assertIs("transpose()", x.transpose());
        }
    }

    @Property
    void reshapeKeepsOrderAndSharesStorage(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = any(dtype, shape, random);
        var flat = x.reshape(Shape.of(shape.size()));
        assertArrayEquals(x.toDoubles(), flat.toDoubles());
        assertEquals(shape, flat.reshape(shape.extents()).shape());
        if (shape.size() > 0) {
            flat.set(-7, shape.size() - 1);
            assertEquals(-7, x.toDoubles()[shape.size() - 1]);
            assertEquals(flat.version(), x.version());
            var one = shape.extents();
            if (one.length > 0) {
                one[random.nextInt(one.length)] = -1;
                assertEquals(shape, flat.reshape(one).shape());
            }
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            var y = x.flatten(axis);
            assertEquals(axis + 1, y.rank());
            assertEquals(shape.product(axis, shape.rank()), y.extent(-1));
            assertEquals(x.extent(axis) == 1, catches(x, axis));
        }
        for (int axis = -shape.rank() - 1; axis <= shape.rank(); axis++) {
            var y = x.unsqueeze(axis);
            assertEquals(1, y.extent(axis));
            assertEquals(shape, y.squeeze(axis).shape());
        }
    }

    private static boolean catches(NdArray x, int axis) {
        try {
            return x.squeeze(axis).rank() == x.rank() - 1;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Property
    void expandRepeats(@ForAll("shapes") Shape shape, @ForAll("types") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = any(dtype, Samples.broadcastableTo(shape, random), random);
        var a = Naive.of(x);
        Naive.build(shape.extents(), a::at).assertIs("expand", x.expand(shape));
    }

    @Property
    void sliceCutsEmbedPutsBackConcatJoins(@ForAll("withAxes") Shape shape, @ForAll("types") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = any(dtype, shape, random);
        int axis = Samples.axis(shape, random);
        int at = Math.floorMod(axis, shape.rank());
        int n = shape.extent(at);
        int from = random.nextInt(n + 1);
        int to = from + random.nextInt(n - from + 1);
        var a = Naive.of(x);
        var y = x.slice(axis, from, to);
        Naive.build(shape.with(at, to - from).extents(), i -> a.at(moved(i, at, i[at] + from))).assertIs("slice", y);
        Naive.build(shape.extents(), i -> i[at] >= from && i[at] < to ? a.at(i) : 0).assertIs("embed", y.embed(axis, from, n));
        a.assertIs("concat of slices", NdArray.concat(axis, x.slice(axis, 0, from), y, x.slice(axis, to, n)));
        assertEquals(dtype, NdArray.concat(axis, x, y).dtype());
    }

    @Property
    void stackMakesAnAxis(@ForAll("shapes") Shape shape, @ForAll("types") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var parts = new NdArray[1 + random.nextInt(3)];
        Arrays.setAll(parts, _ -> any(dtype, shape, random));
        int axis = random.nextInt(shape.rank() + 1) - (random.nextBoolean() ? shape.rank() + 1 : 0);
        int at = Math.floorMod(axis, shape.rank() + 1);
        var y = NdArray.stack(axis, parts);
        var a = Arrays.stream(parts).map(Naive::of).toList();
        Naive.build(shape.inserted(at, parts.length).extents(), i -> {
            var rest = new int[i.length - 1];
            for (int j = 0; j < rest.length; j++) {
                rest[j] = i[j < at ? j : j + 1];
            }
            return a.get(i[at]).at(rest);
        }).assertIs("stack", y);
    }

    @Property
    void indexSelectPicksSlicesAndIndexAddAddsThemUp(@ForAll("withAxes") Shape shape, @ForAll("types") DType dtype,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        int axis = Samples.axis(shape, random);
        int at = Math.floorMod(axis, shape.rank());
        int n = shape.extent(at);
        var index = Samples.indices(Shape.of(n == 0 ? 0 : random.nextInt(6)), n, random);
        var x = any(dtype, shape, random);
        var a = Naive.of(x);
        var rows = index.toInts();
        var y = x.indexSelect(axis, index);
        Naive.build(shape.with(at, rows.length).extents(), i -> a.at(moved(i, at, rows[i[at]]))).assertIs("indexSelect", y);
        assertEquals(dtype, y.dtype());
        if (dtype.isFloat()) {
            var b = Naive.of(y);
            Naive.build(shape.extents(), i -> {
                double sum = 0;
                for (int j = 0; j < rows.length; j++) {
                    sum += rows[j] == i[at] ? b.at(moved(i, at, j)) : 0;
                }
                return sum;
            }).assertIs("indexAdd", y.indexAdd(axis, index, n));
        }
    }

    @Property
    void gatherLooksUpAndScatterAddAddsBack(@ForAll("withAxes") Shape shape, @ForAll("types") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        int axis = Samples.axis(shape, random);
        int at = Math.floorMod(axis, shape.rank());
        int n = shape.extent(at);
        var index = Samples.indices(shape.with(at, n == 0 ? 0 : random.nextInt(6)), Math.max(n, 1), random);
        var x = any(dtype, shape, random);
        var a = Naive.of(x);
        var where = Naive.of(index);
        var y = x.gather(axis, index);
        Naive.build(index.shape().extents(), i -> a.at(moved(i, at, (int) where.at(i)))).assertIs("gather", y);
        assertEquals(dtype, y.dtype());
        if (dtype.isFloat()) {
            var b = Naive.of(y);
            Naive.build(shape.extents(), i -> {
                double sum = 0;
                for (int j = 0; j < index.extent(at); j++) {
                    sum += where.at(moved(i, at, j)) == i[at] ? b.at(moved(i, at, j)) : 0;
                }
                return sum;
            }).assertIs("scatterAdd", y.scatterAdd(axis, index, n));
        }
    }

    @Property
    void castKeepsWhatTheTypeCanHold(@ForAll("shapes") Shape shape, @ForAll("types") DType from, @ForAll("types") DType to,
        @ForAll long seed) {
        var x = any(from, shape, new SplittableRandom(seed));
        var y = x.cast(to);
        assertEquals(to, y.dtype());
        Naive.of(x).map(v -> to == DType.BOOL && v != 0 ? 1 : v).assertIs("cast", y);
        Naive.of(x).assertIs("copy", x.copy());
    }

    private static int[] moved(int[] index, int axis, int i) {
        var y = index.clone();
        y[axis] = i;
        return y;
    }
}
