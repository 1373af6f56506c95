package keel.tests.nn;

import static keel.tests.nn.Golden.assertCase;
import static keel.tests.nn.Golden.assertGolden;
import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.BatchRenorm;
import keel.nn.norm.DyT;
import keel.nn.norm.EvoNorm;
import keel.nn.norm.FilterResponseNorm;
import keel.nn.norm.GhostBatchNorm;
import keel.nn.norm.GlobalResponseNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.InstanceNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.norm.LocalResponseNorm;
import keel.nn.norm.MaxNorm;
import keel.nn.norm.Normalize;
import keel.nn.norm.QkNorm;
import keel.nn.norm.RMSNorm;
import keel.nn.norm.Reparametrized;
import keel.nn.norm.Running;
import keel.nn.norm.ScaleNorm;
import keel.nn.norm.SpectralNorm;
import keel.nn.norm.WeightNorm;
import keel.nn.norm.WeightStandardized;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Norms against PyTorch's numbers, and where it has none against their formulas in PyTorch.
class NormGoldenTest {
    private static final NdArray W = ramp(2, 4);
    private static final NdArray B = ramp(3, 4);

    @Test
    void normsAreThoseOfPyTorch() {
        assertCase("groupNorm", t -> new GroupNorm(2, 4, t[1], t[2], 1e-5).forward(t[0], training()), ramp(1, 2, 4, 3), W, B);
        assertCase("groupNorm flat", t -> new GroupNorm(2, 4, t[1], t[2], 1e-2).forward(t[0], training()), ramp(1, 3, 4), W, B);
        assertCase("rmsNorm", t -> new RMSNorm(Shape.of(2, 3), t[1], null).forward(t[0], training()), ramp(1, 2, 2, 3),
            ramp(2, 2, 3));
        assertCase("rmsNorm eps", t -> RMSNorm.of(DType.F64, 3).eps(0.1).withoutAffine().forward(t[0], training()),
            ramp(1, 2, 3));
        assertCase("instanceNorm", t -> InstanceNorm.of(DType.F64, 4).affine(t[1], t[2]).forward(t[0], training()),
            ramp(1, 2, 4, 3), W, B);
        var lrn = LocalResponseNorm.of(3).alpha(0.5).beta(0.6).k(1.2);
        assertCase("localResponseNorm 3", t -> lrn.forward(t[0], training()), ramp(1, 2, 5, 3));
        assertCase("localResponseNorm 4", t -> LocalResponseNorm.of(4).alpha(0.5).forward(t[0], training()), ramp(1, 2, 5, 2, 2));
        assertCase("weightStandardize", t -> WeightStandardized.standardize(t[0], t[1], 0.37, 1e-6), ramp(1, 3, 2, 2),
            ramp(2, 3));
    }

    @Test
    void theOthersAreThoseOfTheirFormulas() {
        assertCase("dyT", t -> new DyT(t[1], t[2], t[3]).forward(t[0], training()), ramp(1, 2, 4), NdArray.of(0.7), W, B);
        assertCase("filterResponseNorm", t -> new FilterResponseNorm(t[1], t[2], t[3], 1e-6).forward(t[0], training()),
            ramp(1, 2, 4, 3), W, B, ramp(7, 4));
        assertCase("evoNorm", t -> new EvoNorm(2, t[1], t[2], t[3], 1e-5).forward(t[0], training()), ramp(1, 2, 4, 3), W, B,
            ramp(7, 4));
        assertCase("batchRenorm", t -> renorm(t[1], t[2], 1.1, 0.1).forward(t[0], training()), ramp(1, 4, 3), ramp(2, 3),
            ramp(3, 3));
        assertCase("batchRenorm free", t -> renorm(t[1], t[2], 100, 100).forward(t[0], training()), ramp(1, 4, 3), ramp(2, 3),
            ramp(3, 3));
    }

