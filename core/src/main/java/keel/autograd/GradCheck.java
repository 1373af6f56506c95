package keel.autograd;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Compares gradients with central differences, in F64. The function's result may have any shape: it is contracted with fixed
/// random weights first, so that every element counts.
///
/// An element passes if `|analytic − numeric| ≤ absolute + relative·|numeric|`, by default with [Precision#DEFAULT].
///
/// ```java
/// GradCheck.Report r = GradCheck.first(x -> x[0].mul(x[1]).tanh(), a, b);
/// if (!r.ok()) System.out.println(r); // which element, both values
/// ```
public final class GradCheck {
    private GradCheck() {}

    /// How differences are taken and compared.
    ///
    /// @param step half the distance between the two points of a difference
    /// @param refinements how often the step is halved and the error term of lowest order removed (Richardson): 2·(refinements +
    /// 1) evaluations an element
    /// @param absolute tolerated error
    /// @param relative tolerated error, as a fraction of the difference
    public record Precision(double step, int refinements, double absolute, double relative) {
        /// The settings of PyTorch's gradcheck: a tiny step, which seldom crosses a kink, and four digits.
        public static final Precision DEFAULT = new Precision(1e-6, 0, 1e-5, 1e-3);
        /// Eight digits, for functions that are smooth within 1/128 of the inputs. Steps are powers of two: differences of linear
        /// functions of short numbers are exact.
        public static final Precision FINE = new Precision(1.0 / 128, 2, 1e-8, 1e-8);

        /// @throws IllegalArgumentException if a value makes no sense
        public Precision {
            if (!(step > 0 && refinements >= 0 && refinements <= 10 && absolute >= 0 && relative >= 0)) {
                throw new IllegalArgumentException("gradCheck: step " + step + ", refinements " + refinements
                    + ", tolerances " + absolute + " and " + relative
                    + "; the step is above 0, refinements are 0 … 10, tolerances not negative");
            }
        }

        // f′(0)
        private double slope(DoubleUnaryOperator f) {
            var d = new double[refinements + 1];
            for (int i = 0; i <= refinements; i++) {
                double h = Math.scalb(step, -i);
                d[i] = (f.applyAsDouble(h) - f.applyAsDouble(-h)) / (2 * h);
            }
            for (int order = 1; order <= refinements; order++) { // the error is a series in h²: cancel h², then h⁴, …
                double four = Math.scalb(1.0, 2 * order);
                for (int i = 0; i <= refinements - order; i++) {
                    d[i] = (four * d[i + 1] - d[i]) / (four - 1);
                }
            }
            return d[0];
        }
    }

    /// What was found: how many elements were checked, and the worst of them. `input` and `element` (a flat index; −1 for a
    /// direction) say where the largest error was, in units of the tolerance `excess`, which is NaN if one of both values is not
    /// finite.
    public record Report(boolean ok, int checked, int input, int element, double analytic, double numeric, double excess) {
        /// `ok, 12 checked, worst: …` or which element failed, with both values.
        @Override
        public String toString() {
            var where = checked == 0 ? "nothing to check"
                : (element < 0 ? "the slope along a random direction" : "element " + element + " of input " + input)
                + " is " + analytic + ", central difference " + numeric;
            return (ok ? "ok, " + checked + " checked, worst: " : "FAILED, " + checked + " checked: ") + where;
        }

        private Report worse(Report other) {
            boolean mine = Double.isNaN(excess) || excess >= other.excess;
            return mine ? counting(other.checked) : other.counting(checked);
        }

        private Report counting(int more) {
            return new Report(ok, checked + more, input, element, analytic, numeric, excess);
        }

        private static Report of(Precision p, int input, int element, double analytic, double numeric) {
            double excess = Math.abs(analytic - numeric) / (p.absolute + p.relative * Math.abs(numeric));
            boolean ok = analytic == numeric && Double.isFinite(numeric) || excess <= 1; // false for NaN
            return new Report(ok, 1, input, element, analytic, numeric, ok && !(excess <= 1) ? 0 : excess);
        }

        private static final Report EMPTY = new Report(true, 0, 0, 0, 0, 0, 0);
    }

