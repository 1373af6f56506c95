package keel.kernel;

/// Elementwise functions of two values, `y = f(x, z)`. The `…_GRAD` members are fused derivatives: `z` is ∂loss/∂output and the
/// result ∂loss/∂input; `x` is the function's *input* unless the comment says *output*. `p` is the function's parameter.
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
    /// angle of the point (z, x), in −π … π
    ATAN2,
    /// `√(x² + z²)` without overflow on the way
    HYPOT,
    /// remainder of `x/z` with the sign of `x`
    FMOD,
    /// remainder of `x/z` with the sign of `z`
    REMAINDER,
    /// `x/z` rounded down
    FLOOR_DIVIDE,
    /// `|x|` with the sign of `z`
    COPY_SIGN,
    /// `ln(eˣ + eᶻ)`
    LOG_ADD_EXP,
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
    SILU_GRAD,
    /// `−3 < x < 3 ? z/6 : 0`; `z/6` where `x` is NaN
    HARD_SIGMOID_GRAD,
    /// `x ≤ −3 ? 0 : x < 3 ? z·(x/3 + ½) : z`; `z` where `x` is NaN
    HARD_SWISH_GRAD
}
