package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.loss.Loss;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LossProperties {
    // torch.nn.functional.cross_entropy(ramp(1), [2, 0, 3], label_smoothing=0 and .1), float64, PyTorch 2.13.
    @Test
    void crossEntropyIsThatOfPyTorch() {
        var logits = parameter(1, 3, 4);
        var labels = NdArray.of(2, 0, 3);
        var loss = Loss.crossEntropy(logits, labels);
        assertNear(loss.value(), 1.7792907926921675);
        assertNear(loss.backward().of(logits), 0.021129504231724834, 0.0835688103537467, -0.31153310663852685,
            0.20683479205305527,
            -0.2399178622326097, 0.09054137920508581, 0.1359187084440676, 0.013457774583456306, 0.07476345897841778,
            0.017757878014963473, 0.15340465734884678, -0.24592599434222803);
        var smooth = Loss.crossEntropy(logits, labels, 0.1);
        assertNear(smooth.value(), 1.7727803760255008);
        assertNear(smooth.backward().of(logits), 0.012796170898391506, 0.07523547702041339, -0.2865331066385269,
            0.19850145871972197,
            -0.21491786223260967, 0.08220804587175251, 0.1275853751107343, 0.005124441250122978, 0.06643012564508446,
            0.009424544681630143, 0.14507132401551348, -0.22092599434222804);
    }

    // torch.nn.functional.mse_loss(ramp(1), ramp(5)), float64, PyTorch 2.13.
    @Test
    void meanSquaredErrorIsThatOfPyTorch() {
        var y = parameter(1, 2, 3);
        var loss = Loss.meanSquaredError(y, ramp(5, 2, 3));
        assertNear(loss.value(), 2.53173828125);
        assertNear(loss.backward().of(y), -0.4583333333333333, -0.4583333333333333, -0.4583333333333333, 0.59375, 0.59375,
            0.59375);
    }

    @Property(tries = 40)
    void gradientsAreRight(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 5) int classes, @ForAll @DoubleRange(min = 0, max = 1) double smoothing) {
        var random = new SplittableRandom(seed);
        var labels = labels(random, n, classes);
        assertDifferentiable(t -> Loss.crossEntropy(t[0], labels, smoothing), normal(random, n, classes));
        assertDifferentiable(t -> Loss.meanSquaredError(t[0], t[1]), normal(random, n, classes), normal(random, n, classes));
    }

    @Property(tries = 40)
    void logitsThatKnowNothingCostTheLogarithmOfTheClasses(@ForAll @IntRange(min = 1, max = 30) int classes,
            @ForAll @DoubleRange(min = -500, max = 500) double level, @ForAll long seed) {
        var logits = Tensor.of(NdArray.full(DType.F64, Shape.of(3, classes), level));
        var labels = labels(new SplittableRandom(seed), 3, classes);
        assertEquals(Math.log(classes), Loss.crossEntropy(logits, labels).item(), 1e-12);
        assertEquals(Math.log(classes), Loss.crossEntropy(logits, labels, 0.3).item(), 1e-12);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        var logits = Tensor.parameter(NdArray.of(Shape.of(2, 2), new float[] {1e4f, -1e4f, 3e38f, 3e38f}));
        assertEquals(0, Loss.crossEntropy(logits, NdArray.of(0, 1)).item(), Math.log(2));
        assertTrue(Loss.crossEntropy(logits, NdArray.of(1, 0)).backward().of(logits).isFinite());
    }

    @Test
    void aNaNInTheLogitsIsNotHidden() {
        assertTrue(Double.isNaN(Loss.crossEntropy(Tensor.of(NdArray.of(Shape.of(1, 2), new float[] {Float.NaN, 1})),
            NdArray.of(1)).item()));
    }

    @Test
    void badLabelsAreRefusedInOneLine() {
        var logits = Tensor.of(NdArray.zeros(DType.F32, 3, 10));
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1f, Float.NaN, 2f)), "label 1 is NaN", "I32");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1.0, 2.0, 2.5)), "label 2 is 2.5", "I32");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1f, 2f, 3f)), "F32", "cast(DType.I32)");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(true, false, true)), "BOOL", "I32");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1, 10, 2)), "10", "1", "0 … 9");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1, 2, -1)), "-1", "2", "0 … 9");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1, 2)), "(3, 10)", "(2)");
        assertRefused(() -> Loss.crossEntropy(Tensor.of(NdArray.zeros(DType.F32, 10)), NdArray.of(1)), "(10)", "(n, classes)");
        assertRefused(() -> Loss.crossEntropy(Tensor.of(NdArray.zeros(DType.F32, 0, 10)), NdArray.zeros(DType.I32, 0)), "empty",
            "(0, 10)");
        assertRefused(() -> Loss.crossEntropy(logits, NdArray.of(1, 2, 3), 1.5), "1.5", "0 … 1");
    }

    @Test
    void badTargetsAreRefusedInOneLine() {
        var y = Tensor.of(NdArray.zeros(DType.F32, 3, 1));
        assertRefused(() -> Loss.meanSquaredError(y, NdArray.zeros(DType.F32, 3)), "meanSquaredError", "(3, 1)", "(3)",
            "reshape");
        assertRefused(() -> Loss.meanSquaredError(y, NdArray.zeros(DType.F64, 3, 1)), "F32", "F64", "cast");
        var empty = Tensor.of(NdArray.zeros(DType.F32, 0, 1));
        assertRefused(() -> Loss.meanSquaredError(empty, empty), "empty", "(0, 1)");
    }

    private static NdArray labels(RandomGenerator random, int n, int classes) {
        return NdArray.of(Shape.of(n), random.ints(n, 0, classes).toArray());
    }
}
