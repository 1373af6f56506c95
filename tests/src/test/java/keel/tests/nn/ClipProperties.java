package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.clip.NonFinite;
import keel.nn.init.Init;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.optim.AdamW;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ClipProperties {
    // Relative rounding of one float, and of a sum of a few hundred of them.
    private static final double FLOAT_ROUNDING = 1e-6;

    private static Gradients gradients(DType dtype, double[]... values) {
        var map = new LinkedHashMap<Tensor, NdArray>();
        for (double[] g : values) map.put(Tensor.parameter(NdArray.zeros(dtype, g.length)), NdArray.of(g).cast(dtype));
        return Gradients.of(map);
    }

    private static double[] all(Gradients gradients) {
        return gradients.tensors().stream().flatMapToDouble(t -> Arrays.stream(gradients.of(t).toDoubles())).toArray();
    }

    private static double norm(double... x) {
        double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
        return largest == 0 ? 0 : largest * Math.sqrt(Arrays.stream(x).map(v -> v / largest * (v / largest)).sum());
    }

    private static double[] random(long seed, int n, double scale) {
        return new SplittableRandom(seed).doubles(n, -1, 1).map(x -> x * scale).toArray();
    }

    @Example
    void numbersArePytorchs() {
        // torch 2.13, clip_grad_norm_(…, 1.0), clip_grad_value_(…, 1.0), float64
        double[][] g = {{3, -4, 12}, {0.5, 84}};
        var clip = Clip.globalNorm(1);
        double[] torch = {
            0.035293506622821706, -0.04705800883042894, 0.14117402649128682, 0.005882251103803617, 0.9882181854390077
        };
        assertArrayEquals(torch, all(clip.apply(gradients(DType.F64, g))), 1e-15);
        assertEquals(85.00147057551416, clip.stats().norm(), 1e-13);
        // The 1e-6 shows where the norm is the bound itself: clip_grad_norm_((.3, −.4, 0), .5).
        double[] atBound = {0.29999940000119996, -0.3999992000016, 0};
        var three = gradients(DType.F64, new double[] {0.3, -0.4}, new double[1]);
        assertArrayEquals(atBound, all(Clip.globalNorm(0.5).apply(three)), 1e-15);
        assertArrayEquals(new double[] {1, -1, 1, 0.5, 1}, all(Clip.value(1).apply(gradients(DType.F64, g))));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theGlobalNormIsBoundedAndTheDirectionStays(@ForAll long seed, @ForAll @IntRange(min = -30, max = 30) int exponent,
            @ForAll @IntRange(min = -6, max = 6) int bound) {
        double scale = StrictMath.pow(10, exponent);
        double max = StrictMath.pow(10, bound);
        var before = gradients(DType.F32, random(seed, 7, scale), random(seed + 1, 40, scale), random(seed + 2, 1, scale / 1000));
        var clip = Clip.globalNorm(max);
        var x = all(before);
        var y = all(clip.apply(before));
        double norm = norm(x);
        double expected = Math.min(1, max / (norm + 1e-6));
        assertEquals(expected, clip.stats().coefficient(), expected * 1e-12);
        assertTrue(norm(y) <= Math.min(max, norm) * (1 + FLOAT_ROUNDING), () -> norm(y) + " of " + norm + " bounded by " + max);
        for (int i = 0; i < x.length; i++) {
            double scaled = x[i] * expected;
            assertEquals(scaled, y[i], Math.abs(scaled) * FLOAT_ROUNDING + Float.MIN_VALUE);
        }
    }

    @Example
    void aHundredGradientsOf1e20AreNotZeroed() {
        var g = new double[100];
        Arrays.fill(g, 1e20);
        for (var dtype : List.of(DType.F32, DType.F64)) {
            var y = all(Clip.globalNorm(1).apply(gradients(dtype, g)));
            assertEquals(1, norm(y), FLOAT_ROUNDING);
            for (double v : y) assertEquals(0.1, v, FLOAT_ROUNDING);
        }
    }

    @Example
    void theLargestFloatsKeepTheirDigits() {
        // The coefficient, 1e-3 / (5.6·3.4e38), is no normal float.
        double[] g = {Float.MAX_VALUE, -Float.MAX_VALUE / 3, Float.MAX_VALUE, Float.MAX_VALUE};
        var y = all(Clip.globalNorm(1e-3).apply(gradients(DType.F32, g)));
        assertEquals(1e-3, norm(y), 1e-3 * FLOAT_ROUNDING);
        assertEquals(-1 / 3.0, y[1] / y[0], FLOAT_ROUNDING);
        double[] doubles = {1e308, -1e308};
        assertEquals(1, norm(all(Clip.globalNorm(1).apply(gradients(DType.F64, doubles)))), 1e-12);
    }

    @Example
    void gradientsOf1e24thAreMeasuredAndLeftAlone() {
        var g = new double[100];
        Arrays.fill(g, 1e-24);
        var before = gradients(DType.F32, g);
        var clip = Clip.globalNorm(1);
        assertSame(before, clip.apply(before));
        assertEquals(1e-23, clip.stats().norm(), 1e-29);
        assertEquals(0, clip.stats().active());
    }

    @Example
    void noClipIsTheGradientsThemselves() {
        var gradients = Gradients.of(Map.of(Tensor.parameter(NdArray.of(1f)), NdArray.of(1e30f)));
        assertSame(gradients, Clip.none().apply(gradients));
    }

    @Example
    void zeroGradientsAndNoGradientsStayAsTheyAre() {
        assertArrayEquals(new double[3], all(Clip.globalNorm(1).apply(gradients(DType.F32, new double[3]))));
        assertArrayEquals(new double[3], all(Clip.globalNorm(0).apply(gradients(DType.F32, new double[] {1, 2, 3}))));
        assertTrue(Clip.globalNorm(1).apply(gradients(DType.F32)).tensors().isEmpty());
        assertTrue(Clip.value(1).apply(gradients(DType.F32, new double[0])).tensors().size() == 1);
    }

    @Property
    void valuesAreCutAndTheRestStays(@ForAll long seed) {
        var x = all(gradients(DType.F32, random(seed, 50, 2)));
        var y = all(Clip.value(0.5).apply(gradients(DType.F32, x)));
        for (int i = 0; i < x.length; i++) assertEquals(Math.clamp(x[i], -0.5, 0.5), y[i]);
    }

    @Example
    void cuttingValuesTurnsTheDirectionAndSaysSo() {
        var clip = Clip.value(1);
        clip.apply(gradients(DType.F32, new double[] {100, 0.5, 0.2}));
        // torch.cosine_similarity of (100, .5, .2) and its clamp to [−1, 1]
        assertEquals(0.8829914106713366, clip.stats().cosine(), 1e-6);
        assertEquals(norm(1, 0.5, 0.2) / norm(100, 0.5, 0.2), clip.stats().coefficient(), 1e-6);
        clip.apply(gradients(DType.F32, new double[] {0.5, 0.2}));
        assertEquals(1, clip.stats().cosine());
        assertEquals(1, clip.stats().active());
    }

    private static Linear broken(double value) {
        return new Linear(Tensor.parameter(NdArray.zeros(DType.F32, 2, 3)), Tensor.parameter(NdArray.of(0f, (float) value)));
    }

    private static Gradients brokenGradients(Linear layer) {
        // The gradient of each parameter is the parameter itself.
        return layer.weight().square().sum().add(layer.bias().square().sum()).mul(0.5).backward();
    }

    @Example
    void anErrorNamesTheParameterThatIsNotFinite() {
        var layer = broken(Double.NaN);
        var grads = brokenGradients(layer);
        var clip = Clip.globalNorm(1).naming(layer.parameters());
        var named = assertThrows(IllegalArgumentException.class, () -> clip.apply(grads));
        assertEquals("Clip.globalNorm(1.0): the gradient of bias F32 (2) holds NaN (1 of 2 elements); lower the rate, "
            + "see GradientHealth.of(model, grads), or leave such steps out with onNonFinite(SKIP)", named.getMessage());
        var counted = assertThrows(IllegalArgumentException.class, () -> Clip.value(1).apply(grads));
        assertTrue(counted.getMessage().contains("the gradient of parameter 2 of 2 F32 (2) holds NaN"), counted.getMessage());
    }

    @Example
    void skippingSkipsTheStep() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            var layer = broken(value);
            var clip = Clip.globalNorm(1).onNonFinite(NonFinite.SKIP);
            var optimizer = AdamW.defaults().over(layer.parameters());
            optimizer.step(clip.apply(brokenGradients(layer)), 0.1);
            assertTrue(optimizer.state().isEmpty());
            assertEquals(1, clip.stats().nonFinite());
            assertEquals(0, clip.stats().active());
            assertEquals(0, clip.stats().coefficient());
        }
    }

    @Example
    void passingNeverTurnsFiniteGradientsIntoZeros() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            var g = gradients(DType.F32, new double[] {1, 2}, new double[] {bad, 3});
            var clip = Clip.globalNorm(1).onNonFinite(NonFinite.PASS);
            assertArrayEquals(new double[] {1, 2, bad, 3}, all(clip.apply(g)));
            assertEquals(1, clip.stats().nonFinite());
            var cut = all(Clip.value(1).onNonFinite(NonFinite.PASS).apply(g));
            assertArrayEquals(new double[] {1, 1, Double.isNaN(bad) ? bad : Math.signum(bad), 1}, cut);
        }
    }

    @Example
    void watchedActivationsNeitherCountNorChange() {
        var layer = Linear.of(3, 2, Init.heNormal(), new SplittableRandom(1));
        var y = layer.forward(Tensor.of(NdArray.ones(DType.F32, 4, 3)), Pass.inference());
        var grads = Backward.from(y.mul(1e6).sum()).watch(y).run();
        var clip = Clip.globalNorm(1);
        var clipped = clip.apply(grads);
        double expected = norm(grads.of(layer.weight()).norm(), grads.of(layer.bias()).norm());
        assertEquals(expected, clip.stats().norm(), expected * 1e-12);
        assertArrayEquals(grads.of(y).toFloats(), clipped.of(y).toFloats(), 0f);
        assertFalse(clipped.of(layer.bias()).get(0) > 1);
    }

    @Example
    void statsGiveAdvice() {
        var clip = Clip.globalNorm(1);
        assertEquals("too few steps to tell (0)", clip.stats().advice());
        for (int i = 0; i < 40; i++) clip.apply(gradients(DType.F32, new double[] {0.5}));
        assertEquals("idle: active in 0 of 40 steps, median norm 0.5, largest 0.5; "
            + "keep it as a safety net, or lower it to the largest norm", clip.stats().advice());
        for (int i = 0; i < 40; i++) clip.apply(gradients(DType.F32, new double[] {4}));
        assertEquals("at work: active in 40 of 80 steps, median norm 4.0, largest 4.0", clip.stats().advice());
        for (int i = 0; i < 720; i++) clip.apply(gradients(DType.F32, new double[] {8}));
        assertEquals(0.95, clip.stats().activeShare(), 1e-15);
        assertEquals("too tight: active in 760 of 800 steps, median norm 8.0, largest 8.0; raise the bound above the median norm",
            clip.stats().advice());
    }

    @Example
    void whatCannotBeIsRefusedInOneLine() {
        var norm = assertThrows(IllegalArgumentException.class, () -> Clip.globalNorm(-1));
        assertEquals("Clip.globalNorm: max is -1.0; give a number of 0 or more", norm.getMessage());
        var value = assertThrows(IllegalArgumentException.class, () -> Clip.value(Double.NaN));
        assertEquals("Clip.value: limit is NaN; give a number of 0 or more", value.getMessage());
    }
}
