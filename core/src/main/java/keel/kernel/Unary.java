package keel.kernel;

/// Elementwise functions of one value, `y = f(x)`; `p` is the parameter of those that have one.
public enum Unary {
    /// `−x`
    NEG,
    /// `|x|`
    ABS,
    /// −1, 0 or 1; keeps ±0, 0 for NaN
    SIGN,
    /// `x·x`
    SQUARE,
    /// `√x`, correctly rounded
    SQRT,
    /// `1/√x`
    RSQRT,
    /// `1/x`
    RECIPROCAL,
    /// `eˣ`
    EXP,
    /// `eˣ − 1`
    EXPM1,
    /// `ln x`
    LOG,
    /// `ln(1 + x)`
    LOG1P,
    /// `sin x`
    SIN,
    /// `cos x`
    COS,
    /// `tanh x`
    TANH,
    /// `1/(1 + e⁻ˣ)`
    SIGMOID,
    /// `2/√π ∫₀ˣ e^(−t²) dt`
    ERF,
    /// `max(x, 0)`
    RELU,
    /// `x` where positive, else `p·x`
    LEAKY_RELU,
    /// `x·Φ(x)`, Φ the normal distribution function
    GELU,
    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`
    GELU_TANH,
    /// `x·sigmoid(x)`
    SILU,
    /// `ln(1 + eˣ)`
    SOFTPLUS,
    /// `min(max(x + 3, 0), 6)/6`
    HARD_SIGMOID,
    /// `x·min(max(x + 3, 0), 6)/6`, 0 at −∞
    HARD_SWISH,
    /// `2ˣ`
    EXP2,
    /// logarithm of base 2, exact at powers of 2
    LOG2,
    /// logarithm of base 10
    LOG10,
    /// `tan x`
    TAN,
    /// inverse of sin, in −π/2 … π/2
    ASIN,
    /// inverse of cos, in 0 … π
    ACOS,
    /// inverse of tan, in −π/2 … π/2
    ATAN,
    /// `½(eˣ − e⁻ˣ)`
    SINH,
    /// `½(eˣ + e⁻ˣ)`
    COSH,
    /// inverse of sinh
    ASINH,
    /// inverse of cosh, ≥ 0
    ACOSH,
    /// inverse of tanh
    ATANH,
    /// `1 − erf(x)`, relative accuracy also where it is tiny
    ERFC,
    /// largest whole number ≤ x
    FLOOR,
    /// smallest whole number ≥ x
    CEIL,
    /// nearest whole number, halves to the even one
    ROUND,
    /// nearest whole number between x and 0
    TRUNC,
    /// `x + p`
    ADD_SCALAR,
    /// `x·p`
    MUL_SCALAR,
    /// `p − x`
    RSUB_SCALAR,
    /// `p/x`
    RDIV_SCALAR,
    /// `x^p`; −1, 2 and (F32) 3 by division and products, others as [Binary#POW], which may differ in the last place
    POW_SCALAR,
    /// `max(x, p)`; NaN stays
    MAX_SCALAR,
    /// `min(x, p)`; NaN stays
    MIN_SCALAR
}
