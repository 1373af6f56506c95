package keel.kernel;

/// Reductions over one extent. Sums follow the fixed tree of [Kernels]; `MAX` and `MIN` let NaN win and order −0 below +0.
public enum Reduce {
    /// `Σ x`; 0 for no elements
    SUM,
    /// `Σ x²`; 0 for no elements
    SUM_SQUARES,
    /// `Π x`; 1 for no elements
    PROD,
    /// largest; −∞ for no elements
    MAX,
    /// smallest; +∞ for no elements
    MIN
}
