package keel.tests.nn;

import static keel.tests.nn.Samples.NEAR;
import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.nn.loss.BinaryCrossEntropy;
import keel.nn.loss.BinaryCrossEntropyWithLogits;
import keel.nn.loss.CosineEmbedding;
import keel.nn.loss.CrossEntropy;
import keel.nn.loss.Ctc;
import keel.nn.loss.Dice;
import keel.nn.loss.Distance;
import keel.nn.loss.Focal;
import keel.nn.loss.GaussianNll;
import keel.nn.loss.HingeEmbedding;
import keel.nn.loss.Huber;
import keel.nn.loss.KlDivergence;
import keel.nn.loss.L1;
import keel.nn.loss.LogCosh;
import keel.nn.loss.Loss;
import keel.nn.loss.MarginRanking;
import keel.nn.loss.MultiLabelMargin;
import keel.nn.loss.MultiLabelSoftMargin;
import keel.nn.loss.MultiMargin;
import keel.nn.loss.Nll;
import keel.nn.loss.PoissonNll;
import keel.nn.loss.Reduction;
import keel.nn.loss.SmoothL1;
import keel.nn.loss.SoftMargin;
import keel.nn.loss.SquaredError;
import keel.nn.loss.TripletMargin;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Every loss against PyTorch's numbers, in every reduction, with first and second derivatives.
class LossGoldenTest {
    /// A loss by its name in golden.txt, and the inputs that it is differentiated by.
    private record Case(String name, BiFunction<Tensor[], Reduction, Tensor> f, NdArray... inputs) {}

    private static final NdArray X = ramp(1, 4, 3);
    private static final NdArray T = ramp(5, 4, 3);
    private static final NdArray U = ramp(8, 4, 3);
    private static final NdArray P = X.div(4).add(0.5);
    private static final NdArray Q = T.div(4).add(0.5);
    private static final NdArray SIGN = NdArray.of(Shape.of(4, 3), new double[] {1, -1, -1, 1, 1, -1, 1, -1, 1, 1, -1, -1});
    private static final NdArray CLASS_WEIGHT = NdArray.of(0.5, 2.0, 3.0);
    private static final NdArray LABELS = NdArray.of(2, 0, 1, 2);

    private static final List<Case> CASES = new ArrayList<>();

