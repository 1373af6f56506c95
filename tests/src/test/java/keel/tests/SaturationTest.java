package keel.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import keel.array.NdArray;
import org.junit.jupiter.api.Test;

/// Functions that level off keep their limits at infinity, and NaN stays NaN.
class SaturationTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void sigmoidReachesZeroAndOne() {
        assertArrayEquals(new double[] {0, 1, Double.NaN}, NdArray.of(-INF, INF, Double.NaN).sigmoid().toDoubles());
        assertArrayEquals(new float[] {0, 1, Float.NaN}, NdArray.of((float) -INF, (float) INF, Float.NaN).sigmoid().toFloats());
    }

    @Test
    void tanhReachesMinusOneAndOne() {
        assertArrayEquals(new double[] {-1, 1, Double.NaN}, NdArray.of(-INF, INF, Double.NaN).tanh().toDoubles());
        assertArrayEquals(new float[] {-1, 1, Float.NaN}, NdArray.of((float) -INF, (float) INF, Float.NaN).tanh().toFloats());
    }
}
