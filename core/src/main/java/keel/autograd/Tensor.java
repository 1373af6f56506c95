package keel.autograd;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import keel.array.Combine;
import keel.array.DType;
import keel.array.Epilogue;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.Form;

/// A value and how it came about. Methods compute like [NdArray]'s of the same name and, while [Recording] is on and an operand
/// wants a gradient, remember the operation.
///
/// ```java
/// Tensor w = Tensor.parameter(NdArray.of(1f, 2f));
/// Gradients g = w.square().sum().backward();
/// g.of(w); // 2w
/// ```
public final class Tensor {
    private static final AtomicLong IDS = new AtomicLong();

    private final NdArray value;
    private final boolean wantsGradient;
    private final long id = IDS.incrementAndGet();
    private Vjp derivative; // null for leaves
    private String place = ""; // where it was computed, known while watching for anomalies
    private int[] versions; // of what the derivative reads, when it was recorded: inputs, output, constants

    private Tensor(NdArray value, boolean wantsGradient) {
        this.value = value;
        this.wantsGradient = wantsGradient;
    }

    // ---- making

    /// A constant.
    public static Tensor of(NdArray value) { return new Tensor(value, false); }

    /// A leaf that wants a gradient.
    ///
    /// @throws IllegalArgumentException if the type is not F32 or F64
    public static Tensor parameter(NdArray value) {
        if (!value.dtype().isFloat()) {
            throw new IllegalArgumentException("parameter: " + value.dtype() + " " + value.shape()
                + " has no gradient; use F32 or F64");
        }
        return new Tensor(value, true);
    }

    /// A constant of rank 0.
    public static Tensor scalar(DType dtype, double value) { return of(NdArray.full(dtype, Shape.of(), value)); }

    /// The result of an operation. Recorded if [Recording] is on and an input wants a gradient, else a constant. This is how new
    /// operations join in:
    ///
    /// ```java
    /// record Cube(Tensor x) implements Vjp {
    ///     public Tensor[] inputs() { return new Tensor[] {x}; }
    ///     public void pull(Tensor y, Tensor dy, Inputs in) { in.give(x, () -> dy.mul(x.square().mul(3))); }
    /// }
    /// Tensor y = Tensor.op(x.value().mul(x.value()).mul(x.value()), new Cube(x));
    /// ```
    public static Tensor op(NdArray value, Vjp derivative) {
        Anomaly.forward(value, derivative);
        if (!Recording.isOn() || !anyWantsGradient(derivative.inputs())) {
            return of(value);
        }
        var y = new Tensor(value, true);
        y.derivative = derivative;
        y.place = Anomaly.place();
        y.versions = y.versionsNow();
        return y;
    }

    private static boolean anyWantsGradient(Tensor... inputs) {
        for (var t : inputs) {
            if (t.wantsGradient) {
                return true;
            }
        }
        return false;
    }

    // ---- looking

    /// The elements.
    public NdArray value() { return value; }

    /// Type of the elements.
    public DType dtype() { return value.dtype(); }

    /// Extents of the axes.
    public Shape shape() { return value.shape(); }

    /// Number of axes.
    public int rank() { return value.rank(); }

    /// Extent of an axis; negative axes count from the end.
    public int extent(int axis) { return value.extent(axis); }

    /// Number of elements.
    public int size() { return value.size(); }

    /// The only element of a tensor of one element.
    public double item() { return value.item(); }

    /// Number of this tensor in order of creation, unique in this JVM.
    public long id() { return id; }

    /// Whether it is a parameter, or was computed from one while recording.
    public boolean wantsGradient() { return wantsGradient; }

    /// Whether it is the result of no recorded operation: a parameter or a constant.
    public boolean isLeaf() { return derivative == null; }

    /// A constant with the same value, which is shared.
    public Tensor detach() { return of(value); }

    /// Gives up its elements for the next results to be written over them: see [NdArray#release()]. What is still to be
    /// differentiated through it fails then, and says so.
    public void release() { value.release(); }

    /// How it was computed; null for leaves.
    ///
    /// @throws IllegalStateException if the graph was consumed, or a value that the derivative reads was modified since it was
    /// recorded
    public Vjp derivative() {
        if (derivative == Consumed.GRAPH) {
            throw new IllegalStateException("backward: the graph behind " + value.dtype() + " " + shape()
                + " was consumed by an earlier backward; compute the loss again, or retain it: "
                + "Backward.from(loss).retainGraph().run()");
        }
        if (derivative != null) {
            requireUnmodified();
        }
        return derivative;
    }

    private void requireUnmodified() {
        var now = versionsNow();
        for (int i = 0; i < now.length; i++) {
            if (now[i] != versions[i]) {
                throw new IllegalStateException("backward: " + derivative.name() + " saved its " + saved(i)
                    + " which was modified " + (now[i] - versions[i]) + " time(s) since; modify a copy, or run backward first");
            }
        }
    }

    // What the i-th of the versions belongs to: inputs if saved, the output if saved, then constants.
    private String saved(int i) {
        var inputs = derivative.saves().inputs() ? derivative.inputs() : new Tensor[0];
        if (i < inputs.length) {
            return "input " + i + ", " + inputs[i].describe() + ",";
        }
        int rest = i - inputs.length - (derivative.saves().output() ? 1 : 0);
        var x = rest < 0 ? value : derivative.constants()[rest];
        return (rest < 0 ? "result " : "array ") + x.dtype() + " " + x.shape();
    }

    private int[] versionsNow() {
        var saves = derivative.saves();
        var constants = derivative.constants();
        if (saves == Vjp.Saves.NOTHING && constants.length == 0) {
            return NONE;
        }
        var inputs = saves.inputs() ? derivative.inputs() : new Tensor[0];
        var y = new int[inputs.length + (saves.output() ? 1 : 0) + constants.length];
        int n = 0;
        for (var t : inputs) {
            y[n++] = t.value.version();
        }
        if (saves.output()) {
            y[n++] = value.version();
        }
        for (var x : constants) {
            y[n++] = x.version();
        }
        return y;
    }

    private static final int[] NONE = {};

    /// Path of the layer it was computed in, if that was watched by [Anomaly]; else empty.
    String place() { return place; }

    /// The same value as a result of its own, whose gradient is this tensor's.
    Tensor alias() { return op(value, new Rearrangements.Reshape(this)); }

    /// Forgets how it was computed, so that what the derivative held can be collected.
    void consume() {
        derivative = Consumed.GRAPH;
    }

    private enum Consumed implements Vjp {
        GRAPH;

        @Override public Tensor[] inputs() { return new Tensor[0]; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { throw new AssertionError(); }
    }

    /// One phrase for messages: role, type and shape.
    String describe() {
        var role = derivative == null ? wantsGradient ? "parameter" : "constant" : derivative == Consumed.GRAPH ? "result"
            : derivative.name();
        return role + " " + dtype() + " " + shape();
    }