    @Test
    void lengthsAreThoseOfPyTorch() {
        assertCase("normalize", t -> Normalize.of().forward(t[0], training()), ramp(1, 2, 4, 3));
        assertCase("normalize 3", t -> Normalize.of().p(3).axis(-1).forward(t[0], training()), ramp(1, 2, 4, 3));
        assertCase("scaleNorm", t -> new ScaleNorm(4, t[1], 1e-5).forward(t[0], training()), ramp(1, 2, 4), scalar(1.7));
        assertCase("globalResponseNorm", t -> new GlobalResponseNorm(t[1], t[2], 1e-6).forward(t[0], training()),
            ramp(1, 2, 4, 3), W, B);
        assertCase("weightNorm", t -> new WeightNorm(t[0], t[1], 0).of(training()), ramp(1, 3, 2, 2), ramp(2, 3, 1, 1));
        assertCase("weightNorm 1", t -> new WeightNorm(t[0], t[1], 1).of(training()), ramp(1, 3, 2, 2), ramp(2, 1, 2, 1));
        assertCase("weightNorm all", t -> new WeightNorm(t[0], t[1], null).of(training()), ramp(1, 3, 2), scalar(0.7));
        assertCase("qkNorm", t -> QkNorm.of(new RMSNorm(Shape.of(3), t[2], null), new RMSNorm(Shape.of(3), t[3], null))
            .logits(t[0], t[1], training()), ramp(1, 2, 4, 3), ramp(2, 2, 5, 3), ramp(3, 3), ramp(4, 3));
        var unit = Normalize.of().axis(-1);
        assertCase("qkNorm cosine", t -> new QkNorm(unit, unit, t[2]).logits(t[0], t[1], training()), ramp(1, 2, 4, 3),
            ramp(2, 2, 5, 3), scalar(1.7));
    }

    private static NdArray scalar(double value) {
        return NdArray.full(DType.F64, Shape.of(), value);
    }

    @Test
    void lengthsHaveSecondDerivatives() {
        var random = new SplittableRandom(5);
        var x = normal(random, 2, 4, 3);
        assertDifferentiable(t -> Normalize.of().forward(t[0], training()), x);
        assertDifferentiable(t -> new ScaleNorm(3, t[1], 1e-5).forward(t[0], training()), x, scalar(1.7));
        assertDifferentiable(t -> new GlobalResponseNorm(t[1], t[2], 1e-6).forward(t[0], training()), x, W, B);
        assertDifferentiable(t -> new WeightNorm(t[0], t[1], 0).of(training()), x, normal(random, 2, 1, 1));
        assertDifferentiable(t -> QkNorm.cosine(DType.F64, 8).logits(t[0], t[1], training()), x, normal(random, 2, 5, 3));
    }

    // What each starts as: nothing has changed, and a length of 1 is a length of 1.
    @Test
    void lengthsStartWhereTheyPromise() {
        var random = new SplittableRandom(5);
        var linear = Linear.of(DType.F64, 3, 4, Init.heNormal(), random);
        var layer = Reparametrized.of(linear, WeightNorm::of);
        var x = Tensor.of(normal(random, 5, 3));
        assertArrayEquals(linear.forward(x).value().doubles(), layer.forward(x).value().doubles(), 1e-14);
        assertEquals(List.of("bias", "weight_g", "weight_v"), layer.parameters().names());
        assertEquals(Shape.of(4, 1), layer.parameters().get("weight_g").tensor().shape());
        assertEquals(Shape.of(), WeightNorm.of(linear.weight(), null).g().shape());
        var map = Tensor.of(normal(random, 2, 4, 3));
        assertSameBits(map.value(), GlobalResponseNorm.of(DType.F64, 4).forward(map).value());
        var rms = RMSNorm.of(DType.F64, 3).withoutAffine().forward(x).value();
        assertArrayEquals(rms.doubles(), ScaleNorm.of(DType.F64, 3).forward(x).value().doubles(), 1e-14);
        assertEquals(Math.log(56) / Math.log(2), QkNorm.cosine(DType.F64, 8).g().item(), 1e-14);
        // However large queries grow, cosine logits stay within ±g.
        var large = Tensor.of(x.value().mul(1e9));
        double g = QkNorm.cosine(DType.F64, 8).g().item();
        assertEquals(g, QkNorm.cosine(DType.F64, 8).forward(large).value().abs().max().item(), 1e-12);
        var zero = Tensor.parameter(NdArray.zeros(DType.F64, 1, 3));
        assertTrue(Normalize.of().forward(zero, training()).sum().backward().of(zero).isFinite());
    }

