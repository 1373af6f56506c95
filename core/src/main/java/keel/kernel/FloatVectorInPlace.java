package keel.kernel;

import java.lang.foreign.MemorySegment;

/// Tiles of rows of `A` that are read where they lie, because their distance is a constant of a loop: [FloatVectorWide128] and
/// those generated from it. `DoubleVectorInPlace` is generated from this file.
///
/// They save the copy of `A`, and are loops of their own, of which each takes hundreds of times as long until C2 has compiled it,
/// which takes a second: a program with a few products never needs them. So they are tried, on the side and for a few steps, once
/// a distance has become popular, and serve when they have become fast; with `-Dkeel.rows.inPlace=true` from the start, for
/// tests.
final class FloatVectorInPlace {
    /// Rows of a tile.
    static final int HEIGHT = 13;

    /// Multiply-adds at a distance before its loop is tried: 200 ms, for trials take half of the time for a tenth of a second, and
    /// the other loops are compiled before.
    private static final long POPULAR = 1L << 34;
    /// So many trials are what makes C2 compile it, at once; while it does, only few show whether it is done.
    private static final int ENOUGH = 1000;
    /// Multiply-adds from one trial to the next: 50 µs, which is what a trial takes, and then 1.6 ms and more.
    private static final long PAUSE = 1L << 22;
    private static final long LONG_PAUSE = 1L << 27;
    /// Steps of a trial: 0.2 µs, or twenty and more.
    private static final int STEPS = 24;
    private static final long FAST_NANOS = 2000;
    /// So many in a row are no accident.
    private static final int OFTEN = 16;

    private static final FloatVectorInPlace[] ALL = {new FloatVectorInPlace(FloatVectorWide128.LA),
        new FloatVectorInPlace(FloatVectorWide256.LA),
        // only float: 512 doubles are four kilobytes, and rows so far apart compete for one set of the first-level cache
        new FloatVectorInPlace(FloatVectorWide512.LA)
        // end
    };

    private final int la;
    // Threads may overwrite what others count: nothing depends on it but who computes, to the same bits.
    private long seen;
    private long next = POPULAR;
    private int trials;
    private int fast;

    private FloatVectorInPlace(int la) {
        this.la = la;
    }

    /// Whether tiles of rows `la` apart should be read where they lie, in a product of so many multiply-adds. Nothing lies in the
    /// space yet.
    static boolean suits(int la, long work, FloatVectorSpace space) {
        for (var one : ALL) {
            if (one.la == la) return one.fast >= OFTEN || one.tried(work, space);
        }
        return false;
    }

    private boolean tried(long work, FloatVectorSpace space) {
        seen += work;
        while (seen >= next && fast < OFTEN) {
            next += trials < ENOUGH ? PAUSE : LONG_PAUSE * (trials / ENOUGH);
            trials++;
            long start = System.nanoTime();
            run(STEPS, space.a, 0, la, space.b, 0, space.aside, 0, 0);
            fast = System.nanoTime() - start < FAST_NANOS ? fast + 1 : 0;
        }
        return Boolean.getBoolean("keel.rows.inPlace");
    }

    /// The tile `A·B` of [#HEIGHT] rows.
    static void run(int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] c, int co, int lc) {
        switch (la) {
            case FloatVectorWide128.LA -> FloatVectorWide128.run(kc, a, ao, b, bo, c, co, lc);
            case FloatVectorWide256.LA -> FloatVectorWide256.run(kc, a, ao, b, bo, c, co, lc);
            // only float: as above
            case FloatVectorWide512.LA -> FloatVectorWide512.run(kc, a, ao, b, bo, c, co, lc);
            // end
            default -> throw new IllegalArgumentException("tile: no loop for rows " + la + " apart");
        }
    }
}
