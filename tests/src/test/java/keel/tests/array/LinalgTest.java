package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.Linalg;
import keel.array.NdArray;
import keel.array.Shape;
import org.junit.jupiter.api.Test;

/// Decompositions: what they are made to satisfy, to the last digits, in every shape; and the numbers of PyTorch 2.13
/// (`torch.linalg` in float64).
class LinalgTest {
    private static final NdArray A = NdArray.of(Shape.of(4, 3), new double[] {1, 2, 3, -2, 0.5, 1, 4, -1, 2, 0, 3, -1});
    private static final NdArray SQUARE = A.slice(0, 0, 3);
    private static final int[][] SHAPES = {{0, 0}, {0, 3}, {3, 0}, {1, 1}, {1, 5}, {5, 1}, {2, 2}, {7, 3}, {3, 7}, {20, 20},
        {40, 13}, {13, 40}, {2, 3, 4, 3}, {0, 2, 2}, {3, 1, 1}};

    private static double off(NdArray a, NdArray b) { return a.size() == 0 ? 0 : a.sub(b).abs().max().item(); }

    private static NdArray eye(NdArray like, int n) { return NdArray.eye(like.dtype(), n).expand(like.shape().withLast(n, n)); }

    /// Rounding grows with the number of terms; 64 stands for the constants of the proofs.
    private static double allowed(NdArray x) {
        return 64 * 0x1p-53 * Math.max(x.extent(-1), x.extent(-2)) * Math.max(x.size() == 0 ? 0 : x.abs().max().item(),
            Double.MIN_NORMAL);
    }

    private static void assertQr(NdArray x) {
        var y = Linalg.qr(x);
        int k = Math.min(x.extent(-2), x.extent(-1));
        assertEquals(x.shape().withLast(x.extent(-2), k), y.q().shape());
        assertEquals(x.shape().withLast(k, x.extent(-1)), y.r().shape());
        assertTrue(off(y.q().matmul(y.r()), x) <= allowed(x), () -> "q·r of " + x.shape());
        assertTrue(off(y.q().matmulTN(y.q()), eye(x, k)) <= 1e-13, () -> "qᵀq of " + x.shape());
        for (int i = 0; i < y.r().size(); i++) {
            int row = i / x.extent(-1) % Math.max(1, k);
            assertTrue(i % x.extent(-1) >= row || y.r().doubles()[i] == 0, "r is triangular");
        }
    }

    private static void assertSvd(NdArray x) {
        var y = Linalg.svd(x);
        int k = Math.min(x.extent(-2), x.extent(-1));
        assertTrue(off(y.u().mul(y.s().unsqueeze(-2)).matmul(y.vT()), x) <= allowed(x), () -> "u·s·vT of " + x.shape());
        assertTrue(off(y.u().matmulTN(y.u()), eye(x, k)) <= 1e-13, () -> "uᵀu of " + x.shape());
        assertTrue(off(y.vT().matmulNT(y.vT()), eye(x, k)) <= 1e-13, () -> "vᵀv of " + x.shape());
        for (int i = 0; i < y.s().size(); i++) {
            assertTrue(y.s().doubles()[i] >= 0);
            assertTrue(i % k == 0 || y.s().doubles()[i - 1] >= y.s().doubles()[i], "decreasing");
        }
    }

    @Test
    void qrAndSvdReconstructEveryShape() {
        var random = new SplittableRandom(1);
        for (var extents : SHAPES) {
            var x = NdArray.normal(DType.F64, Shape.of(extents), 0, 1, random);
            assertQr(x);
            assertSvd(x);
        }
    }

    @Test
    void dependentColumnsExtremeScalesAndZeros() {
        var random = new SplittableRandom(2);
        var thin = NdArray.normal(DType.F64, Shape.of(9, 2), 0, 1, random);
        for (var x : new NdArray[] {thin.matmulNT(thin), NdArray.zeros(DType.F64, 4, 3), NdArray.ones(DType.F64, 3, 5),
            A.mul(1e300), A.mul(1e-300), A.mul(1e-320), NdArray.eye(DType.F64, 3)}) {
            assertQr(x);
            assertSvd(x);
        }
        var s = Linalg.svd(thin.matmulNT(thin)).s().doubles();
        assertTrue(s[1] > 0.1 && s[2] < 1e-14 * s[0], "rank 2: " + Arrays.toString(s));
    }

