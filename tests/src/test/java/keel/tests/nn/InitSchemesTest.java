package keel.tests.nn;

import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.DepthScale;
import keel.nn.init.Distribution;
import keel.nn.init.Fan;
import keel.nn.init.Init;
import keel.nn.init.MuP;
import keel.nn.layer.Activation;
import keel.nn.layer.ByType;
import keel.nn.layer.Linear;
import keel.nn.layer.Lsuv;
import keel.nn.layer.Sequential;
import keel.nn.norm.LayerNorm;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InitSchemesTest {
    private static NdArray draw(Init init, int... shape) {
        return init.create(DType.F64, Shape.of(shape), new SplittableRandom(7));
    }

    @Property(tries = 30)
    void orthogonalRowsOrColumnsAreOrthonormal(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int columns, @ForAll @DoubleRange(min = 0.1, max = 3) double gain) {
        var w = Init.orthogonal(gain).create(DType.F64, Shape.of(rows, columns), new SplittableRandom(seed));
        var product = rows <= columns ? w.matmulNT(w) : w.matmulTN(w);
        var identity = NdArray.eye(DType.F64, Math.min(rows, columns)).mul(gain * gain);
        assertArrayEquals(identity.doubles(), product.doubles(), 1e-12);
    }

    // A hundred linear layers: orthogonal ones keep every length, gaussian ones of the same variance only on average.
    @Test
    void orthogonalNetsAreIsometries() {
        var random = new SplittableRandom(1);
        var x = normal(random, 20, 50);
        var y = x;
        var z = x;
        for (int layer = 0; layer < 100; layer++) {
            y = y.matmulNT(Init.orthogonal().create(DType.F64, Shape.of(50, 50), random));
            z = z.matmulNT(Init.lecunNormal().create(DType.F64, Shape.of(50, 50), random));
        }
        assertArrayEquals(x.sumSquares(false, 1).doubles(), y.sumSquares(false, 1).doubles(), 1e-10);
        assertTrue(z.sumSquares().item() / x.sumSquares().item() < 0.5, "gaussian layers lose most directions");
    }

    // Uniform among the orthogonal matrices: the mean of an element is 0, its variance 1/n.
    @Test
    void orthogonalMatricesAreUniform() {
        var random = new SplittableRandom(2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 4000; i++) {
            var w = Init.orthogonal().create(DType.F64, Shape.of(3, 3), random);
            sum += w.get(2, 1);
            squares += w.get(2, 2) * w.get(2, 2);
        }
        assertEquals(0, sum / 4000, 6 * Math.sqrt(1.0 / 3 / 4000));
        assertEquals(1.0 / 3, squares / 4000, 6 * Math.sqrt(4.0 / 45 / 4000));
    }

    @Test
    void convolutionsAreOrthogonalAsMatricesOrInTheMiddle() {
        var w = draw(Init.orthogonal(), 4, 3, 2, 2).reshape(4, 12);
        assertArrayEquals(NdArray.eye(DType.F64, 4).doubles(), w.matmulNT(w).doubles(), 1e-13);
        var delta = draw(Init.deltaOrthogonal(2), 5, 3, 3, 3);
        assertEquals(15, Arrays.stream(delta.doubles()).filter(v -> v != 0).count());
        var middle = delta.slice(2, 1, 2).slice(3, 1, 2).reshape(5, 3);
        assertArrayEquals(NdArray.eye(DType.F64, 3).mul(4).doubles(), middle.matmulTN(middle).doubles(), 1e-13);
    }

    // torch.nn.init.dirac_ and eye_ of PyTorch 2.13.
    @Test
    void identitiesPassTheirInput() {
        assertSameBits(NdArray.of(Shape.of(2, 3), new double[] {1, 0, 0, 0, 1, 0}), draw(Init.eye(), 2, 3));
        assertSameBits(NdArray.of(Shape.of(3, 2), new double[] {1, 0, 0, 1, 0, 0}), draw(Init.eye(), 3, 2));
        assertSameBits(NdArray.of(Shape.of(2, 1, 3), new double[] {0, 1, 0, 0, 0, 0}), draw(Init.dirac(1), 2, 1, 3));
        assertSameBits(NdArray.of(Shape.of(4, 2, 2), new double[] {0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1}),
            draw(Init.dirac(2), 4, 2, 2));
        var near = draw(Init.identity(0.5, 0.01), 40, 40);
        assertEquals(0.01, near.sub(NdArray.eye(DType.F64, 40).mul(0.5)).norm() / 40, 0.001);
    }

    // Widening by a Hadamard transform: orthogonal columns of equal length, and no two units alike.
    @Test
    void zerOTellsUnitsApartWithoutNoise() {
        assertSameBits(draw(Init.eye(), 3, 5), draw(Init.zerO(), 3, 5));
        var w = draw(Init.zerO(), 8, 3);
        assertArrayEquals(NdArray.eye(DType.F64, 3).doubles(), w.matmulTN(w).doubles(), 1e-14);
        assertSameBits(NdArray.full(DType.F64, Shape.of(5, 3), 1 / Math.sqrt(8)), draw(Init.zerO(), 5, 3).abs());
        assertSameBits(NdArray.ones(DType.F64, 1, 1), draw(Init.zerO(), 1, 1));
    }

    @Test
    void sparseColumnsHaveTheirZeros() {
        var w = draw(Init.sparse(0.3, 0.01), 25, 40);
        for (int column = 0; column < 40; column++) {
            int zeros = 0;
            for (int row = 0; row < 25; row++) zeros += w.get(row, column) == 0 ? 1 : 0;
            assertEquals(8, zeros); // ⌈7.5⌉
        }
        assertEquals(0.01, w.norm() / Math.sqrt(17 * 40), 0.001);
        // Every column has zeros of its own: a row is hit in 32 % of them.
        for (int row = 0; row < 25; row++) {
            long hit = Arrays.stream(w.slice(0, row, row + 1).doubles()).filter(v -> v == 0).count();
            assertTrue(hit > 1 && hit < 28, row + " has " + hit);
        }
    }

    // Moments of a normal distribution cut off at a and b: mean (φ(a) − φ(b))/Z, variance 1 + (aφ(a) − bφ(b))/Z − mean².
    @Test
    void truncatedNormalHasItsMoments() {
        assertMoments(draw(Init.truncatedNormal(), 200, 200), 0, 0.87962566103423978, -2, 2);
        assertMoments(draw(Init.truncatedNormal(0.5, 0.02, 0.47, 0.6), 200, 200), 0.5027757639987436, 0.017578909865523698, 0.47,
            0.6);
        assertMoments(draw(Init.truncatedNormal(0, 1, 1, 1.5), 200, 200), 1.2243387376577786, 0.14236899650165033, 1, 1.5);
        assertMoments(draw(Init.truncatedNormal(0, 1, 1.9, 9), 200, 200), 2.284946915476735, 0.34701114226945334, 1.9, 9);
    }

    private static void assertMoments(NdArray x, double mean, double std, double low, double high) {
        assertEquals(mean, x.mean().item(), 6 * std / Math.sqrt(x.size()));
        assertEquals(1, Math.sqrt(x.sub(x.mean().item()).square().mean().item()) / std, 0.02);
        assertTrue(x.min().item() >= low && x.max().item() <= high);
    }

    // Keras: std = √(scale/fan); the truncated normal is widened to have it.
    @Test
    void varianceScalingHasItsVariance() {
        for (var distribution : Distribution.values()) {
            for (var fan : Fan.values()) {
                double n = fan == Fan.IN ? 100 : fan == Fan.OUT ? 400 : 250;
                var w = draw(Init.varianceScaling(1.5, fan, distribution), 400, 100);
                assertEquals(1.5 / n, w.square().mean().item(), 0.04 * 1.5 / n, distribution + " " + fan);
            }
        }
        double bound = Math.sqrt(3 * 1.5 / 100);
        assertEquals(bound, draw(Init.varianceScaling(1.5, Fan.IN, Distribution.UNIFORM), 400, 100).max().item(), 0.001);
        assertTrue(draw(Init.varianceScaling(1, Fan.IN, Distribution.TRUNCATED), 400, 100).max().item() <= 0.1 * 2 / 0.8796);
        assertEquals(1.0 / 100, draw(Init.lecunNormal(), 400, 100).square().mean().item(), 0.04 / 100);
        assertEquals(Math.sqrt(3.0 / 100), draw(Init.lecunUniform(), 400, 100).max().item(), 0.001);
    }

    // Fixup sec. 4: L^(−1/(2m−2)); DeepNorm table 1: (2·100)^¼ = 3.7606, (8·100)^−¼ = 0.18803; T-Fixup sec. 3.3.
    @Test
    void depthScalesAreThoseOfThePapers() {
        assertEquals(0.1, DepthScale.fixup(100, 2), 1e-15);
        assertEquals(0.31622776601683794, DepthScale.fixup(100, 3), 1e-15);
        assertEquals(3.760603093086394, DepthScale.deepNormShortcut(100), 1e-14);
        assertEquals(0.18803015465431966, DepthScale.deepNormWeight(100), 1e-15);
        assertEquals(0.67 / Math.sqrt(3), DepthScale.tFixupEncoder(9), 1e-15);
        assertEquals(1 / Math.sqrt(3 * 4), DepthScale.tFixupDecoder(16), 1e-15);
        assertEquals(0.1, DepthScale.residual(50), 1e-15);
        var he = draw(Init.heNormal(), 30, 20);
        assertSameBits(he.mul(DepthScale.fixup(25, 2)), draw(Init.fixup(25, 2), 30, 20));
    }

    // Tensor Programs V, table 3, at four times the base width.
    @Test
    void muPScalesAreThoseOfThePaper() {
        var mup = MuP.of(64, 256);
        assertEquals(4, mup.ratio());
        assertArrayEquals(new double[] {1, 0.25, 0.25}, Arrays.stream(MuP.Role.values()).mapToDouble(mup::adamRate).toArray());
        assertArrayEquals(new double[] {4, 1, 0.25}, Arrays.stream(MuP.Role.values()).mapToDouble(mup::sgdRate).toArray());
        assertSameBits(draw(Init.heNormal(), 9, 9), draw(mup.start(MuP.Role.HIDDEN, Init.heNormal()), 9, 9));
        assertSameBits(draw(Init.heNormal(), 9, 9).mul(0.5), draw(mup.start(MuP.Role.OUTPUT, Init.heNormal()), 9, 9));
        assertEquals(1, MuP.of(64, 64).sgdRate(MuP.Role.INPUT));
    }

    @Test
    void aModelStartsAnewByTypeOfLayer() {
        var random = new SplittableRandom(1);
        var model = Sequential.of(Linear.of(50, 40, Init.zeros(), random), LayerNorm.of(40),
            Sequential.repeat(2, () -> Linear.of(40, 40, Init.zeros(), random)));
        model.parameters().get("1.bias").value().fillInPlace(3);
        model.parameters().get("0.bias").value().fillInPlace(3);
        model.initialize(ByType.of().when(Linear.class, Init.heNormal()), new SplittableRandom(2));
        var p = model.parameters();
        assertEquals(2.0 / 50, p.get("0.weight").value().square().mean().item(), 0.15 * 2 / 50);
        assertEquals(0, p.get("0.bias").value().norm());
        assertEquals(3, p.get("1.bias").value().max().item()); // no rule
        assertTrue(p.get("2.0.weight").value().sub(p.get("2.1.weight").value()).norm() > 1); // not alike
        var expected = Init.heNormal().create(DType.F32, Shape.of(40, 50), new SplittableRandom(2));
        assertSameBits(expected, p.get("0.weight").value());
        // Biases get the fans of their weight.
        model.initialize(ByType.of().when(Linear.class, Init.zeros(), Init.pytorchDefault()), new SplittableRandom(2));
        double largest = p.get("0.bias").value().abs().max().item();
        assertTrue(largest > 0.1 && largest <= 1 / Math.sqrt(50));
    }

    @Test
    void lsuvSaysWhatItDid() {
        var random = new SplittableRandom(1);
        var model = Sequential.of(Linear.of(DType.F64, 20, 30, Init.zeros(), random), Activation.tanh(),
            Linear.of(DType.F64, 30, 5, Init.zeros(), random));
        var x = Tensor.of(normal(random, 200, 20).mul(5));
        var done = Lsuv.defaults().initialize(model, x, random);
        assertEquals(2, done.size());
        assertEquals("0", done.get(0).path());
        assertEquals("2", done.get(1).path());
        assertEquals(4.1, done.get(0).before(), 0.5); // 5·√(20/30)
        for (var layer : done) assertEquals(1, layer.after() * layer.after(), 0.1);
        var zeros = Tensor.of(NdArray.zeros(DType.F64, 4, 20));
        assertRefused(() -> Lsuv.defaults().initialize(model, zeros, random), "at 0", "variance of 0.0");
        // Without the orthonormal start the weights keep their direction.
        var before = model.parameters().get("0.weight").value().copy();
        Lsuv.defaults().orthonormal(false).initialize(model, Tensor.of(x.value().mul(9)), random);
        var ratio = model.parameters().get("0.weight").value().div(before);
        assertArrayEquals(ratio.max(false, 1).doubles(), ratio.min(false, 1).doubles(), 1e-15);
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        assertRefused(() -> draw(Init.orthogonal(), 3), "orthogonal", "(3)");
        assertRefused(() -> Init.orthogonal(-1), "gain -1.0");
        assertRefused(() -> draw(Init.deltaOrthogonal(1), 2, 3, 3), "(2, 3, 3)", "out ≥ in");
        assertRefused(() -> draw(Init.dirac(2), 3, 2, 3), "dirac", "2 groups");
        assertRefused(() -> draw(Init.eye(), 3), "(3)");
        assertRefused(() -> draw(Init.sparse(0.1, 1), 3, 3, 3), "sparse", "(3, 3, 3)");
        assertRefused(() -> Init.sparse(1.1, 1), "sparsity 1.1");
        assertRefused(() -> Init.truncatedNormal(0, 0.02, 2, 3), "2·0.02 outside 2.0 … 3.0", "values");
        assertRefused(() -> Init.truncatedNormal(0, 1, 2, 2), "bounds 2.0 and 2.0");
        assertRefused(() -> Init.varianceScaling(0, Fan.IN, Distribution.NORMAL), "scale 0.0");
        assertRefused(() -> Init.heNormal().scaled(Double.NaN), "factor NaN");
        assertRefused(() -> DepthScale.fixup(10, 1), "1 layers");
        assertRefused(() -> DepthScale.deepNormWeight(0), "0 blocks");
        assertRefused(() -> MuP.of(64, 0), "MuP", "0.0");
        assertRefused(() -> Lsuv.defaults().iterations(0), "0 iterations");
    }
}
