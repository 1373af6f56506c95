package keel.nn.clip;

import java.util.Arrays;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.internal.Saved;

/// AutoClip: the bound is a percentile of all norms so far, this one included.
final class Percentile implements Rule {
    private static final String NORMS = "norms";

    private final double share;
    private double[] sorted = new double[64];
    private int count;

    Percentile(double percentile) {
        this.share = percentile / 100;
    }

    @Override
    public Clipped clip(Gradients gradients, double norm) {
        if (!Double.isFinite(norm)) return Clipped.unchanged(gradients);
        insert(norm);
        return Rule.toNorm(gradients, norm, quantile());
    }

    private void insert(double norm) {
        if (count == sorted.length) sorted = Arrays.copyOf(sorted, 2 * count);
        int at = Arrays.binarySearch(sorted, 0, count, norm);
        if (at < 0) at = -at - 1;
        System.arraycopy(sorted, at, sorted, at + 1, count++ - at);
        sorted[at] = norm;
    }

    // NumPy's: linear between the two norms next to the place.
    private double quantile() {
        double place = share * (count - 1);
        int below = (int) place;
        if (below == count - 1) return sorted[below];
        return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
    }

    @Override
    public Map<String, NdArray> state() {
        return Map.of(NORMS, NdArray.of(Arrays.copyOf(sorted, count)));
    }

    @Override
    public void load(Saved state) {
        var norms = state.array(NORMS, DType.F64, 1);
        var values = norms == null ? new double[0] : norms.toDoubles();
        state.require(Arrays.stream(values).allMatch(x -> x >= 0 && x < Double.POSITIVE_INFINITY),
            NORMS + " holds a number that is no norm");
        state.requireSound();
        Arrays.sort(values);
        count = values.length;
        sorted = Arrays.copyOf(values, Math.max(64, count));
    }
}
