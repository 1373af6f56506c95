package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.clip.Clipper;
import keel.nn.clip.NonFinite;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The bounds beside the global norm: by order, part, unit and history. Expected numbers are those of torch 2.13 in float64,
/// of timm's formulas written in torch (AGC), of numpy.percentile (AutoClip) and of the authors' code (ZClip).
class ClipKindsTest {
    private static final double NEAR = 1e-14;

    private final Tensor weight = parameter(Shape.of(2, 3), 0.5, -1, 2, 1e-4, 0, -2e-4);
    private final Tensor bias = parameter(Shape.of(2), 0.3, -0.4);
    private final Tensor filters = parameter(Shape.of(3, 1, 2), 0.1, 0.2, -0.3, 0.4, 1, 1);
    private final Gradients gradients = gradients(
        weight, new double[] {3, -4, 12, 0.5, 84, 1}, bias, new double[] {1e-3, 2e-3},
        filters, new double[] {1e-9, 0, 0.01, -0.02, -0.002, 0.001});
    private final Parameters parameters = new Parameters(List.of(new Parameter("body.weight", weight, null),
        new Parameter("body.bias", bias, null), new Parameter("head.weight", filters, null)));

    private static Tensor parameter(Shape shape, double... values) {
        return Tensor.parameter(NdArray.of(shape, values));
    }

    private static Gradients gradients(Object... pairs) {
        var map = new LinkedHashMap<Tensor, NdArray>();
        for (int i = 0; i < pairs.length; i += 2) {
            var t = (Tensor) pairs[i];
            map.put(t, NdArray.of((double[]) pairs[i + 1]).cast(t.dtype()).reshape(t.shape()));
        }
        return Gradients.of(map);
    }

    /// A gradient of this norm.
    private static Gradients ofNorm(double norm) {
        return gradients(parameter(Shape.of(2), 0, 0), new double[] {0.6 * norm, -0.8 * norm});
    }

    private static double[] all(Gradients gradients) {
        return gradients.tensors().stream().flatMapToDouble(t -> Arrays.stream(gradients.of(t).toDoubles())).toArray();
    }

