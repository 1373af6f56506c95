package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Matrix products: values against triple loops in double, the three forms against each other, associativity.
class ProductProperties {
    @Provide
    Arbitrary<Integer> extents() {
        return Arbitraries.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 15, 16, 17, 33, 65).withoutEdgeCases();
    }

    @Provide
    Arbitrary<Shape> leading() {
        return Samples.shapes(0, 3, 12);
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    @Property
    void everyFormMatchesTheTripleLoopAndLeadingAxesBroadcast(@ForAll("leading") Shape leading, @ForAll("extents") int m,
        @ForAll("extents") int k,
            @ForAll("extents") int n, @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var s = Samples.broadcastable(leading, 2, random);
        var a = Samples.dyadic(dtype, matrix(s[0], m, k), random);
        var b = Samples.dyadic(dtype, matrix(s[1], k, n), random);
        var x = Naive.of(a);
        var z = Naive.of(b);
        var y = Naive.build(matrix(leading, m, n).extents(), i -> {
            double sum = 0;
            for (int p = 0; p < k; p++) {
                sum += x.at(with(i, i.length - 1, p)) * z.at(with(i, i.length - 2, p));
            }
            return sum;
        });
        double tolerance = dtype == DType.F32 ? 1e-5 : 1e-13; // exact but for sums of many
        y.assertMatches("matmul", a.matmul(b), tolerance, tolerance);
        assertSameBits(a.matmul(b), a.matmulNT(b.transpose()));
        assertSameBits(a.matmul(b), a.transpose().matmulTN(b));
    }

    @Property
    void theFormsAgreeToTheBitOnRoundedProductsToo(@ForAll("extents") int m, @ForAll("extents") int k, @ForAll("extents") int n,
            @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var a = Samples.between(dtype, Shape.of(m, k), -1, 1, random);
        var b = Samples.between(dtype, Shape.of(k, n), -1, 1, random);
        assertSameBits(a.matmul(b), a.matmulNT(b.transpose()));
        assertSameBits(a.matmul(b), a.transpose().matmulTN(b));
    }

    @Property
    void matmulIsAssociative(@ForAll("extents") int m, @ForAll("extents") int k, @ForAll("extents") int n,
        @ForAll("extents") int p, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var a = Samples.between(DType.F64, Shape.of(m, k), -1, 1, random);
        var b = Samples.between(DType.F64, Shape.of(k, n), -1, 1, random);
        var c = Samples.between(DType.F64, Shape.of(n, p), -1, 1, random);
        var left = a.matmul(b).matmul(c).toDoubles();
        var right = a.matmul(b.matmul(c)).toDoubles();
        assertArrayEquals(left, right, 1e-13 * (k + 1) * (n + 1));
    }

    @Property
    void theIdentityChangesNothing(@ForAll("leading") Shape leading, @ForAll("extents") int m, @ForAll("extents") int n,
        @ForAll("floats") DType dtype,
            @ForAll long seed) {
        var a = Samples.between(dtype, matrix(leading, m, n), -1, 1, new SplittableRandom(seed));
        assertSameBits(a, a.matmul(NdArray.eye(dtype, n)));
        assertSameBits(a, NdArray.eye(dtype, m).matmul(a));
    }

    @Property
    void aProductOfProductsIsTheProductOfTransposedInReverse(@ForAll("extents") int m, @ForAll("extents") int k,
        @ForAll("extents") int n, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var a = Samples.between(DType.F32, Shape.of(m, k), -1, 1, random);
        var b = Samples.between(DType.F32, Shape.of(k, n), -1, 1, random);
        assertSameBits(a.matmul(b).transpose(), b.transpose().matmul(a.transpose())); // each element is the same chain
    }

    @Test
    void nothingToSumOverGivesZeros() {
        var y = NdArray.zeros(DType.F32, 2, 3, 0).matmul(NdArray.zeros(DType.F32, 0, 4));
        assertEquals(Shape.of(2, 3, 4), y.shape());
        assertArrayEquals(new float[24], y.toFloats());
    }

    @Test
    void aNaNSpoilsItsRowAndColumnOnly() {
        var a = NdArray.ones(DType.F64, 3, 3).set(Double.NaN, 1, 2);
        var y = a.matmul(NdArray.eye(DType.F64, 3));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(i == 1, Double.isNaN(y.get(i, j)), "0·NaN is NaN: row 1, and no other");
            }
        }
    }

    private static Shape matrix(Shape leading, int m, int n) {
        return leading.inserted(leading.rank(), m).inserted(leading.rank() + 1, n);
    }

    private static int[] with(int[] index, int axis, int i) {
        var y = index.clone();
        y[axis] = i;
        return y;
    }

    private static void assertSameBits(NdArray expected, NdArray got) {
        assertEquals(expected.shape(), got.shape());
        assertEquals(Arrays.toString(expected.toDoubles()), Arrays.toString(got.toDoubles()));
    }
}