    /// Role, then type, shape and elements.
    @Override
    public String toString() {
        return (derivative == null ? wantsGradient ? "parameter " : "constant " : derivative.name() + " ") + value;
    }

    /// Tensors are equal only to themselves; hashing by number keeps every run alike.
    @Override
    public int hashCode() { return Long.hashCode(id); }

    @Override
    public boolean equals(Object o) { return this == o; }

    /// Gradients of this tensor of one element; consumes the graph. See [Backward] for more.
    public Gradients backward() { return Backward.from(this).run(); }

    // ---- computing: elementwise

    /// `x + b`
    public Tensor add(Tensor b) { return op(value.add(b.value), new Arithmetic.Add(this, b)); }

    /// `x + b`
    public Tensor add(double b) { return op(value.add(b), new Arithmetic.AddScalar(this)); }

    /// `x − b`
    public Tensor sub(Tensor b) { return op(value.sub(b.value), new Arithmetic.Sub(this, b)); }

    /// `x − b`
    public Tensor sub(double b) { return add(-b); }

    /// `x·b`
    public Tensor mul(Tensor b) { return op(value.mul(b.value), new Arithmetic.Mul(this, b)); }

    /// `x·b`
    public Tensor mul(double b) { return op(value.mul(b), new Arithmetic.MulScalar(this, b)); }

    /// `x/b`
    public Tensor div(Tensor b) { return op(value.div(b.value), new Arithmetic.Div(this, b)); }

    /// `x/b`
    public Tensor div(double b) { return op(value.div(b), new Arithmetic.DivScalar(this, b)); }

    /// `xᵇ`; ∂x is 0 where b = 0, ∂b is 0 where x = 0 and b ≥ 0.
    public Tensor pow(Tensor b) { return op(value.pow(b.value), new Arithmetic.Pow(this, b)); }

    /// `xᵇ`
    public Tensor pow(double b) { return op(value.pow(b), new Arithmetic.PowScalar(this, b)); }

    /// `b − x`
    public Tensor rsub(double b) { return neg().add(b); }

    /// `b/x`
    public Tensor rdiv(double b) { return scalar(dtype(), b).div(this); }

    /// The smaller of both, NaN if either is; half of the gradient passes at a tie.
    public Tensor minimum(double b) { return minimum(scalar(dtype(), b)); }

    /// The larger of both, NaN if either is; half of the gradient passes at a tie.
    public Tensor maximum(double b) { return maximum(scalar(dtype(), b)); }

    /// The smaller of both, NaN if either is; ties share the gradient.
    public Tensor minimum(Tensor b) { return op(value.minimum(b.value), new Arithmetic.Extreme(this, b, false)); }

    /// The larger of both, NaN if either is; ties share the gradient.
    public Tensor maximum(Tensor b) { return op(value.maximum(b.value), new Arithmetic.Extreme(this, b, true)); }

    /// `min(max(x, low), high)`; the gradient passes where low ≤ x ≤ high.
    public Tensor clamp(double low, double high) { return op(value.clamp(low, high), new Arithmetic.Clamp(this, low, high)); }

    /// `condition ? a : b`, elementwise; all three broadcast. The branch not taken gets a gradient of 0; if it is a function
    /// outside its domain (√ of a negative number) its own derivative makes NaN of that 0, so choose its argument too: `where(c,
    /// where(c, x, one).sqrt(), zero)`.
    public static Tensor where(NdArray condition, Tensor a, Tensor b) {
        return op(NdArray.where(condition, a.value, b.value), new Arithmetic.Where(condition, a, b));
    }

    /// `max(x, 0)` with slope `slope` for x ≤ 0.
    public Tensor leakyRelu(double slope) { return op(value.leakyRelu(slope), new Functions.LeakyRelu(this, slope)); }

    /// `−x`
    public Tensor neg() { return op(value.neg(), new Functions.Neg(this)); }

    /// `|x|`; derivative 0 at 0 and NaN
    public Tensor abs() { return op(value.abs(), new Functions.Abs(this)); }

    /// `x²`
    public Tensor square() { return op(value.square(), new Functions.Square(this)); }

    /// `√x`
    public Tensor sqrt() { return op(value.sqrt(), new Functions.Sqrt(this)); }

    /// `1/√x`
    public Tensor rsqrt() { return op(value.rsqrt(), new Functions.Rsqrt(this)); }

    /// `1/x`
    public Tensor reciprocal() { return op(value.reciprocal(), new Functions.Reciprocal(this)); }

    /// `eˣ`
    public Tensor exp() { return op(value.exp(), new Functions.Exp(this)); }

    /// `eˣ − 1`
    public Tensor expm1() { return op(value.expm1(), new Functions.Expm1(this)); }

    /// `ln x`
    public Tensor log() { return op(value.log(), new Functions.Log(this)); }

    /// `ln(1 + x)`
    public Tensor log1p() { return op(value.log1p(), new Functions.Log1p(this)); }

    /// `sin x`
    public Tensor sin() { return op(value.sin(), new Functions.Sin(this)); }

    /// `cos x`
    public Tensor cos() { return op(value.cos(), new Functions.Cos(this)); }

    /// `tanh x`
    public Tensor tanh() { return op(value.tanh(), new Functions.Tanh(this)); }

    /// `1/(1 + e⁻ˣ)`
    public Tensor sigmoid() { return op(value.sigmoid(), new Functions.Sigmoid(this)); }

    /// The error function.
    public Tensor erf() { return op(value.erf(), new Functions.Erf(this)); }

    /// `max(x, 0)`; derivative 0 at 0
    public Tensor relu() { return op(value.relu(), new Functions.Relu(this)); }