    /// The 8×8 Hilbert matrix, whose condition is 1.5e10: largest and smallest singular value (Fettis and Caslin 1967).
    @Test
    void hilbertsMatrix() {
        int n = 8;
        var h = NdArray.zeros(DType.F64, n, n);
        for (int i = 0; i < n * n; i++) {
            h.doubles()[i] = 1.0 / (i / n + i % n + 1);
        }
        var s = Linalg.svd(h).s().doubles();
        assertEquals(1.695938996921949, s[0], 4e-16 * 4);
        assertEquals(1.1115389663724e-10, s[n - 1], 1e-15);
        assertQr(h);
        assertSvd(h);
        var x = Linalg.solve(h, h.sum(false, 1)); // ones, as far as the condition lets them be
        assertTrue(off(x, NdArray.ones(DType.F64, n)) < 1e-5);
        assertTrue(off(h.matmul(x), h.sum(false, 1)) < 1e-14, "the residual is small all the same");
        var l = Linalg.cholesky(h);
        assertTrue(off(l.matmulNT(l), h) < 1e-15);
    }

    @Test
    void theNumbersOfPyTorch() {
        var y = Linalg.qr(A);
        assertArrayEquals(new double[] {-0.2182178902359924, -0.5763904177042349, 0.6577303788133114, 0.4364357804719847,
            -0.05763904177042343, 0.5576409733417209, -0.8728715609439694, 0.1152780835408472, 0.1143878919675323, 0,
            -0.8069465847859292, -0.4932977841099833}, y.q().doubles(), 1e-15);
        assertArrayEquals(new double[] {-4.582575694955841, 0.6546536707079771, -1.963961012123931, 0, -3.717718194192315,
            -0.7493075430155045, 0, 0, 3.252905677826705}, y.r().doubles(), 1e-14);
        assertArrayEquals(new double[] {-3.741657386773942, -0.5345224838248488, -2.138089935299394, -0.8017837257372731, 0,
            -2.228067708640317, 3.430262515460631, -0.03205852818187571, 0, 0, 2.159136518054642, -3.058776733910743},
            Linalg.qr(A.transpose()).r().doubles(), 1e-14);
        assertArrayEquals(new double[] {-4.582575694955841, 0.6546536707079771, -1.963961012123931, 0, -2.195775164134199,
            -2.634930196961039, 0, 0, 1.788854381999833}, Linalg.qr(SQUARE).r().doubles(), 1e-14);
        assertArrayEquals(new double[] {5.260585829623061, 3.916998144126213, 2.689491079754841},
            Linalg.svd(A).s().doubles(), 1e-14);
        assertArrayEquals(new double[] {1 / 9.0, -3.5 / 9, 0.25 / 9, 4 / 9.0, -5 / 9.0, -3.5 / 9, 0, 0.5, 0.25},
            Linalg.inverse(SQUARE).doubles(), 1e-15);
        assertEquals(18, Linalg.det(SQUARE).item(), 1e-14);
        assertArrayEquals(new double[] {-0.5833333333333333, -1.833333333333333, 1.75},
            Linalg.solve(SQUARE, NdArray.of(1.0, 2, 3)).doubles(), 1e-14);
        assertArrayEquals(new double[] {4.58257569495584, 0, 0, -0.6546536707079772, 3.717718194192316, 0, 1.963961012123931,
            0.7493075430155055, 3.252905677826704}, Linalg.cholesky(A.matmulTN(A)).doubles(), 1e-14);
        assertEquals(Math.log(18), Linalg.slogdet(SQUARE).logAbs().item(), 1e-14);
        assertEquals(-1, Linalg.slogdet(SQUARE.neg()).sign().item());
    }

