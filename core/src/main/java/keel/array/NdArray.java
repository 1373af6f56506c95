package keel.array;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import keel.kernel.Backend;
import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// Dense row-major values without history. Methods return new arrays; those that modify end in `InPlace`. [#reshape(int...)]
/// shares its storage, every other rearrangement copies. Arithmetic is defined on `F32` and `F64`, between arrays of one type;
/// shapes broadcast as in [Shape#broadcast].
///
/// Not synchronized: any number of threads may read, one may write while nobody reads.
public final class NdArray {
    /// The elements, shared by all reshaped forms, and how often they were modified.
    private static final class Storage {
        final boolean ours; // not an array that was handed in
        Object array; // null once released
        int version;

        Storage(Object array, boolean ours) {
            this.array = array;
            this.ours = ours;
        }

        // By one of several threads that release it at once: no array may have two owners afterwards.
        synchronized Object taken() {
            var y = array;
            array = null;
            return y;
        }
    }

    private final DType dtype;
    private final Shape shape;
    private final Storage storage;

    private NdArray(DType dtype, Shape shape, Storage storage) {
        this.dtype = dtype;
        this.shape = shape;
        this.storage = storage;
    }

    // ---- making

    /// Rank 1, `F32`; the array is copied.
    public static NdArray of(float... values) { return of(Shape.of(values.length), values.clone()); }

    /// Rank 1, `F64`; the array is copied.
    public static NdArray of(double... values) { return of(Shape.of(values.length), values.clone()); }

    /// Rank 1, `I32`; the array is copied.
    public static NdArray of(int... values) { return of(Shape.of(values.length), values.clone()); }

    /// Rank 1, `BOOL`; the array is copied.
    public static NdArray of(boolean... values) { return of(Shape.of(values.length), values.clone()); }

    /// `F32` over the given array itself, not a copy.
    public static NdArray of(Shape shape, float[] values) { return wrap(DType.F32, shape, values, values.length); }

    /// `F64` over the given array itself, not a copy.
    public static NdArray of(Shape shape, double[] values) { return wrap(DType.F64, shape, values, values.length); }

    /// `I32` over the given array itself, not a copy.
    public static NdArray of(Shape shape, int[] values) { return wrap(DType.I32, shape, values, values.length); }

    /// `BOOL` over the given array itself, not a copy.
    public static NdArray of(Shape shape, boolean[] values) { return wrap(DType.BOOL, shape, values, values.length); }

    private static NdArray wrap(DType dtype, Shape shape, Object values, int length) {
        if (length != shape.size()) {
            throw new IllegalArgumentException("of: " + length + " values for shape " + shape + "; give " + shape.size());
        }
        return new NdArray(dtype, shape, new Storage(values, false));
    }

    /// Zeros (`false` for `BOOL`).
    public static NdArray zeros(DType dtype, Shape shape) {
        var spare = Spares.take(dtype, shape.size());
        return spare == null ? fresh(dtype, shape) : over(dtype, shape, spare).fillInPlace(0);
    }

    /// Zeros (`false` for `BOOL`).
    public static NdArray zeros(DType dtype, int... extents) { return zeros(dtype, Shape.of(extents)); }

    /// Ones (`true` for `BOOL`).
    public static NdArray ones(DType dtype, int... extents) { return full(dtype, Shape.of(extents), 1); }

    /// Every element `value`, converted as by [#cast].
    public static NdArray full(DType dtype, Shape shape, double value) {
        var y = empty(dtype, shape);
        Elements.fill(y, value);
        return y;
    }

    /// `0, 1, … n−1`; any type but `BOOL`.
    public static NdArray arange(DType dtype, int n) {
        if (dtype == DType.BOOL) {
            throw new IllegalArgumentException("arange: BOOL cannot count; use I32, F32 or F64");
        }
        var i = zeros(DType.I32, n);
        for (int j = 0; j < n; j++) {
            i.ints()[j] = j;
        }
        return i.cast(dtype);
    }

    /// `from, from + step, …` before `to`, `⌈(to − from)/step⌉` values, each computed in double and rounded once; any type but
    /// `BOOL`.
    public static NdArray arange(DType dtype, double from, double to, double step) {
        double n = Math.ceil((to - from) / step);
        if (!(n >= 0 && n <= Shape.MAX_SIZE) || dtype == DType.BOOL) {
            throw new IllegalArgumentException("arange: " + dtype + " from " + from + " to " + to + " by " + step
                + (dtype == DType.BOOL ? "; BOOL cannot count" : "; give a step that leads there, in no more than "
                + Shape.MAX_SIZE + " values"));
        }
        var y = new double[(int) n];
        for (int i = 0; i < y.length; i++) {
            y[i] = from + i * step;
        }
        return rounded(dtype, Shape.of(y.length), y);
    }

    /// `n` values from `from` to `to`, both included, evenly spaced; `F32` or `F64`.
    public static NdArray linspace(DType dtype, double from, double to, int n) {
        var y = new double[Shape.of(n).size()];
        for (int i = 0; i < n; i++) { // from the nearer end, so that both are exact
            double step = (to - from) / Math.max(1, n - 1);
            y[i] = i < n / 2 || n == 1 ? from + i * step : to - (n - 1 - i) * step;
        }
        return rounded(dtype, Shape.of(n), y);
    }

    /// Rounds to the type; wraps the array itself where that is `F64`.
    static NdArray rounded(DType dtype, Shape shape, double[] values) {
        var y = of(shape, values);
        return y.cast(dtype);
    }

    /// The identity matrix `(n, n)`.
    public static NdArray eye(DType dtype, int n) { return eye(dtype, n, n); }

    /// Ones where both indices agree, else zeros: `(n, m)`.
    public static NdArray eye(DType dtype, int n, int m) {
        var y = zeros(dtype, n, m);
        for (int i = 0; i < Math.min(n, m); i++) {
            Elements.set(y, i * m + i, 1);
        }
        return y;
    }

    /// Row and column of each element of an (m, n) matrix with `column − row ≤ offset`: `(2, count)`, `I32`, in row-major order.
    public static NdArray trilIndices(int m, int n, int offset) { return Masks.triangle("trilIndices", m, n, offset, true); }

    /// Row and column of each element of an (m, n) matrix with `column − row ≥ offset`: `(2, count)`, `I32`, in row-major order.
    public static NdArray triuIndices(int m, int n, int offset) { return Masks.triangle("triuIndices", m, n, offset, false); }

