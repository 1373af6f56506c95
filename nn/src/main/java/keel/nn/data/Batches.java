package keel.nn.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;

/// A data set cut into batches: endlessly by [#next], or one round by [#epoch].
///
/// Each round takes every sample once, in an order drawn anew from the given generator (a Fisher–Yates shuffle), so a generator
/// with the same seed gives the same batches. The last batch of a round is shorter where the sizes do not divide, unless
/// [#dropLast]. For one thread.
public final class Batches {
    private final Dataset data;
    private final int batchSize;
    private final RandomGenerator random; // null: in order
    private final boolean dropLast;
    private Iterator<Batch> round;

    private Batches(Dataset data, int batchSize, RandomGenerator random, boolean dropLast) {
        if (data.size() == 0) {
            throw new IllegalArgumentException("Batches: the data set is empty, " + data.x().shape() + "; give 1 sample or more");
        }
        if (batchSize < 1) throw new IllegalArgumentException("Batches: batches of " + batchSize + "; give 1 or more");
        if (dropLast && data.size() < batchSize) {
            throw new IllegalArgumentException("Batches: " + data.size() + " samples make no whole batch of " + batchSize
                + ", and dropLast drops the rest; give smaller batches");
        }
        this.data = data;
        this.batchSize = batchSize;
        this.random = random;
        this.dropLast = dropLast;
    }

    /// Batches of a shuffled data set. Throws [IllegalArgumentException] if it is empty, or if `batchSize` < 1.
    public static Batches of(Dataset data, int batchSize, RandomGenerator random) {
        if (random == null) {
            throw new IllegalArgumentException("Batches: no random generator to shuffle by; "
                + "give one such as new SplittableRandom(42), or use inOrder");
        }
        return new Batches(data, batchSize, random, false);
    }

    /// Batches in the order of the data set, for evaluation. Throws [IllegalArgumentException] if it is empty, or if `batchSize`
    /// < 1.
    public static Batches inOrder(Dataset data, int batchSize) {
        return new Batches(data, batchSize, null, false);
    }

    /// The same batches without a last one that is shorter: what batch normalization needs where that would be a single sample.
    ///
    /// Throws [IllegalArgumentException] if none would be left.
    public Batches dropLast() {
        return new Batches(data, batchSize, random, true);
    }

    /// How many batches make a round.
    public int perEpoch() {
        return dropLast ? data.size() / batchSize : Math.ceilDiv(data.size(), batchSize);
    }

    /// The next batch; after the last one of a round a new round begins.
    public Batch next() {
        if (round == null || !round.hasNext()) round = epoch().iterator();
        return round.next();
    }

    /// One round, apart from those of [#next]; its order is drawn when the iteration begins.
    public Iterable<Batch> epoch() {
        return () -> new Round(order());
    }

    private int[] order() {
        var order = new int[data.size()];
        Arrays.setAll(order, i -> i);
        if (random != null) shuffle(order, random);
        return order;
    }

    static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private final class Round implements Iterator<Batch> {
        private final int[] order;
        private int at;

        Round(int[] order) {
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            return at < perEpoch();
        }

        @Override
        public Batch next() {
            if (!hasNext()) throw new NoSuchElementException("Batches: the round is over; ask hasNext() first");
            int from = at++ * batchSize;
            return data.select(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length))).batch();
        }
    }
}