    @Test
    void inverseAndSolveAgreeWithTheirDefinition() {
        var random = new SplittableRandom(3);
        for (int n : new int[] {0, 1, 2, 3, 17, 50}) {
            var x = NdArray.normal(DType.F64, Shape.of(2, n, n), 0, 1, random).add(NdArray.eye(DType.F64, n).mul(n));
            assertTrue(off(x.matmul(Linalg.inverse(x)), eye(x, n)) < 1e-13);
            var b = NdArray.normal(DType.F64, Shape.of(n, 3), 0, 1, random);
            var y = Linalg.solve(x, b);
            assertEquals(Shape.of(2, n, 3), y.shape());
            assertTrue(off(x.matmul(y), b.expand(y.shape())) < 1e-13);
        }
    }

    @Test
    void determinantsOfNothingOfSingularAndOfHugeMatrices() {
        assertEquals(1, Linalg.det(NdArray.zeros(DType.F64, 0, 0)).item());
        assertEquals(0, Linalg.slogdet(NdArray.zeros(DType.F64, 0, 0)).logAbs().item());
        assertEquals(0, Linalg.det(NdArray.ones(DType.F64, 3, 3)).item());
        var none = Linalg.slogdet(NdArray.ones(DType.F64, 2, 2));
        assertEquals(0, none.sign().item());
        assertEquals(Double.NEGATIVE_INFINITY, none.logAbs().item());
        var huge = Linalg.slogdet(NdArray.eye(DType.F32, 60).mul(1e30));
        assertEquals(60 * 30 * Math.log(10), huge.logAbs().item(), 1e-3);
        assertEquals(Shape.of(2, 0), Linalg.det(NdArray.zeros(DType.F32, 2, 0, 4, 4)).shape());
    }

    @Test
    void singlePrecisionIsTheDoubleRounded() {
        var x = A.cast(DType.F32);
        assertArrayEquals(Linalg.qr(x.cast(DType.F64)).q().toFloats(), Linalg.qr(x).q().floats());
        assertArrayEquals(Linalg.svd(x.cast(DType.F64)).u().toFloats(), Linalg.svd(x).u().floats());
        assertEquals(DType.F32, Linalg.inverse(SQUARE.cast(DType.F32)).dtype());
    }

    @Test
    void whatIsNotFiniteIsNotHidden() {
        var nan = A.copy().set(Double.NaN, 1, 1);
        assertTrue(Linalg.svd(nan).s().hasNaN());
        assertTrue(Linalg.svd(nan.transpose()).u().hasNaN());
        assertTrue(Linalg.qr(nan).r().hasNaN());
        assertTrue(Linalg.det(nan.slice(0, 0, 3)).hasNaN());
        assertTrue(Linalg.inverse(nan.slice(0, 0, 3)).hasNaN());
    }

    @Test
    void errorsSayWhichMatrixAndWhy() {
        var zeros = NdArray.zeros(DType.F64, 2, 2, 2);
        refused("inverse: matrix 0 of (2, 2, 2) is singular, pivot 0 is 0; add to its diagonal, or use the decompositions svd or"
            + " qr", () -> Linalg.inverse(zeros));
        refused("solve: matrix 0 of (2, 2) is singular, pivot 1 is 0; add to its diagonal, or use the decompositions svd or qr",
            () -> Linalg.solve(NdArray.ones(DType.F64, 2, 2), NdArray.of(1.0, 2)));
        refused("cholesky: matrix 1 of (2, 2, 2) is not positive definite, its leading 2 rows and columns are not; add to its"
            + " diagonal", () -> Linalg.cholesky(NdArray.of(Shape.of(2, 2, 2), new double[] {1, 0, 0, 1, 1, 2, 2, 1})));
        refused("det: the matrices of (4, 3) are not square; give (…, n, n)", () -> Linalg.det(A));
        refused("solve: right side (4, 3) does not fit (3, 3); give (…, 3, k)", () -> Linalg.solve(SQUARE, A));
        refused("svd: (3) has fewer than two axes; unsqueeze it", () -> Linalg.svd(NdArray.of(1.0, 2, 3)));
        refused("qr: not defined for I32 (1, 1); cast it to F32 or F64", () -> Linalg.qr(NdArray.zeros(DType.I32, 1, 1)));
        refused("solve: types differ, F64 (3, 3) and F32 (4, 3); cast one", () -> Linalg.solve(SQUARE, A.cast(DType.F32)));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
