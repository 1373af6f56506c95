package keel.nn.layer;

import java.util.function.UnaryOperator;

import keel.array.DType;
import keel.array.Epilogue;
import keel.autograd.Tensor;
import keel.nn.init.Gain;

/// A function applied to every element, `(…) → (…)`, without parameters. `Activation.of("mish", x -> …)` makes one of any
/// differentiable function.
public record Activation(String name, UnaryOperator<Tensor> function) implements Layer {
    /// The slope of [#leakyRelu()] left of 0, PyTorch's.
    private static final double LEAKY_SLOPE = 0.01;
    private static final double SOFTPLUS_THRESHOLD = 20; // PyTorch's: in F32 ln(1 + e²⁰) = 20
    private static final Activation TANH = of("tanh", Tensor::tanh);
    private static final Activation RELU = of("relu", Tensor::relu);
    private static final Activation GELU = of("gelu", Tensor::gelu);
    private static final Activation GELU_TANH = of("geluTanh", Tensor::geluTanh);
    private static final Activation SILU = of("silu", Tensor::silu);

    /// An activation of your own.
    public static Activation of(String name, UnaryOperator<Tensor> function) {
        return new Activation(name, function);
    }

    /// `σ(x) = 1/(1 + e^−x)`. Its derivative is at most ¼, so a deep stack of them loses its gradient.
    public static Activation sigmoid() {
        return of("sigmoid", Tensor::sigmoid);
    }

    /// `tanh x`
    public static Activation tanh() {
        return TANH;
    }

    /// `max(x, 0)`, with derivative 0 at 0.
    public static Activation relu() {
        return RELU;
    }

    /// `x` right of 0 and `0.01·x` left of it.
    public static Activation leakyRelu() {
        return leakyRelu(LEAKY_SLOPE);
    }

    /// `x` right of 0 and `slope·x` left of it: a unit that is off still has a gradient (Maas et al. 2013).
    public static Activation leakyRelu(double slope) {
        return of("leakyRelu(" + slope + ")", x -> x.leakyRelu(slope));
    }

