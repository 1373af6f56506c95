package keel.nn.optim;

import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// Steps divided by a running size of the gradient that is kept as one number a row and one a column: PyTorch's `Adafactor`,
/// number for number. For matrices too large to remember anything of their size.
///
/// ```
/// p ← p·(1 − rate·weightDecay)
/// R ← (1 − w)·R + w·mean over columns of g²,  C ← (1 − w)·C + w·mean over rows of g²        w = t^beta2Decay
/// V = R·C / max(mean of R, eps1)                            (of vectors: V ← (1 − w)·V + w·g²)
/// u = g/√max(V, eps1²)
/// p ← p − max(eps2, rms of p)·min(rate, 1/√t) · u/max(1, rms of u/d)        t = 1, 2, … for each parameter by itself
/// ```
/// Rows and columns are the last two axes. Shazeer and Stern 2018, arXiv:1804.04235, algorithms 4 and 5.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-2 by default
/// @param beta2Decay  power of the step by which new gradients lose weight; ≤ 0, −0.8 by default
/// @param eps1        least mean square of a matrix, and squared of an element; ≥ 0; null, the default, is the epsilon of the
///    type, 1.1920929e-07 for F32
/// @param eps2        least size that a parameter counts as; ≥ 0, 1e-3 by default
/// @param d           root mean square above which a step is shortened; ≥ 1, 1 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adafactor(
    double rate, double beta2Decay, Double eps1, double eps2, double d, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adafactor {
        Check.notNegative("Adafactor", "rate", rate);
        Check.require(beta2Decay <= 0 && beta2Decay > Double.NEGATIVE_INFINITY, "Adafactor", "beta2Decay", beta2Decay,
            "a finite number of 0 or less");
        if (eps1 != null) Check.notNegative("Adafactor", "eps1", eps1);
        Check.notNegative("Adafactor", "eps2", eps2);
        Check.require(d >= 1 && d < Double.POSITIVE_INFINITY, "Adafactor", "d", d, "a finite number of 1 or more");
        Check.notNegative("Adafactor", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-2, beta2 decay −0.8, the type's epsilon and 1e-3, d 1, no weight decay.
    public static Adafactor defaults() {
        return new Adafactor(1e-2, -0.8, null, 1e-3, 1, 0, false);
    }

    /// With this rate.
    public Adafactor rate(double rate) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// With this power of the step.
    public Adafactor beta2Decay(double beta2Decay) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// With these least sizes of the mean square and of the parameter.
    public Adafactor eps(Double eps1, double eps2) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// With this root mean square of a step at most.
    public Adafactor d(double d) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// With this weight decay.
    public Adafactor weightDecay(double weightDecay) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adafactor maximize(boolean maximize) {
        return new Adafactor(rate, beta2Decay, eps1, eps2, d, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adafactor", rate, parameters, maximize, Adafactor::slots, (p, g, memory, rate, step) -> {
            double weight = StrictMath.pow(step, beta2Decay);
            double size = Math.max(eps2, rms(p)) * Math.min(rate, 1 / Math.sqrt(step));
            p.mulInPlace(1 - rate * weightDecay);
            double least = eps1 != null ? eps1 : p.dtype() == DType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
            var u = g.rank() > 1 ? factored(g, memory, weight, least) : whole(g, memory[0], weight);
            u = u.clampInPlace(least * least, Double.POSITIVE_INFINITY).rsqrt().mulInPlace(g);
            p.axpyInPlace(-size / Math.max(1, rms(u) / d), u);
        });
    }

    private static List<Slot> slots(NdArray p) {
        if (p.rank() < 2) return Slot.means(1, "variance");
        return List.of(column("row_var", -1), column("col_var", -2));
    }

    private static Slot column(String name, int axis) {
        return new Slot(name, (p, _) -> {
            int a = p.rank() + axis;
            return NdArray.zeros(p.dtype(), p.shape().removed(a).inserted(a, 1));
        }).fading(1);
    }

    private static NdArray factored(NdArray g, NdArray[] memory, double weight, double least) {
        for (int i = 0; i < 2; i++) {
            var mean = g.sumSquares(true, -1 - i).div(g.extent(-1 - i));
            memory[i].blendInPlace(1 - weight, weight, mean);
        }
        return memory[0].div(memory[0].mean(true, -2).maximum(least)).matmul(memory[1]);
    }

    private static NdArray whole(NdArray g, NdArray v, double weight) {
        return v.blendInPlace(1 - weight, weight, g.square()).copy();
    }

    private static double rms(NdArray x) {
        return x.norm() / Math.sqrt(x.size());
    }
}
