package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import keel.array.DType;
import keel.array.NdArray;
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
/// Each try takes every eighth entry, so that 200 tries are about 25 an entry; [GradientSweepTest] makes them 1,000. All that
/// fail are named at once.
class GradientProperties {
    static final int PARTS = 8;
    static final int TRIES = 200;

    @Provide
    Arbitrary<Shape> shapes() {
        return Samples.shapes(0, 3, 8);
    }

    @Provide
    Arbitrary<Shape> largerShapes() {
        return Samples.shapes(0, 4, 200);
    }

    @Property(tries = TRIES)
    void firstDerivatives(@ForAll("shapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part, @ForAll long seed) {
        check(shape, part, seed, (op, c) -> GradCheck.first(op.precision(), c.f(), c.inputs()));
    }

    @Property(tries = TRIES)
    void secondDerivatives(@ForAll("shapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part, @ForAll long seed) {
        check(shape, part, seed, (op, c) -> GradCheck.second(op.precision(), c.f(), c.inputs()));
    }

    @Property
    void slopesAlongARandomDirection(@ForAll("largerShapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part,
        @ForAll long seed) {
        check(shape, part, seed, (op, c) -> op.name().equals("cast") // a random direction is not short in binary
            ? new GradCheck.Report(true, 0, 0, 0, 0, 0, 0) : GradCheck.fast(SUMS, c.f(), new SplittableRandom(seed), c.inputs()));
    }

    /// A sum of hundreds of terms has more rounding in its difference.
    private static final Precision SUMS = new Precision(1.0 / 128, 2, 1e-7, 1e-7);

    /// The lines that train: the same case in F32 agrees with F64 to what F32 can hold, in value, gradient, shape and type.
    @Property
    void gradientsInF32AreThoseOfF64Rounded(@ForAll("largerShapes") Shape shape, @ForAll @IntRange(max = PARTS - 1) int part,
        @ForAll long seed) {
        for (int i = part; i < Operations.ALL.size(); i += PARTS) {
            var op = Operations.ALL.get(i);
            if (op.name().equals("cast")) { // goes from F64 and back by itself
                continue;
            }
            var c = op.make(shape, seed);
            var dy = Recording.off(() -> c.f().apply(parameters(DType.F64, c))).shape();
            var weights = Samples.dyadic(DType.F64, dy, new SplittableRandom(seed));
            var wide = gradients(c, DType.F64, weights);
            var narrow = gradients(c, DType.F32, weights);
            for (int j = 0; j < wide.length; j++) {
                assertEquals(DType.F32, narrow[j].dtype(), op.name());
                assertEquals(wide[j].shape(), narrow[j].shape(), op.name());
                double scale = 1 + wide[j].norm();
                double off = wide[j].sub(narrow[j].cast(DType.F64)).norm();
                assertTrue(off <= 1e-4 * scale, () -> describe(op, c) + ": off by " + off + " of " + scale);
            }
        }
    }

    /// Result, then gradients.
    private static NdArray[] gradients(Operation.Case c, DType dtype, NdArray weights) {
        var x = parameters(dtype, c);
        var y = c.f().apply(x);
        var g = Backward.from(y).seed(Tensor.of(weights.cast(dtype))).run();
        var all = new NdArray[x.length + 1];
        all[0] = y.value();
        for (int i = 0; i < x.length; i++) {
            all[i + 1] = g.has(x[i]) ? g.of(x[i]) : NdArray.zeros(dtype, x[i].shape());
        }
        return all;
    }

    private static Tensor[] parameters(DType dtype, Operation.Case c) {
        return Arrays.stream(c.inputs()).map(v -> Tensor.parameter(v.cast(dtype).copy())).toArray(Tensor[]::new);
    }

    /// An operation that says it saves nothing, or only its result, must not read what it did not save: a change to any input or
    /// to the result either is refused, or changes nothing.
    @Property
    void modifyingAnOperandIsRefusedOrHarmless(@ForAll("shapes") Shape shape, @ForAll long seed) {
        for (var op : Operations.ALL) {
            var c = op.make(shape, seed);
            for (int victim = 0; victim <= c.inputs().length; victim++) {
                var x = parameters(DType.F64, c);
                var y = c.f().apply(x);
                var modified = victim < x.length ? x[victim].value() : y.value();
                var seedOfY = Tensor.of(Samples.dyadic(DType.F64, y.shape(), new SplittableRandom(seed)));
                if (!y.wantsGradient()) {
                    continue;
                }
                var before = Backward.from(y).seed(seedOfY).retainGraph().run();
                modified.mulInPlace(1.5).addInPlace(NdArray.ones(DType.F64, modified.shape().extents()));
                try {
                    var after = Backward.from(y).seed(seedOfY).run();
                    for (var t : before.tensors()) {
                        assertEquals(Arrays.toString(before.of(t).toDoubles()), Arrays.toString(after.of(t).toDoubles()),
                            () -> describe(op, c));
                    }
                } catch (IllegalStateException e) {
                    assertTrue(e.getMessage().contains(" saved its "), e.getMessage());
                }
            }
        }
    }

    /// ⟨f(x), y⟩ = ⟨x, fᵀ(y)⟩ with fᵀ from backward, for f linear in all its inputs together; and f(x) + f(z) = f(x + z).
    @Property
    void backwardOfALinearOperationIsItsTranspose(@ForAll("largerShapes") Shape shape, @ForAll long seed) {
        for (var op : Operations.ALL) {
            if (op.isLinear()) {
                var c = op.make(shape, seed);
                var random = new SplittableRandom(seed);
                var x = Arrays.stream(c.inputs()).map(v ->
                    Tensor.parameter(Samples.dyadic(DType.F64, v.shape(), random))).toArray(Tensor[]::new);
                var z = Arrays.stream(c.inputs()).map(v ->
                    Tensor.of(Samples.dyadic(DType.F64, v.shape(), random))).toArray(Tensor[]::new);
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
