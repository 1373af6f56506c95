package keel.nn;

import java.util.Map;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.nn.internal.Saved;

/// Random numbers whose state can be saved, so that a run goes on as if it had never stopped: the very numbers of
/// `java.util.SplittableRandom`, which hides its state. For one thread.
///
/// ```java
/// var rng = Rng.of(42);                                         // as new SplittableRandom(42)
/// var perStep = Pass.training(Rng.at(42, step));                // nothing to save: the step says it all
/// ```
/// SplitMix64: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA.
public final class Rng implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L; // 2⁶⁴ over the golden ratio, odd
    private static final String STATE = "state";
    private static final int LEAST_CHANGES = 24; // of neighboring bits, or the increment is too regular

    private long state;
    private long increment;

    private Rng(long state, long increment) {
        this.state = state;
        this.increment = increment;
    }

    /// The numbers of `new SplittableRandom(seed)`.
    public static Rng of(long seed) {
        return new Rng(seed, GOLDEN);
    }

    /// Numbers of their own for each step of a run: those of what the `step + 1`-th `split()` of `new SplittableRandom(seed)`
    /// returns, at once.
    ///
    /// @throws IllegalArgumentException if the step is negative
    public static Rng at(long seed, long step) {
        if (step < 0) throw new IllegalArgumentException("Rng.at: step is " + step + "; steps count from 0");
        var at = of(seed + 2 * step * GOLDEN);
        return new Rng(at.nextLong(), increment(at.next()));
    }

    private long next() {
        return state += increment;
    }

    @Override
    public long nextLong() {
        long z = next();
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public int nextInt() {
        long z = next();
        z = (z ^ z >>> 33) * 0x62a9d9ed799705f5L;
        return (int) ((z ^ z >>> 28) * 0xcb24d0a5c88c35b3L >>> 32);
    }

    private static long increment(long z) {
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        z = (z ^ z >>> 33) | 1;
        return Long.bitCount(z ^ z >>> 1) < LEAST_CHANGES ? z ^ 0xaaaaaaaaaaaaaaaaL : z;
    }

    /// What all later numbers depend on, 128 bits in four integers.
    public Map<String, NdArray> state() {
        return Map.of(STATE, NdArray.of((int) (state >>> 32), (int) state, (int) (increment >>> 32), (int) increment));
    }

    /// Takes over what [#state] once gave: the next number is the one that was next then.
    ///
    /// @throws IllegalArgumentException that lists what is missing, unexpected or wrong; then nothing was changed
    public void load(Map<String, NdArray> saved) {
        var reading = new Saved("Rng", saved);
        var words = reading.array(STATE, DType.I32, 1);
        reading.require(words == null || words.size() == 4 && (words.ints()[3] & 1) == 1, STATE + " is no state of an Rng");
        reading.requireSound();
        var w = words.ints();
        state = (long) w[0] << 32 | Integer.toUnsignedLong(w[1]);
        increment = (long) w[2] << 32 | Integer.toUnsignedLong(w[3]);
    }
}