    // torch.renorm: rows of 3 and 5 where 4 is allowed.
    @Test
    void normalizedQueriesAndKeysBoundTheLogits() {
        var q = Tensor.of(ramp(1, 2, 3, 4).mul(1e6));
        var logits = QkNorm.rms(DType.F64, 4).logits(q, q, Pass.inference()).value();
        // rows of mean square 1 have a length of √width, so q·k/√width is √width at most: on the diagonal
        assertEquals(2, logits.get(0, 0, 0), 1e-9);
        assertTrue(logits.max().item() <= 2 + 1e-9 && logits.min().item() >= -2 - 1e-9);
    }

    @Test
    void maxNormShortensWhatIsTooLong() {
        var x = NdArray.of(Shape.of(2, 2), new double[] {3, 0, 3, 4});
        var y = MaxNorm.of(4).forward(Tensor.of(x)).value();
        assertSameBits(x.slice(0, 0, 1), y.slice(0, 0, 1));
        assertEquals(4, y.slice(0, 1, 2).norm(), 1e-6);
        assertDifferentiable(t -> new MaxNorm(3, 1, 2).forward(t[0], training()), normal(new SplittableRandom(1), 3, 4).mul(2));
        assertRefused(() -> MaxNorm.of(-1), "MaxNorm", "-1.0");
    }

    private static BatchRenorm renorm(Tensor w, Tensor b, double r, double d) {
        var mean = ramp(1, 4, 3).slice(0, 0, 1).reshape(3).div(8);
        var variance = ramp(5, 4, 3).div(4).add(0.5).slice(0, 0, 1).reshape(3).mul(2);
        var running = new Running(mean, variance, NdArray.of(Shape.of(), new int[] {0}));
        return new BatchRenorm(new BatchNorm(3, w, b, running, 0.1, 1e-5), BatchRenorm.Limits.constant(r, d));
    }

    @Test
    void instanceNormTracksAsPyTorchDoes() {
        var layer = InstanceNorm.of(DType.F64, 4).affine(Tensor.of(W), Tensor.of(B)).withTracking().momentum(0.3);
        layer.forward(Tensor.of(ramp(2, 3, 4, 2, 2)), training());
        assertGolden("instanceNorm tracked", layer.forward(Tensor.of(ramp(3, 3, 4, 2, 2)), training()).value());
        assertGolden("instanceNorm mean", layer.running().mean());
        assertGolden("instanceNorm var", layer.running().variance());
        assertGolden("instanceNorm inference", layer.forward(Tensor.of(ramp(4, 1, 4, 2, 2))).value());
    }

    @Test
    void batchNormTracksCumulativelyOrNotAtAll() {
        var layer = BatchNorm.of(DType.F64, 3).cumulative();
        for (int s = 0; s < 3; s++) layer.forward(Tensor.of(ramp(s, 5, 3)), training());
        assertGolden("batchNorm cumulative mean", layer.runningMean());
        assertGolden("batchNorm cumulative var", layer.runningVar());
        var untracked = BatchNorm.of(DType.F64, 3).withoutTracking();
        assertGolden("batchNorm untracked", untracked.forward(Tensor.of(ramp(1, 5, 3))).value());
        assertNull(untracked.runningMean());
        assertEquals(0, untracked.state().size());
    }

