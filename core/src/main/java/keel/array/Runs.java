package keel.array;

import java.util.Arrays;

/// Walks a broadcast shape as runs along its last axis: for each operand the offset of the run, and its stride inside the run (0
/// or 1). Axes over which every operand advances evenly are merged first, so that runs are as long as they can be.
final class Runs {
    private final int[] extents;
    private final int[][] strides;
    private final int[] index;
    private final int[] offsets;
    private final int count;

    private Runs(int[] extents, int[][] strides) {
        this.extents = extents;
        this.strides = strides;
        this.index = new int[extents.length];
        this.offsets = new int[strides.length];
        int n = 1;
        for (int i = 0; i < extents.length - 1; i++) {
            n *= extents[i];
        }
        this.count = n;
    }

    /// Runs of `shape`, to which every operand broadcasts.
    static Runs of(Shape shape, Shape... operands) {
        int rank = shape.rank();
        var extents = new int[Math.max(rank, 1)];
        var strides = new int[operands.length][extents.length];
        int merged = 0;
        for (int axis = 0; axis < rank; axis++) {
            int e = shape.extent(axis);
            if (e == 1) {
                continue;
            }
            var s = new int[operands.length];
            boolean continues = merged > 0;
            for (int o = 0; o < operands.length; o++) {
                s[o] = stride(operands[o], axis - rank);
                continues &= merged > 0 && strides[o][merged - 1] == s[o] * e;
            }
            if (continues) {
                merged--;
                extents[merged] *= e;
            } else {
                extents[merged] = e;
            }
            for (int o = 0; o < operands.length; o++) {
                strides[o][merged] = s[o];
            }
            merged++;
        }
        if (merged == 0) {
            extents[merged++] = 1;
        }
        var e = Arrays.copyOf(extents, merged);
        for (int o = 0; o < operands.length; o++) {
            strides[o] = Arrays.copyOf(strides[o], merged);
        }
        return new Runs(e, strides);
    }

    // Stride of the axis counted from the end (−1 is the last) in a dense operand; 0 where it is broadcast.
    private static int stride(Shape operand, int fromEnd) {
        int axis = operand.rank() + fromEnd;
        return axis < 0 || operand.extent(axis) == 1 ? 0 : operand.product(axis + 1, operand.rank());
    }

    /// Length of each run.
    int inner() {
        return extents[extents.length - 1];
    }

    /// Number of runs.
    int count() {
        return count;
    }

    /// Stride of an operand inside a run: 0 or 1.
    int innerStride(int operand) {
        return strides[operand][extents.length - 1];
    }

    /// From one run to the next in an operand, for [#left] runs from the current one on.
    int outerStride(int operand) {
        return extents.length < 2 ? innerStride(operand) * inner() : strides[operand][extents.length - 2];
    }

    /// How many runs, from the current one on, lie evenly.
    int left() {
        return extents.length < 2 ? 1 : extents[extents.length - 2] - index[extents.length - 2];
    }

    /// Offset of the current run in an operand.
    int offset(int operand) {
        return offsets[operand];
    }

    /// Goes to a run by its number.
    Runs startAt(int run) {
        for (int axis = extents.length - 2; axis >= 0; axis--) {
            index[axis] = run % extents[axis];
            run /= extents[axis];
            for (int o = 0; o < offsets.length; o++) {
                offsets[o] += strides[o][axis] * index[axis];
            }
        }
        return this;
    }

    /// Goes to the next run.
    void next() {
        next(1);
    }

    /// Goes on by as many runs, [#left] at most.
    void next(int runs) {
        for (int axis = extents.length - 2, by = runs; axis >= 0; axis--, by = 1) {
            index[axis] += by;
            for (int o = 0; o < offsets.length; o++) {
                offsets[o] += strides[o][axis] * by;
            }
            if (index[axis] < extents[axis]) {
                return;
            }
            for (int o = 0; o < offsets.length; o++) {
                offsets[o] -= strides[o][axis] * extents[axis];
            }
            index[axis] = 0;
        }
    }
}
