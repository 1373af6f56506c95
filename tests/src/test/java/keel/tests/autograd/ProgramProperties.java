package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.GradCheck;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Random programs in single-assignment form: each line applies an operation to values of any earlier lines, so that values are
/// used several times and graphs take any shape.
class ProgramProperties {
    private static final int N = 3;
    private static final NdArray ROWS = NdArray.of(2, 0, 0);
    private static final NdArray PLACES = NdArray.of(Shape.of(3, 3), new int[] {0, 1, 1, 2, 0, 2, 1, 1, 0});
    private static final NdArray MASK = NdArray.of(Shape.of(3, 3),
        new boolean[] {true, false, false, true, true, false, false, true, false});

    /// (3, 3) to (3, 3), smooth and of moderate size everywhere.
    private static final List<UnaryOperator<Tensor>> ONE = List.of(Tensor::tanh, Tensor::sin, Tensor::cos, Tensor::sigmoid,
        Tensor::gelu, Tensor::geluTanh, Tensor::silu, Tensor::softplus, Tensor::erf, Tensor::transpose, Tensor::neg,
        x -> x.softmax(0), x -> x.softmax(-1), x -> x.logSoftmax(-1), x -> x.layerNorm(1, null, null, 0.5),
        x -> x.mul(0.5).exp().tanh(), x -> x.square().add(1).rsqrt(), x -> x.square().add(1).log(),
        x -> x.add(0.5).square().add(1).reciprocal(), x -> x.add(1), x -> x.mul(-0.7),
        x -> x.sum(true, 0).mul(0.3).expand(Shape.of(N, N)), x -> x.mean(true, 1).expand(Shape.of(N, N)),
        x -> x.variance(true, 0, -1).add(x), x -> Tensor.concat(0, x.slice(0, 1, 3), x.slice(0, 0, 1)),
        x -> x.reshape(9).reshape(N, N), x -> x.indexSelect(1, ROWS), x -> x.gather(0, PLACES),
        x -> x.scatterAdd(1, PLACES, N).mul(0.5));
    private static final List<BinaryOperator<Tensor>> TWO = List.of(Tensor::add, Tensor::sub, (a, b) -> a.tanh().mul(b),
        (a, b) -> a.div(b.square().add(1)), (a, b) -> a.matmul(b).mul(0.3), (a, b) -> a.matmulNT(b).mul(0.3),
        (a, b) -> a.matmulTN(b).mul(0.3), (a, b) -> Tensor.where(MASK, a, b), (a, b) -> a.mul(b.slice(0, 1, 2)).tanh(),
        (a, b) -> a.sub(b.mean()), (a, b) -> a.linear(b, null).sin());

    /// The text of a program: `operation[i]` of the lines `left[i]` and `right[i]`; lines 0 and 1 are the inputs.
    private record Program(int[] operation, int[] left, int[] right) {
        static Program random(int lines, SplittableRandom random) {
            var p = new Program(new int[lines], new int[lines], new int[lines]);
            for (int i = 2; i < lines; i++) {
                p.operation[i] = random.nextInt(ONE.size() + TWO.size());
                p.left[i] = random.nextInt(4) > 0 ? Math.max(0, i - 1 - random.nextInt(3)) : random.nextInt(i);
                p.right[i] = random.nextInt(i);
            }
            return p;
        }

        /// All lines, computed.
        List<Tensor> run(Tensor... inputs) {
            var lines = new ArrayList<>(List.of(inputs));
            for (int i = 2; i < operation.length; i++) {
                var a = lines.get(left[i]);
                var b = lines.get(right[i]);
                int two = operation[i] - ONE.size();
                lines.add(two < 0 ? ONE.get(operation[i]).apply(a) : TWO.get(two).apply(a, b));
            }
            return lines;
        }

        Tensor result(Tensor... inputs) {
            return run(inputs).getLast();
        }
    }

    private static NdArray input(SplittableRandom random) {
        return Samples.between(DType.F64, Shape.of(N, N), -1, 1, random);
    }

    @Property
    void gradientsOfRandomProgramsAreRight(@ForAll @IntRange(min = 3, max = 20) int lines, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var program = Program.random(lines, random);
        var report = GradCheck.first(Precision.FINE, program::result, input(random), input(random));
        assertTrue(report.ok(), () -> program + ": " + report);
    }

    @Property
    void secondDerivativesOfRandomProgramsAreRight(@ForAll @IntRange(min = 3, max = 10) int lines, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var program = Program.random(lines, random);
        var report = GradCheck.second(Precision.FINE, program::result, input(random), input(random));
        assertTrue(report.ok(), () -> program + ": " + report);
    }

    /// Fused kernels of the first derivative against the operations that `createGraph` records in their place.
    @Property
    void recordedDerivativesEqualTheFusedOnes(@ForAll @IntRange(min = 3, max = 20) int lines, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var program = Program.random(lines, random);
        var x = Tensor.parameter(input(random));
        var z = Tensor.parameter(input(random));
        var loss = program.result(x, z).sum();
        if (loss.wantsGradient()) {
            var recorded = Backward.from(loss).createGraph().run();
            var fused = loss.backward();
            assertEquals(recorded.tensors(), fused.tensors());
            for (var t : fused.tensors()) {
                assertArrayEquals(recorded.of(t).toDoubles(), fused.of(t).toDoubles(), 1e-11);
            }
        }
    }

    /// Modifying a value after the program ran either is an error or changes no bit of the gradients.
    @Property
    void modificationsAreHarmlessOrRefused(@ForAll @IntRange(min = 3, max = 20) int lines, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var program = Program.random(lines, random);
        var x = Tensor.parameter(input(random));
        var z = Tensor.parameter(input(random));
        var values = program.run(x, z);
        var loss = values.getLast().sum();
        if (!loss.wantsGradient()) {
            return;
        }
        var before = Backward.from(loss).retainGraph().run();
        var victim = values.get(random.nextInt(values.size()));
        victim.value().mulInPlace(1.5).addInPlace(NdArray.ones(DType.F64, N, N));
        try {
            var after = loss.backward();
            for (var t : before.tensors()) {
                assertArrayEquals(before.of(t).toDoubles(), after.of(t).toDoubles(), 0);
            }
        } catch (IllegalStateException e) {
            var said = "backward: \\w+ saved its (input \\d|result|array).* which was modified 2 time\\(s\\) since; .*";
            assertTrue(e.getMessage().matches(said), e.getMessage());
        }
    }
}
