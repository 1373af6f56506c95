package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Rows;
import keel.array.Shape;
import org.junit.jupiter.api.Test;

/// What cross entropy takes of rows, some at a time, has the bits of the operations that it is made of.
class PickedRowsTest {
    private static NdArray logits(DType type, int rows, int n) {
        var random = new SplittableRandom(rows * 31 + n);
        double[] x = new double[rows * n];
        for (int i = 0; i < x.length; i++) x[i] = 3 * random.nextGaussian();
        return NdArray.of(Shape.of(rows, n), x).cast(type);
    }

    private static int[] places(int rows, int n) {
        int[] p = new int[rows];
        for (int i = 0; i < rows; i++) p[i] = i * n + i * 7 % n;
        return p;
    }

    @Test
    void bitsAreThoseOfLogSoftmaxAndOfSoftmax() {
        for (var type : new DType[] {DType.F32, DType.F64}) {
            for (int[] s : new int[][] {{1, 1}, {1, 5}, {3000, 1}, {7, 10}, {33, 100}, {130, 40}, {3, 5000}, {61, 1000}}) {
                var x = logits(type, s[0], s[1]);
                int[] at = places(s[0], s[1]);
                assertArrayEquals(Rows.picked(x.logSoftmax(-1), at).toDoubles(), Rows.pickedLogSoftmax(x, at).toDoubles());
                for (double off : new double[] {0, 0.01}) {
                    var softmax = x.softmax(-1);
                    var expected = (off == 0 ? softmax : softmax.add(-off)).mul(0.3);
                    var right = Rows.picked(softmax, at).sub(0.9).mul(0.3);
                    for (int i = 0; i < at.length; i++) expected.set(right.get(i), at[i] / s[1], at[i] % s[1]);
                    assertArrayEquals(expected.toDoubles(), Rows.crossEntropyGrad(x, 0.9, off, 0.3, at).toDoubles());
                }
            }
        }
    }

    @Test
    void aPlaceIsInItsRow() {
        var x = logits(DType.F32, 2, 3);
        refused("pickedLogSoftmax: (2, 3) and 1 places do not fit; give a matrix and one place in each of its rows",
            () -> Rows.pickedLogSoftmax(x, 0));
        refused("crossEntropyGrad: (2, 0) and 2 places do not fit; give a matrix and one place in each of its rows",
            () -> Rows.crossEntropyGrad(NdArray.zeros(DType.F32, 2, 0), 1, 0, 1, 0, 0));
        refused("pickedLogSoftmax: place 6 is not in row 1 of (2, 3); give one of 3 … 5", () -> Rows.pickedLogSoftmax(x, 0, 6));
        refused("crossEntropyGrad: place -1 is not in row 0 of (2, 3); give one of 0 … 2",
            () -> Rows.crossEntropyGrad(x, 1, 0, 1, -1, 4));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