    static {
        var sign = Tensor.of(SIGN);
        var rowSign = Tensor.of(SIGN.slice(1, 0, 1).squeeze(1));
        var counts = Tensor.of(SIGN.add(2));
        add("l1", (t, r) -> L1.defaults().reduction(r).loss(t[0], t[1]), X, T);
        add("squaredError", (t, r) -> SquaredError.defaults().reduction(r).loss(t[0], t[1]), X, T);
        add("smoothL1", (t, r) -> SmoothL1.defaults().beta(0.7).reduction(r).loss(t[0], t[1]), X, T);
        add("huber", (t, r) -> Huber.defaults().delta(0.7).reduction(r).loss(t[0], t[1]), X, T);
        add("poissonNll", (t, r) -> PoissonNll.defaults().full(true).reduction(r).loss(t[0], counts), X);
        add("poissonNll rate", (t, r) -> PoissonNll.defaults().logInput(false).reduction(r).loss(t[0], counts), P);
        add("gaussianNll", (t, r) -> GaussianNll.defaults().full(true).reduction(r).loss(t[0], t[1], t[2]), X, T, Q);
        add("gaussianNll row", (t, r) -> GaussianNll.defaults().reduction(r).loss(t[0], t[1], t[2]), X, T,
            Q.slice(1, 0, 1).squeeze(1));
        var perElement = BinaryCrossEntropy.defaults().weight(Tensor.of(Q));
        add("binaryCrossEntropy", (t, r) -> perElement.reduction(r).loss(t[0], t[1]), P, Q);
        var weighted = BinaryCrossEntropyWithLogits.defaults().weight(Tensor.of(P)).positiveWeight(Tensor.of(CLASS_WEIGHT));
        add("binaryCrossEntropyWithLogits", (t, r) -> weighted.reduction(r).loss(t[0], t[1]), X, Q);
        add("klDivergence", (t, r) -> KlDivergence.defaults().reduction(r).loss(t[0], t[1]), X, Q);
        add("klDivergence log", (t, r) -> KlDivergence.defaults().logTarget(true).reduction(r).loss(t[0], t[1]), X, T);
        add("hingeEmbedding", (t, r) -> HingeEmbedding.defaults().margin(0.4).reduction(r).loss(t[0], sign), X);
        add("cosineEmbedding", (t, r) -> CosineEmbedding.defaults().margin(-0.2).reduction(r).loss(t[0], t[1], rowSign), X, T);
        add("marginRanking", (t, r) -> MarginRanking.defaults().margin(0.3).reduction(r).loss(t[0], t[1], sign), X, T);
        add("tripletMargin", (t, r) -> TripletMargin.defaults().reduction(r).loss(t[0], t[1], t[2]), X, T, U);
        var swap = TripletMargin.defaults().swap(true).p(3).margin(2);
        add("tripletMargin swap", (t, r) -> swap.reduction(r).loss(t[0], t[1], t[2]), X, T, U);
        add("softMargin", (t, r) -> SoftMargin.defaults().reduction(r).loss(t[0], sign), X);
        var perClass = MultiLabelSoftMargin.defaults().weight(Tensor.of(CLASS_WEIGHT));
        add("multiLabelSoftMargin", (t, r) -> perClass.reduction(r).loss(t[0], Tensor.of(Q)), X);
        var lists = NdArray.of(Shape.of(4, 3), new int[] {1, -1, 0, 0, 2, -1, -1, 0, 1, 2, 1, 0});
        add("multiLabelMargin", (t, r) -> MultiLabelMargin.defaults().reduction(r).loss(t[0], lists), X);
        add("multiMargin", (t, r) -> MultiMargin.defaults().reduction(r).loss(t[0], LABELS), X);
        var squared = MultiMargin.defaults().p(2).margin(0.6).weight(CLASS_WEIGHT);
        add("multiMargin squared", (t, r) -> squared.reduction(r).loss(t[0], LABELS), X);
        var some = NdArray.of(2, -100, 1, 2);
        add("nll", (t, r) -> Nll.defaults().weight(CLASS_WEIGHT).reduction(r).loss(t[0], some), X);
        add("crossEntropy", (t, r) -> CrossEntropy.defaults().weight(CLASS_WEIGHT).reduction(r).loss(t[0], some), X);
        var smooth = CrossEntropy.defaults().weight(CLASS_WEIGHT).smoothing(0.3);
        var other = NdArray.of(2, 7, 1, 2);
        add("crossEntropy smooth", (t, r) -> smooth.ignore(7).reduction(r).loss(t[0], other), X);
        add("crossEntropy probabilities", (t, r) -> smooth.reduction(r).loss(t[0], t[1]), X, Q);
        var map = NdArray.of(Shape.of(2, 2), new int[] {2, 0, 1, 1});
        add("crossEntropy map", (t, r) -> CrossEntropy.defaults().smoothing(0.1).reduction(r).loss(t[0], map), ramp(1, 2, 3, 2));
        var targets = NdArray.of(Shape.of(2, 3), new int[] {1, 1, 2, 3, 0, 0});
        add("ctc", (t, r) -> Ctc.defaults().reduction(r).loss(t[0].logSoftmax(-1), targets, new int[] {5, 4}, new int[] {3, 1}),
            ramp(1, 5, 2, 4));
        var lenient = Ctc.defaults().blank(3).zeroInfinity(true);
        add("ctc empty", (t, r) -> lenient.reduction(r).loss(t[0].logSoftmax(-1), targets, new int[] {3, 4}, new int[] {3, 0}),
            ramp(1, 5, 2, 4));
    }

