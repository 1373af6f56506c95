package keel.nn.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Data sets made by formula: for a first test of a model, and for what a net can and cannot learn. Samples come class by class;
/// [Batches] shuffles them.
public final class Synthetic {
    private static final int ALPHABET = 8; // Arjovsky et al.'s

    private Synthetic() {}

    /// Two half circles that reach into each other: `x (n, 2)`, labels 0 and 1. Class 0 is `(cos t, sin t)`, class 1 is
    /// `(1 − cos t, ½ − sin t)`, `t` evenly from 0 to π, with normal noise of this deviation (scikit-learn's `make_moons`).
    ///
    /// Throws [IllegalArgumentException] if `n` < 2 or `noise` < 0.
    public static Dataset moons(int n, double noise, RandomGenerator random) {
        check("moons", n, 2, noise);
        var x = new double[2 * n];
        var labels = new int[n];
        int half = n / 2;
        for (int i = 0; i < n; i++) {
            int label = i < half ? 0 : 1;
            int count = label == 0 ? half : n - half;
            double t = StrictMath.PI * (label == 0 ? i : i - half) / Math.max(1, count - 1);
            x[2 * i] = label == 0 ? StrictMath.cos(t) : 1 - StrictMath.cos(t);
            x[2 * i + 1] = label == 0 ? StrictMath.sin(t) : 0.5 - StrictMath.sin(t);
            labels[i] = label;
        }
        return noisy(Shape.of(n, 2), x, labels, noise, random);
    }

    /// Arms of a spiral, one a class, that no line separates: `x (n, 2)` within the unit circle, labels 0 … `classes` − 1. Arm
    /// `k` is `r·(cos φ, sin φ)` with `φ = 2π(turns·r + k/classes)`, `r` evenly from 0 to 1, with normal noise of this
    /// deviation.
    ///
    /// Throws [IllegalArgumentException] if there are fewer samples than classes or no class, or for `noise` < 0.
    public static Dataset spirals(int n, int classes, double turns, double noise, RandomGenerator random) {
        if (classes < 1) throw new IllegalArgumentException("Synthetic.spirals: " + classes + " classes; give 1 or more");
        check("spirals", n, classes, noise);
        var x = new double[2 * n];
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            int label = (int) ((long) i * classes / n);
            int first = Math.ceilDiv(label * n, classes);
            int count = Math.ceilDiv((label + 1) * n, classes) - first;
            double r = (i - first) / (double) Math.max(1, count - 1);
            double angle = 2 * StrictMath.PI * (turns * r + (double) label / classes);
            x[2 * i] = r * StrictMath.cos(angle);
            x[2 * i + 1] = r * StrictMath.sin(angle);
            labels[i] = label;
        }
        return noisy(Shape.of(n, 2), x, labels, noise, random);
    }

    private static Dataset noisy(Shape shape, double[] x, int[] labels, double noise, RandomGenerator random) {
        var points = NdArray.of(shape, x).add(NdArray.normal(DType.F64, shape, 0, noise, random));
        return new Dataset(points.cast(DType.F32), NdArray.of(labels));
    }

    /// The copying task: remember `length` symbols over `delay` steps. Tokens `x (n, T)` and `labels (n, T)` in I32, with `T =
    /// delay + 2·length` and 10 kinds: symbols 0 … 7, blank 8, delimiter 9.
    ///
    /// A sample is `length` random symbols, `delay − 1` blanks, a delimiter, `length` blanks; its labels are blanks, then the
    /// symbols at the very end (Hochreiter and Schmidhuber 1997; Arjovsky et al. 2015, arXiv:1511.06464, section 5.1). Guessing
    /// blanks and any symbols costs `length·ln 8/T` nats a token.
    ///
    /// Throws [IllegalArgumentException] if a number is below 1.
    public static Dataset copying(int n, int length, int delay, RandomGenerator random) {
        if (n < 1 || length < 1 || delay < 1) {
            throw new IllegalArgumentException("Synthetic.copying: " + n + " samples of " + length + " symbols over " + delay
                + " steps; give 1 or more of each");
        }
        int steps = Math.addExact(delay, Math.multiplyExact(2, length));
        var x = new int[Math.multiplyExact(n, steps)];
        var labels = new int[n * steps];
        Arrays.fill(x, ALPHABET);
        Arrays.fill(labels, ALPHABET);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < length; j++) {
                int symbol = random.nextInt(ALPHABET);
                x[i * steps + j] = symbol;
                labels[i * steps + steps - length + j] = symbol;
            }
            x[i * steps + length + delay - 1] = ALPHABET + 1;
        }
        return new Dataset(NdArray.of(Shape.of(n, steps), x), NdArray.of(Shape.of(n, steps), labels));
    }

    /// The adding task: `x (n, steps, 2)` has a random number from 0 to 1 and a mark at each step; one step of either half is
    /// marked by 1, the others by 0. The target `(n, 1)` is the sum of the two marked numbers (Hochreiter and Schmidhuber 1997,
    /// section 5.4). Always guessing 1 has a mean squared error of 1/6 = 0.167.
    ///
    /// Throws [IllegalArgumentException] if `n` < 1 or `steps` < 2.
    public static Dataset adding(int n, int steps, RandomGenerator random) {
        if (n < 1 || steps < 2) {
            throw new IllegalArgumentException("Synthetic.adding: " + n + " samples of " + steps
                + " steps; give 1 sample or more, of 2 steps or more");
        }
        var x = new float[Math.multiplyExact(n, Math.multiplyExact(2, steps))];
        var targets = new float[n];
        for (int i = 0; i < n; i++) {
            int from = i * 2 * steps;
            for (int j = 0; j < steps; j++) x[from + 2 * j] = random.nextFloat();
            int first = random.nextInt(steps / 2);
            int second = steps / 2 + random.nextInt(steps - steps / 2);
            x[from + 2 * first + 1] = 1;
            x[from + 2 * second + 1] = 1;
            targets[i] = x[from + 2 * first] + x[from + 2 * second];
        }
        return new Dataset(NdArray.of(Shape.of(n, steps, 2), x), NdArray.of(Shape.of(n, 1), targets));
    }

    private static void check(String what, int n, int least, double noise) {
        if (n < least) {
            throw new IllegalArgumentException("Synthetic." + what + ": " + n + " samples; give " + least + " or more");
        }
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Synthetic." + what + ": noise is " + noise
                + "; give a finite number of 0 or more");
        }
    }
}