    /// Checks the gradient of every element of every input. Inputs are F64 and are left as they were.
    public static Report first(Function<Tensor[], Tensor> f, NdArray... inputs) { return first(Precision.DEFAULT, f, inputs); }

    /// Checks the gradient of every element of every input, with a precision of choice.
    public static Report first(Precision precision, Function<Tensor[], Tensor> f, NdArray... inputs) {
        return elements(precision, false, f, inputs);
    }

    private static Report elements(Precision precision, boolean create, Function<Tensor[], Tensor> f, NdArray... inputs) {
        var x = parameters(inputs);
        var g = gradients(f, x, create);
        var report = Report.EMPTY;
        for (int i = 0; i < x.length; i++) {
            for (int e = 0; e < x[i].size(); e++) {
                int input = i;
                int element = e;
                double numeric = precision.slope(t -> contracted(f, moved(x, input, element, t)));
                report = report.worse(Report.of(precision, i, e, g[i].value().doubles()[e], numeric));
            }
        }
        return report;
    }

    /// Checks the gradient as [Backward#createGraph] records it, where derivatives may take another form than in [#first], and
    /// the gradient of that gradient: of a random combination of all first derivatives.
    public static Report second(Function<Tensor[], Tensor> f, NdArray... inputs) { return second(Precision.DEFAULT, f, inputs); }

    /// Checks the recorded gradient and its gradient, with a precision of choice.
    public static Report second(Precision precision, Function<Tensor[], Tensor> f, NdArray... inputs) {
        var recorded = elements(precision, true, f, inputs);
        // a wrong gradient may well have a gradient that fits it
        return recorded.ok() ? recorded.worse(first(precision, gradientOf(f), inputs)) : recorded;
    }

    /// Checks the slope along one random direction through all inputs at once: two evaluations, however many elements.
    public static Report fast(Function<Tensor[], Tensor> f, RandomGenerator random, NdArray... inputs) {
        return fast(Precision.DEFAULT, f, random, inputs);
    }

    /// Checks the slope along one random direction, with a precision of choice.
    public static Report fast(Precision precision, Function<Tensor[], Tensor> f, RandomGenerator random, NdArray... inputs) {
        var x = parameters(inputs);
        var g = gradients(f, x, false);
        var direction = new NdArray[x.length];
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
            direction[i] = direction(x[i].shape(), random);
            slope += g[i].value().dot(direction[i]);
        }
        double numeric = precision.slope(t -> {
            var y = new Tensor[x.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = Tensor.parameter(x[i].value().add(direction[i].mul(t)));
            }
            return contracted(f, y);
        });
        return Report.of(precision, 0, -1, slope, numeric);
    }

    // Either sign, at least ½, so that no element can hide; at most 1, so that no step is longer than it says.
    private static NdArray direction(Shape shape, RandomGenerator random) {
        var u = NdArray.uniform(DType.F64, shape, -0.5, 0.5, random);
        return u.add(NdArray.where(u.ge(0), NdArray.full(DType.F64, Shape.of(), 0.5), NdArray.full(DType.F64, Shape.of(), -0.5)));
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
        var loss = weighted(f.apply(x));
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

    private static Tensor[] moved(Tensor[] x, int input, int element, double by) {
        var y = x.clone();
        var v = x[input].value().toDoubles();
        v[element] += by;
        y[input] = Tensor.parameter(NdArray.of(x[input].shape(), v)); // a second-order check differentiates the moved function
        return y;
    }

    private static double contracted(Function<Tensor[], Tensor> f, Tensor... x) {
        return Recording.off(() -> weighted(f.apply(x)).item());
    }

    private static Tensor weighted(Tensor y) {
        if (y.dtype() != DType.F64) {
            throw new IllegalArgumentException("gradCheck: the function's result is " + y.dtype() + " " + y.shape()
                + "; differences need F64");
        }
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
                throw new IllegalArgumentException("gradCheck: input " + i + " is " + inputs[i].dtype()
                    + "; differences need F64");
            }
            y[i] = Tensor.parameter(inputs[i].copy());
        }
        return y;
    }
}
