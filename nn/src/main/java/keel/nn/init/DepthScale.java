package keel.nn.init;

/// What signals or weights are multiplied by in nets of a given depth, so that depth does not change their size: for
/// [Init#scaled] and for the blocks of `keel.nn.residual`.
public final class DepthScale {
    private DepthScale() {}

    /// `1/√(2L)` for the branches of L blocks, or for the last weight of each branch (GPT-2: Radford et al. 2019, sec. 2.3, two
    /// branches a block): the variance of the sum grows by a factor of at most e, whatever the depth, where it would double in
    /// each block.
    public static double residual(int blocks) {
        return 1 / Math.sqrt(2.0 * atLeastOne("residual", "blocks", blocks));
    }

    /// `L^(−1/(2m − 2))` for the weights of L residual branches of m ≥ 2 layers each, but for the last of each, which is 0
    /// (Fixup, Zhang et al. 2019, arXiv:1901.09321, sec. 4).
    public static double fixup(int branches, int layers) {
        if (layers < 2) {
            throw new IllegalArgumentException("DepthScale.fixup: branches of " + layers + " layers; the rule is for 2 or more");
        }
        return StrictMath.pow(atLeastOne("fixup", "branches", branches), -1.0 / (2 * layers - 2));
    }

    /// `0.67·N^(−¼)` for the value, output and feed-forward weights of a transformer encoder of N blocks without normalization
    /// or warmup, Xavier otherwise (T-Fixup, Huang et al. 2020, "Improving Transformer Optimization Through Better
    /// Initialization", ICML).
    public static double tFixupEncoder(int blocks) {
        return 0.67 * StrictMath.pow(atLeastOne("tFixupEncoder", "blocks", blocks), -0.25);
    }

    /// `(9N)^(−¼)` for the same weights of a decoder of N blocks, for its embeddings, which are N(0, 1/width) before, and for
    /// the encoder's embeddings.
    public static double tFixupDecoder(int blocks) {
        return StrictMath.pow(9.0 * atLeastOne("tFixupDecoder", "blocks", blocks), -0.25);
    }

    /// `(2L)^¼`, by which DeepNorm multiplies the shortcut of an encoder or a decoder alone, of L blocks (Wang et al. 2022,
    /// arXiv:2203.00555, table 1).
    public static double deepNormShortcut(int blocks) {
        return StrictMath.pow(2.0 * atLeastOne("deepNormShortcut", "blocks", blocks), 0.25);
    }

    /// `(8L)^(−¼)`, DeepNorm's gain for the feed-forward, value and output weights, Xavier otherwise; queries and keys keep 1.
    public static double deepNormWeight(int blocks) {
        return StrictMath.pow(8.0 * atLeastOne("deepNormWeight", "blocks", blocks), -0.25);
    }

    private static double atLeastOne(String rule, String what, int count) {
        if (count < 1) throw new IllegalArgumentException("DepthScale." + rule + ": " + count + " " + what + "; give 1 or more");
        return count;
    }
}
