package keel.nn.model;

import java.util.random.RandomGenerator;

import keel.array.NdArray;

/// How the next token is chosen from its logits: drawn from `softmax(logits/temperature)` over the `topK` largest.
///
/// @param temperature below 1 sharper, above 1 flatter; 0 takes the largest and draws nothing
/// @param topK how many take part (Fan et al. 2018, arXiv:1805.04833); 0 for all
public record Sampling(double temperature, int topK) {
    /// @throws IllegalArgumentException if a number is negative or not finite
    public Sampling {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY) || topK < 0) {
            throw new IllegalArgumentException("Sampling: temperature " + temperature + ", topK " + topK
                + "; give a finite temperature ≥ 0, and 0 (all) or more tokens");
        }
    }

    /// Always the token with the largest logit, the first of equals.
    public static Sampling greedy() {
        return new Sampling(0, 0);
    }

    /// Drawn at this temperature.
    public static Sampling temperature(double temperature) {
        return new Sampling(temperature, 0);
    }

    /// Drawn from the `k` most probable tokens only.
    public Sampling topK(int k) {
        return new Sampling(temperature, k);
    }

    /// The token chosen from `logits` (vocabulary). One draw of `random`, none where greedy. All is computed in F64.
    ///
    /// @throws IllegalArgumentException if there are none, or one is NaN
    public int choose(NdArray logits, RandomGenerator random) {
        if (logits.rank() != 1 || logits.size() == 0 || logits.hasNaN()) {
            throw new IllegalArgumentException("Sampling: logits " + logits + " choose no token; give (vocabulary), without NaN");
        }
        int best = logits.argmax(0).ints()[0];
        if (temperature == 0 || topK == 1) return best;
        int n = topK == 0 ? logits.size() : Math.min(topK, logits.size());
        var order = logits.argsort(0, true, 0, n).ints();
        var z = logits.toDoubles();
        var p = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            p[i] = z[order[i]] == z[best] ? 1 : StrictMath.exp((z[order[i]] - z[best]) / temperature);
            sum += p[i];
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < n; i++) {
            left -= p[i];
            if (left < 0) return order[i];
        }
        return best; // rounding left less than nothing
    }
}
