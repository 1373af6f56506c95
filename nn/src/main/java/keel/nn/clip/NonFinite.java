package keel.nn.clip;

/// What clipping does where a gradient is NaN or infinite.
public enum NonFinite {
    /// An [IllegalArgumentException] that names the parameter.
    ERROR,
    /// No gradients at all come back, so that the optimizer's step changes nothing; counted in [ClipStats#nonFinite].
    SKIP,
    /// The norm cannot be bounded, so the gradients come back as they are (a cut by value still bounds the infinite ones);
    /// counted too.
    PASS
}
