package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import keel.array.DType;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.GradCheck;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Derivatives of every entry of [Operations] against Richardson differences in F64, to eight digits.
///
/// Each try takes every fourth entry, so that the default 200 tries are 50 an operation; `-Djqwik.tries.default=4000` makes them 1,000. All that fail are named at once.
class GradientProperties {
    private static final int PARTS = 4;

    @Provide
    Arbitrary<Shape> shapes() {
        return Samples.shapes(0, 3, 8);
    }

    @Provide
    Arbitrary<Shape> largerShapes() {
        return Samples.shapes(0, 4, 200);
    }

    @Property
    void firstDerivatives(@ForAll("shapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part, @ForAll long seed) {
        check(shape, part, seed, (op, c) -> GradCheck.first(op.precision(), c.f(), c.inputs()));
    }

    @Property
    void secondDerivatives(@ForAll("shapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part, @ForAll long seed) {
        check(shape, part, seed, (op, c) -> GradCheck.second(op.precision(), c.f(), c.inputs()));
    }

    @Property
    void slopesAlongARandomDirection(@ForAll("largerShapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part, @ForAll long seed) {
        check(shape, part, seed, (op, c) -> op.name().equals("cast") // a random direction is not short in binary
            ? new GradCheck.Report(true, 0, 0, 0, 0, 0, 0) : GradCheck.fast(SUMS, c.f(), new SplittableRandom(seed), c.inputs()));
    }

    /// A sum of hundreds of terms has more rounding in its difference.
    private static final Precision SUMS = new Precision(1.0 / 128, 2, 1e-7, 1e-7);

    /// ⟨f(x), y⟩ = ⟨x, fᵀ(y)⟩ with fᵀ from backward, for f linear in all its inputs together; and f(x) + f(z) = f(x + z).
    @Property
    void backwardOfALinearOperationIsItsTranspose(@ForAll("largerShapes") Shape shape, @ForAll long seed) {
        for (var op : Operations.ALL) {
            if (op.isLinear()) {
                var c = op.make(shape, seed);
                var random = new SplittableRandom(seed);
                var x = Arrays.stream(c.inputs()).map(v -> Tensor.parameter(Samples.dyadic(DType.F64, v.shape(), random))).toArray(Tensor[]::new);
                var z = Arrays.stream(c.inputs()).map(v -> Tensor.of(Samples.dyadic(DType.F64, v.shape(), random))).toArray(Tensor[]::new);
                var sum = new Tensor[x.length];
                Arrays.setAll(sum, i -> x[i].add(z[i]));
                var fx = c.f().apply(x);
                var y = Tensor.of(Samples.dyadic(DType.F64, fx.shape(), random));
                var g = Backward.from(fx).seed(y).run();
                double right = 0;
                for (var t : x) {
                    right += g.has(t) ? t.value().dot(g.of(t)) : 0;
                }
                double left = fx.value().dot(y.value());
                assertEquals(left, right, 1e-9 * (1 + Math.abs(left)), () -> describe(op, c));
                double off = Recording.off(() -> c.f().apply(sum).sub(fx).sub(c.f().apply(z))).value().norm();
                assertEquals(0, off, 1e-9 * (1 + fx.value().norm()), () -> describe(op, c));
            }
        }
    }

    private static void check(Shape shape, int part, long seed, BiFunction<Operation, Operation.Case, GradCheck.Report> check) {
        var failures = new ArrayList<String>();
        for (int i = part; i < Operations.ALL.size(); i += PARTS) {
            var op = Operations.ALL.get(i);
            var c = op.make(shape, seed);
            try {
                var report = check.apply(op, c);
                if (!report.ok()) {
                    failures.add(describe(op, c) + ": " + report);
                }
            } catch (RuntimeException e) {
                failures.add(describe(op, c) + ": " + e);
            }
        }
        if (!failures.isEmpty()) {
            fail(String.join("\n", failures));
        }
    }

    private static String describe(Operation op, Operation.Case c) {
        return op + " of " + List.of(Arrays.stream(c.inputs()).map(x -> x.shape()).toArray());
    }
}
