package keel.bench.work;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.Parallel;

/// A family's works, each made when it is asked for: only one holds its arrays at a time.
final class Shelf {
    /// Elements of a chunk start at multiples of it, as in the library.
    private static final int TILE = 1024;
    /// Bytes of a float.
    static final double FLOAT = 4;
    /// Bytes of the small objects on the way to a loop and of a graph of one operation.
    private static final double SMALL = 2500;
    /// Floats of a result, at the least, that is written into an array that was released.
    private static final int REUSED = 1024;

    /// What one call does.
    record Cost(double flops, double bytes, double footprint, Traffic traffic) {
        /// `n` elements of so many operations each; `moved` floats an element are read or written, `held` take up memory.
        static Cost each(int n, double flops, double moved, double held, Traffic traffic) {
            return new Cost(flops * n, FLOAT * moved * n, FLOAT * held * n, traffic);
        }
    }

    private final Family family;
    final SequencedMap<String, Supplier<Work>> works = new LinkedHashMap<>();

    Shelf(Family family) {
        this.family = family;
    }

    /// A call that writes into arrays it was given.
    void add(String name, Cost cost, Supplier<Runnable> call) {
        add(name, cost, 0, call);
    }

    /// A call that makes its result of so many floats, as every call of a user does, and one more array as long at the most; a
    /// long one is written where one lies that was released. Vectors that are objects, as long as their loop is not compiled,
    /// take many times that.
    void addMaking(String name, Cost cost, int made, Supplier<Runnable> call) {
        add(name, cost, 2 * FLOAT * Math.min(made, REUSED) + SMALL, call);
    }

    /// A call that makes its result, and whatever else it needs: at most as much as its operands take.
    void addMaking(String name, Cost cost, Supplier<Runnable> call) {
        add(name, cost, cost.footprint, call);
    }

    private void add(String name, Cost cost, double allowed, Supplier<Runnable> call) {
        works.put(name, () -> new Work(family, name, cost.flops, cost.bytes, cost.footprint, cost.traffic, allowed, call.get()));
    }

    /// Runs `task` over `n` elements; on several threads split as the library does, `cost` being an element's in copies of one.
    static Runnable split(int n, int cost, Parallel.RangeTask task) {
        return split((long) n * cost, n, TILE, task);
    }

    /// The same for `n` units of `work` in all, at multiples of `multipleOf`.
    static Runnable split(long work, int n, int multipleOf, Parallel.RangeTask task) {
        if (Parallel.threads() == 1) return () -> task.run(0, n);
        return () -> Parallel.ranges(work, n, multipleOf, task);
    }

    /// Normal numbers, the same for the same `seed`.
    static float[] normal(int n, long seed) {
        return array(seed, n).floats();
    }

    /// The same as an array of this shape.
    static NdArray array(long seed, int... extents) {
        return NdArray.normal(DType.F32, Shape.of(extents), 0, 1, new SplittableRandom(seed));
    }
}
