package keel.nn.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.internal.Saved;

/// A data set cut into batches: endlessly by [#next], or one round by [#epoch].
///
/// Each round takes every sample once, in an order drawn anew (a Fisher–Yates shuffle). The last batch of a round is shorter
/// where the sizes do not divide, unless [#dropLast]. For one thread.
///
/// The order comes from a generator ([#of]), so one with the same seed gives the same batches; or from a seed alone ([#seeded]):
/// then every batch is a function of seed, round and place, and such batches can be [augmented][#augmented], prepared
/// [ahead][#prefetch] by other threads, and [saved][#state] and resumed, always with the same bits.
///
/// ```java
/// var batches = Batches.seeded(train, 64, 42).dropLast().augmented(Augment.shift(2).then(Augment.flip(0.5))).prefetch(4);
/// ```
public final class Batches {
    private static final String SEED = "seed";
    private static final String SAMPLES = "samples";
    private static final String BATCH_SIZE = "batch_size";
    private static final String ROUND = "round";
    private static final String POSITION = "position";

    private final Dataset data;
    private final int batchSize;
    private final Order order;
    private final boolean dropLast;
    private final Augment augment; // null: none
    private final Mix mix; // null: none
    private final int ahead;

    // The next batch, if the order is seeded or as given, and those that others prepare from there on.
    private Order resumed;
    private int round;
    private int position;
    private final ArrayDeque<CompletableFuture<Batch>> prepared = new ArrayDeque<>();
    private int[] places; // of the round `placesOf`
    private int placesOf = -1;

    private Iterator<Batch> drawn; // the round that next() is in, if a generator draws the order

    private Batches(Dataset data, int batchSize, Order order, boolean dropLast, Augment augment, Mix mix, int ahead) {
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
        this.order = order;
        this.resumed = order;
        this.dropLast = dropLast;
        this.augment = augment;
        this.mix = mix;
        this.ahead = ahead;
    }

    /// Batches of a data set shuffled by a generator, which may serve others too; they can neither be saved nor prepared ahead.
    ///
    /// Throws [IllegalArgumentException] if the set is empty, or if `batchSize` < 1.
    public static Batches of(Dataset data, int batchSize, RandomGenerator random) {
        if (random == null) {
            throw new IllegalArgumentException("Batches: no random generator to shuffle by; "
                + "give one such as new SplittableRandom(42), or use inOrder");
        }
        return new Batches(data, batchSize, new Order(random, 0), false, null, null, 0);
    }

    /// Batches of a data set shuffled by a seed alone.
    ///
    /// Throws [IllegalArgumentException] if the set is empty, or if `batchSize` < 1.
    public static Batches seeded(Dataset data, int batchSize, long seed) {
        return new Batches(data, batchSize, new Order(null, seed), false, null, null, 0);
    }

    /// Batches in the order of the data set, for evaluation. Throws [IllegalArgumentException] if it is empty, or if `batchSize`
    /// < 1.
    public static Batches inOrder(Dataset data, int batchSize) {
        return new Batches(data, batchSize, null, false, null, null, 0);
    }

    /// The same batches from their beginning, without a last one that is shorter: what batch normalization needs where that would
    /// be a single sample.
    ///
    /// Throws [IllegalArgumentException] if none would be left.
    public Batches dropLast() {
        return new Batches(data, batchSize, order, true, augment, mix, ahead);
    }

    /// The same batches from their beginning, each changed at random, by a seed of its own.
    ///
    /// Throws [IllegalStateException] unless these are [#seeded].
    public Batches augmented(Augment augment) {
        requireSeed("augmented");
        return new Batches(data, batchSize, order, dropLast, augment, mix, ahead);
    }

    /// The same batches from their beginning, with their samples mixed at random, by a seed of its own, after any augmentation.
    ///
    /// Throws [IllegalStateException] unless these are [#seeded].
    public Batches mixed(Mix mix) {
        requireSeed("mixed");
        return new Batches(data, batchSize, order, dropLast, augment, mix, ahead);
    }

    /// The same batches from their beginning, of which other threads prepare the next `ahead` ≥ 0 while one is used; the bits are
    /// the same.
    ///
    /// Throws [IllegalStateException] if a generator draws the order, [IllegalArgumentException] if `ahead` < 0.
    public Batches prefetch(int ahead) {
        if (isDrawn()) throw new IllegalStateException(onlySeeded("prefetch"));
        if (ahead < 0) throw new IllegalArgumentException("Batches.prefetch: " + ahead + " batches ahead; give 0 or more");
        return new Batches(data, batchSize, order, dropLast, augment, mix, ahead);
    }

    private void requireSeed(String what) {
        if (order == null || order.random != null) throw new IllegalStateException(onlySeeded(what));
    }

    private static String onlySeeded(String what) {
        return "Batches." + what + ": the order is not drawn by a seed, so a batch is no function of its place; "
            + "use Batches.seeded";
    }

    private boolean isDrawn() {
        return order != null && order.random != null;
    }

