package keel.nn.health;

/// What a gradient looks like, from best to worst.
public enum Verdict {
    /// Nothing is wrong with it.
    HEALTHY,
    /// Not judged, for a reason that is given.
    EXCLUDED,
    /// There is none: the parameter took no part in the loss.
    ABSENT,
    /// Too small to teach anything next to its like.
    VANISHING,
    /// Exactly zero everywhere: nothing arrives. Apart from [#VANISHING], as it has other causes.
    ZERO,
    /// Too large for a step, or next to its like.
    EXPLODING,
    /// NaN or infinite somewhere. Asked first, as NaN compares false with every threshold.
    NON_FINITE;

    /// Whether it needs mending.
    public boolean isBad() {
        return ordinal() >= VANISHING.ordinal();
    }
}
