package keel.nn.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The orders of rounds: drawn by a generator one after the other, or each by the seed and its number.
final class Order {
    // Odd, of the golden ratio, as SplittableRandom's: numbers next to each other give seeds far apart.
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    final RandomGenerator random; // null: by the seed
    final long seed;

    Order(RandomGenerator random, long seed) {
        this.random = random;
        this.seed = seed;
    }

    int[] places(int n, int round) {
        var y = given(n);
        shuffle(y, random != null ? random : new SplittableRandom(seed + GOLDEN * round));
        return y;
    }

    /// What changes one batch: a generator of its own.
    RandomGenerator random(int round, int position) {
        return new SplittableRandom(new SplittableRandom(~seed + GOLDEN * round).nextLong() + GOLDEN * position);
    }

    static int[] given(int n) {
        var y = new int[n];
        for (int i = 0; i < n; i++) y[i] = i;
        return y;
    }

    static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