    private static void add(String name, BiFunction<Tensor[], Reduction, Tensor> f, NdArray... inputs) {
        CASES.add(new Case(name, f, inputs));
    }

    @Test
    void everyLossIsThatOfPyTorchInEveryReduction() {
        for (var c : CASES) {
            for (var r : List.of(Reduction.MEAN, Reduction.SUM, Reduction.NONE)) {
                Golden.assertCase(c.name + " " + r.name().toLowerCase(Locale.ROOT), t -> c.f.apply(t, r), c.inputs);
            }
        }
    }

    @Test
    void everyLossHasFirstAndSecondDerivatives() {
        for (var c : CASES) {
            assertDifferentiable(t -> c.f.apply(t, Reduction.MEAN), c.inputs);
            assertDifferentiable(t -> c.f.apply(t, Reduction.NONE), c.inputs);
        }
    }

    @Test
    void theOthersAreThoseOfTheirFormulas() {
        var perRow = KlDivergence.defaults().reduction(Reduction.BATCH_MEAN);
        Golden.assertCase("klDivergence batch", t -> perRow.loss(t[0], t[1]), X, Q);
        var yes = Tensor.of(SIGN.add(1).div(2));
        Golden.assertCase("focal", t -> Loss.focal(t[0], yes), X);
        var labels = NdArray.of(2, 0, 1, 2);
        Golden.assertCase("focal classes", t -> Focal.defaults().gamma(1.5).loss(t[0], labels), X);
        Golden.assertCase("dice", t -> Loss.dice(t[0], t[1]), P, Q);
        Golden.assertCase("dice squared", t -> Dice.defaults().squared(true).loss(t[0], t[1]), P, Q);
        Golden.assertCase("cosineSimilarity", t -> Distance.cosineSimilarity(t[0], t[1]), X, T);
        Golden.assertCase("pairwise", t -> Distance.pairwise(t[0], t[1]), X, T);
        Golden.assertCase("pairwise 3", t -> Distance.pairwise(t[0], t[1], 3, 1e-6), X, T);
        assertDifferentiable(t -> Distance.cosineSimilarity(t[0], t[1]), X, T);
        assertDifferentiable(t -> Distance.pairwise(t[0], t[1]), X, T);
        Golden.assertCase("logCosh", t -> Loss.logCosh(t[0], t[1]), X, T);
        assertDifferentiable(t -> Loss.focal(t[0], yes), X);
        assertDifferentiable(t -> Focal.defaults().gamma(1.5).loss(t[0], labels), X);
        assertDifferentiable(t -> Loss.dice(t[0], t[1]), P, Q);
        assertDifferentiable(t -> Loss.logCosh(t[0], t[1]), X, T);
    }

