package keel.nn.loss;

import java.util.Arrays;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Connectionist temporal classification: minus the logarithm of the probability that a sequence of steps, with blanks removed
/// and repeats merged, spells a target, summed over all alignments (Graves et al. 2006, ICML).
///
/// `logp (steps, n, classes)` are log-probabilities, `targets (n, longest)` classes in I32 without the blank, padded with
/// anything; → `(n)`, then reduced. The mean first divides each loss by its target's length, as PyTorch's does.
///
/// The forward variable `a[s]` is the log-probability of all ways to have spelled the first `s` symbols of `∅ t₁ ∅ t₂ … ∅`:
/// `a'[s] = logsumexp(a[s], a[s−1], a[s−2] if symbol s is neither blank nor that of s−2) + logp[symbol s]`.
public record Ctc(int blank, boolean zeroInfinity, Reduction reduction) {
    private static final String NAME = "ctc";
    // Instead of −∞, whose differences are NaN; far below the logarithm of any probability, far above overflow.
    private static final double NEVER = -1e30;

    /// @throws IllegalArgumentException if the blank is negative
    public Ctc {
        if (blank < 0) throw new IllegalArgumentException("ctc: the blank is " + blank + "; give a class");
    }

    /// PyTorch's defaults: class 0 is the blank, an impossible target costs ∞, the mean.
    public static Ctc defaults() {
        return new Ctc(0, false, Reduction.MEAN);
    }

    /// Which class is the blank.
    public Ctc blank(int blank) {
        return new Ctc(blank, zeroInfinity, reduction);
    }

    /// Whether a target that does not fit into its steps costs 0 instead of ∞.
    public Ctc zeroInfinity(boolean zeroInfinity) {
        return new Ctc(blank, zeroInfinity, reduction);
    }

    /// With this reduction.
    public Ctc reduction(Reduction reduction) {
        return new Ctc(blank, zeroInfinity, reduction);
    }

    /// The loss of log-probabilities against targets, both with the lengths that count.
    ///
    /// @throws IllegalArgumentException if shapes do not fit, a length is out of range, or a target is no class or the blank
    public Tensor loss(Tensor logp, NdArray targets, int[] steps, int[] lengths) {
        check(logp, targets, steps, lengths);
        int n = logp.extent(1);
        int width = 2 * targets.extent(1) + 1;
        var symbols = new int[n * width];
        var skips = new boolean[n * width]; // whether s may follow s − 2
        var ends = new int[2 * n]; // the last blank, and the last symbol before it
        Arrays.fill(symbols, blank);
        for (int i = 0; i < n; i++) {
            int row = i * width;
            for (int s = 0; s < lengths[i]; s++) {
                symbols[row + 2 * s + 1] = targets.ints()[i * targets.extent(1) + s];
                skips[row + 2 * s + 1] = s > 0 && symbols[row + 2 * s + 1] != symbols[row + 2 * s - 1];
            }
            ends[2 * i] = 2 * lengths[i];
            ends[2 * i + 1] = Math.max(2 * lengths[i] - 1, 0);
        }
        var a = forward(logp, NdArray.of(Shape.of(n, width), symbols), NdArray.of(Shape.of(n, width), skips), steps);
        var last = a.gather(1, NdArray.of(Shape.of(n, 2), ends));
        var empty = NdArray.of(Shape.of(n), lengths).cast(DType.F64).eq(0); // only the blank, counted once
        var blankOnly = last.slice(1, 0, 1).squeeze(1);
        var each = Tensor.where(empty, blankOnly, logSumExp(blankOnly, last.slice(1, 1, 2).squeeze(1))).neg();
        var impossible = each.gt(-NEVER / 2);
        each = Tensor.where(impossible, Tensor.scalar(logp.dtype(), zeroInfinity ? 0 : Double.POSITIVE_INFINITY), each);
        if (reduction != Reduction.MEAN) return reduction.of(NAME, each);
        var divisor = NdArray.of(Shape.of(n), Arrays.stream(lengths).mapToDouble(l -> Math.max(l, 1)).toArray());
        return reduction.of(NAME, each.div(Tensor.of(divisor.cast(logp.dtype()))));
    }

    private static Tensor forward(Tensor logp, NdArray symbols, NdArray skips, int[] steps) {
        int n = symbols.extent(0);
        int width = symbols.extent(1);
        var never = Tensor.of(NdArray.full(logp.dtype(), Shape.of(n, width), NEVER));
        var first = new boolean[n * width];
        for (int i = 0; i < first.length; i++) first[i] = i % width < 2;
        var a = Tensor.where(NdArray.of(Shape.of(n, width), first), Tensor.scalar(logp.dtype(), 0), never);
        for (int t = 0; t < logp.extent(0); t++) {
            var at = logp.slice(0, t, t + 1).squeeze(0).gather(1, symbols);
            var said = Tensor.where(at.lt(NEVER), never, at);
            var next = a;
            if (t > 0) {
                var one = shifted(a, never, 1);
                var two = Tensor.where(skips, shifted(a, never, 2), never);
                next = logSumExp(a, one, two);
            }
            a = Tensor.where(running(steps, t), next.add(said), a);
        }
        return a;
    }

    // a[s − by], NEVER in front
    private static Tensor shifted(Tensor a, Tensor never, int by) {
        int width = a.extent(1);
        if (by >= width) return never;
        return Tensor.concat(1, never.slice(1, 0, by), a.slice(1, 0, width - by));
    }

    // (n, 1): which sequences still have a step t
    private static NdArray running(int[] steps, int t) {
        var y = new boolean[steps.length];
        for (int i = 0; i < y.length; i++) y[i] = t < steps[i];
        return NdArray.of(Shape.of(y.length, 1), y);
    }

    private static Tensor logSumExp(Tensor... parts) {
        var max = parts[0].value();
        for (var p : parts) max = max.maximum(p.value());
        var shift = Tensor.of(max);
        var sum = parts[0].sub(shift).exp();
        for (int i = 1; i < parts.length; i++) sum = sum.add(parts[i].sub(shift).exp());
        return sum.log().add(shift);
    }

    private void check(Tensor logp, NdArray targets, int[] steps, int... lengths) {
        int n = logp.rank() == 3 ? logp.extent(1) : -1;
        if (n < 0 || targets.rank() != 2 || targets.extent(0) != n || targets.dtype() != DType.I32 || steps.length != n
                || lengths.length != n || blank >= logp.extent(2)) {
            throw new IllegalArgumentException("ctc: log-probabilities " + logp.shape() + ", targets " + targets.dtype() + " "
                + targets.shape() + ", " + steps.length + " and " + lengths.length + " lengths, blank " + blank
                + " do not fit; give (steps, n, classes), I32 (n, longest), and n lengths each");
        }
        for (int i = 0; i < n; i++) {
            if (steps[i] < 1 || steps[i] > logp.extent(0) || lengths[i] < 0 || lengths[i] > targets.extent(1)) {
                throw new IllegalArgumentException("ctc: sequence " + i + " has " + steps[i] + " steps of " + logp.extent(0)
                    + " and " + lengths[i] + " symbols of " + targets.extent(1)
                    + "; give lengths within the arrays, 1 step or more");
            }
            for (int s = 0; s < lengths[i]; s++) {
                int symbol = targets.ints()[i * targets.extent(1) + s];
                if (symbol < 0 || symbol >= logp.extent(2) || symbol == blank) {
                    throw new IllegalArgumentException("ctc: symbol " + symbol + " of sequence " + i + " is no class of 0 … "
                        + (logp.extent(2) - 1) + " other than the blank " + blank);
                }
            }
        }
    }
}
