package keel.tests.gen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/// Everything random that tests of arrays need. Shapes are arbitraries, so that a failure shrinks to the smallest; values come
/// from a generator that the test seeds, so that they repeat. Nothing here knows how a result is checked.
public final class Samples {
    private Samples() {}

    // ---- shapes

    /// Shapes of up to `maxSize` elements; extents 0 and 1 are frequent, as is rank 0 where allowed. (jqwik's own edge cases
    /// would add little and crowd out the rest.)
    public static Arbitrary<Shape> shapes(int minRank, int maxRank, int maxSize) {
        var extent = Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(3, 1), Tuple.of(4, 2), Tuple.of(4, 3), Tuple.of(2, 4),
            Tuple.of(1, 5), Tuple.of(1, 7));
        return extent.list().ofMinSize(minRank).ofMaxSize(maxRank).map(Samples::shape).filter(s ->
            s.size() <= maxSize).withoutEdgeCases();
    }

    /// One such shape, of no more than `maxRank` axes.
    public static Shape shape(int maxRank, int maxSize, RandomGenerator random) {
        int[] extents = {0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 7};
        while (true) {
            var e = new int[random.nextInt(maxRank + 1)];
            Arrays.setAll(e, _ -> extents[random.nextInt(extents.length)]);
            if (Shape.of(e).size() <= maxSize) {
                return Shape.of(e);
            }
        }
    }

    /// Shapes whose last axis is around a multiple of the lanes of a vector, or of the block of a sum, with up to three short
    /// axes before it.
    public static Arbitrary<Shape> awkward() {
        var last = Arbitraries.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 1023, 1024, 1025,
            2049);
        return shapes(0, 3, 12).flatMap(s -> last.map(n -> s.inserted(s.rank(), n))).withoutEdgeCases();
    }

    /// `count` shapes that broadcast to `result` together, and to nothing smaller: each axis is whole in at least one of them;
    /// leading axes are missing at random.
    public static Shape[] broadcastable(Shape result, int count, RandomGenerator random) {
        var extents = new int[count][];
        var keeps = new int[count];
        int whole = random.nextInt(count); // this one keeps its rank
        for (int i = 0; i < count; i++) {
            extents[i] = result.extents();
            keeps[i] = i == whole ? result.rank() : random.nextInt(result.rank() + 1);
        }
        for (int axis = 0; axis < result.rank(); axis++) {
            int keeper = random.nextInt(count);
            if (axis < result.rank() - keeps[keeper]) {
                keeper = whole;
            }
            for (int i = 0; i < count; i++) {
                if (i != keeper && random.nextInt(3) == 0) {
                    extents[i][axis] = 1;
                }
            }
        }
        var y = new Shape[count];
        for (int i = 0; i < count; i++) {
            y[i] = Shape.of(Arrays.copyOfRange(extents[i], result.rank() - keeps[i], result.rank()));
        }
        return y;
    }

    /// A shape of the same rank or less that broadcasts to `result`.
    public static Shape broadcastableTo(Shape result, RandomGenerator random) {
        var e = result.extents();
        for (int axis = 0; axis < e.length; axis++) {
            e[axis] = random.nextBoolean() ? 1 : e[axis];
        }
        return Shape.of(Arrays.copyOfRange(e, random.nextInt(e.length + 1), e.length));
    }

    private static Shape shape(List<Integer> extents) {
        return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
    }

    // ---- values

    /// Uniform in `low … high`.
    public static NdArray between(DType dtype, Shape shape, double low, double high, RandomGenerator random) {
        return fill(dtype, shape, () -> low + (high - low) * random.nextDouble());
    }

    /// Either sign, magnitude in `low … high`: away from a kink at 0.
    public static NdArray signed(DType dtype, Shape shape, double low, double high, RandomGenerator random) {
        return fill(dtype, shape, () -> (random.nextBoolean() ? 1 : -1) * (low + (high - low) * random.nextDouble()));
    }

    /// At least `margin` away from each of the kinks, in `−high … high`.
    public static NdArray awayFrom(double margin, double high, DType dtype, Shape shape, RandomGenerator random,
        double... kinks) {
        return fill(dtype, shape, () -> {
            while (true) {
                double x = high * (2 * random.nextDouble() - 1);
                if (Arrays.stream(kinks).allMatch(k -> Math.abs(x - k) >= margin)) {
                    return x;
                }
            }
        });
    }

    /// Every two elements at least 0.1 apart, in random order, around 0.
    public static NdArray distinct(DType dtype, Shape shape, RandomGenerator random) {
        var grid = new ArrayList<Double>();
        for (int i = 0; i < shape.size(); i++) {
            grid.add(0.2 * (i - shape.size() / 2) + 0.1 * random.nextDouble());
        }
        Collections.shuffle(grid, new Random(random.nextLong()));
        var next = grid.iterator();
        return fill(dtype, shape, next::next);
    }

    /// Multiples of 2⁻⁶ in `−2 … 2`: sums and products of a few are exact, in F32 too.
    public static NdArray dyadic(DType dtype, Shape shape, RandomGenerator random) {
        return fill(dtype, shape, () -> random.nextInt(-128, 129) / 64.0);
    }

    /// Mostly values that break things: NaN, zeros of both signs, infinities, denormals, ±1e30, the largest and smallest normal.
    public static NdArray special(DType dtype, Shape shape, RandomGenerator random) {
        return fill(dtype, shape, () -> {
            int i = random.nextInt(SPECIAL.length + 4);
            return i < SPECIAL.length ? SPECIAL[i] : 4 * random.nextDouble() - 2;
        });
    }

    /// What [#special] mixes in; those beyond F32 become infinities or zeros there.
    private static final double[] SPECIAL = {Double.NaN, 0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE, -Float.MIN_VALUE,
        Float.MIN_NORMAL, Double.MIN_VALUE, 1e30, -1e30, Float.MAX_VALUE, Double.MAX_VALUE, 1, -1};

    /// Indices in `0 … extent−1`; repeats are likely.
    public static NdArray indices(Shape shape, int extent, RandomGenerator random) {
        var i = new int[shape.size()];
        for (int j = 0; j < i.length; j++) {
            i[j] = random.nextInt(extent);
        }
        return NdArray.of(shape, i);
    }

    /// Fair coins.
    public static NdArray mask(Shape shape, RandomGenerator random) {
        var m = new boolean[shape.size()];
        for (int i = 0; i < m.length; i++) {
            m[i] = random.nextBoolean();
        }
        return NdArray.of(shape, m);
    }

    /// Random axes of a shape, each at most once, some counted from the end; none is possible.
    public static int[] axes(Shape shape, RandomGenerator random) {
        var y = new ArrayList<Integer>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (random.nextBoolean()) {
                y.add(random.nextInt(y.size() + 1), random.nextBoolean() ? axis : axis - shape.rank());
            }
        }
        return y.stream().mapToInt(Integer::intValue).toArray();
    }

    /// One axis of a shape that has some, counted from either end.
    public static int axis(Shape shape, RandomGenerator random) {
        return random.nextInt(shape.rank()) - (random.nextBoolean() ? shape.rank() : 0);
    }

    /// A random order of all axes.
    public static int[] order(int rank, RandomGenerator random) {
        var y = new ArrayList<Integer>();
        for (int i = 0; i < rank; i++) {
            y.add(random.nextInt(y.size() + 1), i);
        }
        return y.stream().mapToInt(Integer::intValue).toArray();
    }

    private static NdArray fill(DType dtype, Shape shape, DoubleSupplier next) {
        var y = new double[shape.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = next.getAsDouble();
        }
        return NdArray.of(shape, y).cast(dtype);
    }
}
