package keel.array;

import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.Unary;

/// A step of a [Formula], and all steps before it: what is to be computed of each element, not yet a number. A term that is used
/// twice is computed once.
///
/// ```java
/// var x = Term.operand(0);
/// var softsign = Formula.of(x.div(x.abs().add(1)));
/// ```
public sealed interface Term {
    /// The element of the operand of this number, from 0 on.
    record Operand(int number) implements Term {
        /// @throws IllegalArgumentException if the number is negative
        public Operand {
            if (number < 0) throw new IllegalArgumentException("Term: operand " + number + "; operands count from 0");
        }
    }

    /// A number, the same for all elements.
    record Constant(double value) implements Term {}

    /// A function of one value, `p` its parameter.
    record One(Unary f, double p, Term x) implements Term {}

    /// A function of two values.
    record Two(Binary f, Term x, Term z) implements Term {}

    /// `min(max(x, low), high)`
    record Clamped(Term x, double low, double high) implements Term {}

    /// `x ≤ low or x ≥ high ? 0 : dy`
    record Inside(Term x, double low, double high, Term dy) implements Term {}

    /// `f(c, bound) ? x : z`
    record Choice(Compare f, Term c, double bound, Term x, Term z) implements Term {}

    /// The element of the operand of this number, from 0 on.
    ///
    /// @throws IllegalArgumentException if that is negative
    static Term operand(int number) { return new Operand(number); }

    /// A number, the same for all elements.
    static Term constant(double value) { return new Constant(value); }

    // ---- functions of this

    /// `−x`
    default Term neg() { return new One(Unary.NEG, 0, this); }

    /// `|x|`
    default Term abs() { return new One(Unary.ABS, 0, this); }

    /// −1, 0 or 1, 0 for NaN
    default Term sign() { return new One(Unary.SIGN, 0, this); }

    /// `x²`
    default Term square() { return new One(Unary.SQUARE, 0, this); }

    /// `eˣ`
    default Term exp() { return new One(Unary.EXP, 0, this); }

    /// `eˣ − 1`
    default Term expm1() { return new One(Unary.EXPM1, 0, this); }

    /// `ln x`
    default Term log() { return new One(Unary.LOG, 0, this); }

    /// `ln(1 + x)`
    default Term log1p() { return new One(Unary.LOG1P, 0, this); }

    /// `tanh x`
    default Term tanh() { return new One(Unary.TANH, 0, this); }

    /// `1/(1 + e⁻ˣ)`
    default Term sigmoid() { return new One(Unary.SIGMOID, 0, this); }

    /// `ln(1 + eˣ)`
    default Term softplus() { return new One(Unary.SOFTPLUS, 0, this); }

    /// `max(x, 0)`
    default Term relu() { return new One(Unary.RELU, 0, this); }

    /// `xᵇ`
    default Term pow(double b) { return new One(Unary.POW_SCALAR, b, this); }

    /// `√(x² + b²)`, without overflow
    default Term hypot(double b) { return new Two(Binary.HYPOT, this, constant(b)); }

    /// `min(max(x, low), high)`; NaN stays
    default Term clamp(double low, double high) { return new Clamped(this, low, high); }

    /// `x + b`
    default Term add(double b) { return new One(Unary.ADD_SCALAR, b, this); }

    /// `x·b`, `x` itself for b = 1
    default Term mul(double b) { return b == 1 ? this : new One(Unary.MUL_SCALAR, b, this); }

    /// `x/b`, `x` itself for b = 1
    default Term div(double b) { return b == 1 ? this : div(constant(b)); }

    /// `b − x`
    default Term rsub(double b) { return new One(Unary.RSUB_SCALAR, b, this); }

    /// `min(max(x + 3, 0), 6)/6`
    default Term hardSigmoid() { return new One(Unary.HARD_SIGMOID, 0, this); }

    /// `x·hardSigmoid(x)`
    default Term hardSwish() { return new One(Unary.HARD_SWISH, 0, this); }

    // ---- with another

    /// `x + z`
    default Term add(Term z) { return new Two(Binary.ADD, this, z); }

    /// `x − z`
    default Term sub(Term z) { return new Two(Binary.SUB, this, z); }

    /// `x·z`
    default Term mul(Term z) { return new Two(Binary.MUL, this, z); }

    /// `x/z`
    default Term div(Term z) { return new Two(Binary.DIV, this, z); }

    /// `dy` where `low < x < high` and where `x` is NaN, else 0: the derivative of [#clamp] that is 0 at both ends.
    default Term inside(double low, double high, Term dy) { return new Inside(this, low, high, dy); }

    /// [Binary#HARD_SIGMOID_GRAD]
    default Term hardSigmoidGrad(Term dy) { return new Two(Binary.HARD_SIGMOID_GRAD, this, dy); }

    /// [Binary#HARD_SWISH_GRAD]
    default Term hardSwishGrad(Term dy) { return new Two(Binary.HARD_SWISH_GRAD, this, dy); }

    /// Where this is so to `bound`, `x`, else `z`. What is not chosen may be infinite or NaN.
    default Term choose(Compare f, double bound, Term x, Term z) { return new Choice(f, this, bound, x, z); }
}
