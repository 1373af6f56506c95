package keel.nn.init;

/// Which of the [Fans] a variance is divided by.
public enum Fan {
    /// Inputs: the forward signal keeps its variance.
    IN,
    /// Outputs: the gradient keeps its variance on the way back.
    OUT,
    /// Their mean: a compromise, which Xavier's is.
    AVERAGE;

    /// This one of them.
    public double of(Fans fans) {
        return switch (this) {
            case IN -> fans.in();
            case OUT -> fans.out();
            case AVERAGE -> 0.5 * fans.in() + 0.5 * fans.out();
        };
    }
}