    /// `x·Φ(x)`, Φ the normal distribution function (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    public Tensor gelu() { return op(value.gelu(), new Functions.Gelu(this)); }

    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`, the fast form of [#gelu()].
    public Tensor geluTanh() { return op(value.geluTanh(), new Functions.GeluTanh(this)); }

    /// `x·sigmoid(x)`, also called swish.
    public Tensor silu() { return op(value.silu(), new Functions.Silu(this)); }

    /// `ln(1 + eˣ)`
    public Tensor softplus() { return op(value.softplus(), new Functions.Softplus(this)); }

    /// `2ˣ`
    public Tensor exp2() { return op(value.exp2(), new Elementary.Exp2(this)); }

    /// Logarithm of base 2.
    public Tensor log2() { return op(value.log2(), new Elementary.Log2(this)); }

    /// Logarithm of base 10.
    public Tensor log10() { return op(value.log10(), new Elementary.Log10(this)); }

    /// `tan x`
    public Tensor tan() { return op(value.tan(), new Elementary.Tan(this)); }

    /// Inverse of sin, in −π/2 … π/2.
    public Tensor asin() { return op(value.asin(), new Elementary.Asin(this)); }

    /// Inverse of cos, in 0 … π.
    public Tensor acos() { return op(value.acos(), new Elementary.Acos(this)); }

    /// Inverse of tan, in −π/2 … π/2.
    public Tensor atan() { return op(value.atan(), new Elementary.Atan(this)); }

    /// `½(eˣ − e⁻ˣ)`
    public Tensor sinh() { return op(value.sinh(), new Elementary.Sinh(this)); }

    /// `½(eˣ + e⁻ˣ)`
    public Tensor cosh() { return op(value.cosh(), new Elementary.Cosh(this)); }

    /// Inverse of sinh.
    public Tensor asinh() { return op(value.asinh(), new Elementary.Asinh(this)); }

    /// Inverse of cosh, ≥ 0.
    public Tensor acosh() { return op(value.acosh(), new Elementary.Acosh(this)); }

    /// Inverse of tanh.
    public Tensor atanh() { return op(value.atanh(), new Elementary.Atanh(this)); }

    /// `1 − erf(x)`, with relative accuracy also where it is tiny.
    public Tensor erfc() { return op(value.erfc(), new Elementary.Erfc(this)); }

    /// −1, 0 or 1, and 0 for NaN; derivative 0.
    public Tensor sign() { return op(value.sign(), new Elementary.Step(this)); }

    /// Largest whole number ≤ x; derivative 0.
    public Tensor floor() { return op(value.floor(), new Elementary.Step(this)); }

    /// Smallest whole number ≥ x; derivative 0.
    public Tensor ceil() { return op(value.ceil(), new Elementary.Step(this)); }

    /// Nearest whole number, halves to the even one; derivative 0.
    public Tensor round() { return op(value.round(), new Elementary.Step(this)); }

    /// Nearest whole number between x and 0; derivative 0.
    public Tensor trunc() { return op(value.trunc(), new Elementary.Step(this)); }

    /// Rounded to `digits` behind the point, or in front of it where negative; halves to the even one; derivative 0.
    public Tensor round(int digits) {
        double scale = StrictMath.pow(10, Math.abs((double) digits));
        var y = digits < 0 ? value.div(scale).round().mul(scale) : value.mul(scale).round().div(scale);
        return op(y, new Elementary.Step(this));
    }

    /// `x − trunc x`
    public Tensor frac() { return Functions.then(trunc(), this::sub); }

    /// NaN, ∞ and −∞ replaced; derivative 0 there.
    public Tensor nanToNum(double nan, double positive, double negative) {
        var y = maskedFill(value.nanMask(), nan);
        y = Functions.then(y, v -> v.maskedFill(value.eq(Double.POSITIVE_INFINITY), positive));
        return Functions.then(y, v -> v.maskedFill(value.eq(Double.NEGATIVE_INFINITY), negative));
    }

    /// NaN replaced by 0, infinities by the largest finite numbers of the type.
    public Tensor nanToNum() {
        double max = dtype() == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        return nanToNum(0, max, -max);
    }

    /// Angle of the point (b, x), in −π … π; derivative 0 at the origin.
    public Tensor atan2(Tensor b) { return op(value.atan2(b.value), new Elementary.Atan2(this, b)); }

    /// `√(x² + b²)` without overflow on the way; derivative 0 at the origin.
    public Tensor hypot(Tensor b) { return op(value.hypot(b.value), new Elementary.Hypot(this, b)); }

    /// Remainder of `x/b` with the sign of x.
    public Tensor fmod(Tensor b) { return op(value.fmod(b.value), new Elementary.Remainder(this, b, false)); }

    /// Remainder of `x/b` with the sign of b.
    public Tensor remainder(Tensor b) { return op(value.remainder(b.value), new Elementary.Remainder(this, b, true)); }

    /// `x/b` rounded down; derivative 0.
    public Tensor floorDivide(Tensor b) { return op(value.floorDivide(b.value), new Elementary.Quotient(this, b)); }

    /// `|x|` with the sign of b, which carries no gradient.
    public Tensor copySign(Tensor b) { return op(value.copySign(b.value), new Elementary.CopySign(this, b)); }

    /// `ln(eˣ + eᵇ)`
    public Tensor logAddExp(Tensor b) { return op(value.logAddExp(b.value), new Elementary.LogAddExp(this, b)); }

    /// `x + weight·(end − x)`
    public Tensor lerp(Tensor end, double weight) { return lerp(end, scalar(dtype(), weight)); }

    /// `x + weight·(end − x)`, rounded once.
    public Tensor lerp(Tensor end, Tensor weight) {
        return op(value.lerp(end.value, weight.value), new Elementary.Lerp(this, end, weight));
    }

    /// `x·ln b`, and 0 where x is 0, unless b is NaN; the derivative in x is `ln b`, and 0 where x is 0 and b ≤ 0.
    public Tensor xlogy(Tensor b) { return op(value.xlogy(b.value), new Specials.LogTimes(this, b, 0)); }

    /// `x·ln(1 + b)`, and 0 where x is 0, unless b is NaN; the derivative in x is `ln(1 + b)`, and 0 where x is 0 and b ≤ −1.
    public Tensor xlog1py(Tensor b) { return op(value.xlog1py(b.value), new Specials.LogTimes(this, b, 1)); }

    /// `log₂(2ˣ + 2ᵇ)`
    public Tensor logAddExp2(Tensor b) { return op(value.logAddExp2(b.value), new Specials.LogAddExp2(this, b)); }

    /// The larger of both; a NaN only if both are. At a tie all of the gradient goes to x.
    public Tensor fmax(Tensor b) { return where(value.ge(b.value).or(b.value.nanMask()), this, b); }

    /// The smaller of both; a NaN only if both are. At a tie all of the gradient goes to x.
    public Tensor fmin(Tensor b) { return where(value.le(b.value).or(b.value.nanMask()), this, b); }

    /// 0 where x < 0, 1 where x > 0, b where x = 0; 0 for NaN. The derivative in x is 0.
    public Tensor heaviside(Tensor b) {
        return where(value.eq(0), b, op(value.heaviside(b.value), new Elementary.Step(this)));
    }

    /// `ln(x/(1 − x))`, the inverse of [#sigmoid]; NaN outside 0 … 1.
    public Tensor logit() { return op(value.logit(), new Specials.Logit(this)); }

    /// [#logit] of x cut off at `eps` and `1 − eps`, beyond which the derivative is 0.
    public Tensor logit(double eps) { return clamp(eps, 1 - eps).logit(); }

    /// `sin(πx)/(πx)`, 1 at 0.
    public Tensor sinc() { return Specials.Sinc.of(this, 0); }

    /// `ln |Γ(x)|`; ∞ at 0, −1, −2, …
    public Tensor lgamma() { return Specials.PolyGamma.of(this, -1); }

    /// `Γ′(x)/Γ(x)`, the derivative of [#lgamma]; NaN at −1, −2, …
    public Tensor digamma() { return polygamma(0); }

    /// The derivative of this order of [#digamma], 0 … 100.
    public Tensor polygamma(int order) { return Specials.PolyGamma.of(this, order); }

    /// `x` where the mask is false, `fill` where it is true.
    public Tensor maskedFill(NdArray mask, double fill) { return where(mask, scalar(dtype(), fill), this); }

    /// `x = b`: a mask, which carries no gradient.
    public NdArray eq(Tensor b) { return value.eq(b.value); }

    /// `x = b`: a mask, which carries no gradient.
    public NdArray eq(double b) { return value.eq(b); }

    /// `x ≠ b`: a mask, which carries no gradient.
    public NdArray ne(Tensor b) { return value.ne(b.value); }

    /// `x ≠ b`: a mask, which carries no gradient.
    public NdArray ne(double b) { return value.ne(b); }

    /// `x < b`: a mask, which carries no gradient.
    public NdArray lt(Tensor b) { return value.lt(b.value); }

    /// `x < b`: a mask, which carries no gradient.
    public NdArray lt(double b) { return value.lt(b); }

    /// `x ≤ b`: a mask, which carries no gradient.
    public NdArray le(Tensor b) { return value.le(b.value); }

    /// `x ≤ b`: a mask, which carries no gradient.
    public NdArray le(double b) { return value.le(b); }

    /// `x > b`: a mask, which carries no gradient.
    public NdArray gt(Tensor b) { return value.gt(b.value); }

    /// `x > b`: a mask, which carries no gradient.
    public NdArray gt(double b) { return value.gt(b); }

    /// `x ≥ b`: a mask, which carries no gradient.
    public NdArray ge(Tensor b) { return value.ge(b.value); }

    /// `x ≥ b`: a mask, which carries no gradient.
    public NdArray ge(double b) { return value.ge(b); }

    // ---- computing: products and reductions

    /// `(…, m, k)·(…, k, n) → (…, m, n)`; leading axes broadcast. A vector on the left is a row, on the right a column, and
    /// that axis goes.
    public Tensor matmul(Tensor b) {
        if (rank() == 1 && b.rank() > 0) {
            return unsqueeze(0).matmul(b).squeeze(b.rank() == 1 ? 0 : -2);
        }
        return rank() > 0 && b.rank() == 1 ? matmul(b.unsqueeze(1)).squeeze(-1) : product(Form.NN, b);
    }

    /// `(…, m, k)·(…, n, k)ᵀ → (…, m, n)`
    public Tensor matmulNT(Tensor b) { return product(Form.NT, b); }

    /// `(…, k, m)ᵀ·(…, k, n) → (…, m, n)`
    public Tensor matmulTN(Tensor b) { return product(Form.TN, b); }

    private Tensor product(Form form, Tensor b) {
        // one matrix for the whole batch: one product, and one for each derivative
        if (form != Form.TN && rank() > 2 && b.rank() == 2 && dtype() == b.dtype()
            && extent(-1) == b.extent(form == Form.NN ? 0 : 1)) {
            var y = flattenRows().product(form, b);
            return y.reshape(shape().with(rank() - 1, y.extent(-1)));
        }
        return op(switch (form) {
            case NN -> value.matmul(b.value);
            case NT -> value.matmulNT(b.value);
            case TN -> value.matmulTN(b.value);
        }, new Products.MatMul(form, this, b));
    }

    // (…, n) → (rows, n)
    private Tensor flattenRows() {
        int n = extent(-1);
        return reshape(Shape.of(shape().product(0, rank() - 1), n));
    }

    /// `x·wᵀ + b`: (…, in)·(out, in)ᵀ → (…, out); `bias` (out) may be null.
    public Tensor linear(Tensor weight, Tensor bias) {
        requireLinear(weight, bias);
        if (rank() != 2) {
            return flattenRows().linear(weight, bias).reshape(shape().with(rank() - 1, weight.extent(0)));
        }
        var y = bias == null ? value.matmulNT(weight.value) : value.linear(weight.value, bias.value);
        return op(y, new Products.Linear(this, weight, bias));
    }

    private void requireLinear(Tensor weight, Tensor bias) {
        if (rank() == 0 || weight.rank() != 2 || extent(-1) != weight.extent(1) || dtype() != weight.dtype()) {
            throw new IllegalArgumentException("linear: input " + dtype() + " " + shape()
                + " does not fit weight " + weight.dtype() + " " + weight.shape() + "; give (…, in) and (out, in) of one type");
        }
        if (bias != null && (bias.dtype() != dtype() || !bias.shape().equals(Shape.of(weight.extent(0))))) {
            throw new IllegalArgumentException("linear: bias " + bias.dtype() + " " + bias.shape()
                + " does not fit weight " + weight.dtype() + " "
                + weight.shape() + "; give " + dtype() + " (" + weight.extent(0) + ")");
        }
    }

    /// `f(x·wᵀ + b)`: [#linear(Tensor, Tensor)] and its activation, which are one operation after the product and one pass over
    /// memory, forward and backward; the graph keeps the product only, of ReLU not even that, and where nothing is recorded there
    /// is no second array. Same bits as one after the other.
    public Tensor linear(Tensor weight, Tensor bias, Epilogue f) {
        if (bias == null) throw new IllegalArgumentException("linear: " + f
            + " follows a bias, and there is none; give one (out)");
        if (rank() > 2) {
            return flattenRows().linear(weight, bias, f).reshape(shape().with(rank() - 1, weight.extent(0)));
        }
        if (rank() == 1) return unsqueeze(0).linear(weight, bias, f).squeeze(0);
        if (!Recording.isOn()) {
            var y = linear(weight, bias);
            f.activateInPlace(y.value);
            return y;
        }
        if (f == Epilogue.RELU) {
            requireLinear(weight, bias);
            var y = value.linear(weight.value, bias.value);
            f.activateInPlace(y);
            return op(y, new Products.LinearRelu(this, weight, bias));
        }
        var x = linear(weight, null);
        return op(f.of(x.value, bias.value), new Products.BiasActivation(x, bias, f));
    }

    /// Sum of all elements, rank 0.
    public Tensor sum() { return sum(false); }

    /// Mean of all elements, rank 0.
    public Tensor mean() { return mean(false); }

    /// Largest of all elements, rank 0.
    public Tensor max() { return max(false); }

    /// Smallest of all elements, rank 0.
    public Tensor min() { return min(false); }

    /// Sum over the axes; no axes means all.
    public Tensor sum(boolean keepAxes, int... axes) {
        return op(value.sum(keepAxes, axes), new Rearrangements.Sum(this, shape().reduced("sum", axes)));
    }

    /// Mean over the axes; no axes means all.
    public Tensor mean(boolean keepAxes, int... axes) { return sum(keepAxes, axes).div(shape().countOver("mean", axes)); }

    /// Largest over the axes, NaN if there is one; ties share the gradient equally.
    public Tensor max(boolean keepAxes, int... axes) {
        return op(value.max(keepAxes, axes), new Reductions.Extreme(this, shape().reduced("max", axes)));
    }

    /// Smallest over the axes, NaN if there is one; ties share the gradient equally.
    public Tensor min(boolean keepAxes, int... axes) {
        return op(value.min(keepAxes, axes), new Reductions.Extreme(this, shape().reduced("min", axes)));
    }

    /// `Σ(x − mean)²/(n − correction)` over the axes; no axes means all. See [NdArray#variance(boolean, double, int...)].
    public Tensor variance(boolean keepAxes, double correction, int... axes) {
        var kept = shape().reduced("variance", axes);
        double freedom = Math.max(0, shape().countOver("variance", axes) - correction);
        return op(value.variance(keepAxes, correction, axes), new Reductions.Variance(this, kept, freedom, axes.clone()));
    }

    /// `√variance`; derivative 0 where it is 0.
    public Tensor std(boolean keepAxes, double correction, int... axes) {
        var kept = shape().reduced("std", axes);
        double freedom = Math.max(0, shape().countOver("std", axes) - correction);
        return op(value.std(keepAxes, correction, axes), new Reductions.Std(this, kept, freedom, axes.clone()));
    }

    /// Product of all elements, rank 0.
    public Tensor prod() { return prod(false); }

    /// Product over the axes; no axes means all.
    public Tensor prod(boolean keepAxes, int... axes) {
        return op(value.prod(keepAxes, axes), new Reductions.Prod(this, shape().reduced("prod", axes)));
    }

    /// `(Σ|x|ᵖ)^(1/p)` over the axes; no axes means all. See [NdArray#norm(double, boolean, int...)]; the derivative is 0 where
    /// the norm is 0.
    public Tensor norm(double p, boolean keepAxes, int... axes) {
        return op(value.norm(p, keepAxes, axes), new Reductions.Norm(this, shape().reduced("norm", axes), p));
    }

    /// Norm of matrices in a plane of two axes, which go unless kept: of order 1 the largest column sum of magnitudes, of order
    /// ∞ the largest row sum, negative orders the smallest. For the root of all squares use [#norm] with `p` = 2 over both
    /// axes.
    public Tensor matrixNorm(double order, boolean keepAxes, int rows, int columns) {
        return Algebra.matrixNorm(this, order, keepAxes, rows, columns);
    }

    /// `ln Σeˣ` over the axes, without overflow; no axes means all; −∞ for no elements.
    public Tensor logSumExp(boolean keepAxes, int... axes) {
        return op(value.logSumExp(keepAxes, axes),
            new Reductions.LogSumExp(this, shape().reduced("logSumExp", axes)));
    }

    /// Sum over the axes without NaN; no axes means all.
    public Tensor nanSum(boolean keepAxes, int... axes) { return maskedFill(value.nanMask(), 0).sum(keepAxes, axes); }

    /// Mean over the axes without NaN; no axes means all; NaN where there is nothing else.
    public Tensor nanMean(boolean keepAxes, int... axes) {
        var count = value.nanMask().not().countNonZero(keepAxes, axes).cast(dtype());
        return nanSum(keepAxes, axes).div(of(count));
    }

    /// Running sum along an axis.
    public Tensor cumsum(int axis) { return cumsum(axis, false); }

    /// Running sum along an axis, from its end if `backward`.
    public Tensor cumsum(int axis, boolean backward) {
        return op(value.cumsum(axis, backward), new Scans.CumSum(this, axis, backward));
    }

    /// Running product along an axis.
    public Tensor cumprod(int axis) { return op(value.cumprod(axis), new Scans.CumProd(this, axis)); }

    /// Logarithm of the running sum of `eˣ` along an axis.
    public Tensor logCumsumExp(int axis) { return logCumsumExp(axis, false); }

    /// Logarithm of the running sum of `eˣ` along an axis, from its end if `backward`.
    public Tensor logCumsumExp(int axis, boolean backward) {
        return op(value.logCumsumExp(axis, backward), new Scans.LogCumsumExp(this, axis, backward));
    }

    /// Largest so far along an axis; the gradient goes to the latest of equals.
    public Indexed cummax(int axis) { return Indexed.of(this, axis, value.argmaxSoFar(axis), true); }

    /// Smallest so far along an axis; the gradient goes to the latest of equals.
    public Indexed cummin(int axis) { return Indexed.of(this, axis, value.argminSoFar(axis), true); }

    /// First largest element along one axis, to which all of the gradient goes, and its index.
    public Indexed maxAt(int axis, boolean keepAxis) { return Choose.extreme(this, axis, true, keepAxis); }

    /// First smallest element along one axis, to which all of the gradient goes, and its index.
    public Indexed minAt(int axis, boolean keepAxis) { return Choose.extreme(this, axis, false, keepAxis); }

    /// Elements in increasing (or decreasing) order along an axis. Equals keep their order; NaN counts as the largest.
    public Indexed sort(int axis, boolean descending) { return Choose.sort(this, axis, descending); }

    /// The `k` largest (or smallest) elements along an axis, the most extreme first.
    public Indexed topK(int k, int axis, boolean largest) { return Choose.topK(this, k, axis, largest); }

    /// The `k`-th smallest element along an axis, `k` ≥ 1.
    public Indexed kthSmallest(int k, int axis, boolean keepAxis) { return Choose.kthSmallest(this, k, axis, keepAxis); }

    /// The middle element along an axis, the lower of two; NaN where there is one.
    public Indexed median(int axis, boolean keepAxis) { return Choose.median(this, axis, keepAxis); }

    /// The value below which a share `q` of an axis lies, on a straight line between two elements; NaN where there is one.
    public Tensor quantile(double q, int axis, boolean keepAxis) { return Choose.quantile(this, q, axis, keepAxis); }

    /// `xᵢ₊₁ − xᵢ` along an axis, `times` times; no more often than there are elements.
    public Tensor diff(int times, int axis) { return Differences.diff(this, times, axis); }

    /// Area under these values along an axis, `dx` apart, by trapezoids: `Σ ½(xᵢ + xᵢ₊₁)·dx`.
    public Tensor trapezoid(double dx, int axis) { return Differences.trapezoid(this, dx, axis); }

    /// Area under these values along an axis at the given points: a vector of points, or a tensor that broadcasts.
    public Tensor trapezoid(Tensor points, int axis) { return Differences.trapezoid(this, points, axis); }

    /// Running areas of [#trapezoid(double, int)], one fewer than values.
    public Tensor cumulativeTrapezoid(double dx, int axis) { return Differences.cumulativeTrapezoid(this, dx, axis); }

    /// Running areas of [#trapezoid(Tensor, int)], one fewer than values.
    public Tensor cumulativeTrapezoid(Tensor points, int axis) { return Differences.cumulativeTrapezoid(this, points, axis); }

    /// Distances of order `p` ≥ 0 between rows of this and of b: `(…, m, k), (…, n, k) → (…, m, n)`, by way of `(…, m, n, k)`.
    /// The derivative is 0 where a distance is 0.
    public Tensor cdist(Tensor b, double p) { return Differences.distances(this, b, p); }

    /// [#matmul] of two matrices and nothing else.
    public Tensor mm(Tensor b) { return Algebra.product("mm", this, 2, b, 2); }

    /// [#matmul] of two batches of matrices and nothing else.
    public Tensor bmm(Tensor b) { return Algebra.product("bmm", this, 3, b, 3); }

    /// [#matmul] of a matrix and a vector and nothing else.
    public Tensor mv(Tensor b) { return Algebra.product("mv", this, 2, b, 1); }

    /// `Σ x·b` of two vectors.
    public Tensor dot(Tensor b) { return Algebra.dot(this, b); }

    /// Every product of an element of this vector and one of another: `(m), (n) → (m, n)`.
    public Tensor outer(Tensor b) { return Algebra.outer(this, b); }

    /// Sum of products over the last `axes` axes of this and the first of b.
    public Tensor tensordot(Tensor b, int axes) { return Algebra.tensordot(this, b, axes); }

    /// Sum of products over pairs of axes; the other axes of this, then of b, stay.
    public Tensor tensordot(int[] axes, Tensor b, int... axesOfB) { return Algebra.tensordot(this, axes, b, axesOfB); }

    /// `beta·x + alpha·a·b` with the product of two matrices (or two batches of them); x is not read where beta is 0.
    public Tensor addMatmul(double beta, Tensor a, Tensor b, double alpha) {
        return Algebra.combine(this, beta, a.matmul(b), alpha);
    }

    /// Vector product along an axis of extent 3.
    public Tensor cross(Tensor b, int axis) { return Algebra.cross(this, b, axis); }

    /// `yₒ = xᵀ·Wₒ·b + biasₒ`: `(…, i), (…, j), (o, i, j) → (…, o)`; `bias` (o) may be null.
    public Tensor bilinear(Tensor b, Tensor weight, Tensor bias) { return Algebra.bilinear(this, b, weight, bias); }

    /// Einstein's summation, such as `bij,bjk->bik`: letters name axes, those that are not in the result are summed over; `...`
    /// stands for axes without a name.
    public static Tensor einsum(String equation, Tensor... operands) { return Einsum.einsum(equation, operands); }

    /// `eˣ/Σeˣ` along the axis.
    public Tensor softmax(int axis) { return softmax("softmax", false, axis); }

    /// `x − ln Σeˣ` along the axis.
    public Tensor logSoftmax(int axis) { return softmax("logSoftmax", true, axis); }

    private Tensor softmax(String name, boolean log, int axis) {
        if (rank() == 0 && (axis == 0 || axis == -1)) {
            return unsqueeze(0).softmax(name, log, 0).squeeze(0);
        }
        shape().axis(name, axis);
        return op(log ? value.logSoftmax(axis) : value.softmax(axis), new Rows.Softmax(this, log, axis));
    }

    /// Normalizes over the last `axes` axes: `(x − mean)/√(var + eps)·weight + bias`, `var` biased; `weight` and `bias` have the
    /// shape of those axes or are null (Ba et al. 2016, arXiv:1607.06450).
    public Tensor layerNorm(int axes, Tensor weight, Tensor bias, double eps) {
        return Normalization.last("layerNorm", this, true, axes, weight, bias, eps);
    }

    /// Normalizes over the last `axes` axes by the root mean square: `x/√(mean x² + eps)·weight`; `weight` has the shape of those
    /// axes or is null (Zhang and Sennrich 2019, arXiv:1910.07467).
    public Tensor rmsNorm(int axes, Tensor weight, double eps) {
        return Normalization.last("rmsNorm", this, false, axes, weight, null, eps);
    }

    /// Normalizes each channel of `(n, c, …)` over all other axes, by their mean and biased variance; `weight (c)` and `bias (c)`
    /// may be null. [Normalization#batch] also tells the statistics.
    public Tensor batchNorm(Tensor weight, Tensor bias, double eps) { return Normalization.batch(this, weight, bias, eps).y(); }

    /// Normalizes each channel of `(n, c, …)` by this mean `(c)` and variance `(c)`, which are constants.
    public Tensor batchNorm(NdArray mean, NdArray variance, Tensor weight, Tensor bias, double eps) {
        return Normalization.by(mean, variance, this, weight, bias, eps);
    }

    /// Normalizes `groups` groups of the channels of each sample of `(n, c, …)` over these and all positions; `weight (c)` and
    /// `bias (c)` may be null.
    public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double eps) {
        return Normalization.groups(this, groups, weight, bias, eps).y();
    }

    /// Normalizes each channel of each sample of `(n, c, …)` over all positions (Ulyanov et al. 2016, arXiv:1607.08022).
    public Tensor instanceNorm(Tensor weight, Tensor bias, double eps) {
        return groupNorm(rank() < 2 ? 1 : Math.max(1, extent(1)), weight, bias, eps);
    }

    /// Mean over rows of `−Σ target·logSoftmax(x)`: logits (n, classes), labels `I32` (n) in 0 … classes−1, rank 0 out. With
    /// smoothing `s` the target is `1 − s` on the label plus `s/classes` everywhere (Szegedy et al. 2016, arXiv:1512.00567).
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit, the batch is empty, or a label is out of range
    public Tensor crossEntropy(NdArray labels, double smoothing) {
        if (rank() != 2 || labels.rank() != 1 || labels.extent(0) != extent(0)) {
            throw new IllegalArgumentException("crossEntropy: logits " + shape() + " and labels " + labels.shape()
                + " do not fit; give logits (n, classes) and labels (n)");
        }
        if (labels.dtype() != DType.I32) {
            throw new IllegalArgumentException("crossEntropy: labels are " + labels.dtype() + "; give class indices as I32");
        }
        if (extent(0) == 0) {
            throw new IllegalArgumentException("crossEntropy: the batch is empty, logits " + shape()
                + "; the mean needs at least one row");
        }
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("crossEntropy: label smoothing " + smoothing + " is not in 0 … 1");
        }
        var l = labels.ints();
        for (int i = 0; i < l.length; i++) {
            if (l[i] < 0 || l[i] >= extent(1)) {
                throw new IllegalArgumentException("crossEntropy: label " + l[i] + " of row " + i
                    + " is not in 0 … " + (extent(1) - 1) + ", the classes of logits " + shape());
            }
        }
        var places = new int[l.length];
        for (int i = 0; i < l.length; i++) {
            places[i] = i * extent(1) + l[i];
        }
        return op(Rows.crossEntropy(value, smoothing, places), new Rows.CrossEntropy(this, smoothing, places));
    }

    // ---- computing: rearranging

    /// The same elements in another shape; one extent may be −1.
    public Tensor reshape(int... extents) { return op(value.reshape(extents), new Rearrangements.Reshape(this)); }

    /// The same elements in another shape.
    public Tensor reshape(Shape shape) {
        return shape.equals(shape()) ? this : op(value.reshape(shape), new Rearrangements.Reshape(this));
    }

    /// Merges the axes from `fromAxis` on into one.
    public Tensor flatten(int fromAxis) { return op(value.flatten(fromAxis), new Rearrangements.Reshape(this)); }

    /// Swaps the last two axes.
    public Tensor transpose() {
        value.requireMatrix("transpose");
        return transpose(-2, -1);
    }

    /// Swaps two axes.
    public Tensor transpose(int a, int b) {
        var order = value.swapped(a, b);
        return op(value.permute(order), new Rearrangements.Permute(this, order));
    }

    /// Axis `i` of the result is axis `order[i]` of this.
    public Tensor permute(int... order) { return op(value.permute(order), new Rearrangements.Permute(this, order.clone())); }

    /// Repeats axes of extent 1 (and adds leading ones) to reach the shape.
    public Tensor expand(Shape target) {
        return target.equals(shape()) ? this : op(value.expand(target), new Rearrangements.Expand(this));
    }

    /// Sums over the axes along which `target` broadcast to this shape: the reverse of [#expand].
    public Tensor sumTo(Shape target) {
        return target.equals(shape()) ? this : op(value.sumTo(target), new Rearrangements.SumTo(this));
    }

    /// Elements `from ≤ i < to` of an axis.
    public Tensor slice(int axis, int from, int to) {
        return op(value.slice(axis, from, to), new Rearrangements.Slice(this, axis, from));
    }

    /// The reverse of [#slice]: this at `from` of an axis of the given extent, zeros around it.
    public Tensor embed(int axis, int from, int extent) {
        return op(value.embed(axis, from, extent), new Rearrangements.Embed(this, axis, from));
    }

    /// The elements on a grid.
    public Tensor pick(Grid grid) { return op(value.pick(grid), new Rearrangements.Pick(this, grid)); }

    /// These elements, in order, added to zeros of the given shape at the places of a grid.
    public Tensor place(Grid grid, Shape target) { return op(value.place(grid, target), new Rearrangements.Place(this, grid)); }

    /// Elements `from, from + step, …` before `to` of an axis.
    public Tensor slice(int axis, int from, int to, int step) { return pick(Grid.slice(shape(), axis, from, to, step)); }

    /// Slice `index` of an axis, which goes; a negative index counts from the end.
    public Tensor select(int axis, int index) { return Arrange.select(this, axis, index); }

    /// The axes in reverse order of their elements; no axes means none.
    public Tensor flip(int... axes) { return pick(Grid.flip(shape(), axes)); }

    /// Elements moved along axes by so many places, those that fall off at one end come in at the other; without axes, and with
    /// one shift, along the flattened tensor.
    public Tensor roll(int[] shifts, int... axes) { return Arrange.roll(this, shifts, axes); }

    /// Turned by quarters in the plane of two axes, from the first to the second.
    public Tensor rotate(int quarters, int first, int second) { return Arrange.rotate(this, quarters, first, second); }

    /// The whole repeated along each axis; more counts than axes add axes in front.
    public Tensor repeat(int... counts) { return Arrange.repeat(this, counts); }

    /// As [#repeat], where fewer counts than axes are those of the last axes.
    public Tensor tile(int... counts) { return Arrange.tile(this, counts); }

    /// Each slice of an axis repeated in place.
    public Tensor repeatInterleave(int count, int axis) { return Arrange.repeatInterleave(this, count, axis); }

    /// The last two axes at and below the diagonal, zeros above; `offset` > 0 keeps so many diagonals more.
    public Tensor tril(int offset) { return Arrange.triangle("tril", this, offset, true); }

    /// The last two axes at and above the diagonal, zeros below; `offset` > 0 drops so many diagonals more.
    public Tensor triu(int offset) { return Arrange.triangle("triu", this, offset, false); }

    /// The diagonal of two axes, `offset` places above it, as a new last axis.
    public Tensor diagonal(int offset, int first, int second) { return pick(Grid.diagonal(shape(), offset, first, second)); }

    /// The last axis as the diagonal, `offset` places above it, of two axes of the result; zeros elsewhere.
    public Tensor diagonalEmbed(int offset, int first, int second) { return Arrange.diagonalEmbed(this, offset, first, second); }

    /// Windows of `size` along an axis, one every `step`; their elements are a new last axis.
    public Tensor windows(int axis, int size, int step) { return pick(Grid.windows(shape(), axis, size, step)); }

    /// Axes `from` at the places `to`, the others in order around them.
    public Tensor moveAxes(int[] from, int... to) { return Arrange.moveAxes(this, from, to); }

    /// Parts of the given extents of an axis.
    public List<Tensor> split(int axis, int... extents) { return Arrange.split("split", this, axis, extents); }

    /// Parts of `size` elements of an axis, the last one smaller if need be.
    public List<Tensor> splitBy(int size, int axis) { return Arrange.splitBy(this, size, axis); }

    /// At most `count` parts of an axis, all of one size but the last.
    public List<Tensor> chunk(int count, int axis) { return Arrange.chunk(this, count, axis); }

    /// All slices of an axis, which goes.
    public List<Tensor> unbind(int axis) { return Arrange.unbind(this, axis); }

    /// Drops every axis of extent 1, or those of the given axes that have it.
    public Tensor squeezeAll(int... axes) { return Arrange.squeezeAll(this, axes); }

    /// One axis as several; one extent may be −1.
    public Tensor unflatten(int axis, int... extents) { return Arrange.unflatten(this, axis, extents); }

    /// Merges the axes `first … last` into one.
    public Tensor flatten(int first, int last) { return Arrange.flatten(this, first, last); }

    /// As [#expand(Shape)]; −1 keeps an extent.
    public Tensor expand(int... extents) { return Arrange.expand(this, extents); }

    /// One tensor a vector, with as many axes as there are vectors: each varies along its own. `columnsFirst` swaps the first
    /// two axes.
    public static List<Tensor> meshgrid(boolean columnsFirst, Tensor... vectors) {
        return Arrange.meshgrid(columnsFirst, vectors);
    }

    /// Matrices along the diagonal of one, zeros elsewhere; vectors count as rows.
    public static Tensor blockDiagonal(Tensor... blocks) { return Arrange.blockDiagonal(blocks); }

    /// Tensors side by side: along the only axis of vectors, else along the second.
    public static Tensor hstack(Tensor... parts) { return Stacks.horizontal(parts); }

    /// Tensors one below the other, along the first axis: vectors are rows.
    public static Tensor vstack(Tensor... parts) { return Stacks.vertical(parts); }

    /// Tensors one behind the other, along the third axis: `(n)` counts as `(1, n, 1)`, `(m, n)` as `(m, n, 1)`.
    public static Tensor dstack(Tensor... parts) { return Stacks.deep(parts); }

    /// Tensors side by side, along the second axis: vectors are columns.
    public static Tensor columnStack(Tensor... parts) { return Stacks.columns(parts); }

    /// Every combination of an element of each vector, a row each, the last vector's element changing first.
    public static Tensor cartesianProd(Tensor... vectors) { return Stacks.cartesianProduct(vectors); }

    /// Elements at flat positions, in the shape of the index; negative ones count from the end.
    public Tensor take(NdArray index) { return Choose.take(this, index); }

    /// As [#gather], where index and x broadcast on the other axes, and negative indices count from the end.
    public Tensor takeAlong(int axis, NdArray index) { return Choose.takeAlong(this, axis, index); }

    /// Elements where the mask is true, in order; mask and x broadcast.
    public Tensor maskedSelect(NdArray mask) { return Choose.maskedSelect(this, mask); }

    /// Elements of `source`, in order, where the mask is true; mask and x broadcast.
    public Tensor maskedScatter(NdArray mask, Tensor source) { return Choose.maskedScatter(this, mask, source); }

    /// This with `y[…, index[…, i, …], …] = source[…, i, …]`. Where an index occurs twice the last one counts, and each source
    /// has the gradient of its place.
    public Tensor scatter(int axis, NdArray index, Tensor source) { return Choose.scatter(this, axis, index, source); }

    /// This with elements of `source` added at their indices along an axis.
    public Tensor scatterAdd(int axis, NdArray index, Tensor source) { return Choose.scatterAdd(this, axis, index, source); }

    /// Values that go to places given by an index along an axis, combined there: `y[…, index[…, i, …], …]` is made of all such
    /// `source[…, i, …]`, and of its element of x if `includeSelf`. Where nothing goes, x stays. Source and x may be longer than
    /// the index on other axes. The largest and the smallest share the gradient with their equals.
    public Tensor scatterReduce(int axis, NdArray index, Tensor source, Combine how, boolean includeSelf) {
        return Scatters.reduce(this, axis, index, source, how, includeSelf);
    }

    /// Elements, or slices, at positions that have an index for each of the leading axes: with two indices `y[k] = x[i[k],
    /// j[k]]`. Indices are `I32`, negative ones count from the end, and broadcast; or masks, which stand for the indices of their
    /// true elements.
    public Tensor index(NdArray... indices) { return Positions.index(this, indices); }

    /// This with `values` at the positions of [#index], or added to what is there if `accumulate`; the values expand. Where a
    /// position occurs twice the last one counts, and each value has the gradient of its place.
    public Tensor indexPut(Tensor values, boolean accumulate, NdArray... indices) {
        return Positions.indexPut(this, values, accumulate, indices);
    }

    /// This with slice `i` of `source` added to slice `index[i]`.
    public Tensor indexAdd(int axis, NdArray index, Tensor source) { return Choose.indexAdd(this, axis, index, source); }

    /// This with slice `index[i]` replaced by slice `i` of `source`.
    public Tensor indexCopy(int axis, NdArray index, Tensor source) { return Choose.indexCopy(this, axis, index, source); }

    /// This with the slices at the indices filled with one value.
    public Tensor indexFill(int axis, NdArray index, Tensor value) { return Choose.indexFill(this, axis, index, value); }

    /// This with the elements on a grid replaced by those of `source`.
    public Tensor put(Grid grid, Tensor source) { return Choose.put("put", this, grid, source); }

    /// Joins along an existing axis.
    public static Tensor concat(int axis, Tensor... parts) {
        var values = new NdArray[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].value;
        }
        return op(NdArray.concat(axis, values), new Rearrangements.Concat(axis, parts.clone()));
    }

