package keel.array;

/// How attention weighs keys, beside its mask.
///
/// ```java
/// AttentionOptions.defaults().causal()                 // training a language model
/// AttentionOptions.defaults().causal(cached)           // queries that come behind `cached` keys
/// AttentionOptions.defaults().dropout(kept, 0.1)
/// ```
///
/// @param isCausal whether query `i` sees only the keys `0 … i + offset`
/// @param offset how far the first query sees: 0 for its own place only; of consequence where causal only
/// @param scale what `q·kᵀ` is multiplied by; NaN for `1/√width`
/// @param kept `BOOL` (…, queries, keys), the weights that dropout leaves; null for all
/// @param dropout the share that `kept` leaves out in expectation, 0 … 1: the others are multiplied by `1/(1 − dropout)`
/// @param isGrouped whether one head of keys serves several consecutive heads of queries (axis −3)
public record AttentionOptions(boolean isCausal, int offset, double scale, NdArray kept, double dropout, boolean isGrouped) {
    /// @throws IllegalArgumentException if dropout is not in 0 … 1, or `kept` is no mask
    public AttentionOptions {
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException("attention: dropout is " + dropout + "; give a share in 0 … 1");
        }
        if (kept != null) Masks.requireMask("attention (kept)", kept);
    }

    /// Every query sees every key, with a scale of `1/√width`.
    public static AttentionOptions defaults() {
        return new AttentionOptions(false, 0, Double.NaN, null, 0, false);
    }

    /// Query `i` sees the keys `0 … i`.
    public AttentionOptions causal() {
        return causal(0);
    }

    /// Query `i` sees the keys `0 … i + offset`.
    public AttentionOptions causal(int offset) {
        return new AttentionOptions(true, offset, scale, kept, dropout, isGrouped);
    }

    /// Another factor of `q·kᵀ`.
    public AttentionOptions scale(double scale) {
        return new AttentionOptions(isCausal, offset, scale, kept, dropout, isGrouped);
    }

    /// Leaves out the weights that are false in `kept` (…, queries, keys) and multiplies the others by `1/(1 − p)`.
    public AttentionOptions dropout(NdArray kept, double p) {
        return new AttentionOptions(isCausal, offset, scale, kept, p, isGrouped);
    }

    /// One head of keys and values for `heads of queries/heads of keys` consecutive heads of queries (Ainslie et al. 2023,
    /// arXiv:2305.13245).
    public AttentionOptions grouped() {
        return new AttentionOptions(isCausal, offset, scale, kept, dropout, true);
    }

    /// The scale for heads of this width.
    public double scaleFor(int width) {
        return Double.isNaN(scale) ? 1 / Math.sqrt(width) : scale;
    }

    /// How many of `keys` keys the queries up to `query` see.
    int visible(int query, int keys) {
        return isCausal ? Math.clamp((long) query + 1 + offset, 0, keys) : keys;
    }

    /// What a weight that is kept is multiplied by.
    double keptFactor() {
        return dropout == 1 ? 0 : 1 / (1 - dropout);
    }
}