    @Property(tries = 12)
    void gradientsAreRight(@ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int n) {
        var random = new SplittableRandom(seed);
        var x = normal(random, n, 4, 3);
        var w = normal(random, 4);
        var b = normal(random, 4);
        assertDifferentiable(t -> new GroupNorm(2, 4, t[1], t[2], 0.1).forward(t[0], training()), x, w, b);
        assertDifferentiable(t -> new RMSNorm(Shape.of(4, 3), t[1], 0.1).forward(t[0], training()), x, normal(random, 4, 3));
        assertDifferentiable(t -> InstanceNorm.of(DType.F64, 4).eps(0.1).affine(t[1], t[2]).forward(t[0], training()), x, w, b);
        assertDifferentiable(t -> LocalResponseNorm.of(3).alpha(0.5).forward(t[0], training()), x);
        assertDifferentiable(t -> new EvoNorm(2, t[1], t[2], t[3], 0.1).forward(t[0], training()), x, w, b, normal(random, 4));
        assertDifferentiable(t -> new FilterResponseNorm(t[1], t[2], t[3], 0.1).forward(t[0], training()), x, w, b, b.sub(9));
        assertDifferentiable(t -> WeightStandardized.standardize(t[0], t[1], 0.5, 0.1), x, normal(random, n));
        assertDifferentiable(t -> new DyT(t[1], t[2], t[3]).forward(t[0], training()), normal(random, n, 4), normal(random, 1),
            w, b);
        var u = normal(random, n);
        var v = normal(random, 12);
        assertDifferentiable(t -> new SpectralNorm(t[0], u, v, 0, 1e-12).of(training()), x.add(u.reshape(n, 1, 1)
            .mul(v.reshape(1, 4, 3))));
    }

    @Property(tries = 20)
    void oneGroupIsLayerNormAndAGroupAChannelIsInstanceNorm(@ForAll long seed) {
        var x = Tensor.of(normal(new SplittableRandom(seed), 2, 6, 5));
        var layer = LayerNorm.of(DType.F64, 6, 5).withoutAffine().forward(x).value();
        assertArrayEquals(layer.doubles(), GroupNorm.of(DType.F64, 1, 6).withoutAffine().forward(x).value().doubles(), 1e-14);
        var instance = InstanceNorm.of(DType.F64, 6).forward(x).value();
        assertArrayEquals(instance.doubles(), GroupNorm.of(DType.F64, 6, 6).withoutAffine().forward(x).value().doubles(), 1e-12);
    }

    @Test
    void rmsNormGivesARootMeanSquareOfOneAndKeepsTheDirection() {
        var x = normal(new SplittableRandom(1), 5, 40).mul(30).add(4);
        var y = RMSNorm.of(DType.F64, 40).forward(Tensor.of(x)).value();
        assertArrayEquals(new double[] {1, 1, 1, 1, 1}, y.square().mean(false, 1).doubles(), 1e-12);
        var ratio = y.div(x);
        assertArrayEquals(ratio.max(false, 1).doubles(), ratio.min(false, 1).doubles(), 1e-15);
    }

    // A mean of 10⁴ in F32: all of these subtract it before they square.
    @Test
    void aLargeMeanDoesNotSpoilTheVariance() {
        var x = NdArray.normal(DType.F32, Shape.of(3, 4, 200), 1e4, 1, new SplittableRandom(2));
        for (var layer : List.of(GroupNorm.of(2, 4), InstanceNorm.of(4), BatchNorm.of(4))) {
            var y = layer.forward(Tensor.of(x), training()).value();
            assertEquals(1, y.square().mean().item(), 2e-3, layer.toString());
        }
    }

    @Test
    void ghostBatchNormNormalizesEachSliceByItself() {
        var layer = GhostBatchNorm.of(BatchNorm.of(DType.F64, 2), 3);
        var x = normal(new SplittableRandom(1), 7, 2).mul(4).add(2);
        var y = layer.forward(Tensor.of(x), training()).value(); // slices of 3 and 4
        var alone = BatchNorm.of(DType.F64, 2);
        assertSameBits(alone.forward(Tensor.of(x.slice(0, 0, 3)), training()).value(), y.slice(0, 0, 3));
        assertSameBits(alone.forward(Tensor.of(x.slice(0, 3, 7)), training()).value(), y.slice(0, 3, 7));
        assertEquals(2, layer.norm().batchesTracked().item());
        assertSameBits(alone.runningVar(), layer.norm().runningVar());
        assertSameBits(alone.forward(Tensor.of(x)).value(), layer.forward(Tensor.of(x)).value());
        assertEquals(List.of("weight", "bias"), layer.parameters().names());
    }

