package keel.bench.lab;

/// How layers are joined to the whole.
enum Wiring {
    /// One after the other: `act(norm(W·x + b))`, or without the norm.
    CHAIN("chain"),
    /// A shortcut around each: `x + act(W·x + b)`.
    RESIDUAL("residual"),
    /// `x + act(W·norm(x) + b)`, one more norm at the end.
    PRE_NORM("pre-norm residual"),
    /// The feed-forward block of a transformer, two layers each: `x + W₂·act(W₁·norm(x))`, one more norm at the end.
    PRE_NORM_BLOCKS("Pre-LN blocks"),
    /// The same with the norm of the original transformer, on the shortcut: `norm(x + W₂·act(W₁·x))`.
    POST_NORM_BLOCKS("Post-LN blocks");

    final String label;

    Wiring(String label) {
        this.label = label;
    }

    /// Linear layers a block.
    int layersPerBlock() {
        return this == PRE_NORM_BLOCKS || this == POST_NORM_BLOCKS ? 2 : 1;
    }

    /// Whether the sum of all blocks is normalized before it is read.
    boolean normalizesTheEnd() {
        return this == PRE_NORM || this == PRE_NORM_BLOCKS;
    }
}