    /// How many batches make a round.
    public int perEpoch() {
        return dropLast ? data.size() / batchSize : Math.ceilDiv(data.size(), batchSize);
    }

    /// The next batch; after the last one of a round a new round begins.
    public Batch next() {
        if (isDrawn()) {
            if (drawn == null || !drawn.hasNext()) drawn = epoch().iterator();
            return drawn.next();
        }
        if (ahead > 0) prepare();
        var batch = prepared.isEmpty() ? make(round, position) : taken();
        if (++position == perEpoch()) {
            position = 0;
            round++;
        }
        return batch;
    }

    // The i-th batch from here on; rounds and places count on from those of the next one.
    private void prepare() {
        while (prepared.size() <= ahead) {
            long at = position + (long) prepared.size();
            int of = round + (int) (at / perEpoch());
            int place = (int) (at % perEpoch());
            var samples = samples(of, place); // here: the order of a round is kept by this thread alone
            var random = random(of, place);
            prepared.add(CompletableFuture.supplyAsync(() -> make(samples, random)));
        }
    }

    private Batch taken() {
        try {
            return prepared.removeFirst().join();
        } catch (CompletionException e) {
            prepared.clear(); // they follow one that is still to come
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// One round. Where a generator draws the order, it is one apart from those of [#next], drawn when the iteration begins;
    /// otherwise what [#next] would give until the end of its round, so that a resumed run ends the round that it was in.
    public Iterable<Batch> epoch() {
        return () -> isDrawn() ? new Drawn(order.places(data.size(), 0)) : new Rest();
    }

    private Batch make(int round, int position) {
        return make(samples(round, position), random(round, position));
    }

    // Called by other threads too: touches nothing that changes.
    private Batch make(int[] samples, RandomGenerator random) {
        var batch = data.select(samples).batch();
        if (augment != null) batch = new Batch(Tensor.of(augment.apply(batch.x().value(), random)), batch.labels());
        return mix == null ? batch : mix.apply(batch, random);
    }

    private int[] samples(int round, int position) {
        if (placesOf != round) {
            places = resumed == null ? Order.given(data.size()) : resumed.places(data.size(), round);
            placesOf = round;
        }
        return cut(places, position);
    }

    private RandomGenerator random(int round, int position) {
        return augment == null && mix == null ? null : resumed.random(round, position);
    }

    private int[] cut(int[] order, int position) {
        int from = position * batchSize;
        return Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    }

    /// Where these batches are: the next one's `round` and `position` in it, the `seed`, and what they are made of. The samples
    /// are not part of it.
    ///
    /// Throws [IllegalStateException] if a generator draws the order.
    public Map<String, NdArray> state() {
        if (isDrawn()) throw new IllegalStateException(onlySeeded("state"));
        var state = new LinkedHashMap<String, NdArray>();
        if (resumed != null) state.put(SEED, NdArray.of((int) (resumed.seed >>> 32), (int) resumed.seed));
        state.put(SAMPLES, Saved.number(data.size()));
        state.put(BATCH_SIZE, Saved.number(batchSize));
        state.put(ROUND, Saved.number(round));
        state.put(POSITION, Saved.number(position));
        return state;
    }

    /// Goes on where [#state] was asked for, over the same data set: with the same batches, to the bit.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrong entry; then nothing was changed.
    /// [IllegalStateException] if a generator draws the order.
    public void load(Map<String, NdArray> state) {
        if (isDrawn()) throw new IllegalStateException(onlySeeded("load"));
        var saved = new Saved("Batches", state);
        var seed = order == null ? null : saved.array(SEED, DType.I32, 1);
        saved.require(seed == null || seed.size() == 2, SEED + " has not 2 elements");
        saved.whole(SAMPLES, data.size(), data.size());
        saved.whole(BATCH_SIZE, batchSize, batchSize);
        int newRound = (int) saved.whole(ROUND, 0, Integer.MAX_VALUE);
        int newPosition = (int) saved.whole(POSITION, 0, perEpoch() - 1L);
        saved.requireSound();
        if (seed != null) resumed = new Order(null, (long) seed.ints()[0] << 32 | Integer.toUnsignedLong(seed.ints()[1]));
        round = newRound;
        position = newPosition;
        prepared.clear();
        placesOf = -1;
    }

    /// What is left of the round that next() is in, at least one batch.
    private final class Rest implements Iterator<Batch> {
        private final int of = round;

        @Override
        public boolean hasNext() {
            return round == of;
        }

        @Override
        public Batch next() {
            if (!hasNext()) throw over();
            return Batches.this.next();
        }
    }

    private final class Drawn implements Iterator<Batch> {
        private final int[] order;
        private int at;

        Drawn(int... order) {
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            return at < perEpoch();
        }

        @Override
        public Batch next() {
            if (!hasNext()) throw over();
            return make(cut(order, at++), null);
        }
    }

    private static NoSuchElementException over() {
        return new NoSuchElementException("Batches: the round is over; ask hasNext() first");
    }
}
