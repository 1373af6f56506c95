package keel.nn.init;

/// Which of the [Fans] a variance is divided by.
public enum Fan {
    /// Inputs: the forward signal keeps its variance.
    IN,
    /// Outputs: the gradient keeps its variance on the way back.
    OUT;

    /// This one of the two.
    public int of(Fans fans) {
        return this == IN ? fans.in() : fans.out();
    }
}
