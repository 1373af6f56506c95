package keel.nn.init;

import java.util.function.DoubleUnaryOperator;

/// What a weight's standard deviation is multiplied by to make up for what the activation behind it takes away.
///
/// The first six are the table of PyTorch's `calculate_gain`. They are conventions: tanh's 5/3 and selu's ¾ are not what
/// keeps the second moment.
/// [#computed] is, for any activation: `E[φ(z)²]^−½` for standard normal `z`, the criterion that gives √2 for relu
/// (He et al. 2015, arXiv:1502.01852, eq. 10): 1.5335 for gelu, 1.6765 for silu, 1.5925 for tanh. An activation layer knows
/// its own, as `gain()`.
public final class Gain {
    // Step and end of the quadrature. The trapezoidal rule on a smooth integrand that vanishes at both ends converges faster
    // than any power of the
    // step; kinks at multiples of 1/128 fall on a node. Beyond 12 a standard normal has 2e-33 of its mass.
    private static final double STEP = 1.0 / 128;
    private static final int NODES = 12 * 128;

    private Gain() {}

    /// 1.
    public static double linear() {
        return 1;
    }

    /// 1.
    public static double sigmoid() {
        return 1;
    }

    /// 5/3.
    public static double tanh() {
        return 5.0 / 3;
    }

    /// √2, which is exact: relu keeps half of the second moment.
    public static double relu() {
        return Math.sqrt(2);
    }

    /// √(2/(1 + slope²)), which is exact too.
    public static double leakyRelu(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }

    /// ¾, as in PyTorch; 1 is what the derivation of self-normalizing networks asks for (Klambauer et al. 2017,
    /// arXiv:1706.02515).
    public static double selu() {
        return 0.75;
    }

    /// `E[φ(z)²]^−½` with `z ~ N(0, 1)`, by quadrature over [−12, 12].
    ///
    /// It makes a variance of 1 a fixed point of a layer in the limit of infinite width. Whether nets of finite width stay near
    /// it is another question: an error of the variance is multiplied by the slope of the map in each layer, 0.46 for tanh,
    /// 0.78 for selu, 1 for relu, but 1.14 for gelu and 1.17 for silu. Fifty layers of silu, 256 wide, end somewhere between 10⁴
    /// and 2·10⁶, where with √2 they end at 10⁻¹⁵; deep stacks of these need a normalization or a residual.
    ///
    /// @throws IllegalArgumentException if the expectation is 0 or not finite: no gain keeps such a signal
    public static double computed(DoubleUnaryOperator activation) {
        double sum = 0;
        for (int i = -NODES; i <= NODES; i++) {
            double z = i * STEP;
            double y = activation.applyAsDouble(z);
            sum += y * y * StrictMath.exp(-z * z / 2);
        }
        double moment = sum * STEP / Math.sqrt(2 * Math.PI);
        if (!(moment > 0 && moment < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Gain.computed: E[φ(z)²] is " + moment
                + "; a gain needs an activation that is finite and not 0");
        }
        return 1 / Math.sqrt(moment);
    }
}
