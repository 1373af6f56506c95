package keel.nn.clip;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.internal.Saved;

/// ZClip: a norm that lies more than `threshold` standard deviations above its running mean is a spike, and the higher, the
/// harder it is cut.
final class ZScore implements Rule {
    // The paper's reference implementation: keeps a deviation of 0 from dividing.
    private static final double EPS = 1e-6;
    private static final String SEEN = "seen";
    private static final String MEAN = "mean";
    private static final String VARIANCE = "variance";

    private final double threshold;
    private final double decay;
    private final double[] seen; // norms of the steps of warmup; the last of them is followed by the first mean
    private int count;
    private double mean;
    private double variance;

    ZScore(double threshold, double decay, int warmup) {
        this.threshold = threshold;
        this.decay = decay;
        this.seen = new double[warmup];
    }

    @Override
    public Clipped clip(Gradients gradients, double norm) {
        if (!Double.isFinite(norm)) return Clipped.unchanged(gradients);
        if (count < seen.length) {
            seen[count++] = norm;
            if (count == seen.length) begin();
            return Clipped.unchanged(gradients);
        }
        double z = (norm - mean) / (Math.sqrt(variance) + EPS);
        double effective = z > threshold ? mean + threshold * Math.sqrt(variance) / (z / threshold) : norm;
        mean = decay * mean + (1 - decay) * effective;
        variance = decay * variance + (1 - decay) * (effective - mean) * (effective - mean);
        return effective < norm ? Rule.toNorm(gradients, norm, effective) : Clipped.unchanged(gradients);
    }

    private void begin() {
        mean = Arrays.stream(seen).sum() / count;
        variance = Arrays.stream(seen).map(x -> (x - mean) * (x - mean)).sum() / count;
    }

    @Override
    public Map<String, NdArray> state() {
        var state = new LinkedHashMap<String, NdArray>();
        state.put(SEEN, NdArray.of(Arrays.copyOf(seen, count)));
        state.put(MEAN, Saved.number(mean));
        state.put(VARIANCE, Saved.number(variance));
        return state;
    }

    @Override
    public void load(Saved state) {
        var norms = state.array(SEEN, DType.F64, 1);
        double newMean = state.number(MEAN);
        double newVariance = state.number(VARIANCE);
        state.require(norms == null || norms.size() <= seen.length,
            SEEN + " holds more norms than the " + seen.length + " steps of warmup");
        state.requireSound();
        count = norms.size();
        System.arraycopy(norms.doubles(), 0, seen, 0, count);
        mean = newMean;
        variance = newVariance;
    }
}