    // Within its limits, training gives what inference would.
    @Test
    void batchRenormTrainsOnWhatInferenceSees() {
        var x = Tensor.of(normal(new SplittableRandom(1), 6, 2).mul(1.5).add(0.3));
        var free = BatchRenorm.of(DType.F64, 2).limits(BatchRenorm.Limits.constant(100, 100));
        var expected = free.forward(x).value();
        assertArrayEquals(expected.doubles(), free.forward(x, training()).value().doubles(), 1e-12);
        // At first the paper's limits are those of plain batch normalization.
        var early = BatchRenorm.of(DType.F64, 2).forward(x, training()).value();
        assertArrayEquals(BatchNorm.of(DType.F64, 2).forward(x, training()).value().doubles(), early.doubles(), 1e-12);
        // Half-way from 5,000 to 40,000 r may reach 2; d has its 5 from 25,000 on.
        var limited = BatchRenorm.of(DType.F64, 1);
        limited.norm().batchesTracked().copyInPlace(NdArray.of(Shape.of(), new int[] {22_500}));
        var wide = Tensor.of(NdArray.of(Shape.of(2, 1), new double[] {-100, 100}));
        assertEquals(2, limited.forward(wide, training()).value().max().item(), 1e-4);
    }

    @Test
    void spectralNormIsThatOfPyTorch() {
        var u = ramp(3, 4).div(ramp(3, 4).norm());
        var v = ramp(4, 3).div(ramp(4, 3).norm());
        var linear = new Linear(parameter(1, 4, 3), parameter(2, 4));
        var norm = new SpectralNorm(linear.weight(), u, v, 2, 1e-12);
        var layer = Reparametrized.of(linear, w -> norm);
        var y = layer.forward(Tensor.of(ramp(5, 2, 3)), training());
        assertGolden("spectralNorm", y.value());
        assertGolden("spectralNorm dw", y.mul(Tensor.of(ramp(9, 2, 4))).sum().backward().of(linear.weight()));
        assertGolden("spectralNorm u", u);
        assertGolden("spectralNorm v", v);
        assertGolden("spectralNorm inference", layer.forward(Tensor.of(ramp(6, 1, 3))).value());
        assertEquals(List.of("bias", "weight_orig"), layer.parameters().names());
        assertEquals(List.of("weight_u", "weight_v"), new ArrayList<>(layer.state().keySet()));
        assertSameBits(layer.forward(Tensor.of(ramp(6, 1, 3))).value(),
            layer.removed().forward(Tensor.of(ramp(6, 1, 3))).value());
    }

    // diag(3, 2, 1) in a rotated frame: the largest singular value becomes 1.
    @Test
    void spectralNormGivesALargestSingularValueOfOne() {
        var random = new SplittableRandom(4);
        var w = Tensor.parameter(NdArray.normal(DType.F64, Shape.of(20, 30), 0, 1, random));
        var norm = SpectralNorm.of(w, random).iterations(200);
        var y = norm.of(training()).value();
        var x = normal(random, 30, 1);
        for (int i = 0; i < 500; i++) {
            x = y.matmulTN(y.matmul(x));
            x = x.div(x.norm());
        }
        assertEquals(1, y.matmul(x).norm(), 1e-9);
    }

