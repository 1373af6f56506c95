package keel.kernel;

/// Which operands of a matrix product are stored transposed: letter one is the left, letter two the right operand.
public enum Form {
    /// `(m, k)·(k, n)`
    NN,
    /// `(m, k)·(n, k)ᵀ`
    NT,
    /// `(k, m)ᵀ·(k, n)`
    TN
}