    private static void assertNear(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], Math.abs(expected[i]) * NEAR, "at " + i);
    }

    @Test
    void theGlobalNormTakesAnyOrder() {
        assertOrder(1, 104.536000001, 0.028698247218882054, 0.8035509221286975, -0.00019132164812588035);
        assertOrder(0.5, 340.8658206338225, 0.008801117066007195, 0.24643127784820146, -5.86741137733813e-05);
        assertOrder(3, 84.08589687501964, 0.03567780181712544, 0.9989784508795123, -0.0002378520121141696);
        assertOrder(Double.POSITIVE_INFINITY, 84, 0.03571428528911565, 0.9999999880952383, -0.000238095235260771);
    }

    private void assertOrder(double p, double norm, double first, double fifth, double twelfth) {
        var clip = Clip.globalNorm(1, p);
        var y = all(clip.apply(gradients));
        assertEquals(norm, clip.stats().norm(), norm * NEAR);
        assertNear(new double[] {first, fifth, twelfth}, new double[] {y[0], y[4], y[11]});
        assertEquals(1, clip.stats().cosine());
    }

    @Test
    void noOrderOverflows() {
        for (double p : new double[] {0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
            var values = new double[100];
            Arrays.fill(values, 3e38);
            var t = Tensor.parameter(NdArray.zeros(DType.F32, 100));
            var clip = Clip.globalNorm(1, p);
            var y = clip.apply(gradients(t, values)).of(t).toDoubles();
            double each = p == Double.POSITIVE_INFINITY ? 1 : StrictMath.pow(100, -1 / p);
            for (double v : y) assertEquals(each, v, each * 1e-6, "p " + p);
        }
    }

    @Test
    void eachParameterIsBoundedByItself() {
        double[] torch = {
            0.03529106450365136, -0.047054752671535145, 0.14116425801460544, 0.005881844083941893, 0.988149806102238,
            0.011763688167883786, 0.001, 0.002, 1e-09, 0, 0.01, -0.02, -0.002, 0.001
        };
        assertNear(torch, all(Clip.perParameterNorm(1).apply(gradients)));
    }

    @Test
    void aLayerIsBoundedWithItsBias() {
        double[] torch = {
            0.01764553224572101, -0.023527376327628018, 0.07058212898288405, 0.002940922040953502, 0.49407490288018835,
            0.005881844081907004, 5.881844081907005e-06, 1.176368816381401e-05, 1e-09, 0, 0.01, -0.02, -0.002, 0.001
        };
        assertNear(torch, all(Clip.perLayerNorm(0.5, parameters).apply(gradients)));
        // head alone is below its bound and stays, body is not among the parameters and passes
        var head = Clip.perLayerNorm(0.5, parameters.only(p -> p.name().startsWith("head")));
        assertSame(gradients, head.apply(gradients));
        assertEquals(0, head.stats().active());
    }

    @Test
    void theRootMeanSquareIsBounded() {
        double[] torch = {
            0.0008644510153050672, -0.0011526013537400898, 0.003457804061220269, 0.00014407516921751122, 0.024204628428541885,
            0.00028815033843502245, 0.001, 0.002, 1e-09, 0, 0.01, -0.02, -0.002, 0.001
        };
        var clip = Clip.blockRms(1e-2);
        var y = clip.apply(gradients);
        assertNear(torch, all(y));
        assertEquals(1e-2, y.of(weight).norm() / Math.sqrt(6), 1e-16);
        assertEquals(0.7353946706340435, clip.stats().cosine(), 1e-14);
    }

    @Test
    void unitsAreBoundedByTheirOwnWeights() {
        double[] timm = {
            0.005287587340333661, -0.007050116453778215, 0.021150349361334645, 5.9518537777953016e-08, 9.999114346696107e-06,
            1.1903707555590603e-07, 0.001, 0.002, 1e-09, 0, 0.00223606797749979, -0.00447213595499958, -0.002, 0.001
        };
        var clip = Clip.adaptive(0.01);
        var y = clip.apply(gradients);
        assertNear(timm, all(y));
        assertSame(gradients.of(bias), y.of(bias));
        assertEquals(Arrays.stream(timm).map(v -> v * v).sum(), Math.pow(clip.stats().coefficient() * clip.stats().norm(), 2),
            1e-15);
        assertTrue(clip.stats().cosine() < 0.2, () -> "" + clip.stats());
    }

    @Test
    void theLastLayerCanBeLeftOut() {
        var clip = Clip.adaptive(0.01).over(parameters.only(p -> !p.name().startsWith("head.")));
        var y = clip.apply(gradients);
        assertSame(gradients.of(filters).shape(), y.of(filters).shape());
        assertArrayEquals(gradients.of(filters).doubles(), y.of(filters).doubles());
        assertEquals(0.005287587340333661, y.of(weight).get(0, 0), 1e-16);
        assertEquals(Math.hypot(gradients.of(weight).norm(), gradients.of(bias).norm()), clip.stats().norm(), 1e-13);
    }

    @Test
    void unitsOfExtremeSizeAreBounded() {
        var w = Tensor.parameter(NdArray.ones(DType.F32, 3, 4));
        var big = new double[12];
        Arrays.fill(big, 0, 4, 3e38);
        Arrays.fill(big, 4, 8, 1e-44);
        var y = Clip.adaptive(0.01).apply(gradients(w, big)).of(w).toDoubles();
        for (int i = 0; i < 4; i++) assertEquals(0.01, y[i], 1e-9);
        for (int i = 4; i < 12; i++) assertEquals(i < 8 ? (float) 1e-44 : 0, y[i]);
        for (var shape : List.of(Shape.of(0, 3), Shape.of(3, 0), Shape.of(0), Shape.of())) {
            var t = Tensor.parameter(NdArray.zeros(DType.F32, shape));
            var g = gradients(t, new double[shape.size()]);
            for (var clip : List.of(Clip.adaptive(0.01), Clip.blockRms(1), Clip.perParameterNorm(1), Clip.globalNorm(1, 3))) {
                assertSame(g, clip.apply(g), () -> clip + " of " + shape);
            }
        }
    }

    @Test
    void whatIsNotFiniteStaysAndTheOthersAreBounded() {
        var w = parameter(Shape.of(2, 1), 1, 1);
        var b = parameter(Shape.of(1), 1);
        var g = gradients(w, new double[] {Double.NaN, 5}, b, new double[] {7});
        var pass = NonFinite.PASS;
        assertArrayEquals(new double[] {Double.NaN, 0.01, 0.01}, all(Clip.adaptive(0.01).onNonFinite(pass).apply(g)), 1e-15);
        assertArrayEquals(new double[] {Double.NaN, 5, 1}, all(Clip.perParameterNorm(1).onNonFinite(pass).apply(g)), 1e-6);
        assertArrayEquals(new double[] {Double.NaN, 5, 7}, all(Clip.globalNorm(1, 1).onNonFinite(pass).apply(g)));
        assertArrayEquals(new double[] {Double.NaN, 5, 7}, all(Clip.autoClip(10).onNonFinite(pass).apply(g)));
        assertArrayEquals(new double[] {Double.NaN, 5, 7}, all(Clip.zClip().onNonFinite(pass).apply(g)));
    }

    @Test
    void whatIsLeftOutMustBeFiniteToo() {
        var w = parameter(Shape.of(1), 1);
        var b = parameter(Shape.of(1), 1);
        var clip = Clip.globalNorm(1).over(new Parameters(List.of(new Parameter("w", w, null))));
        var e = assertThrows(IllegalArgumentException.class,
            () -> clip.apply(gradients(w, new double[] {2}, b, new double[] {Double.NEGATIVE_INFINITY})));
        assertEquals("Clip.globalNorm(1.0): the gradient of parameter 2 of 2 F64 (1) holds -Infinity (1 of 1 elements); lower "
            + "the "
            + "rate, see GradientHealth.of(model, grads), or leave such steps out with onNonFinite(SKIP)", e.getMessage());
        assertEquals(1, clip.stats().nonFinite());
    }

    private static final double[] NORMS = {1, 3, 2, 10, 0.5, 0.7, 100, 4};

    @Test
    void autoClipFollowsAPercentile() {
        double[] numpy = {
            0.9999990000010001, 0.39999986666671106, 0.5999997000001499, 0.12999998700000132, 1, 0.8571416326548105,
            0.006199999938000001, 0.15999996000001
        };
        assertNear(numpy, coefficients(Clip.autoClip(10), NORMS));
        // the largest of all is never above itself
        for (double c : coefficients(Clip.autoClip(100), NORMS)) assertTrue(c > 0.02);
    }

    private static final double[] SPIKES = {1, 1.5, 0.8, 1.2, 1.1, 9, 1.3, 30, 0.2, 1};

    @Test
    void zClipCutsSpikesOnly() {
        double[] authors = {1, 1, 1, 1, 1, 0.1281208254517642, 1, 0.03833724632570107, 1, 1};
        var clip = Clip.zClip(2, 0.9, 4);
        assertNear(authors, coefficients(clip, SPIKES));
        assertEquals(2, clip.stats().active());
        assertEquals(1.04440861130379, clip.state().get("mean").item(), 1e-14);
        assertEquals(0.10254161437730067, clip.state().get("variance").item(), 1e-15);
    }

    private static double[] coefficients(Clipper clip, double... norms) {
        return Arrays.stream(norms).map(norm -> {
            clip.apply(ofNorm(norm));
            return clip.stats().coefficient();
        }).toArray();
    }

    @Test
    void aSavedHistoryGoesOnWithTheSameBits() {
        for (Supplier<Clipper> clips : List.<Supplier<Clipper>>of(() -> Clip.autoClip(30), () -> Clip.zClip(2, 0.9, 4))) {
            for (int at = 0; at <= SPIKES.length; at++) {
                var whole = coefficients(clips.get(), SPIKES);
                var first = clips.get();
                coefficients(first, Arrays.copyOf(SPIKES, at));
                var second = clips.get();
                coefficients(second, 3, 4); // forgotten by load
                second.load(first.state());
                var rest = coefficients(second, Arrays.copyOfRange(SPIKES, at, SPIKES.length));
                assertArrayEquals(Arrays.copyOfRange(whole, at, whole.length), rest, first + " resumed at " + at);
            }
        }
        assertTrue(Clip.globalNorm(1).state().isEmpty());
        var fresh = Clip.autoClip(10);
        coefficients(fresh, NORMS);
        assertEquals(0, fresh.onNonFinite(NonFinite.SKIP).state().get("norms").size());
    }

    @Test
    void aWrongHistoryIsRefusedAsAWhole() {
        var clip = Clip.zClip(2, 0.9, 4);
        coefficients(clip, SPIKES);
        double mean = clip.state().get("mean").item();
        assertRefused("Clip.zClip(2.0, 0.9, 4).load: seen is F32 (0), wanted F64 with 1 axes; variance is missing; norms is "
            + "unexpected; give what state() of the same kind returned", () -> clip.load(Map.of("seen", NdArray.of(new float[0]),
                "mean", NdArray.of(Shape.of(), new double[] {3}), "norms", NdArray.of(1.0))));
        assertEquals(mean, clip.state().get("mean").item());
        assertRefused("Clip.autoClip(10.0).load: norms holds a number that is no norm; give what state() of the same kind "
            + "returned",
            () -> Clip.autoClip(10).load(Map.of("norms", NdArray.of(1, Double.NaN))));
        assertRefused("Clip.zClip(2.5, 0.97, 2).load: seen holds more norms than the 2 steps of warmup; give what state() of the "
            + "same kind returned", () -> Clip.zClip(2.5, 0.97, 2).load(clip.state()));
        assertRefused("Clip.globalNorm(1.0).load: mean is unexpected; give what state() of the same kind returned",
            () -> Clip.globalNorm(1).load(Map.of("mean", NdArray.of(1.0))));
    }

    @Test
    void boundsFollowOneAnother() {
        var y = all(Clip.value(1).then(Clip.globalNorm(0.5)).apply(gradients(parameter(Shape.of(2), 0, 0), new double[] {3,
            -4})));
        assertNear(new double[] {0.5 / (Math.sqrt(2) + 1e-6), -0.5 / (Math.sqrt(2) + 1e-6)}, y);
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Clip.globalNorm: the order p is 0.0; give a number above 0, or infinity", () -> Clip.globalNorm(1, 0));
        assertRefused("Clip.globalNorm: the order p is NaN; give a number above 0, or infinity",
            () -> Clip.globalNorm(1, Double.NaN));
        assertRefused("Clip.perParameterNorm: max is -1.0; give a number of 0 or more", () -> Clip.perParameterNorm(-1));
        assertRefused("Clip.perLayerNorm: max is NaN; give a number of 0 or more",
            () -> Clip.perLayerNorm(Double.NaN, parameters));
        assertRefused("Clip.blockRms: max is -0.5; give a number of 0 or more", () -> Clip.blockRms(-0.5));
        assertRefused("Clip.adaptive: factor is -0.01; give a number of 0 or more", () -> Clip.adaptive(-0.01));
        assertRefused("Clip.adaptive: eps is NaN; give a number of 0 or more", () -> Clip.adaptive(0.01, Double.NaN));
        assertRefused("Clip.autoClip: percentile is 101.0; give a number from 0 to 100", () -> Clip.autoClip(101));
        assertRefused("Clip.zClip: threshold is 0.0; give a number above 0", () -> Clip.zClip(0, 0.9, 1));
        assertRefused("Clip.zClip: decay is 1.0; give a number from 0 to below 1", () -> Clip.zClip(2, 1, 1));
        assertRefused("Clip.zClip: 0 steps of warmup; give 1 or more", () -> Clip.zClip(2, 0.9, 0));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