    /// `x·Φ(x)` with the normal distribution function Φ (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    public static Activation gelu() {
        return GELU;
    }

    /// The approximation `½x(1 + tanh(√(2/π)·(x + 0.044715·x³)))` of [#gelu], which some published models were trained with.
    public static Activation geluTanh() {
        return GELU_TANH;
    }

    /// `x·σ(x)`, also called swish (Ramachandran et al. 2017, arXiv:1710.05941).
    public static Activation silu() {
        return SILU;
    }

    // ---- smooth on one side or both

    /// `ln σ(x) = −ln(1 + e^−x)`, without overflow at either end.
    public static Activation logSigmoid() {
        return of("logSigmoid", Curves.LOG_SIGMOID::apply);
    }

    /// `ln(1 + eˣ)`, PyTorch's: β 1, threshold 20.
    public static Activation softplus() {
        return softplus(1, SOFTPLUS_THRESHOLD);
    }

    /// `ln(1 + e^(βx))/β`, and `x` itself where `βx > threshold` (Dugas et al. 2001).
    public static Activation softplus(double beta, double threshold) {
        check("softplus", "beta", beta, beta > 0);
        return of("softplus(" + beta + ", " + threshold + ")", Curves.softplus(beta, threshold)::apply);
    }

    /// `x·tanh(ln(1 + eˣ))` (Misra 2019, arXiv:1908.08681).
    public static Activation mish() {
        return of("mish", Curves.MISH::apply);
    }

    /// [#elu(double)] with α = 1.
    public static Activation elu() {
        return elu(1);
    }

    /// `x` right of 0 and `α(eˣ − 1)` left of it (Clevert et al. 2015, arXiv:1511.07289).
    public static Activation elu(double alpha) {
        return of("elu(" + alpha + ")", Curves.exponential("elu", 1, alpha, 1)::apply);
    }

    /// [#celu(double)] with α = 1.
    public static Activation celu() {
        return celu(1);
    }

    /// `x` right of 0 and `α(e^(x/α) − 1)` left of it: [#elu] with a derivative without a jump for every α (Barron 2017,
    /// arXiv:1704.07483).
    public static Activation celu(double alpha) {
        check("celu", "alpha", alpha, alpha != 0);
        return of("celu(" + alpha + ")", Curves.exponential("celu", 1, alpha, alpha)::apply);
    }

    /// `λx` right of 0 and `λα(eˣ − 1)` left of it, λ 1.0507, α 1.6733: with weights N(0, 1/fanIn) a layer drives mean and
    /// variance of its output towards 0 and 1 (Klambauer et al. 2017, arXiv:1706.02515).
    public static Activation selu() {
        return of("selu", Curves.exponential("selu", Selu.SCALE, Selu.SCALE * Selu.ALPHA, 1)::apply);
    }

    /// `x/(1 + |x|)`
    public static Activation softsign() {
        return of("softsign", Curves.SOFTSIGN::apply);
    }

    /// `x − tanh x`
    public static Activation tanhShrink() {
        return of("tanhShrink", Curves.TANH_SHRINK::apply);
    }

    /// `½(x + √(x² + b))` with b = 4: [#softplus] from one root (Barron 2021, arXiv:2112.11687).
    public static Activation squareplus() {
        return squareplus(4);
    }

    /// `½(x + √(x² + b))`; left of 0 as `½b/(√(x² + b) − x)`, which keeps the tail.
    public static Activation squareplus(double b) {
        check("squareplus", "b", b, b > 0);
        return of("squareplus(" + b + ")", Curves.squareplus(b)::apply);
    }

    /// `max(x, 0)²` (So et al. 2021, "Primer", arXiv:2109.08668).
    public static Activation reluSquared() {
        return of("reluSquared", Curves.RELU_SQUARED::apply);
    }

    // ---- with kinks, where the derivative is PyTorch's: 0 on the border of a flat part, unless said otherwise

    /// `min(max(x, 0), 6)` (Howard et al. 2017, arXiv:1704.04861).
    public static Activation relu6() {
        return of("relu6", Curves.between(0, 6)::apply);
    }

    /// [#hardTanh(double, double)] between −1 and 1.
    public static Activation hardTanh() {
        return hardTanh(-1, 1);
    }

    /// `min(max(x, low), high)`, with derivative 0 at both ends.
    public static Activation hardTanh(double low, double high) {
        check("hardTanh", "high", high, low <= high);
        return of("hardTanh(" + low + ", " + high + ")", Curves.between(low, high)::apply);
    }

    /// `min(max(x + 3, 0), 6)/6`: σ in three pieces (Courbariaux et al. 2015, arXiv:1511.00363).
    public static Activation hardSigmoid() {
        return of("hardSigmoid", Curves.HARD_SIGMOID::apply);
    }

    /// `x·min(max(x + 3, 0), 6)/6`: silu in three pieces (Howard et al. 2019, arXiv:1905.02244). The derivative at 3 is 1.
    public static Activation hardSwish() {
        return of("hardSwish", Curves.HARD_SWISH::apply);
    }

    /// `x` right of `threshold`, else `value`.
    public static Activation threshold(double threshold, double value) {
        return of("threshold(" + threshold + ", " + value + ")", Curves.threshold(threshold, value)::apply);
    }

    /// [#hardShrink(double)] with λ = ½.
    public static Activation hardShrink() {
        return hardShrink(0.5);
    }

    /// 0 where `|x| ≤ λ`, else `x`.
    public static Activation hardShrink(double lambda) {
        return of("hardShrink(" + lambda + ")", Curves.hardShrink(lambda)::apply);
    }

    /// [#softShrink(double)] with λ = ½.
    public static Activation softShrink() {
        return softShrink(0.5);
    }

    /// `x` moved by λ ≥ 0 towards 0, and 0 where `|x| ≤ λ`: what an L1 penalty does to a coefficient.
    public static Activation softShrink(double lambda) {
        check("softShrink", "lambda", lambda, lambda >= 0);
        return of("softShrink(" + lambda + ")", Curves.softShrink(lambda)::apply);
    }

    private static void check(String activation, String option, double value, boolean ok) {
        if (!ok || Double.isNaN(value)) {
            throw new IllegalArgumentException("Activation." + activation + ": " + option + " is " + value
                + "; give a number in its range");
        }
    }

    /// The gain that keeps the second moment of a signal through this activation: [Gain#computed] of the very function, in
    /// F64. relu √2, gelu 1.5335, silu 1.6765,
    /// tanh 1.5925. For `Init.heNormal(activation.gain())`.
    public double gain() {
        return Gain.computed(z -> forward(Tensor.scalar(DType.F64, z)).item());
    }

    /// What this is behind a product, or null if it is nothing that a product takes along.
    Epilogue epilogue() {
        if (function == RELU.function) return Epilogue.RELU;
        if (function == GELU.function) return Epilogue.GELU;
        if (function == GELU_TANH.function) return Epilogue.GELU_TANH;
        return function == SILU.function ? Epilogue.SILU : null;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return function.apply(x);
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return name;
    }
}