    // The simple calls are the records with their defaults.
    @Test
    void simpleCallsTakeTheDefaults() {
        var x = Tensor.of(X);
        var t = Tensor.of(T);
        var p = Tensor.of(P);
        var q = Tensor.of(Q);
        var sign = Tensor.of(SIGN);
        double[] got = {Loss.l1(x, t).item(), Loss.smoothL1(x, t).item(), Loss.huber(x, t).item(),
            Loss.poissonNll(x, q).item(), Loss.binaryCrossEntropy(p, q).item(), Loss.binaryCrossEntropyWithLogits(x, q).item(),
            Loss.klDivergence(x, q).item(), Loss.hingeEmbedding(x, sign).item(), Loss.softMargin(x, sign).item(),
            Loss.multiLabelSoftMargin(x, q).item(), Loss.gaussianNll(x, t, q).item(), Loss.nll(x, LABELS).item(),
            Loss.marginRanking(x, t, sign).item(), Loss.multiMargin(x, LABELS).item()};
        double[] expected = Golden.of("defaults");
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], got[i], NEAR, "call " + i);
    }

    // All alignments of all targets of up to 2 symbols over 3 steps and 3 classes, by enumeration.
    @Test
    void logCoshReducesAsItIsTold() {
        var y = Tensor.of(X);
        var target = Tensor.of(T);
        var each = LogCosh.defaults().reduction(Reduction.NONE).loss(y, target).value();
        assertEquals(X.shape(), each.shape());
        double first = X.toDoubles()[0] - T.toDoubles()[0];
        assertEquals(Math.log(Math.cosh(first)), each.toDoubles()[0], 1e-15);
        assertEquals(each.sum().item(), LogCosh.defaults().reduction(Reduction.SUM).loss(y, target).item(), 1e-14);
    }

    @Test
    void cosineEmbeddingPullsWhatIsAlikeTogether() {
        var a = Tensor.of(NdArray.of(Shape.of(2, 2), new double[] {1, 0, 1, 0}));
        var b = Tensor.of(NdArray.of(Shape.of(2, 2), new double[] {0, 1, 0.6, 0.8}));
        var target = Tensor.of(NdArray.of(1.0, -1.0));
        assertEquals((1 + 0.6) / 2, Loss.cosineEmbedding(a, b, target).item(), 1e-9);
    }

    @Property(tries = 20)
    void ctcSumsOverAllAlignments(@ForAll long seed, @ForAll @IntRange(max = 2) int length) {
        var random = new SplittableRandom(seed);
        var logp = Tensor.of(normal(random, 3, 1, 3)).logSoftmax(-1);
        var target = new int[] {1 + random.nextInt(2), 1 + random.nextInt(2)};
        double probability = 0;
        for (int path = 0; path < 27; path++) {
            int[] said = {path % 3, path / 3 % 3, path / 9};
            var spelled = new ArrayList<Integer>();
            for (int s = 0; s < 3; s++) if (said[s] != 0 && (s == 0 || said[s] != said[s - 1])) spelled.add(said[s]);
            var wanted = Arrays.stream(target).limit(length).boxed().toList();
            if (!spelled.equals(wanted)) continue;
            double log = 0;
            for (int s = 0; s < 3; s++) log += logp.value().get(s, 0, said[s]);
            probability += Math.exp(log);
        }
        var loss = Ctc.defaults().reduction(Reduction.SUM)
            .loss(logp, NdArray.of(Shape.of(1, 2), target), new int[] {3}, new int[] {length});
        assertEquals(-Math.log(probability), loss.item(), 1e-12);
    }

    @Test
    void aTargetThatDoesNotFitCostsInfinityAndHasNoGradient() {
        var x = Tensor.parameter(ramp(1, 2, 1, 3));
        var target = NdArray.of(Shape.of(1, 2), new int[] {1, 1}); // needs a blank between
        var loss = Loss.ctc(x.logSoftmax(-1), target, new int[] {2}, 2);
        assertEquals(Double.POSITIVE_INFINITY, loss.item());
        assertEquals(0, loss.backward().of(x).norm());
        assertEquals(0, Ctc.defaults().zeroInfinity(true).loss(x.logSoftmax(-1), target, new int[] {2}, new int[] {2}).item());
    }

    @Test
    void extremesNeitherOverflowNorLoseTheirTail() {
        var far = Tensor.parameter(NdArray.of(1e5f, -1e5f, 30f, 1e-4f));
        var zeros = Tensor.of(NdArray.zeros(DType.F32, 4));
        var ones = Tensor.of(NdArray.ones(DType.F32, 4));
        var none = Reduction.NONE;
        for (var loss : List.of(BinaryCrossEntropyWithLogits.defaults().reduction(none).loss(far, ones),
            SoftMargin.defaults().reduction(none).loss(far, ones), Huber.defaults().reduction(none).loss(far, zeros),
            Loss.logCosh(far, zeros), Loss.focal(far, ones), Loss.focal(far, zeros))) {
            assertTrue(loss.value().isFinite(), loss.toString());
            assertTrue(loss.sum().backward().of(far).isFinite());
        }
        // ln cosh 1e-4 = 5e-9: |x| + ln(1 + e^−2|x|) − ln 2 would be 0 or 6e-8 in F32.
        var small = Loss.logCosh(Tensor.of(NdArray.of(1e-4f)), Tensor.of(NdArray.of(0f)));
        assertEquals(5e-9, small.item(), 1e-14);
        // ln(1 + e^−30) = 9.36e-14
        var tail = SoftMargin.defaults().loss(Tensor.of(NdArray.of(30f)), Tensor.of(NdArray.of(1f)));
        assertEquals(9.357622968839299e-14, tail.item(), 1e-19);
    }

    // ∂/∂v of ½(ln v + d²/v) at the bound v = eps: ½(1/eps − d²/eps²).
    // ln(1 + e^−30) = 9.3576229688e-14 is all that is left where the logit is right, whichever side that is.
    @Test
    void aLogitThatIsRightKeepsItsTailAndDerivative() {
        var x = Tensor.parameter(NdArray.of(-30f, 30, -30, 30));
        var t = Tensor.of(NdArray.of(0f, 1, 1, 0));
        var each = BinaryCrossEntropyWithLogits.defaults().reduction(Reduction.NONE).loss(x, t);
        var dx = each.sum().backward().of(x);
        double[] values = {9.3576229688e-14, 9.3576229688e-14, 30, 30};
        double[] slopes = {9.3576229688e-14, -9.3576229688e-14, -1, 1};
        for (int i = 0; i < 4; i++) {
            assertEquals(values[i], each.value().get(i), 1e-6 * values[i]);
            assertEquals(slopes[i], dx.get(i), 1e-6 * Math.abs(slopes[i]));
        }
    }

    @Test
    void anErrorThatIsNoNumberHasNoGradientThatIsOne() {
        for (double error : new double[] {1e30, Double.POSITIVE_INFINITY, Double.NaN}) {
            var y = Tensor.parameter(NdArray.full(DType.F32, Shape.of(4), error));
            var t = Tensor.of(NdArray.zeros(DType.F32, 4));
            for (var loss : List.of(Loss.huber(y, t), Loss.smoothL1(y, t))) {
                assertEquals((float) error, loss.item());
                assertEquals(Double.isNaN(error) ? error : 0.25, loss.backward().of(y).get(2));
            }
        }
    }

    // Where nothing is wrong, (1 − p)^(γ − 1) is infinite for γ < 1.
    @Test
    void focalLossOfTheCertainAndRightHasNoGradient() {
        for (double gamma : new double[] {0, 0.5, 1, 2}) {
            var focal = Focal.defaults().gamma(gamma).reduction(Reduction.NONE);
            var x = Tensor.parameter(NdArray.of(200f, -200f));
            var each = focal.loss(x, Tensor.of(NdArray.of(1f, 0f)));
            assertEquals(0, each.value().norm(), gamma + "");
            assertEquals(0, each.sum().backward().of(x).norm(), gamma + "");
            var logits = Tensor.parameter(NdArray.of(Shape.of(1, 3), new float[] {200, 0, 0}));
            var ofClasses = focal.loss(logits, NdArray.of(new int[] {0})).sum();
            assertEquals(0, ofClasses.backward().of(logits).norm(), gamma + " of classes");
        }
    }

    @Test
    void focalLossIsDifferentiableTwiceFarOut() {
        for (double gamma : new double[] {1, 2, 3}) {
            var x = Tensor.parameter(NdArray.of(-200f, -100f, 0f, 100f, 200f));
            for (double target : new double[] {0, 1}) {
                var loss = Focal.defaults().gamma(gamma).loss(x, Tensor.of(NdArray.full(DType.F32, Shape.of(5), target)));
                var slope = Backward.from(loss).createGraph().run().tensorOf(x);
                assertTrue(slope.sum().backward().of(x).isFinite(), gamma + ", " + target);
            }
        }
    }

    @Test
    void focalLossIsDifferentiableInItsTargetToo() {
        for (double gamma : new double[] {0, 0.5, 1, 1.5, 2}) {
            var focal = Focal.defaults().gamma(gamma).alpha(0.7).reduction(Reduction.NONE);
            assertDifferentiable(t -> focal.loss(t[0], t[1]).square(), X, Q);
            assertDifferentiable(t -> focal.loss(t[0], LABELS).square(), X);
        }
    }

    // PyTorch 2.13: smooth_l1_loss([1e38, -3], [0, 0], beta=10) and with beta=1e-40.
    @Test
    void smoothL1OfAnyBetaIsTheDistanceFarOut() {
        for (double beta : new double[] {10, 1, 1e-3, 1e-40, 1e-300}) {
            var y = Tensor.parameter(NdArray.of(1e38f, -3e38f, 0f));
            var each = SmoothL1.defaults().beta(beta).reduction(Reduction.NONE).loss(y, Tensor.of(NdArray.zeros(DType.F32, 3)));
            assertArrayEquals(new double[] {1e38f, 3e38f, 0}, each.value().toDoubles(), beta + "");
            assertArrayEquals(new double[] {1, -1, 0}, each.sum().backward().of(y).toDoubles(), beta + "");
        }
    }

    @Test
    void aVarianceBelowItsBoundCanComeBack() {
        var v = Tensor.parameter(NdArray.of(0.0));
        var loss = GaussianNll.defaults().eps(0.5).loss(Tensor.of(NdArray.of(3.0)), Tensor.of(NdArray.of(1.0)), v);
        Samples.assertNear(loss.backward().of(v), 0.5 * (1 / 0.5 - 4 / 0.25));
    }

    // Equal vectors, and vectors of zeros: PyTorch's subgradient of a length of 0 is 0.
    @Test
    void distancesOfEqualsAndZerosHaveAGradient() {
        var x = Tensor.parameter(NdArray.zeros(DType.F64, 2, 3));
        assertEquals(0, Distance.pairwise(x, x.detach(), 2, 0).sum().backward().of(x).norm());
        assertTrue(Distance.cosineSimilarity(x, Tensor.of(ramp(1, 2, 3))).sum().backward().of(x).isFinite());
        assertTrue(TripletMargin.defaults().loss(x, x, x).backward().of(x).isFinite());
    }

    // A certainty that is wrong costs 100 and still has a gradient.
    @Test
    void binaryCrossEntropyIsBounded() {
        var p = Tensor.parameter(NdArray.of(0.0, 1.0));
        var loss = BinaryCrossEntropy.defaults().reduction(Reduction.SUM).loss(p, Tensor.of(NdArray.of(1.0, 0.0)));
        assertEquals(200, loss.item());
        Samples.assertNear(loss.backward().of(p).mul(1e-12), -1, 1);
    }

    @Test
    void derivativesAtKinksArePyTorchs() {
        var d = Tensor.parameter(NdArray.of(-1.0, 0.0, 1.0));
        var zero = Tensor.of(NdArray.zeros(DType.F64, 3));
        Samples.assertNear(L1.defaults().reduction(Reduction.SUM).loss(d, zero).backward().of(d), -1, 0, 1);
        Samples.assertNear(Huber.defaults().reduction(Reduction.SUM).loss(d, zero).backward().of(d), -1, 0, 1);
        Samples.assertNear(SmoothL1.defaults().reduction(Reduction.SUM).loss(d, zero).backward().of(d), -1, 0, 1);
        var ranks = Tensor.of(NdArray.ones(DType.F64, 3));
        Samples.assertNear(MarginRanking.defaults().reduction(Reduction.SUM).loss(d, zero, ranks).backward().of(d), -1, -1, 0);
        Samples.assertNear(HingeEmbedding.defaults().reduction(Reduction.SUM).loss(d, ranks.neg()).backward().of(d), -1, -1, -1);
    }

    @Test
    void whatIsIgnoredHasNoInfluenceAndNoGradient() {
        var x = Tensor.parameter(NdArray.of(Shape.of(2, 2), new double[] {1, 2, Double.NaN, 3}));
        var loss = CrossEntropy.defaults().loss(x, NdArray.of(0, -100));
        assertEquals(1.3132616875182228, loss.item(), NEAR);
        Samples.assertNear(loss.backward().of(x).slice(0, 0, 1), -0.7310585786300049, 0.7310585786300049);
        var all = CrossEntropy.defaults().loss(Tensor.parameter(ramp(1, 2, 2)), NdArray.of(-100, -100));
        assertTrue(Double.isNaN(all.item()));
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var y = Tensor.of(NdArray.zeros(DType.F32, 3, 1));
        var flat = Tensor.of(NdArray.zeros(DType.F32, 3));
        assertRefused(() -> Loss.l1(y, flat), "l1", "(3, 1)", "(3)", "reshape");
        assertRefused(() -> Loss.huber(y, y.cast(DType.F64)), "huber", "F32", "F64");
        var nothing = Tensor.of(NdArray.zeros(DType.F32, 0, 2));
        assertRefused(() -> Loss.smoothL1(nothing, nothing), "smoothL1", "empty", "(0, 2)");
        assertEquals(0, SmoothL1.defaults().reduction(Reduction.SUM).loss(nothing, nothing).item());
        assertRefused(() -> Huber.defaults().delta(0), "huber", "delta is 0.0");
        assertRefused(() -> SmoothL1.defaults().beta(-1), "smoothL1", "beta is -1.0");
        assertRefused(() -> CrossEntropy.defaults().smoothing(1.5), "1.5", "0 … 1");
        var logits = Tensor.of(NdArray.zeros(DType.F32, 3, 4));
        assertRefused(() -> Loss.nll(logits, NdArray.of(1, 4, 0)), "nll", "label 4 at 1", "0 … 3", "-100");
        assertRefused(() -> Loss.nll(logits, NdArray.of(1, 2)), "nll", "(3, 4)", "(2)");
        assertRefused(() -> Loss.nll(logits, NdArray.of(1f, 2f, 3f)), "F32", "cast(DType.I32)");
        var two = CrossEntropy.defaults().weight(NdArray.of(1f, 2f));
        assertRefused(() -> two.loss(logits, NdArray.of(1, 2, 3)), "(2)", "4 classes");
        assertRefused(() -> Loss.multiMargin(logits, NdArray.of(1, -100, 3)), "multiMargin", "label -100");
        assertRefused(() -> MultiMargin.defaults().p(3), "p is 3");
        assertRefused(() -> Loss.multiLabelMargin(logits, NdArray.zeros(DType.I32, 3, 2)), "(3, 4)", "(3, 2)");
        assertRefused(() -> Loss.binaryCrossEntropy(flat.add(1.5), flat), "1.5", "Logits");
        var wide = BinaryCrossEntropyWithLogits.defaults().weight(logits);
        assertRefused(() -> wide.loss(flat, flat), "(3, 4)", "(3)", "broadcast");
        assertRefused(() -> Loss.gaussianNll(flat, flat, flat.sub(1)), "variance is -1.0");
        assertRefused(() -> TripletMargin.defaults().margin(0), "tripletMargin", "margin is 0.0");
        assertRefused(() -> Loss.tripletMargin(flat, flat, y), "tripletMargin", "negative", "(3, 1)");
        assertRefused(() -> Focal.defaults().alpha(2), "alpha is 2.0");
        assertRefused(() -> Loss.dice(flat, flat), "dice", "(3)");
        var steps = Tensor.of(NdArray.zeros(DType.F32, 5, 1, 3));
        assertRefused(() -> Loss.ctc(steps, NdArray.of(Shape.of(1, 2), new int[] {1, 0}), new int[] {5}, 2), "symbol 0", "blank");
        assertRefused(() -> Loss.ctc(steps, NdArray.of(Shape.of(1, 2), new int[] {1, 2}), new int[] {6}, 2), "6 steps of 5");
    }
}