    /// The numbers 0 … n−1 in random order, `I32`: Fisher and Yates' shuffle, every order equally likely.
    public static NdArray randperm(int n, RandomGenerator random) {
        var y = arange(DType.I32, n);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = y.ints()[i];
            y.ints()[i] = y.ints()[j];
            y.ints()[j] = swapped;
        }
        return y;
    }

    /// `I32` labels as rows of zeros with a one at the label: the shape of `labels` followed by `classes`.
    ///
    /// @throws IllegalArgumentException if a label is not in `0 … classes−1`
    public static NdArray oneHot(DType dtype, NdArray labels, int classes) { return Moves.oneHot(dtype, labels, classes); }

    /// Independent uniform draws from `low … high`; `low` can occur, and `high` only where rounding to the type reaches it.
    public static NdArray uniform(DType dtype, Shape shape, double low, double high, RandomGenerator random) {
        if (!(low <= high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("uniform: " + low + " … " + high + " is no range; give low ≤ high, both finite");
        }
        return Draws.uniform(dtype, shape, low, high, random);
    }

    /// Independent normal draws. Box–Muller over `StrictMath`, one normal from two uniforms: the same bits on every JVM.
    public static NdArray normal(DType dtype, Shape shape, double mean, double std, RandomGenerator random) {
        if (!(std >= 0 && Double.isFinite(std) && Double.isFinite(mean))) {
            throw new IllegalArgumentException("normal: mean " + mean + " and std " + std
                + "; both must be finite, std 0 or more");
        }
        return Draws.normal(dtype, shape, mean, std, random);
    }

    /// `true` with probability `p`, independently.
    public static NdArray bernoulli(Shape shape, double p, RandomGenerator random) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("bernoulli: probability " + p + " is not in 0 … 1");
        }
        var y = empty(DType.BOOL, shape);
        var kept = y.booleans();
        // nextDouble() < p by the sign of the difference: nobody can foresee a comparison of chances
        for (int i = 0; i < kept.length; i++) {
            kept[i] = SIGN[(int) (Double.doubleToRawLongBits(random.nextDouble() - p) >>> 63)];
        }
        return y;
    }

    private static final boolean[] SIGN = {false, true};

    /// Any elements, all of which the caller sets: those of an array that was [released][#release()], if there is one.
    public static NdArray empty(DType dtype, Shape shape) {
        var spare = Spares.take(dtype, shape.size());
        var y = spare == null ? fresh(dtype, shape) : over(dtype, shape, spare);
        assert Spares.spoil(y.storage.array);
        return y;
    }

    private static NdArray over(DType dtype, Shape shape, Object array) {
        return new NdArray(dtype, shape, new Storage(array, true));
    }

    private static NdArray fresh(DType dtype, Shape shape) {
        int n = shape.size();
        return allocate(dtype, shape, () -> switch (dtype) {
            case F32 -> new float[n];
            case F64 -> new double[n];
            case I32 -> new int[n];
            case BOOL -> new boolean[n];
        });
    }

    private static NdArray allocate(DType dtype, Shape shape, Supplier<Object> array) {
        try {
            return over(dtype, shape, array.get());
        } catch (OutOfMemoryError e) {
            long bytes = (long) shape.size() * dtype.bytes();
            throw new IllegalStateException("allocate: " + dtype + " " + shape + " needs " + (bytes >> 20)
                + " MiB, which a heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB does not have free; use smaller arrays, or raise -Xmx", e);
        }
    }

    // ---- looking

    /// Type of the elements.
    public DType dtype() { return dtype; }

    /// Extents of the axes.
    public Shape shape() { return shape; }

    /// Number of axes.
    public int rank() { return shape.rank(); }

    /// Extent of an axis; negative axes count from the end.
    public int extent(int axis) { return shape.extent(axis); }

    /// Number of elements.
    public int size() { return shape.size(); }

    /// How often these elements were modified; grows with every method that ends in `InPlace`, and is shared with reshaped forms.
    public int version() { return storage.version; }

    /// One element as a double (`BOOL`: 0 or 1).
    public double get(int... index) { return Elements.element(this, offset("get", index)); }

    /// The only element of an array of one element.
    public double item() {
        if (size() != 1) {
            throw new IllegalArgumentException("item: shape " + shape + " has " + size()
                + " elements; reduce it to one or use get");
        }
        return Elements.element(this, 0);
    }

    /// The backing array itself, to use until it is [released][#release()]: reading is free, writing to it escapes the version
    /// count. `F32` only.
    public float[] floats() { return backing(float[].class, DType.F32); }

    /// The backing array itself, `F64` only; see [#floats()].
    public double[] doubles() { return backing(double[].class, DType.F64); }

    /// The backing array itself, `I32` only; see [#floats()].
    public int[] ints() { return backing(int[].class, DType.I32); }

    /// The backing array itself, `BOOL` only; see [#floats()].
    public boolean[] booleans() { return backing(boolean[].class, DType.BOOL); }

    private <A> A backing(Class<A> type, DType wanted) {
        if (dtype != wanted) {
            throw new IllegalArgumentException("elements: those of " + dtype + " " + shape + " are not " + wanted
                + "; cast it first");
        }
        return type.cast(data());
    }

    /// A copy, converted as by [#cast].
    public float[] toFloats() { return cast(DType.F32).copyIfShared(this).floats(); }

    /// A copy, converted as by [#cast].
    public double[] toDoubles() { return cast(DType.F64).copyIfShared(this).doubles(); }

    /// A copy, converted as by [#cast].
    public int[] toInts() { return cast(DType.I32).copyIfShared(this).ints(); }

    /// A copy, converted as by [#cast].
    public boolean[] toBooleans() { return cast(DType.BOOL).copyIfShared(this).booleans(); }

    private NdArray copyIfShared(NdArray x) { return storage == x.storage ? copy() : this; }

    /// Whether no element is NaN or infinite; true for integers and masks.
    public boolean isFinite() { return Elements.isFinite(this); }

    /// Whether an element is NaN.
    public boolean hasNaN() { return Elements.hasNaN(this); }

    /// Type, shape and elements, long axes shortened.
    @Override
    public String toString() { return Elements.of(this); }

    // ---- computing: elementwise

    /// `x + b`
    public NdArray add(NdArray b) { return Elementwise.binary("add", Binary.ADD, 0, this, b); }

    /// `x + b`
    public NdArray add(double b) { return Elementwise.unary("add", Unary.ADD_SCALAR, b, this); }

    /// `x − b`
    public NdArray sub(NdArray b) { return Elementwise.binary("sub", Binary.SUB, 0, this, b); }

    /// `x − b`
    public NdArray sub(double b) { return Elementwise.unary("sub", Unary.ADD_SCALAR, -b, this); }

    /// `x·b`
    public NdArray mul(NdArray b) { return Elementwise.binary("mul", Binary.MUL, 0, this, b); }

    /// `x·b`
    public NdArray mul(double b) { return Elementwise.unary("mul", Unary.MUL_SCALAR, b, this); }

    /// `x/b`
    public NdArray div(NdArray b) { return Elementwise.binary("div", Binary.DIV, 0, this, b); }

    /// `x/b`, correctly rounded
    public NdArray div(double b) {
        requireFloat("div");
        return hasExactReciprocal(b) ? mul(1 / b) : div(full(dtype, Shape.of(), b));
    }

    // Of a power of two, in every type: then a product is the quotient, rounded as the quotient is, in a fraction of its time.
    private static boolean hasExactReciprocal(double b) {
        int exponent = Math.getExponent(b);
        return Math.abs(exponent) <= Float.MAX_EXPONENT - 1 && Math.abs(b) == Math.scalb(1.0, exponent);
    }

    /// `b − x`
    public NdArray rsub(double b) { return Elementwise.unary("rsub", Unary.RSUB_SCALAR, b, this); }

    /// `b/x`
    public NdArray rdiv(double b) { return Elementwise.unary("rdiv", Unary.RDIV_SCALAR, b, this); }

    /// The smaller of both; NaN if either is.
    public NdArray minimum(NdArray b) { return Elementwise.binary("minimum", Binary.MIN, 0, this, b); }

    /// The smaller of both; NaN if either is.
    public NdArray minimum(double b) { return Elementwise.unary("minimum", Unary.MIN_SCALAR, b, this); }

    /// The larger of both; NaN if either is.
    public NdArray maximum(NdArray b) { return Elementwise.binary("maximum", Binary.MAX, 0, this, b); }

    /// The larger of both; NaN if either is.
    public NdArray maximum(double b) { return Elementwise.unary("maximum", Unary.MAX_SCALAR, b, this); }

    /// `xᵇ`
    public NdArray pow(NdArray b) { return Elementwise.binary("pow", Binary.POW, 0, this, b); }

    /// `xᵇ`; for b = ½ and −½ the root and its reciprocal, NaN at −∞ as in PyTorch.
    public NdArray pow(double b) { return Elementwise.unary("pow", Unary.POW_SCALAR, b, this); }

    /// `min(max(x, low), high)`; NaN stays.
    public NdArray clamp(double low, double high) { return Elementwise.clamp(low, high, this); }

    /// `dy` where `low ≤ x ≤ high`, else 0, also where `x` is NaN: the derivative of [#clamp], of equal shapes.
    public NdArray clampGrad(double low, double high, NdArray dy) { return Elementwise.clampGrad(low, high, this, dy); }

    /// `max(x, 0)` with slope `slope` for negative x.
    public NdArray leakyRelu(double slope) { return Elementwise.unary("leakyRelu", Unary.LEAKY_RELU, slope, this); }

    /// `−x`
    public NdArray neg() { return Elementwise.unary("neg", Unary.NEG, 0, this); }

    /// `|x|`
    public NdArray abs() { return Elementwise.unary("abs", Unary.ABS, 0, this); }

    /// −1, 0 or 1; 0 for NaN, as in PyTorch
    public NdArray sign() { return Elementwise.unary("sign", Unary.SIGN, 0, this); }

    /// `x²`
    public NdArray square() { return Elementwise.unary("square", Unary.SQUARE, 0, this); }

    /// `√x`
    public NdArray sqrt() { return Elementwise.unary("sqrt", Unary.SQRT, 0, this); }

    /// `1/√x`
    public NdArray rsqrt() { return Elementwise.unary("rsqrt", Unary.RSQRT, 0, this); }

    /// `1/x`
    public NdArray reciprocal() { return Elementwise.unary("reciprocal", Unary.RECIPROCAL, 0, this); }

    /// `eˣ`
    public NdArray exp() { return Elementwise.unary("exp", Unary.EXP, 0, this); }

    /// `eˣ − 1`
    public NdArray expm1() { return Elementwise.unary("expm1", Unary.EXPM1, 0, this); }

    /// `ln x`
    public NdArray log() { return Elementwise.unary("log", Unary.LOG, 0, this); }

    /// `ln(1 + x)`
    public NdArray log1p() { return Elementwise.unary("log1p", Unary.LOG1P, 0, this); }

    /// `sin x`
    public NdArray sin() { return Elementwise.unary("sin", Unary.SIN, 0, this); }

    /// `cos x`
    public NdArray cos() { return Elementwise.unary("cos", Unary.COS, 0, this); }

    /// `tanh x`
    public NdArray tanh() { return Elementwise.unary("tanh", Unary.TANH, 0, this); }

    /// `1/(1 + e⁻ˣ)`
    public NdArray sigmoid() { return Elementwise.unary("sigmoid", Unary.SIGMOID, 0, this); }

    /// The error function.
    public NdArray erf() { return Elementwise.unary("erf", Unary.ERF, 0, this); }

    /// `max(x, 0)`
    public NdArray relu() { return Elementwise.unary("relu", Unary.RELU, 0, this); }

    /// `x·Φ(x)`, Φ the normal distribution function.
    public NdArray gelu() { return Elementwise.unary("gelu", Unary.GELU, 0, this); }

    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`
    public NdArray geluTanh() { return Elementwise.unary("geluTanh", Unary.GELU_TANH, 0, this); }

    /// `x·sigmoid(x)`
    public NdArray silu() { return Elementwise.unary("silu", Unary.SILU, 0, this); }

    /// `ln(1 + eˣ)`
    public NdArray softplus() { return Elementwise.unary("softplus", Unary.SOFTPLUS, 0, this); }

    /// `2ˣ`
    public NdArray exp2() { return Elementwise.unary("exp2", Unary.EXP2, 0, this); }

    /// Logarithm of base 2, exact at powers of 2.
    public NdArray log2() { return Elementwise.unary("log2", Unary.LOG2, 0, this); }

    /// Logarithm of base 10.
    public NdArray log10() { return Elementwise.unary("log10", Unary.LOG10, 0, this); }

    /// `tan x`
    public NdArray tan() { return Elementwise.unary("tan", Unary.TAN, 0, this); }

    /// Inverse of sin, in −π/2 … π/2; NaN outside −1 … 1.
    public NdArray asin() { return Elementwise.unary("asin", Unary.ASIN, 0, this); }

    /// Inverse of cos, in 0 … π; NaN outside −1 … 1.
    public NdArray acos() { return Elementwise.unary("acos", Unary.ACOS, 0, this); }

    /// Inverse of tan, in −π/2 … π/2.
    public NdArray atan() { return Elementwise.unary("atan", Unary.ATAN, 0, this); }

    /// `½(eˣ − e⁻ˣ)`
    public NdArray sinh() { return Elementwise.unary("sinh", Unary.SINH, 0, this); }

    /// `½(eˣ + e⁻ˣ)`
    public NdArray cosh() { return Elementwise.unary("cosh", Unary.COSH, 0, this); }

    /// Inverse of sinh.
    public NdArray asinh() { return Elementwise.unary("asinh", Unary.ASINH, 0, this); }

    /// Inverse of cosh, ≥ 0; NaN below 1.
    public NdArray acosh() { return Elementwise.unary("acosh", Unary.ACOSH, 0, this); }

    /// Inverse of tanh; NaN outside −1 … 1.
    public NdArray atanh() { return Elementwise.unary("atanh", Unary.ATANH, 0, this); }

    /// `1 − erf(x)`, with relative accuracy also where it is tiny.
    public NdArray erfc() { return Elementwise.unary("erfc", Unary.ERFC, 0, this); }

    /// Largest whole number ≤ x.
    public NdArray floor() { return Elementwise.unary("floor", Unary.FLOOR, 0, this); }

    /// Smallest whole number ≥ x.
    public NdArray ceil() { return Elementwise.unary("ceil", Unary.CEIL, 0, this); }

    /// Nearest whole number, halves to the even one.
    public NdArray round() { return Elementwise.unary("round", Unary.ROUND, 0, this); }

    /// Nearest whole number between x and 0.
    public NdArray trunc() { return Elementwise.unary("trunc", Unary.TRUNC, 0, this); }

    /// Angle of the point (b, x), in −π … π.
    public NdArray atan2(NdArray b) { return Elementwise.binary("atan2", Binary.ATAN2, 0, this, b); }

    /// `√(x² + b²)` without overflow on the way.
    public NdArray hypot(NdArray b) { return Elementwise.binary("hypot", Binary.HYPOT, 0, this, b); }

    /// Remainder of `x/b` with the sign of x.
    public NdArray fmod(NdArray b) { return Elementwise.binary("fmod", Binary.FMOD, 0, this, b); }

    /// Remainder of `x/b` with the sign of b.
    public NdArray remainder(NdArray b) { return Elementwise.binary("remainder", Binary.REMAINDER, 0, this, b); }

    /// `x/b` rounded down.
    public NdArray floorDivide(NdArray b) { return Elementwise.binary("floorDivide", Binary.FLOOR_DIVIDE, 0, this, b); }

    /// `|x|` with the sign of b.
    public NdArray copySign(NdArray b) { return Elementwise.binary("copySign", Binary.COPY_SIGN, 0, this, b); }

    /// `ln(eˣ + eᵇ)`
    public NdArray logAddExp(NdArray b) { return Elementwise.binary("logAddExp", Binary.LOG_ADD_EXP, 0, this, b); }

    /// `log₂(2ˣ + 2ᵇ)`
    public NdArray logAddExp2(NdArray b) { return Special.logAddExp2(this, b); }

    /// The larger of both; a NaN only if both are.
    public NdArray fmax(NdArray b) { return where(ge(b).or(b.nanMask()), this, b); }

    /// The smaller of both; a NaN only if both are.
    public NdArray fmin(NdArray b) { return where(le(b).or(b.nanMask()), this, b); }

    /// 0 where x < 0, 1 where x > 0, b where x = 0; 0 for NaN.
    public NdArray heaviside(NdArray b) {
        Elementwise.requireSame("heaviside", this, b);
        return where(eq(0), b, gt(0).cast(dtype));
    }

    /// `x·ln b`, and 0 where x is 0, unless b is NaN.
    public NdArray xlogy(NdArray b) {
        var zero = eq(0).and(b.nanMask().not());
        return where(zero, mul(0), mul(where(zero, ones(dtype), b).log()));
    }

    /// `x·ln(1 + b)`, and 0 where x is 0, unless b is NaN.
    public NdArray xlog1py(NdArray b) {
        var zero = eq(0).and(b.nanMask().not());
        return where(zero, mul(0), mul(where(zero, ones(dtype), b).log1p()));
    }

    /// `ln(x/(1 − x))`, the inverse of [#sigmoid]; NaN outside 0 … 1.
    public NdArray logit() { return Special.logit(this); }

    /// `sin(πx)/(πx)`, 1 at 0.
    public NdArray sinc() { return Special.sinc(0, this); }

    /// `ln |Γ(x)|`; ∞ at 0, −1, −2, …
    public NdArray lgamma() { return Special.lgamma(this); }

    /// `Γ′(x)/Γ(x)`; NaN at −1, −2, …
    public NdArray digamma() { return Special.digamma(this); }

    /// `x + weight·(end − x)`, computed in double and rounded once.
    public NdArray lerp(NdArray end, NdArray weight) {
        return Elementwise.lerp(this, end, weight);
    }

    /// Kernel function by name: what the derivatives use.
    public NdArray unary(Unary f, double p) { return Elementwise.unary(f.name(), f, p, this); }

    /// Kernel function of two arrays by name: what the derivatives use.
    public NdArray binary(Binary f, double p, NdArray z) { return Elementwise.binary(f.name(), f, p, this, z); }

    /// `x = b`, a `BOOL` mask; comparisons with NaN are false. Comparisons are defined on `I32` too.
    public NdArray eq(NdArray b) { return Elementwise.compare("eq", Compare.EQ, this, b); }

    /// `x = b`, a `BOOL` mask.
    public NdArray eq(double b) { return Elementwise.compare("eq", Compare.EQ, this, b); }

    /// `x ≠ b`, a `BOOL` mask; comparisons with NaN are true.
    public NdArray ne(NdArray b) { return Elementwise.compare("ne", Compare.NE, this, b); }

    /// `x ≠ b`, a `BOOL` mask.
    public NdArray ne(double b) { return Elementwise.compare("ne", Compare.NE, this, b); }

    /// `x < b`, a `BOOL` mask; comparisons with NaN are false.
    public NdArray lt(NdArray b) { return Elementwise.compare("lt", Compare.LT, this, b); }

    /// `x < b`, a `BOOL` mask.
    public NdArray lt(double b) { return Elementwise.compare("lt", Compare.LT, this, b); }

    /// `x ≤ b`, a `BOOL` mask; comparisons with NaN are false.
    public NdArray le(NdArray b) { return Elementwise.compare("le", Compare.LE, this, b); }

    /// `x ≤ b`, a `BOOL` mask.
    public NdArray le(double b) { return Elementwise.compare("le", Compare.LE, this, b); }

    /// `x > b`, a `BOOL` mask; comparisons with NaN are false.
    public NdArray gt(NdArray b) { return Elementwise.compare("gt", Compare.GT, this, b); }

    /// `x > b`, a `BOOL` mask.
    public NdArray gt(double b) { return Elementwise.compare("gt", Compare.GT, this, b); }

    /// `x ≥ b`, a `BOOL` mask; comparisons with NaN are false.
    public NdArray ge(NdArray b) { return Elementwise.compare("ge", Compare.GE, this, b); }

    /// `x ≥ b`, a `BOOL` mask.
    public NdArray ge(double b) { return Elementwise.compare("ge", Compare.GE, this, b); }

    /// `condition ? a : b`, elementwise; all three broadcast. An element of the branch not taken has no influence, NaN included.
    public static NdArray where(NdArray condition, NdArray a, NdArray b) { return Elementwise.where(condition, a, b); }

    // ---- computing: masks

    /// Where the elements are NaN.
    public NdArray nanMask() { return Masks.where(this, Double::isNaN); }

    /// Where the elements are ∞ or −∞.
    public NdArray infiniteMask() { return Masks.where(this, Double::isInfinite); }

    /// Where the elements are neither NaN nor infinite.
    public NdArray finiteMask() { return Masks.where(this, Double::isFinite); }

    /// `x ∧ b` of two masks.
    public NdArray and(NdArray b) { return Masks.logic("and", Masks.Logic.AND, this, b); }

    /// `x ∨ b` of two masks.
    public NdArray or(NdArray b) { return Masks.logic("or", Masks.Logic.OR, this, b); }

    /// `x ≠ b` of two masks.
    public NdArray xor(NdArray b) { return Masks.logic("xor", Masks.Logic.XOR, this, b); }

    /// `¬x` of a mask.
    public NdArray not() { return Masks.not(this); }

    /// Where `|x − b| ≤ absolute + relative·|b|`, or both are equal; two NaN are close if `equalNaN`.
    public NdArray isClose(NdArray b, double relative, double absolute, boolean equalNaN) {
        var near = sub(b).abs().le(b.abs().mul(relative).add(absolute)).and(sub(b).finiteMask()).or(eq(b));
        return equalNaN ? near.or(nanMask().and(b.nanMask())) : near;
    }

    /// Whether all elements are close: [#isClose].
    public boolean allClose(NdArray b, double relative, double absolute, boolean equalNaN) {
        return isClose(b, relative, absolute, equalNaN).all(false).booleans()[0];
    }

    /// How many elements over the axes are not 0, `I32`; no axes means all. NaN is not 0.
    public NdArray countNonZero(boolean keepAxes, int... axes) { return Masks.count("countNonZero", this, keepAxes, axes); }

    /// Whether all elements over the axes are not 0; true for no elements.
    public NdArray all(boolean keepAxes, int... axes) {
        return Masks.reach("all", this, shape.countOver("all", axes), keepAxes, axes);
    }

    /// Whether an element over the axes is not 0; false for no elements.
    public NdArray any(boolean keepAxes, int... axes) { return Masks.reach("any", this, 1, keepAxes, axes); }

    /// Indices of the elements that are not 0, in order, a row each: `(n, rank)`, `I32`.
    public NdArray nonZero() { return Masks.nonZero(this); }

    /// Flat positions where this mask is true, `I32`.
    public NdArray positions() { return Masks.positions(this); }

    // ---- computing: products and reductions

    /// `(…, m, k)·(…, k, n) → (…, m, n)`; leading axes broadcast. A vector on the left is a row, on the right a column, and
    /// that axis goes.
    public NdArray matmul(NdArray b) {
        if (rank() == 1 && b.rank() > 0) {
            return unsqueeze(0).matmul(b).squeeze(b.rank() == 1 ? 0 : -2);
        }
        return rank() > 0 && b.rank() == 1 ? matmul(b.unsqueeze(1)).squeeze(-1) : Products.matmul(Form.NN, this, b);
    }

    /// `(…, m, k)·(…, n, k)ᵀ → (…, m, n)`; nothing is transposed in memory.
    public NdArray matmulNT(NdArray b) { return Products.matmul(Form.NT, this, b); }

    /// `(…, k, m)ᵀ·(…, k, n) → (…, m, n)`; nothing is transposed in memory.
    public NdArray matmulTN(NdArray b) { return Products.matmul(Form.TN, this, b); }

    /// Distances of order `p` ≥ 0 between rows, `‖aᵢ − bⱼ‖ₚ`: `(…, m, k), (…, n, k) → (…, m, n)`. Differences are not in memory
    /// at any time, and not taken apart into products, which would cost the digits of short distances.
    public NdArray cdist(NdArray b, double p) { return Distances.of(this, b, p); }

    /// `Σⱼ wᵢⱼ·(aᵢ − bⱼ)` over rows: `(…, m, k), (…, n, k)` and weights `(…, m, n) → (…, m, k)`; what [#cdist] of order 2
    /// gives back with ∂loss/∂distance by distance as weights.
    public NdArray weightedDifferences(NdArray b, NdArray weights) { return Distances.weighted(this, b, weights); }

    /// `Σⱼ wᵢⱼ·sign(aᵢ − bⱼ)` over rows, shapes as of [#weightedDifferences]; what [#cdist] of order 1 gives back.
    public NdArray weightedSigns(NdArray b, NdArray weights) { return Distances.weightedSigns(this, b, weights); }

    /// `Σⱼ wᵢⱼ·sign(aᵢ − bⱼ)/nᵢⱼ` over rows where `|aᵢ − bⱼ|` is the distance `dᵢⱼ > 0`, at `nᵢⱼ` places, shapes as of
    /// [#weightedDifferences], distances as weights; what [#cdist] of order ∞ gives back.
    public NdArray weightedLargest(NdArray b, NdArray distances, NdArray weights) {
        return Distances.weightedLargest(this, b, distances, weights);
    }

    /// `(m, k)·(n, k)ᵀ + (n) → (m, n)`: a product that takes its bias along, with the bits of [#matmulNT] and [#add].
    ///
    /// @throws IllegalArgumentException unless shapes and types fit
    public NdArray linear(NdArray weight, NdArray bias) { return Products.linear(this, weight, bias); }

    /// Sum of all elements, rank 0; 0 for no elements.
    public NdArray sum() { return sum(false); }

    /// Sum over the axes; no axes means all; 0 for no elements.
    public NdArray sum(boolean keepAxes, int... axes) { return Reductions.reduce("sum", Reduce.SUM, this, keepAxes, axes); }

    /// Sum of squares of all elements, rank 0; 0 for no elements.
    public NdArray sumSquares() { return sumSquares(false); }

    /// Sum of squares over the axes; no axes means all; 0 for no elements.
    public NdArray sumSquares(boolean keepAxes, int... axes) {
        return Reductions.reduce("sumSquares", Reduce.SUM_SQUARES, this, keepAxes, axes);
    }

    /// Product of all elements, rank 0; 1 for no elements.
    public NdArray prod() { return prod(false); }

    /// Product over the axes; no axes means all; 1 for no elements.
    public NdArray prod(boolean keepAxes, int... axes) { return Reductions.reduce("prod", Reduce.PROD, this, keepAxes, axes); }

    /// ∂loss/∂x of [#prod], zeros included, where `dy` has the reduced axes as 1.
    public NdArray prodGrad(NdArray dy) { return Reductions.prodGrad(this, dy); }

    /// Largest element of all elements, rank 0; NaN wins; no elements is an error.
    public NdArray max() { return max(false); }

    /// Largest element over the axes; no axes means all; NaN wins; no elements is an error.
    public NdArray max(boolean keepAxes, int... axes) { return Reductions.reduce("max", Reduce.MAX, this, keepAxes, axes); }

    /// Smallest element of all elements, rank 0; NaN wins; no elements is an error.
    public NdArray min() { return min(false); }

    /// Smallest element over the axes; no axes means all; NaN wins; no elements is an error.
    public NdArray min(boolean keepAxes, int... axes) { return Reductions.reduce("min", Reduce.MIN, this, keepAxes, axes); }

    /// Mean of all elements, rank 0; NaN for no elements.
    public NdArray mean() { return mean(false); }

    /// Mean over the axes; no axes means all.
    public NdArray mean(boolean keepAxes, int... axes) {
        var y = Reductions.reduce("mean", Reduce.SUM, this, keepAxes, axes);
        return y.div(Reductions.count("mean", shape, axes));
    }

    /// Index of the first largest element along the axis, `I32`; the first NaN wins.
    public NdArray argmax(int axis) { return Reductions.argExtreme("argmax", true, this, axis); }

    /// Index of the first smallest element along the axis, `I32`; the first NaN wins.
    public NdArray argmin(int axis) { return Reductions.argExtreme("argmin", false, this, axis); }

    /// Index of the first largest of all elements in row-major order, `I32` of rank 0; the first NaN wins.
    public NdArray argmax() { return reshape(size()).argmax(0); }

    /// Index of the first smallest of all elements in row-major order, `I32` of rank 0; the first NaN wins.
    public NdArray argmin() { return reshape(size()).argmin(0); }

    /// `(Σ|x|ᵖ)^(1/p)` over the axes; no axes means all. `p` = ∞ gives the largest magnitude, −∞ the smallest, 0 the number of
    /// elements that are not 0. Squares are summed as by [#sumSquares(boolean, int...)], in double and scaled where these sums
    /// overflow or vanish, so that the norm overflows only if the result does; other orders are of magnitudes divided
    /// by the extreme one.
    public NdArray norm(double p, boolean keepAxes, int... axes) { return Norms.norm(this, p, keepAxes, axes); }

    /// `Σ(x − mean)²/(n − correction)` over the axes, the divisor 0 at least; no axes means all. Correction 1 is the unbiased
    /// estimate, 0 the biased one. Deviations are taken from a guess within two of them of the mean, so that a large mean costs
    /// no digits. NaN or ∞ where `n ≤ correction`.
    public NdArray variance(boolean keepAxes, double correction, int... axes) {
        return Moments.variance(this, correction, keepAxes, axes);
    }

    /// `√variance` over the axes; no axes means all. It overflows only if the result does: where the variance does, or vanishes,
    /// it is computed in double and scaled.
    public NdArray std(boolean keepAxes, double correction, int... axes) {
        return Moments.deviation(this, correction, keepAxes, axes);
    }

    /// Running sum along an axis, from its end if `backward`.
    public NdArray cumsum(int axis, boolean backward) { return Scans.cumsum(this, axis, backward); }

    /// Running product along an axis.
    public NdArray cumprod(int axis) { return Scans.cumprod(this, axis); }

    /// ∂loss/∂x of [#cumprod], zeros included.
    public NdArray cumprodGrad(NdArray dy, int axis) { return Scans.cumprodGrad(this, dy, axis); }

    /// Logarithm of the running sum of `eˣ` along an axis, from its end if `backward`.
    public NdArray logCumsumExp(int axis, boolean backward) { return Scans.logCumsumExp(this, axis, backward); }

    /// Index along the axis of the largest element so far, the latest of equals, `I32`; NaN wins.
    public NdArray argmaxSoFar(int axis) { return Scans.argExtremeSoFar("cummax", this, axis, true); }

    /// Index along the axis of the smallest element so far, the latest of equals, `I32`; NaN wins.
    public NdArray argminSoFar(int axis) { return Scans.argExtremeSoFar("cummin", this, axis, false); }

    /// Indices that sort along an axis, `I32`. Equals keep their order; NaN counts as the largest.
    public NdArray argsort(int axis, boolean descending) { return Sorting.argsort(this, axis, descending); }

    /// Of the order of [#argsort] along an axis only the ranks `from … to − 1`, which are found sooner than all.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ from ≤ to ≤ the extent
    public NdArray argsort(int axis, boolean descending, int from, int to) {
        return Sorting.argsort(this, axis, descending, from, to);
    }

    /// Distinct elements in increasing order (every NaN is one of its own), for each element of the original the index of its
    /// value, and how often each occurs.
    public record Unique(NdArray values, NdArray inverse, NdArray counts) {}

    /// The distinct elements.
    public Unique unique() { return Sorting.unique(this); }

    /// `√Σx²`, accumulated in double and scaled, so that it overflows only if the result does.
    public double norm() { return Reductions.norm(this); }

    /// `Σ x·b` over all elements of two arrays of one shape.
    public double dot(NdArray b) {
        Elementwise.requireSame("dot", this, b);
        if (!shape.equals(b.shape)) {
            throw new IllegalArgumentException("dot: shapes differ, " + shape + " and " + b.shape + "; reshape one");
        }
        return kernels().dot(data(), 0, b.data(), 0, size());
    }

    /// Sums over the axes along which `target` broadcast to this shape: the reverse of [#expand].
    public NdArray sumTo(Shape target) {
        requireFloat("sumTo");
        return Reductions.sumTo(this, target);
    }

    /// `ln Σeˣ` over the axes, without overflow; no axes means all; −∞ for no elements.
    public NdArray logSumExp(boolean keepAxes, int... axes) { return Rows.logSumExp(this, keepAxes, axes); }

    /// `eˣ/Σeˣ` along the axis.
    public NdArray softmax(int axis) { return Rows.softmax("softmax", false, this, axis); }

    /// `x − ln Σeˣ` along the axis.
    public NdArray logSoftmax(int axis) { return Rows.softmax("logSoftmax", true, this, axis); }

    // ---- computing: rearranging

    /// The same elements in another shape; one extent may be −1. Shares storage.
    public NdArray reshape(int... extents) { return reshape(Moves.infer(shape, extents)); }

    /// The same elements in another shape. Shares storage.
    public NdArray reshape(Shape target) {
        if (target.size() != size()) {
            throw new IllegalArgumentException("reshape: " + shape + " has " + size() + " elements, " + target
                + " has " + target.size() + "; their products must agree");
        }
        return new NdArray(dtype, target, storage);
    }

    /// Merges the axes from `fromAxis` on into one. Shares storage.
    public NdArray flatten(int fromAxis) {
        int a = rank() == 0 && (fromAxis == 0 || fromAxis == -1) ? 0 : shape.axis("flatten", fromAxis);
        return reshape(shape.leading(a).inserted(a, shape.product(a, rank())));
    }

    /// Swaps the last two axes; a copy.
    public NdArray transpose() {
        requireMatrix("transpose");
        return transpose(-2, -1);
    }

    /// Swaps two axes; a copy.
    public NdArray transpose(int a, int b) { return permute(swapped(a, b)); }

    /// The order of axes with two of them swapped, for [#permute].
    public int[] swapped(int a, int b) {
        var order = new int[rank()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (rank() == 0 && (a == 0 || a == -1) && (b == 0 || b == -1)) {
            return order; // a single value may be taken for one along an axis
        }
        order[shape.axis("transpose", a)] = shape.axis("transpose", b);
        order[shape.axis("transpose", b)] = shape.axis("transpose", a);
        return order;
    }

    /// Refuses fewer than two axes with a message that names `operation`.
    public void requireMatrix(String operation) {
        if (rank() < 2) {
            throw new IllegalArgumentException(operation + ": " + shape + " has fewer than two axes; unsqueeze it");
        }
    }

    /// Axis `i` of the result is axis `order[i]` of this; a copy.
    public NdArray permute(int... order) { return Permutation.of(this, order); }

    /// Repeats axes of extent 1 (and adds leading ones) to reach the shape; a copy, or this itself when the shape is the same.
    public NdArray expand(Shape target) { return Moves.expand(this, target); }

    /// Elements `from ≤ i < to` of an axis; a copy.
    public NdArray slice(int axis, int from, int to) { return Moves.slice(this, axis, from, to); }

    /// The reverse of [#slice]: this at `from` of an axis of the given extent, zeros around it.
    public NdArray embed(int axis, int from, int extent) { return Moves.embed(this, axis, from, extent); }

    /// Elements moved on along an axis by `0 ≤ by ≤` its extent, those that fall off at the end come in at the front; a copy.
    public NdArray roll(int axis, int by) { return Moves.roll(this, axis, by); }

    /// A copy of the elements on a grid.
    public NdArray pick(Grid grid) { return Moves.pick(this, grid); }

    /// Adds these elements, in order, to zeros of the given shape at the places of a grid: the derivative of [#pick].
    public NdArray place(Grid grid, Shape target) {
        requireFloat("place");
        return Moves.place(this, grid, target);
    }

    /// Joins along an existing axis.
    public static NdArray concat(int axis, NdArray... parts) { return Moves.concat(axis, parts); }

    /// Joins along a new axis.
    public static NdArray stack(int axis, NdArray... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("stack: nothing to join; give at least one array");
        }
        var y = new NdArray[parts.length];
        for (int i = 0; i < parts.length; i++) {
            y[i] = parts[i].unsqueeze(axis);
        }
        return concat(axis, y);
    }

    /// Drops an axis of extent 1. Shares storage.
    public NdArray squeeze(int axis) {
        int a = shape.axis("squeeze", axis);
        if (shape.extent(a) != 1) {
            throw new IllegalArgumentException("squeeze: axis " + axis + " of " + shape + " has extent " + shape.extent(a)
                + "; only 1 can go");
        }
        return reshape(shape.removed(a));
    }

    /// Puts in an axis of extent 1 before `axis` (negative: counted in the result). Shares storage.
    public NdArray unsqueeze(int axis) { return reshape(shape.inserted(shape.inserted(0, 1).axis("unsqueeze", axis), 1)); }

    /// Slices `index[i]` of an axis, in that order; `index` is `I32` of rank 1.
    public NdArray indexSelect(int axis, NdArray index) { return Moves.indexSelect(this, axis, index); }

    /// Adds slice `i` to slice `index[i]` of zeros whose axis has the given extent: the derivative of [#indexSelect].
    public NdArray indexAdd(int axis, NdArray index, int extent) {
        requireFloat("indexAdd");
        return Moves.indexAdd(this, axis, index, extent);
    }

    /// `y[…, i, …] = x[…, index[…, i, …], …]`; the index has as many axes and is no longer than x on any other axis, what x has
    /// beyond it is left out.
    public NdArray gather(int axis, NdArray index) {
        if (rank() == 0 && (axis == 0 || axis == -1)) {
            return reshape(1).gather(0, index.rank() == 0 ? index.reshape(1) : index).reshape(index.shape());
        }
        return Moves.gather(this, axis, index);
    }

    /// Adds each element at its index along an axis of zeros of the given extent: the derivative of [#gather].
    public NdArray scatterAdd(int axis, NdArray index, int extent) {
        requireFloat("scatterAdd");
        return Moves.scatterAdd(this, axis, index, extent);
    }

    /// A copy of this in which `y[…, index[…, i, …], …] = source[…, i, …]`; index and source are equal in shape, and no longer
    /// than this on any other axis. Where an index occurs twice the last one counts.
    public NdArray scatter(int axis, NdArray index, NdArray source) { return Moves.scatter(this, axis, index, source); }

    /// A copy of this in which each place holds what went there combined: `y[…, index[…, i, …], …]` is made of all such
    /// `source[…, i, …]` in order, and of its element of x if `includeSelf`. Where nothing goes, x stays. Index and source are
    /// equal in shape, and no longer than this on any other axis. In double, rounded once.
    public NdArray scatterReduce(int axis, NdArray index, NdArray source, Combine how, boolean includeSelf) {
        return Scatters.reduce(this, axis, index, source, how, includeSelf);
    }

    /// ∂y/∂source of [#scatterReduce] by [Combine#PROD] with x: the product of x and the others at the place, zeros included.
    public NdArray scatterOthers(int axis, NdArray index, NdArray source) { return Scatters.others(this, axis, index, source); }

    /// A copy with storage of its own.
    public NdArray copy() {
        var x = data();
        var spare = Spares.take(dtype, size());
        if (spare != null) {
            System.arraycopy(x, 0, spare, 0, size());
            return over(dtype, shape, spare);
        }
        return allocate(dtype, shape, () -> switch (x) { // a clone is not filled with zeros first
            case float[] a -> a.clone();
            case double[] a -> a.clone();
            case int[] a -> a.clone();
            case boolean[] a -> a.clone();
            default -> throw new AssertionError(dtype);
        });
    }

    /// Gives the elements up: the next result of the same type and length may be written into their array, which costs a half
    /// to a fifth of a new one, for it lies in the caches and is not cleared first. Afterwards this and all that shares the
    /// storage, as reshaped forms and tensors do, holds nothing, and throws if asked; releasing it once more does nothing.
    /// Nobody has to release anything: the garbage collector takes what nobody holds, as ever.
    ///
    /// Nobody may go on with an array that was got by [#floats()]; one that was handed in by [#of(Shape, float[])] stays the
    /// caller's.
    public void release() {
        var array = storage.taken();
        if (array != null && storage.ours) Spares.add(dtype, size(), array);
    }

    /// Converted element by element: to floats by rounding, to `I32` by truncation, to `BOOL` as ≠ 0; itself when the type is the
    /// same.
    public NdArray cast(DType target) { return target == dtype ? this : Elements.cast(this, target); }

    // ---- modifying

    /// Sets one element, converted as by [#cast].
    public NdArray set(double value, int... index) {
        Elements.set(this, offset("set", index), value);
        modified();
        return this;
    }

    /// Every element becomes `value`, converted as by [#cast].
    public NdArray fillInPlace(double value) {
        Elements.fill(this, value);
        modified();
        return this;
    }

    /// `x += b`, equal shapes.
    public NdArray addInPlace(NdArray b) { return binaryInPlace("addInPlace", Binary.ADD, b); }

    /// `x += b`
    public NdArray addInPlace(double b) { return unaryInPlace("addInPlace", Unary.ADD_SCALAR, b); }

    /// `x −= b`, equal shapes.
    public NdArray subInPlace(NdArray b) { return binaryInPlace("subInPlace", Binary.SUB, b); }

    /// `x *= b`
    public NdArray mulInPlace(double b) { return unaryInPlace("mulInPlace", Unary.MUL_SCALAR, b); }

    /// `x *= b`, equal shapes.
    public NdArray mulInPlace(NdArray b) { return binaryInPlace("mulInPlace", Binary.MUL, b); }

    /// `x /= b`, equal shapes.
    public NdArray divInPlace(NdArray b) { return binaryInPlace("divInPlace", Binary.DIV, b); }

    /// `x = max(x, b)`, equal shapes; NaN wins.
    public NdArray maximumInPlace(NdArray b) { return binaryInPlace("maximumInPlace", Binary.MAX, b); }

    /// `x = √x`
    public NdArray sqrtInPlace() { return unaryInPlace("sqrtInPlace", Unary.SQRT, 0); }

    /// `x = fma(a, x, b·z)`, equal shapes: a running mean with `b = 1 − a`.
    public NdArray blendInPlace(double a, double b, NdArray z) {
        requireLike("blendInPlace", z);
        kernels().blend(a, modified(), 0, b, z.data(), 0, size());
        return this;
    }

    /// Adds `b` to the elements from `from` on of an axis; the shapes agree but for the extent of that axis.
    public NdArray addSliceInPlace(int axis, int from, NdArray b) {
        Moves.addSlice(this, axis, from, b);
        modified();
        return this;
    }

    /// `x = fma(a·b, c, x)`, equal shapes.
    public NdArray addMulInPlace(double a, NdArray b, NdArray c) {
        requireLike("addMulInPlace", b);
        requireLike("addMulInPlace", c);
        kernels().addMul(a, b.data(), 0, c.data(), 0, modified(), 0, size());
        return this;
    }

    /// `x = fma(a, b/c, x)`, equal shapes.
    public NdArray addDivInPlace(double a, NdArray b, NdArray c) {
        requireLike("addDivInPlace", b);
        requireLike("addDivInPlace", c);
        kernels().addDiv(a, b.data(), 0, c.data(), 0, modified(), 0, size());
        return this;
    }

    /// `x = fma(a, b, x)`, equal shapes.
    public NdArray axpyInPlace(double a, NdArray b) {
        requireLike("axpyInPlace", b);
        kernels().axpy(a, b.data(), 0, modified(), 0, size());
        return this;
    }

    /// Takes over the elements of `b`, of one type and shape.
    public NdArray copyInPlace(NdArray b) {
        if (b.dtype != dtype || !b.shape.equals(shape)) {
            throw new IllegalArgumentException("copyInPlace: " + b.dtype + " " + b.shape + " does not fit " + dtype + " " + shape
                + "; cast or reshape it");
        }
        System.arraycopy(b.data(), 0, modified(), 0, size());
        return this;
    }

    /// `x = min(max(x, low), high)`; NaN stays.
    public NdArray clampInPlace(double low, double high) {
        requireFloat("clampInPlace");
        kernels().unary(Unary.MAX_SCALAR, low, data(), 0, modified(), 0, size());
        kernels().unary(Unary.MIN_SCALAR, high, data(), 0, data(), 0, size());
        return this;
    }

    /// One step of [Kernels#sgd] on this parameter; `v` may be null without momentum.
    public void sgdStepInPlace(NdArray g, NdArray v, double rate, double momentum, double dampening, double decay,
        boolean nesterov, boolean first) {
        requireLike("sgd", g);
        requireState("sgd", "v", v, momentum != 0);
        var k = kernels();
        Object p = modified();
        Object x = g.data();
        Object y = modifiedOrNull(v);
        Elementwise.step(2, size(),
            (lo, hi) -> k.sgd(p, x, y, lo, hi - lo, rate, momentum, dampening, decay, nesterov, first));
    }

    /// One step of [Kernels#adam] on this parameter; `step` counts from 1.
    public void adamStepInPlace(
            NdArray g, NdArray m, NdArray v, double rate, double b1, double b2, double eps, double decay, double decoupledDecay,
            int step) {
        requireLike("adam", g);
        requireState("adam", "m", m, true);
        requireState("adam", "v", v, true);
        if (step < 1) {
            throw new IllegalArgumentException("adam: step " + step + "; steps count from 1");
        }
        var k = kernels();
        Object p = modified();
        Object x = g.data();
        Object y = modifiedOrNull(m);
        Object z = modifiedOrNull(v);
        Elementwise.step(8, size(), (lo, hi) -> k.adam(p, x, y, z, lo, hi - lo, rate, b1, b2, eps, decay, decoupledDecay, step));
    }

    /// One step of [Kernels#rmsprop] on this parameter; centered when `a` is given; `b` may be null without momentum.
    public void rmspropStepInPlace(
            NdArray g, NdArray v, NdArray a, NdArray b, double rate, double alpha, double eps, double decay, double momentum) {
        requireLike("rmsprop", g);
        requireState("rmsprop", "v", v, true);
        requireState("rmsprop", "a", a, false);
        requireState("rmsprop", "b", b, momentum != 0);
        var k = kernels();
        Object p = modified();
        Object x = g.data();
        Object y = modifiedOrNull(v);
        Object mean = modifiedOrNull(a);
        Object z = modifiedOrNull(b);
        Elementwise.step(8, size(), (lo, hi) -> k.rmsprop(p, x, y, mean, z, lo, hi - lo, rate, alpha, eps, decay, momentum));
    }

    /// One step of [Kernels#lion] on this parameter.
    public void lionStepInPlace(NdArray g, NdArray m, double rate, double b1, double b2, double decay) {
        requireLike("lion", g);
        requireState("lion", "m", m, true);
        var k = kernels();
        Object p = modified();
        Object x = g.data();
        Object y = m.modified();
        Elementwise.step(2, size(), (lo, hi) -> k.lion(p, x, y, lo, hi - lo, rate, b1, b2, decay));
    }

    /// One step of [Kernels#adan] on this parameter; `step` counts from 1.
    public void adanStepInPlace(
            NdArray g, NdArray last, NdArray m, NdArray w, NdArray v, double rate, double b1, double b2, double b3, double eps,
            double before, double after, int step) {
        requireLike("adan", g);
        requireState("adan", "last", last, true);
        requireState("adan", "m", m, true);
        requireState("adan", "w", w, true);
        requireState("adan", "v", v, true);
        if (step < 1) {
            throw new IllegalArgumentException("adan: step " + step + "; steps count from 1");
        }
        var k = kernels();
        Object p = modified();
        Object x = g.data();
        Object old = last.modified();
        Object y = m.modified();
        Object z = w.modified();
        Object u = v.modified();
        Elementwise.step(8, size(),
            (lo, hi) -> k.adan(p, x, old, y, z, u, lo, hi - lo, rate, b1, b2, b3, eps, before, after, step));
    }

    // ---- inside

    private NdArray unaryInPlace(String name, Unary f, double p) {
        requireFloat(name);
        kernels().unary(f, p, data(), 0, modified(), 0, size());
        return this;
    }

    private NdArray binaryInPlace(String name, Binary f, NdArray b) {
        requireLike(name, b);
        Elementwise.binaryInto(f, 0, this, b, this);
        modified();
        return this;
    }

    /// The backing array.
    Object data() {
        var array = storage.array;
        if (array == null) throw released();
        return array;
    }

    Object modified() {
        storage.version++;
        return data();
    }

    boolean isReleased() { return storage.array == null; }

    private IllegalStateException released() {
        return new IllegalStateException("elements: those of " + dtype + " " + shape
            + " were released; copy() what is used later, before release()");
    }

    private static Object modifiedOrNull(NdArray x) { return x == null ? null : x.modified(); }

    private void requireState(String name, String state, NdArray x, boolean needed) {
        if (x != null) {
            requireLike(name, x);
        } else if (needed) {
            throw new IllegalArgumentException(name + ": the running " + state + " of parameter " + shape
                + " is missing; start with zeros of that shape");
        }
    }

    /// The loops for this type, seen as loops over `Object`: `data()` is always the array type they expect.
    @SuppressWarnings("unchecked")
    Kernels<Object> kernels() {
        return (Kernels<Object>) (Kernels<?>) (dtype == DType.F32 ? Backend.f32() : Backend.f64());
    }

    /// Refuses integers and masks with a message that names `operation`.
    public void requireFloat(String operation) {
        if (!dtype.isFloat()) {
            throw new IllegalArgumentException(operation + ": not defined for " + dtype + " " + shape
                + "; cast it to F32 or F64");
        }
    }

    private void requireLike(String name, NdArray b) {
        Elementwise.requireSame(name, this, b);
        if (!shape.equals(b.shape)) {
            throw new IllegalArgumentException(name + ": shapes differ, " + shape + " and " + b.shape
                + "; in place nothing broadcasts");
        }
    }

    private int offset(String name, int... index) {
        if (index.length != rank()) {
            throw new IllegalArgumentException(name + ": " + index.length + " indices for shape " + shape + "; give " + rank());
        }
        int offset = 0;
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= shape.extent(i)) {
                throw new IllegalArgumentException(name + ": index " + index[i] + " is not in axis " + i + " of " + shape
                    + "; use 0 … " + (shape.extent(i) - 1));
            }
            offset = offset * shape.extent(i) + index[i];
        }
        return offset;
    }
}
