package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NormProperties {
    // torch.nn.LayerNorm([2, 3]) with weight ramp(1), bias ramp(2), on ramp(3) of shape (2, 2, 3), gradient ramp(4); float64,
    // PyTorch 2.13.
    @Test
    void layerNormIsThatOfPyTorch() {
        var layer = new LayerNorm(Shape.of(2, 3), parameter(1, 2, 3), parameter(2, 2, 3), 1e-5);
        var x = parameter(3, 2, 2, 3);
        var y = layer.forward(x, Pass.inference());
        assertNear(y.value(), -0.055959507447916536, 0.6050051913528313, -0.08198506636764259, -0.21655750272557345,
            1.5904413716848778,
            1.5076433686571242, 0.8883041421511608, 0.4042644434182005, -1.6202538589306963, 0.5911301182463928,
                1.7476319788056478,
            1.3609536687397736);
        var g = y.mul(Tensor.of(ramp(4, 2, 2, 3))).sum().backward();
        assertNear(g.of(x), 0.5611549219469777, 0.5986751461774762, 0.5209601704233823, -0.816333960184382, -0.4461206627272211,
            -0.41833561563623317, 0.7511392362830795, -0.27003010091442703, -0.7209603778029878, -0.7919243105385736,
            -0.08789545825065119, 1.1196710112235602);
        assertNear(g.of(layer.weight()), 1.798884518330909, 0.9895105674451162, 0.733695902500352, 1.9824192152639295,
            -3.6879121166539184, -0.761129797679131);
        assertNear(g.of(layer.bias()), -1.34375, 0.875, 0.8125, -1.53125, -3.0, -0.4375);
    }

    // torch.nn.BatchNorm1d(2), weight ramp(1), bias ramp(2): three training steps on ramp(3), ramp(4), ramp(5) of shape (4,
    // 2, 3), gradient ramp(9)
    // through the last; then eval() on ramp(7) of shape (1, 2, 3). float64, PyTorch 2.13.
    @Test
    void batchNormIsThatOfPyTorch() {
        var layer = affine(parameter(1, 2), parameter(2, 2), 0.1, 1e-5);
        layer.forward(parameter(3, 4, 2, 3), training());
        layer.forward(parameter(4, 4, 2, 3), training());
        var x = parameter(5, 4, 2, 3);
        var y = layer.forward(x, training());
        assertNear(y.value(), -0.835128068233918, -2.7489807930058525, -0.8786247210696438, 0.4139969365743839,
            0.33773806260093125,
            0.33265413766936774, 0.5132681696735812, -0.6611414568910149, -2.444504223155772, 0.5105915102740907,
                0.3479059124640583,
            0.7698716817838298, -2.488000875991498, 1.4701945320595486, 0.4262748640021297, 0.6021021590422339,
                0.3529898373956218,
            0.6885288828788135, -1.052611332412547, -0.7481347625624665, -1.052611332412547, 0.6885288828788135,
                0.3529898373956218,
            0.6021021590422339);
        var g = y.mul(Tensor.of(ramp(9, 4, 2, 3))).sum().backward();
        assertNear(g.of(x), -1.7773011645319639, 0.06307794124452437, -1.8353189561372323, 0.0856522163366783,
            -0.02810804187017646,
            -0.03569205908396677, 0.021250375231360825, -1.5452299981108897, 0.46920248248140417, 0.2297485433986943,
            -0.012940007442595826, 0.1030570032140857, 0.41118469087613563, 1.2976417905472688, -0.09478520797917625,
            -0.14721556484099477, -0.005355990228805507, -0.01828727220655935, 2.3257718138499976, -1.6612655813214265,
            2.3257718138499976, -0.01828727220655935, -0.005355990228805507, -0.14721556484099477);
        assertNear(g.of(layer.weight()), -3.50780057975633, -5.667728977871389);
        assertNear(g.of(layer.bias()), 2.9375, -1.5625);
        assertNear(layer.runningMean(), 0.008458333333333333, -0.03161979166666666);
        assertNear(layer.runningVar(), 0.9322746508049244, 0.9940195460464016);
        assertEquals(3, layer.batchesTracked().item());
        assertNear(layer.forward(Tensor.of(ramp(7, 1, 2, 3))).value(), -1.9293347247942347, 0.3190221108895851,
            -1.9687795815606175,
            0.5000579532104049, 0.4265961372042525, 0.4216986828038423);
    }

    // torch.nn.BatchNorm1d(3, momentum=.3, eps=1e-3): four training steps on ramp(0) … ramp(3) of shape (5, 3); float64,
    // PyTorch 2.13.
    @Test
    void batchNormOfAMatrixIsThatOfPyTorch() {
        var layer = BatchNorm.of(DType.F64, 3).momentum(0.3).eps(1e-3);
        for (int step = 0; step < 3; step++) layer.forward(Tensor.of(ramp(step, 5, 3)), training());
        assertNear(layer.forward(Tensor.of(ramp(3, 5, 3)), training()).value(), 0.24115568629290962, 0.11965549738798459,
            -0.6582901030303653, -0.8842375164073355, 0.717932984327907, 1.131236390644414, -1.0048153595537903,
                -1.9315816006917494,
            0.49211978576056437, -0.12057784314645488, 0.803401196747896, 0.6518989369815268, 1.7684750328146708,
                0.29059192222796243,
            -1.61696501035614);
        assertNear(layer.runningMean(), -0.17996437499999998, 0.36026437499999997, 0.120181875);
        assertNear(layer.runningVar(), 1.106596796875, 0.722737421875, 0.9161851855468748);
    }

    @Property(tries = 20)
    void gradientsOfLayerNormAreRight(@ForAll long seed, @ForAll @IntRange(max = 3) int rows,
            @ForAll @IntRange(min = 1, max = 3) int a, @ForAll @IntRange(min = 1, max = 3) int b) {
        var random = new SplittableRandom(seed);
        var shape = Shape.of(a, b);
        assertDifferentiable(t -> new LayerNorm(shape, t[1], t[2], 0.1).forward(t[0], training()),
            normal(random, rows, a, b), normal(random, a, b), normal(random, a, b));
        assertDifferentiable(t -> new LayerNorm(shape, null, null, 0.1).forward(t[0], training()), normal(random, rows, a, b));
    }

    @Property(tries = 20)
    void gradientsOfBatchNormAreRight(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 3) int c, @ForAll @IntRange(max = 2) int axes) {
        var random = new SplittableRandom(seed);
        var x = normal(random, axes == 0 ? new int[] {n, c} : axes == 1 ? new int[] {n, c, 2} : new int[] {n, c, 1, 3});
        assertDifferentiable(t -> affine(t[1], t[2], 0.1, 0.1).forward(t[0], training()), x, normal(random, c), normal(random,
            c));
        assertDifferentiable(t -> affine(t[1], t[2], 0.1, 0.1).forward(t[0], Pass.inference()), x, normal(random, c),
            normal(random, c));
        assertDifferentiable(t -> BatchNorm.of(DType.F64, c).withoutAffine().eps(0.1).forward(t[0], training()), x);
    }

    @Property(tries = 40)
    void layerNormGivesEachSampleMeanZeroAndVarianceOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 2, max = 70) int features) {
        var random = new SplittableRandom(seed);
        var x = normal(random, rows, features).mul(3).add(7);
        var y = LayerNorm.of(DType.F64, features).eps(0).forward(Tensor.of(x)).value();
        assertArrayEquals(new double[rows], y.mean(false, 1).doubles(), 1e-12);
        assertArrayEquals(NdArray.ones(DType.F64, rows).doubles(), y.square().mean(false, 1).doubles(), 1e-12);
        // Neither the level nor the scale of a sample matters.
        var z = LayerNorm.of(DType.F64, features).eps(0).forward(Tensor.of(x.mul(5).sub(2))).value();
        assertArrayEquals(y.doubles(), z.doubles(), 1e-10);
    }

    @Property(tries = 40)
    void batchNormGivesEachChannelMeanZeroAndVarianceOne(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 5) int c) {
        var x = normal(new SplittableRandom(seed), n, c).mul(3).add(7);
        var y = BatchNorm.of(DType.F64, c).eps(0).forward(Tensor.of(x), training()).value();
        assertArrayEquals(new double[c], y.mean(false, 0).doubles(), 1e-11);
        assertArrayEquals(NdArray.ones(DType.F64, c).doubles(), y.square().mean(false, 0).doubles(), 1e-11);
    }

    @Property(tries = 30)
    void inferenceOfBatchNormDoesNotDependOnTheBatchMates(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int mates) {
        var random = new SplittableRandom(seed);
        var layer = BatchNorm.of(DType.F64, 3);
        layer.forward(Tensor.of(normal(random, 6, 3)), training());
        var alone = normal(random, 1, 3);
        var together = layer.forward(Tensor.of(NdArray.concat(0, alone, normal(random, mates, 3).mul(100)))).value();
        assertSameBits(layer.forward(Tensor.of(alone)).value(), together.slice(0, 0, 1));
    }

    // The moving average forgets its start as .9^steps, and then holds the moments of what it saw.
    @Test
    void runningStatisticsApproachThoseOfTheData() {
        var random = new SplittableRandom(11);
        var layer = BatchNorm.of(DType.F64, 2);
        var x = normal(random, 500, 2).mul(3).add(2);
        for (int step = 0; step < 300; step++) layer.forward(Tensor.of(x), training());
        var mean = x.mean(false, 0);
        assertArrayEquals(mean.doubles(), layer.runningMean().doubles(), 1e-9);
        assertArrayEquals(x.sub(mean).square().sum(false, 0).div(499).doubles(), layer.runningVar().doubles(), 1e-9);
        assertEquals(300, layer.batchesTracked().item());
    }

    @Test
    void inferenceChangesNoStatistics() {
        var layer = BatchNorm.of(2);
        layer.forward(Tensor.of(NdArray.ones(DType.F32, 4, 2)));
        layer.forward(Tensor.of(NdArray.ones(DType.F32, 4, 2)), Pass.inference());
        assertArrayEquals(new float[] {0, 0}, layer.runningMean().floats());
        assertArrayEquals(new float[] {1, 1}, layer.runningVar().floats());
        assertEquals(0, layer.batchesTracked().item());
    }

    // A graph of an inference pass must survive a training step in between: it may not read the statistics again on the way back.
    @Test
    void trainingInBetweenDoesNotSpoilAnInferenceGraph() {
        var layer = BatchNorm.of(DType.F64, 2);
        var x = parameter(1, 3, 2);
        var y = layer.forward(x, Pass.inference()).sum();
        layer.forward(parameter(2, 3, 2), training());
        assertArrayEquals(NdArray.full(DType.F64, Shape.of(3, 2), 1 / Math.sqrt(1 + 1e-5)).doubles(),
            y.backward().of(x).doubles(), 1e-14);
    }

    // In F32 a mean of 10⁴ leaves 3 digits; the variance must come from the centered values, not from E[x²] − E[x]².
    @Test
    void aLargeMeanDoesNotSpoilTheVariance() {
        var x = NdArray.normal(DType.F32, Shape.of(200, 1), 1e4, 1, new SplittableRandom(2));
        var exact = x.cast(DType.F64).sub(x.cast(DType.F64).mean().item()).square().mean().item();
        var layer = BatchNorm.of(1).momentum(1);
        layer.forward(Tensor.of(x), training());
        assertEquals(exact * 200 / 199, layer.runningVar().item(), 1e-4);
        var y = LayerNorm.of(200).eps(0).forward(Tensor.of(x.reshape(1, 200))).value();
        assertEquals(1, y.square().mean().item(), 1e-3);
    }

    @Test
    void emptyBatchesAreFineInInference() {
        assertEquals(Shape.of(0, 3), BatchNorm.of(3).forward(Tensor.of(NdArray.zeros(DType.F32, 0, 3))).shape());
        assertEquals(Shape.of(0, 3), LayerNorm.of(3).forward(Tensor.of(NdArray.zeros(DType.F32, 0, 3))).shape());
    }

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(List.of("weight", "bias"), BatchNorm.of(3).parameters().names());
        assertEquals(List.of("running_mean", "running_var", "num_batches_tracked"),
            new ArrayList<>(BatchNorm.of(3).state().keySet()));
        assertEquals(List.of(), BatchNorm.of(3).withoutAffine().parameters().names());
        assertEquals(List.of("weight", "bias"), LayerNorm.of(2, 3).parameters().names());
        assertEquals(List.of("weight"), LayerNorm.of(3).withoutBias().parameters().names());
        assertEquals(List.of(), LayerNorm.of(3).withoutAffine().parameters().names());
    }

    @Test
    void oneValuePerChannelIsRefusedInTraining() {
        for (var shape : new Shape[] {Shape.of(1, 2), Shape.of(1, 2, 1), Shape.of(0, 2)}) {
            var x = Tensor.of(NdArray.zeros(DType.F32, shape));
            assertRefused(() -> BatchNorm.of(2).forward(x, training()), "BatchNorm(2)", "more than one value per channel",
                shape.toString(),
                "larger batches", "LayerNorm");
            assertEquals(shape, BatchNorm.of(2).forward(x).shape());
        }
        assertEquals(Shape.of(1, 2, 3), BatchNorm.of(2).forward(Tensor.of(NdArray.zeros(DType.F32, 1, 2, 3)),
            training()).shape());
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var x = Tensor.of(NdArray.zeros(DType.F32, 4, 3));
        assertRefused(() -> BatchNorm.of(2).forward(x), "BatchNorm(2)", "(4, 3)", "(n, 2)");
        assertRefused(() -> BatchNorm.of(DType.F64, 3).forward(x), "F32", "F64");
        assertRefused(() -> BatchNorm.of(3).forward(Tensor.of(NdArray.zeros(DType.F32, 3))), "(3)", "(n, 3)");
        assertRefused(() -> BatchNorm.of(0), "0 channels");
        assertRefused(() -> BatchNorm.of(DType.I32, 2), "I32");
        assertRefused(() -> BatchNorm.of(2).momentum(Double.NaN), "momentum is NaN", "0 … 1");
        assertRefused(() -> BatchNorm.of(2).eps(-1), "eps is -1.0");
        assertRefused(() -> LayerNorm.of(2).forward(x), "LayerNorm(2)", "(4, 3)");
        assertRefused(() -> LayerNorm.of(4, 3, 2).withoutAffine().forward(x), "LayerNorm(4, 3, 2)", "(4, 3)");
        assertRefused(() -> LayerNorm.of(2, 3).forward(x), "LayerNorm(2, 3)", "(4, 3)");
        assertRefused(() -> LayerNorm.of(DType.F64, 3).forward(x), "F32", "F64");
        assertRefused(() -> LayerNorm.of(), "()", "no feature");
        assertRefused(() -> LayerNorm.of(3, 0), "(3, 0)", "no feature");
        assertRefused(() -> LayerNorm.of(DType.BOOL, 3), "BOOL");
        assertRefused(() -> LayerNorm.of(3).eps(Double.NaN), "eps is NaN");
        assertRefused(() -> new LayerNorm(Shape.of(3), Tensor.of(NdArray.ones(DType.F32, 2)), null, 1e-5), "(2)", "(3)");
    }

    private static BatchNorm affine(Tensor weight, Tensor bias, double momentum, double eps) {
        var fresh = BatchNorm.of(DType.F64, weight.size());
        return new BatchNorm(weight.size(), weight, bias, fresh.running(), momentum, eps);
    }
}
