package keel.autograd;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Compares gradients with central differences, in F64. The function's result may have any shape: it is contracted with fixed random weights first, so that every element counts.
///
/// An element passes if `|analytic − numeric| ≤ 1e-5 + 1e-3·|numeric|` with steps of 1e-6, the settings of PyTorch's gradcheck.
public final class GradCheck {
    private GradCheck() {}

    private static final double STEP = 1e-6;
    private static final double ABSOLUTE = 1e-5;
    private static final double RELATIVE = 1e-3;

    /// What was found: `input` and `element` (a flat index; −1 for a direction) say where the largest error, in units of the tolerance, was.
    public record Report(boolean ok, int checked, int input, int element, double analytic, double numeric) {
        /// `ok, 12 elements, worst …` or which element failed, with both values.
        @Override
        public String toString() {
            var where = checked == 0 ? "nothing to check" : (element < 0 ? "along a random direction" : "element " + element + " of input " + input)
                + " is " + analytic + ", central difference " + numeric;
            return (ok ? "ok, " + checked + " checked, worst: " : "FAILED, " + checked + " checked: ") + where;
        }

        private Report worse(Report other) {
            return other.excess() > excess() || Double.isNaN(other.excess()) ? other.counting(checked) : counting(other.checked);
        }

        private Report counting(int more) {
            return new Report(ok, checked + more, input, element, analytic, numeric);
        }

        private double excess() { return Math.abs(analytic - numeric) / (ABSOLUTE + RELATIVE * Math.abs(numeric)); }

        private static Report of(int input, int element, double analytic, double numeric) {
            boolean ok = Math.abs(analytic - numeric) <= ABSOLUTE + RELATIVE * Math.abs(numeric);
            return new Report(ok, 1, input, element, analytic, numeric);
        }

        private static final Report EMPTY = new Report(true, 0, 0, 0, 0, 0);
    }

    /// Checks the gradient of every element of every input. Inputs are F64 and are left as they were.
    public static Report first(Function<Tensor[], Tensor> f, NdArray... inputs) {
        var x = parameters(inputs);
        var g = gradients(f, x, false);
        var report = Report.EMPTY;
        for (int i = 0; i < x.length; i++) {
            for (int e = 0; e < x[i].size(); e++) {
                report = report.worse(Report.of(i, e, g[i].value().doubles()[e], difference(f, x, i, e)));
            }
        }
        return report;
    }

    /// Checks the gradient of the gradient: [#first] of a random combination of all first derivatives.
    public static Report second(Function<Tensor[], Tensor> f, NdArray... inputs) {
        return first(gradientOf(f), inputs);
    }

    /// Checks the slope along one random direction through all inputs at once: two evaluations, however many elements.
    public static Report fast(Function<Tensor[], Tensor> f, RandomGenerator random, NdArray... inputs) {
        var x = parameters(inputs);
        var g = gradients(f, x, false);
        var up = new Tensor[x.length];
        var down = new Tensor[x.length];
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
            var u = NdArray.normal(DType.F64, x[i].shape(), 0, 1, random);
            up[i] = Tensor.parameter(x[i].value().add(u.mul(STEP)));
            down[i] = Tensor.parameter(x[i].value().sub(u.mul(STEP)));
            slope += g[i].value().dot(u);
        }
        return Report.of(0, -1, slope, (contracted(f, up).item() - contracted(f, down).item()) / (2 * STEP));
    }

    /// The function whose value is a random combination of the first derivatives of `f`, itself differentiable.
    public static Function<Tensor[], Tensor> gradientOf(Function<Tensor[], Tensor> f) {
        return x -> Recording.on(() -> {
            var g = gradients(f, x, true);
            var random = new SplittableRandom(2);
            var sum = Tensor.scalar(DType.F64, 0);
            for (var t : g) {
                sum = sum.add(t.mul(weights(t.shape(), random)).sum());
            }
            return sum;
        });
    }

    private static Tensor[] gradients(Function<Tensor[], Tensor> f, Tensor[] x, boolean create) {
        var y = new Tensor[x.length];
        var loss = contracted(f, x);
        if (!loss.wantsGradient()) { // the function does not depend on its inputs
            for (int i = 0; i < x.length; i++) {
                y[i] = Tensor.of(NdArray.zeros(DType.F64, x[i].shape()));
            }
            return y;
        }
        var backward = Backward.from(loss);
        var g = (create ? backward.createGraph() : backward).run();
        for (int i = 0; i < x.length; i++) {
            y[i] = g.has(x[i]) ? g.tensorOf(x[i]) : Tensor.of(NdArray.zeros(DType.F64, x[i].shape()));
        }
        return y;
    }

    private static double difference(Function<Tensor[], Tensor> f, Tensor[] x, int input, int element) {
        double[] sides = {STEP, -STEP};
        for (int s = 0; s < 2; s++) {
            var moved = x.clone();
            var v = x[input].value().toDoubles();
            v[element] += sides[s];
            moved[input] = Tensor.parameter(NdArray.of(x[input].shape(), v));
            sides[s] = contracted(f, moved).item();
        }
        return (sides[0] - sides[1]) / (2 * STEP);
    }

    private static Tensor contracted(Function<Tensor[], Tensor> f, Tensor... x) {
        var y = f.apply(x);
        return y.mul(weights(y.shape(), new SplittableRandom(1))).sum();
    }

    // Weights well away from 0, so that no element can hide.
    private static Tensor weights(Shape shape, RandomGenerator random) {
        return Tensor.of(NdArray.uniform(DType.F64, shape, 0.5, 1.5, random));
    }

    private static Tensor[] parameters(NdArray... inputs) {
        var y = new Tensor[inputs.length];
        for (int i = 0; i < y.length; i++) {
            if (inputs[i].dtype() != DType.F64) {
                throw new IllegalArgumentException("gradCheck: input " + i + " is " + inputs[i].dtype() + "; differences need F64");
            }
            y[i] = Tensor.parameter(inputs[i].copy());
        }
        return y;
    }
}