    /// Joins along a new axis.
    public static Tensor stack(int axis, Tensor... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("stack: nothing to join; give at least one array");
        }
        var y = new Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            y[i] = parts[i].unsqueeze(axis);
        }
        return concat(axis, y);
    }

    /// Drops an axis of extent 1.
    public Tensor squeeze(int axis) { return op(value.squeeze(axis), new Rearrangements.Reshape(this)); }

    /// Puts in an axis of extent 1 before `axis` (negative: counted in the result).
    public Tensor unsqueeze(int axis) { return op(value.unsqueeze(axis), new Rearrangements.Reshape(this)); }

    /// Slices `index[i]` of an axis, in that order; `index` is `I32` of rank 1.
    public Tensor indexSelect(int axis, NdArray index) {
        return op(value.indexSelect(axis, index), new Rearrangements.IndexSelect(this, axis, index));
    }

    /// Adds slice `i` to slice `index[i]` of zeros whose axis has the given extent.
    public Tensor indexAdd(int axis, NdArray index, int extent) {
        return op(value.indexAdd(axis, index, extent), new Rearrangements.IndexAdd(this, axis, index));
    }

    /// `y[…, i, …] = x[…, index[…, i, …], …]`; the index has as many axes and is no longer than x on any other axis, what x has
    /// beyond it is left out.
    public Tensor gather(int axis, NdArray index) {
        if (rank() == 0 && (axis == 0 || axis == -1)) {
            return unsqueeze(0).gather(0, index.rank() == 0 ? index.reshape(1) : index).reshape(index.shape());
        }
        return op(value.gather(axis, index), new Rearrangements.Gather(this, axis, index));
    }

    /// Adds each element at its index along an axis of zeros of the given extent.
    public Tensor scatterAdd(int axis, NdArray index, int extent) {
        return op(value.scatterAdd(axis, index, extent), new Rearrangements.ScatterAdd(this, axis, index));
    }

    /// Converted to another floating type; the gradient is converted back.
    ///
    /// @throws IllegalArgumentException for `I32` and `BOOL`, through which no gradient flows
    public Tensor cast(DType target) {
        if (!target.isFloat()) {
            throw new IllegalArgumentException("cast: no gradient flows through " + target + "; use value().cast(" + target
                + ")");
        }
        return target == dtype() ? this : op(value.cast(target), new Rearrangements.Cast(this, dtype()));
    }
}
