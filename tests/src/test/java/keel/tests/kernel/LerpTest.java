package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Interpolation with a weight for each element and with one for all: SIMD against plain, and each against the other.
class LerpTest {
    private static final double[] WEIGHTS = {0, 0.3, 0.49999, 0.5, 0.7, 1, -0.2, 1.5, -0.0, Double.NaN, Double.POSITIVE_INFINITY};

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void oneWeightIsAsManyEqualOnes(KernelType<A> type) {
        for (int n : new int[] {0, 1, 7, 8, 15, 16, 17, 100}) {
            A x = type.awkward(1 + n, 1);
            A z = type.awkward(2 + n, 2);
            type.plain().set(x, 0, -0.0);
            for (double weight : WEIGHTS) {
                double w = type == KernelType.F32 ? (float) weight : weight;
                A plain = type.normal(3 + n, 4);
                A used = type.normal(3 + n, 4);
                A many = type.normal(3 + n, 4);
                A weights = type.plain().allocate(n);
                type.plain().fill(weights, 0, n, w);
                type.plain().lerp(x, 1, z, 2, weights, 0, many, 3, n);
                type.plain().lerp(w, x, 1, z, 2, plain, 3, n);
                type.used().lerp(w, x, 1, z, 2, used, 3, n);
                type.assertSameBits(many, plain, 3 + n, "one weight " + w);
                type.assertSameBits(plain, used, 3 + n, "weight " + w);
                type.used().lerp(x, 1, z, 2, weights, 0, used, 3, n);
                type.assertSameBits(plain, used, 3 + n, "weights " + w);
            }
        }
    }

    @Test
    void oneWeightServesManyElements() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var x = NdArray.ones(dtype, 40, 2000);
            var y = x.lerp(NdArray.full(dtype, Shape.of(2000), 3), NdArray.full(dtype, Shape.of(1, 1), 0.25));
            var expected = new double[80000];
            Arrays.fill(expected, 1.5);
            assertArrayEquals(expected, y.toDoubles());
        }
    }
}
