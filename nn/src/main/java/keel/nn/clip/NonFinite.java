package keel.nn.clip;

/// What clipping does where a gradient is NaN or infinite.
public enum NonFinite {
    /// An [IllegalArgumentException] that names the parameter.
    ERROR,
    /// No gradients at all come back, so that the optimizer's step changes nothing; counted in [ClipStats#nonFinite].
    SKIP,
    /// What cannot be bounded comes back as it is: all gradients where their common norm is bounded (a cut by value still bounds
    /// the infinite ones, a bound of parts the finite parts); counted too.
    PASS
}
