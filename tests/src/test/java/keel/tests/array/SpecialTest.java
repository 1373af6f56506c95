package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Special;
import org.junit.jupiter.api.Test;

/// Special functions against mpmath 1.3 with 40 digits: `loggamma`, `psi`, and the series of sin(πx)/(πx) and its derivatives.
class SpecialTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static final double[] X = {1e-300, 1e-10, 0.001, 0.3, 0.5, 0.7, 0.999, 1.0, 1.0000001, 1.25, 1.5, 1.9, 2.0,
        2.0001, 2.3, 2.5, 3.0, 4.7, 7.3, 9.99, 10.0, 12.5, 33.0, 171.5, 100000.0, 1000000000000000.0, -0.001, -0.3, -0.5,
        -1.3, -2.2, -3.7, -10.5, -33.3};
    private static final double[] LGAMMA = {690.7755278982137, 23.025850929882736, 6.907178885383853, 1.0957979948180756,
        0.5723649429247001, 0.26086724653166654, 0.0005780385328913802, 0.0, -5.772155829918507e-08, -0.09827183642181316,
        -0.12078223763524522, -0.03898427592308336, 0.0, 4.2281658112919945e-05, 0.15418945495963046, 0.2846828704729192,
        0.6931471805599453, 2.7364051463155667, 7.147892523022248, 12.779315214350193, 12.801827480081469,
        18.734347511936445, 81.55795945611504, 709.1431630309282, 1051287.7089736569, 3.3538776394910668e16,
        6.908333317515028, 1.4648400508576025, 1.2655121234846454, 1.2024757863901114, 0.7907186736757122,
        -1.3797399049658245, -15.147270590717842, -84.75261573729159};
    private static final double[] DIGAMMA = {-9.999999999999999e299, -10000000000.577215, -1000.5755719318103,
        -3.502524222200133, -1.9635100260214235, -1.2200235536979347, -0.5788618021086455, -0.5772156649015329,
        -0.5772155004081381, -0.22745353337626542, 0.03648997397857652, 0.35618416116405965, 0.42278433509846713,
        0.4228488264846654, 0.6000398803639695, 0.7031566406452432, 0.9227843350984671, 1.4374238096317817,
        1.9178203356379862, 2.250700372831201, 2.251752589066721, 2.4851956512749123, 3.4812795305349873,
        5.141664981433999, 11.512920464961896, 34.538776394910684, 999.4211381978913, 2.113309779635399,
        0.03648997397857652, 2.8825405488661673, 5.322870221172645, -0.8450768588704194, 2.3982391295357814,
        5.802997937052514};
    private static final double[] TRIGAMMA = {Double.POSITIVE_INFINITY, 1e20, 1000001.6425331958, 12.245364546107732,
        4.934802200544679, 2.834049156694611, 1.6473414317770505, 1.6449340668482264, 1.6449338264368782,
        1.1973291545071107, 0.9348022005446793, 0.6879720582426356, 0.6449340668482264, 0.6448936579371437,
        0.5425374586652585, 0.49035775610023485, 0.39493406684822646, 0.23699183867807336, 0.1467957681314271,
        0.10527695014824179, 0.10516633568168575, 0.08328522460157838, 0.03076680402030209, 0.0058479365506103834,
        1.0000050000166667e-05, 1.0000000000000005e-15, 1000001.6473414317, 13.945160267805722, 8.934802200544679,
        14.53687624413708, 28.200530152194034, 14.84242186412428, 9.778757739814813, 15.049830061410802};
    private static final double[] TETRAGAMMA = {Double.NEGATIVE_INFINITY, -1.9999999999999998e30, -2000000002.3976321,
        -75.27253658872604, -16.82879664423432, -6.4349928741909235, -2.410620209231671, -2.4041138063191885,
        -2.4041131569253724, -1.3277399375369203, -0.82879664423432, -0.45831281882901354, -0.4041138063191886,
        -0.4040644168099456, -0.2881302433729398, -0.2362040516417274, -0.15411380631918858, -0.05591097413830272,
        -0.02151081444162025, -0.011073070531461051, -0.011049834970802067, -0.006932436585788241, -0.0009465216039640907,
        -3.419826444141262e-05, -1.00001000005e-10, -1.000000000000001e-30, 1999999997.5893795, 67.63908119988317,
        -0.82879664423432, 68.54941347116214, 246.9151203992105, -68.89345468867354, -0.008247469050652217,
        68.83666858649403};

    private static final double[] S = {0, 1e-9, 0.1, 0.5, 0.63, 0.64, 0.7, 1, 1.3, 2, 2.5, 7.25, 100.5, -0.3, -3.1};
    private static final double[][] SINC = {
        {1, 1, 0.983631643083466, 0.6366197723675814, 0.46369900070811976, 0.4500240563851148, 0.36788301057177425, 0,
            -0.19809085184633995, 0, 0.12732395447351627, -0.031045390212314002, 0.0031672625490924444, 0.8583936913341398,
            -0.03173005300269248},
        {0, -3.289868133696453e-09, -0.325751267883124, -1.2732395447351628, -1.366423637052223, -1.3684427311721679,
            -1.3652403755203533, -1, -0.29976492342010236, 0.5, -0.05092958178940651, -0.09324984703092876,
            -3.151505023972582e-05, 0.9020281301388888, 0.29655692364272934},
        {-3.289868133696453, -3.289868133696453, -3.193029835964854, -1.1902271282389358, -0.23867288213079377,
            -0.16517587258158992, 0.26982700697582357, 2, 2.416255148459873, -0.5, -1.215893396004392, 0.3321298156056608,
            -0.03125900122874939, -2.4584852862661744, 0.5044901182736106},
        {0, 1.9481818206800487e-08, 1.9253792898320052, 7.141362769433615, 7.358271770928202, 7.340313730731438,
            7.131038417133915, 3.8696044010893584, -1.1135057941987754, -4.184802200544679, 1.4590720752052706,
            0.82516893142371, 0.0009331045142910266, -5.24749315292437, -2.5397036206743637}};

    /// Relative where the value is large, absolute near a zero; `scale` widens it where the terms of a reflection cancel.
    private static void assertNear(double expected, double got, double relative, String what) {
        boolean near = expected == got || Math.abs(expected - got) <= relative * Math.max(Math.abs(expected), 0.1);
        assertTrue(near, () -> what + ": got " + got + ", expected " + expected);
    }

    @Test
    void theGammaFunctionsHaveFourteenDigits() {
        var x = NdArray.of(X);
        double[][] expected = {LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA};
        for (int n = 0; n < expected.length; n++) {
            var y = (n == 0 ? x.lgamma() : Special.polygamma(n - 1, x)).doubles();
            for (int i = 0; i < X.length; i++) {
                double relative = X[i] < 0 ? 1e-13 : 1e-14; // cot πx near its poles and zeros, and the terms of a reflection
                assertNear(expected[n][i], y[i], relative, "order " + (n - 2) + " at " + X[i]);
            }
        }
    }

    @Test
    void theGammaFunctionsHaveTheirPolesAndLimits() {
        var x = NdArray.of(0.0, -0.0, -1, -5, INF, -INF, NAN, 1e306);
        assertArrayEquals(new double[] {INF, INF, INF, INF, INF, INF, NAN, INF}, x.lgamma().mul(1e10).doubles());
        var digamma = x.digamma().doubles();
        assertArrayEquals(new double[] {-INF, INF, NAN, NAN, INF, NAN, NAN}, Arrays.copyOf(digamma, 7));
        assertArrayEquals(new double[] {INF, INF, INF, INF, 0, INF, NAN}, Arrays.copyOf(Special.polygamma(1, x).doubles(), 7));
        var tiny = NdArray.of(5e-324, -5e-324, 1e-310, -1e-310).lgamma().doubles(); // −ln |x|
        assertArrayEquals(new double[] {744.4400719213812, 744.4400719213812, 713.8013788281542, 713.8013788281542}, tiny, 1e-12);
        assertEquals(0, NdArray.of(1.0, 2.0).lgamma().abs().sum().item(), "exact at its zeros");
    }

    @Test
    void sincAndItsDerivativesAreAccurateEverywhere() {
        for (int k = 0; k < SINC.length; k++) {
            var y = Special.sinc(k, NdArray.of(S)).doubles();
            for (int i = 0; i < S.length; i++) {
                double relative = k == 1 && S[i] == 1e-9 ? 1e-8 : 4e-15; // absolute there
                assertNear(SINC[k][i], y[i], relative, "derivative " + k + " at " + S[i]);
            }
        }
        var whole = NdArray.of(1.0, 2, -3, 1e15).sinc().doubles();
        assertArrayEquals(new double[4], NdArray.of(whole).abs().doubles(), "0 at whole numbers, however large");
        assertArrayEquals(new double[] {NAN, NAN, NAN}, NdArray.of(INF, -INF, NAN).sinc().doubles());
    }

    @Test
    void logitKeepsItsDigitsAroundOneHalfAndAtTheEnds() {
        double[] p = {1e-300, 1e-10, 0.1, 0.25, 0.4, 0.4999999, 0.5, 0.50000001, 0.6, 0.75, 0.9, 0.9999999};
        double[] expected = {-690.7755278982137, -23.025850929840455, -2.197224577336219, -1.0986122886681098,
            -0.4054651081081643, -4.000000000115076e-07, 0, 4.000000020099038e-08, 0.4054651081081643, 1.0986122886681098,
            2.1972245773362196, 16.11809555148467};
        var y = NdArray.of(p).logit().doubles();
        for (int i = 0; i < p.length; i++) {
            assertEquals(expected[i], y[i], 4e-16 * Math.abs(expected[i]), "at " + p[i]);
        }
        assertArrayEquals(new double[] {-INF, INF, NAN, NAN, NAN}, NdArray.of(0.0, 1, -0.1, 1.1, NAN).logit().doubles());
    }

    @Test
    void singlePrecisionIsTheDoubleRounded() {
        var x = NdArray.of(X).slice(0, 3, X.length - 1);
        var single = x.cast(DType.F32);
        assertArrayEquals(single.cast(DType.F64).lgamma().toFloats(), single.lgamma().floats());
        assertArrayEquals(single.cast(DType.F64).digamma().toFloats(), single.digamma().floats());
        assertArrayEquals(single.cast(DType.F64).sinc().toFloats(), single.sinc().floats());
    }

    @Test
    void pairsOfValuesTreatNaNAndZeroAsPyTorchDoes() {
        var a = NdArray.of(NAN, 1, NAN, -0.0, 2, INF, -INF);
        var b = NdArray.of(2, NAN, NAN, 0.0, 1, INF, 3);
        assertArrayEquals(new double[] {2, 1, NAN, -0.0, 2, INF, 3}, a.fmax(b).doubles());
        assertArrayEquals(new double[] {2, 1, NAN, -0.0, 1, INF, -INF}, a.fmin(b).doubles());
        assertArrayEquals(new double[] {0, 1, 0, 0, 1, 1, 0}, a.heaviside(b).doubles());
        var x = NdArray.of(0.0, 0, 0, 2, 0);
        var y = NdArray.of(0.0, NAN, -1, 1, INF);
        assertArrayEquals(new double[] {0, NAN, 0, 0, 0}, x.xlogy(y).doubles());
        assertArrayEquals(new double[] {0, NAN, 0, 2 * StrictMath.log(2), 0}, x.xlog1py(y).doubles(), 1e-15);
        var p = NdArray.of(1000.0, INF, -INF, INF, NAN, -0.5, 1);
        var q = NdArray.of(1000.0, INF, -INF, -INF, 1, -1.5, 3);
        assertArrayEquals(new double[] {1001, INF, -INF, INF, NAN, 0.08496250072115618, 3.321928094887362},
            p.logAddExp2(q).doubles(), 4e-16);
    }

    @Test
    void ordersOutOfRangeAndIntegersAreRefused() {
        var x = NdArray.of(1.0);
        var e = assertThrows(IllegalArgumentException.class, () -> Special.polygamma(-1, x));
        assertEquals("polygamma: order -1 is not in 0 … 100", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Special.sinc(101, x));
        e = assertThrows(IllegalArgumentException.class, () -> NdArray.of(1).lgamma());
        assertEquals("lgamma: not defined for I32 (1); cast it to F32 or F64", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> NdArray.of(1f).heaviside(x));
    }
}
