package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import keel.array.NdArray;
import org.junit.jupiter.api.Test;

/// Elementary functions in F64 at the ends of their pieces, against mpmath with 60 digits, and where they have no value.
class ElementaryTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    /// Pairs of an argument and its value, to two units of the last place.
    private static void check(UnaryOperator<NdArray> f, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double y = f.apply(NdArray.of(pairs[i])).item();
            assertEquals(pairs[i + 1], y, 2 * Math.ulp(pairs[i + 1]), "at " + pairs[i]);
        }
    }

    /// To the bit, the sign of zero included.
    private static void exactly(UnaryOperator<NdArray> f, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) assertEquals(pairs[i + 1], f.apply(NdArray.of(pairs[i])).item(),
            "at " + pairs[i]);
    }

    @Test
    void powersAndLogarithmsOfTwo() {
        check(NdArray::exp2, 0.5, 1.4142135623730951, -0.5, 0.7071067811865476, 1023.5, 1.2711610061536464e+308, -1022.5,
            1.5733648139913585e-308, -1070.25, 6.4e-323, 0.1, 1.0717734625362931, 1e-20, 1, 1023.9999999999999,
            1.7976931348621742e+308, 37.3, 169207199743.02435);
        exactly(NdArray::exp2, 10, 1024, -1074, 5e-324, 1024, INF, 1e300, INF, INF, INF, -1080, 0, -INF, 0, NAN, NAN);
        check(NdArray::log2, 5e-324, -1074, 1e-310, -1029.7977094150824, Double.MIN_NORMAL, -1022, 1.4142135623730951,
            0.5000000000000001, 1.4142135623730954, 0.5000000000000003, 0.7, -0.5145731728297583, 3, 1.584962500721156, 1e308,
            1023.1538532253076, 1.0000000000000002, 3.203426503814917e-16);
        exactly(NdArray::log2, 1, 0, 2, 1, 1024, 10, 0, -INF, -0.0, -INF, -1, NAN, INF, INF, NAN, NAN);
    }

    @Test
    void inverseHyperbolicFunctions() {
        check(NdArray::asinh, 1e-300, 1e-300, 1e-5, 9.999999999833334e-06, 0.3, 0.29567304756342244, -3, -1.8184464592320668,
            100, 5.298342365610589, 268435456, 20.101268236238415, 268435457, 20.101268239963705, 1e300, 691.4686750787737, -1e10,
            -23.7189981105004);
        exactly(NdArray::asinh, 0, 0, -0.0, -0.0, INF, INF, -INF, -INF, NAN, NAN);
        check(NdArray::acosh, 1.0000000000000002, 2.1073424255447014e-08, 1.5, 0.9624236501192069, 2, 1.3169578969248168,
            2.0000000000000004, 1.316957896924817, 100, 5.298292365610485, 268435456, 20.101268236238415, 268435457,
            20.101268239963705, 1e300, 691.4686750787737);
        exactly(NdArray::acosh, 1, 0, 0.5, NAN, -INF, NAN, INF, INF, NAN, NAN);
        check(NdArray::atanh, 1e-300, 1e-300, 1e-5, 1.0000000000333334e-05, -0.3, -0.3095196042031117, 0.49999999999999994,
            0.5493061443340548, 0.5, 0.5493061443340549, 0.9, 1.4722194895832204, 0.9999999999999999, 18.714973875118524);
        exactly(NdArray::atanh, 0, 0, -0.0, -0.0, 1, INF, -1, -INF, 1.5, NAN, NAN, NAN);
    }

    @Test
    void remaindersAndTheirQuotients() {
        double[] a = {5, -5, 5, -5, 6, -6, 0, -0.0, 1, -1, 0, INF, 5, -5, 0.3, 1e300};
        double[] b = {3, 3, -3, -3, 3, 3, 3, 3, 0, 0, 0, 3, INF, INF, 0.1, 3};
        double[] remainder = {2, 1, -1, -2, 0, -0.0, 0, -0.0, NAN, NAN, NAN, NAN, 5, INF, 0.3 % 0.1, 1e300 % 3};
        double[] quotient = {1, -2, -2, 1, 2, -2, 0, -0.0, INF, -INF, NAN, NAN, 0, -1, 2, Math.rint(1e300 / 3)};
        assertArrayEquals(remainder, NdArray.of(a).remainder(NdArray.of(b)).doubles());
        assertArrayEquals(quotient, NdArray.of(a).floorDivide(NdArray.of(b)).doubles());
        exactly(x -> x.trunc(), 2.7, 2, -2.7, -2, -0.3, -0.0, 1e300, 1e300, -INF, -INF, NAN, NAN);
    }
}
