package keel.kernel;

/// Elementwise functions of two values, `y = f(x, z)`. The `…_GRAD` members are fused derivatives: `z` is ∂loss/∂output and the result ∂loss/∂input;
/// `x` is the function's *input* unless the comment says *output*. `p` is the function's parameter.
public enum Binary {
    /// `x + z`
    ADD,
    /// `x − z`
    SUB,
    /// `x·z`
    MUL,
    /// `x/z`
    DIV,
    /// smaller of both; NaN wins
    MIN,
    /// larger of both; NaN wins
    MAX,
    /// `x^z`
    POW,
    /// `x > 0 ? z : 0`
    RELU_GRAD,
    /// `x > 0 ? z : p·z`
    LEAKY_RELU_GRAD,
    /// `z·(1 − x²)`, `x` the output
    TANH_GRAD,
    /// `z·x·(1 − x)`, `x` the output
    SIGMOID_GRAD,
    /// `z·(Φ(x) + x·φ(x))`
    GELU_GRAD,
    /// derivative of the tanh form
    GELU_TANH_GRAD,
    /// `z·s·(1 + x·(1 − s))`, `s = sigmoid(x)`
    SILU_GRAD
}
