package keel.nn.init;

/// What a weight of a given standard deviation is drawn from.
public enum Distribution {
    /// N(0, std²)
    NORMAL,
    /// A normal cut off at two of its deviations, which is widened so that `std` is what remains.
    TRUNCATED,
    /// U(−√3·std, √3·std)
    UNIFORM;

    // The standard deviation of N(0, 1) cut off at ±2.
    private static final double OF_TRUNCATED = 0.87962566103423978;

    /// Draws of mean 0 and this deviation.
    public Init withStd(double std) {
        return switch (this) {
            case NORMAL -> Init.normal(std);
            case TRUNCATED -> std == 0 ? Init.zeros()
                : Init.truncatedNormal(0, std / OF_TRUNCATED, -2 * std / OF_TRUNCATED, 2 * std / OF_TRUNCATED);
            case UNIFORM -> Init.uniform(-Math.sqrt(3) * std, Math.sqrt(3) * std);
        };
    }
}
