package keel.kernel;

/// Constants of the float functions, shared by [FloatMath] and the vector loops so that both compute the same bits.
/// The polynomials are near-minimax fits in the variable their comment names, computed to 40 digits and rounded to float one
/// coefficient at a time, each time refitting the others; the number of a name is the power. The stated error is that of the
/// rounded polynomial.
final class FloatCoefficients {
    private FloatCoefficients() {}

    /// `1.5·2²³`: adding it rounds to an integer, which then stands in the low bits.
    static final float MAGIC = 0x1.8p23f;
    /// Bits of [#MAGIC].
    static final int MAGIC_BITS = 0x4B400000;
    /// Bits of √½: mantissas are taken from `[√½, √2)`.
    static final int SQRT_HALF_BITS = 0x3F3504F3;

    static final float LOG2E = 1.442695f;
    /// `ln 2 = LN2_HIGH + LN2_LOW`; the high part has 15 bits, so that its product with an exponent is exact.
    static final float LN2_HIGH = 0.69314575f;
    static final float LN2_LOW = 1.4286068e-06f;

    /// `eʳ ≈ 1 + r + r²·P(r)`, `|r| ≤ ½ ln 2`, relative error 2⁻³³: one power more than the digits of a float ask for, because
    /// rounding leaves that little room below 1 ULP
    static final float EXP_2 = 0.5f;
    static final float EXP_3 = 0.16666666f;
    static final float EXP_4 = 0.041666467f;
    static final float EXP_5 = 0.008333577f;
    static final float EXP_6 = 0.0013934781f;
    static final float EXP_7 = 0.00019734811f;

    /// The same with error 2⁻³¹ relative to `eʳ − 1`
    static final float EXPM1_2 = 0.5f;
    static final float EXPM1_3 = 0.16666667f;
    static final float EXPM1_4 = 0.04166649f;
    static final float EXPM1_5 = 0.008333207f;
    static final float EXPM1_6 = 0.0013932694f;
    static final float EXPM1_7 = 0.0001994501f;

    /// `ln(1 + f) ≈ f − ½f² + f³·P(f)`, `1 + f` in `[√½, √2]`, relative error 2⁻³⁰
    static final float LOG_3 = 0.3333331f;
    static final float LOG_4 = -0.24999988f;
    static final float LOG_5 = 0.20002255f;
    static final float LOG_6 = -0.16669185f;
    static final float LOG_7 = 0.14217609f;
    static final float LOG_8 = -0.12384763f;
    static final float LOG_9 = 0.11883526f;
    static final float LOG_10 = -0.117927924f;
    static final float LOG_11 = 0.06891842f;

    /// `ln(1 + e) ≈ e·(1 + e·P(e))`, `0 ≤ e ≤ 1`, relative error 2⁻³⁰
    static final float LOG1P_1 = -0.49999988f;
    static final float LOG1P_2 = 0.33332714f;
    static final float LOG1P_3 = -0.24988864f;
    static final float LOG1P_4 = 0.19899622f;
    static final float LOG1P_5 = -0.16135158f;
    static final float LOG1P_6 = 0.12479481f;
    static final float LOG1P_7 = -0.08323805f;
    static final float LOG1P_8 = 0.042113908f;
    static final float LOG1P_9 = -0.013691187f;
    static final float LOG1P_10 = 0.00208444f;

    static final float TWO_OVER_PI = 0.63661975f;
    /// `π/2` in three parts
    static final float HALF_PI_1 = 1.5707963f;
    static final float HALF_PI_2 = 7.54979e-08f;
    static final float HALF_PI_3 = -1.7151245e-15f;
    /// `sin r ≈ r + r³·P(r²)`, `|r| ≤ π/4`, relative error 2⁻²⁸
    static final float SIN_3 = -0.16666655f;
    static final float SIN_5 = 0.00833219f;
    static final float SIN_7 = -0.00019518392f;
    /// `cos r ≈ 1 − ½r² + r⁴·P(r²)`, `|r| ≤ π/4`, error 2⁻³³
    static final float COS_4 = 0.041666646f;
    static final float COS_6 = -0.0013887299f;
    static final float COS_8 = 2.443024e-05f;

    /// `tan r ≈ r + r³·P(r²)`, `|r| ≤ π/4`, relative error 2⁻²⁹
    static final float TAN_3 = 0.3333335f;
    static final float TAN_5 = 0.13332675f;
    static final float TAN_7 = 0.054058906f;
    static final float TAN_9 = 0.021286301f;
    static final float TAN_11 = 0.010827053f;
    static final float TAN_13 = 9.892153e-05f;
    static final float TAN_15 = 0.004372281f;

    /// Upper tail of the normal distribution, `1 − Φ(a) ≈ e^(−a²/2)·P(v − TAIL_AT)/(1 + TAIL·a)` with `v = a/(1 + TAIL·a)`,
    /// `0 ≤ a ≤ 14.8`, relative error 2⁻²⁹; the centre keeps the partial sums small, and lies where `TAIL_0` is nearly a float
    static final float TAIL = 0.35f;
    static final float TAIL_AT = 0.9113333f;
    static final float TAIL_0 = 0.32504645f;
    static final float TAIL_1 = -0.15813935f;
    static final float TAIL_2 = 0.03800534f;
    static final float TAIL_3 = -0.00043878713f;
    static final float TAIL_4 = -0.0016089855f;
    static final float TAIL_5 = -6.262975e-06f;
    static final float TAIL_6 = 9.263326e-05f;
    static final float TAIL_7 = 1.22783795e-05f;
    static final float TAIL_8 = -5.296952e-06f;
    static final float TAIL_9 = -1.9176791e-06f;
    static final float TAIL_10 = 5.1177517e-07f;
    /// Beyond it `a·(1 − Φ(a))` is below half the smallest float.
    static final float TAIL_END = 14.8f;
    static final float ONE_OVER_SQRT_2PI = 0.3989423f;

    /// `√(8/π)` and `0.044715·√(8/π)`, each with the rest that its float leaves
    static final float GELU_1 = 1.5957692f;
    static final float GELU_1_LOW = -4.534068e-08f;
    static final float GELU_3 = 0.071354814f;
    static final float GELU_3_LOW = 2.3988325e-09f;
    /// `3·0.044715·√(8/π)`
    static final float GELU_3_TIMES_3 = 0.21406445f;
}