    // γ/√fanIn times a weight of mean 0 and variance 1 keeps the variance of its input; behind relu γ = (½(1 − 1/π))^−½.
    @Test
    void scaledWeightStandardizationKeepsTheVariance() {
        var random = new SplittableRandom(4);
        var start = Tensor.parameter(NdArray.normal(DType.F64, Shape.of(400, 400), 0.7, 3, random));
        var w = WeightStandardized.scaled(start, Math.sqrt(2 / (1 - 1 / Math.PI))).of(training()).value();
        var x = normal(random, 500, 400);
        for (int layer = 0; layer < 4; layer++) {
            var y = x.relu().matmulNT(w);
            assertEquals(1, y.sub(y.mean(true, 0)).square().mean().item(), 0.06, "layer " + layer);
            x = y.sub(y.mean(true, 0));
        }
        var layer = Reparametrized.of(Linear.of(3, 2, Init.heNormal(), random), w3 -> WeightStandardized.scaled(w3, 1));
        assertEquals(List.of("bias", "weight", "gain"), layer.parameters().names());
    }

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(List.of("weight", "bias"), GroupNorm.of(2, 4).parameters().names());
        assertEquals(List.of("weight"), RMSNorm.of(4).parameters().names());
        assertEquals(List.of(), InstanceNorm.of(4).parameters().names());
        assertEquals(List.of("weight", "bias"), InstanceNorm.of(4).withAffine().parameters().names());
        assertEquals(List.of("running_mean", "running_var", "num_batches_tracked"),
            new ArrayList<>(InstanceNorm.of(4).withTracking().state().keySet()));
        assertEquals(List.of("alpha", "weight", "bias"), DyT.of(4).parameters().names());
        assertEquals(0.5, DyT.of(4).alpha().item());
        assertTrue(RMSNorm.of(4).eps() == null);
    }

    // The type's epsilon: a row of zeros and tiny values does not divide by zero.
    @Test
    void theDefaultEpsilonOfRmsNormIsThatOfTheType() {
        var x = NdArray.full(DType.F32, Shape.of(1, 4), 1e-3);
        double expected = 1e-3 / Math.sqrt(1e-6 + 1.1920929e-07);
        assertEquals(expected, RMSNorm.of(4).forward(Tensor.of(x)).value().max().item(), 1e-6);
        assertEquals(1, RMSNorm.of(DType.F64, 4).forward(Tensor.of(x.cast(DType.F64))).value().max().item(), 1e-9);
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var x = Tensor.of(NdArray.zeros(DType.F32, 2, 3));
        assertRefused(() -> GroupNorm.of(2, 3), "GroupNorm", "3 channels", "2 groups");
        assertRefused(() -> GroupNorm.of(2, 4).forward(x), "GroupNorm(2, 4)", "(2, 3)");
        assertRefused(() -> RMSNorm.of(4).forward(x), "RMSNorm(4)", "(2, 3)");
        assertRefused(() -> RMSNorm.of(4).eps(-1), "eps is -1.0");
        assertRefused(() -> InstanceNorm.of(3).forward(x), "InstanceNorm(3)", "(2, 3)", "(n, 3, …)");
        var point = Tensor.of(NdArray.zeros(DType.F32, 2, 3, 1));
        assertRefused(() -> InstanceNorm.of(3).forward(point, training()), "more than one position", "(2, 3, 1)");
        assertRefused(() -> LocalResponseNorm.of(0), "size is 0");
        assertRefused(() -> LocalResponseNorm.of(2).forward(x), "(2, 3)", "3 axes");
        assertRefused(() -> GhostBatchNorm.of(BatchNorm.of(2), 1), "slices of 1");
        assertRefused(() -> new BatchRenorm(BatchNorm.of(2).withoutTracking(), BatchRenorm.Limits.paper()), "running statistics");
        assertRefused(() -> BatchRenorm.Limits.constant(0.5, 0), "rMax ≥ 1");
        assertRefused(() -> EvoNorm.of(3, 4), "EvoNorm", "3 groups");
        assertRefused(() -> DyT.of(4).forward(x, Pass.inference()), "DyT(4)", "(2, 3)");
        assertRefused(() -> new SpectralNorm(x, NdArray.of(1f), NdArray.of(1f), 1, 1e-12), "SpectralNorm", "(2, 3)", "(1)");
        assertRefused(() -> ScaleNorm.of(4).forward(x), "ScaleNorm(4)", "(2, 3)");
        assertRefused(() -> new ScaleNorm(3, x, 1e-5), "(2, 3)", "()");
        assertRefused(() -> Normalize.of().eps(-1), "eps is -1.0");
        assertRefused(() -> GlobalResponseNorm.of(3).forward(x), "GlobalResponseNorm(3)", "(2, 3)");
        assertRefused(() -> QkNorm.cosine(DType.F32, 2), "sequences of 2");
        assertRefused(() -> QkNorm.of(null, null), "QkNorm", "null");
        assertRefused(() -> WeightStandardized.of(Tensor.of(NdArray.of(1f))), "(out, in, …)");
    }
}
