package keel.autograd;

import java.util.concurrent.atomic.AtomicLong;
import keel.array.DType;
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

    /// `|x|`; derivative 0 at 0
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

    /// `(…, m, k)·(…, k, n) → (…, m, n)`; leading axes broadcast.
    public Tensor matmul(Tensor b) { return product(Form.NN, b); }

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
        if (rank() == 0 || weight.rank() != 2 || extent(-1) != weight.extent(1) || dtype() != weight.dtype()) {
            throw new IllegalArgumentException("linear: input " + dtype() + " " + shape()
                + " does not fit weight " + weight.dtype() + " " + weight.shape() + "; give (…, in) and (out, in) of one type");
        }
        if (bias != null && (bias.dtype() != dtype() || !bias.shape().equals(Shape.of(weight.extent(0))))) {
            throw new IllegalArgumentException("linear: bias " + bias.dtype() + " " + bias.shape()
                + " does not fit weight " + weight.dtype() + " "
                + weight.shape() + "; give " + dtype() + " (" + weight.extent(0) + ")");
        }
        if (rank() != 2) {
            return flattenRows().linear(weight, bias).reshape(shape().with(rank() - 1, weight.extent(0)));
        }
        var y = value.matmulNT(weight.value);
        return op(bias == null ? y : y.add(bias.value), new Products.Linear(this, weight, bias));
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
        return op(value.sum(keepAxes, axes), new Rearrangements.Sum(this, kept("sum", axes)));
    }

    /// Mean over the axes; no axes means all.
    public Tensor mean(boolean keepAxes, int... axes) { return sum(keepAxes, axes).div(count("mean", axes)); }

    /// Largest over the axes, NaN if there is one; ties share the gradient equally.
    public Tensor max(boolean keepAxes, int... axes) {
        return op(value.max(keepAxes, axes), new Reductions.Extreme(this, kept("max", axes)));
    }

    /// Smallest over the axes, NaN if there is one; ties share the gradient equally.
    public Tensor min(boolean keepAxes, int... axes) {
        return op(value.min(keepAxes, axes), new Reductions.Extreme(this, kept("min", axes)));
    }

    /// `Σ(x − mean)²/(n − correction)` over the axes; correction 1 is the unbiased estimate, 0 the biased one. Where `n ≤
    /// correction` it divides by 0.
    public Tensor variance(boolean keepAxes, double correction, int... axes) {
        double n = count("variance", axes);
        return sub(mean(true, axes)).square().sum(keepAxes, axes).div(Math.max(0, n - correction));
    }

    // The shape with the given axes (all if none) made 1.
    private Shape kept(String name, int... axes) {
        var y = shape();
        for (int i = 0; axes.length == 0 && i < rank(); i++) {
            y = y.with(i, 1);
        }
        for (int axis : axes) {
            y = y.with(y.axis(name, axis), 1);
        }
        return y;
    }

    private double count(String name, int... axes) {
        double n = 1;
        for (int i = 0; axes.length == 0 && i < rank(); i++) {
            n *= extent(i);
        }
        for (int axis : axes) {
            n *= shape().extent(shape().axis(name, axis));
        }
        return n;
    }

    /// `eˣ/Σeˣ` along the axis.
    public Tensor softmax(int axis) { return softmax("softmax", false, axis); }

    /// `x − ln Σeˣ` along the axis.
    public Tensor logSoftmax(int axis) { return softmax("logSoftmax", true, axis); }

    private Tensor softmax(String name, boolean log, int axis) {
        if (shape().axis(name, axis) != rank() - 1) {
            return transpose(axis, -1).softmax(name, log, -1).transpose(axis, -1);
        }
        return op(log ? value.logSoftmax(-1) : value.softmax(-1), new Rows.Softmax(this, log));
    }

    /// Normalizes over the last `axes` axes: `(x − mean)/√(var + eps)·weight + bias`, `var` biased; `weight` and `bias` have the
    /// shape of those axes or are null (Ba et al. 2016, arXiv:1607.06450).
    public Tensor layerNorm(int axes, Tensor weight, Tensor bias, double eps) {
        var y = keel.array.Rows.layerNorm(value, axes, weight == null ? null : weight.value, bias == null ? null : bias.value,
            eps);
        int n = shape().product(rank() - axes, rank());
        var rows = reshape(Shape.of(y.mean().size(), n));
        var w = weight == null ? null : weight.reshape(Shape.of(n));
        var b = bias == null ? null : bias.reshape(Shape.of(n));
        return op(y.y().reshape(rows.shape()), new Rows.LayerNorm(rows, w, b, eps, y.mean(), y.rstd())).reshape(shape());
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
        var logp = value.logSoftmax(-1);
        var loss = logp.gather(1, labels.unsqueeze(1)).mean().mul(smoothing - 1);
        if (smoothing > 0) {
            loss = loss.sub(logp.mean().mul(smoothing));
        }
        return op(loss, new Rows.CrossEntropy(this, logp, Rows.CrossEntropy.target(labels, this, smoothing)));
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

    /// `y[…, i, …] = x[…, index[…, i, …], …]`; index and x agree on every other axis.
    public Tensor gather(int axis, NdArray index) {
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
