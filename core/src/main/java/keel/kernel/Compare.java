package keel.kernel;

/// Comparisons `x ? z` with Java's floating rules: every one but `NE` is false when either side is NaN.
public enum Compare {
    /// `x = z`
    EQ,
    /// `x ≠ z`
    NE,
    /// `x < z`
    LT,
    /// `x ≤ z`
    LE,
    /// `x > z`
    GT,
    /// `x ≥ z`
    GE
}
