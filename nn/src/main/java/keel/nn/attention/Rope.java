package keel.nn.attention;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Rotary positions: turns pairs of features of a query or key at place `m` by the angles `m·base^(−2i/width)`, so that their
/// product depends on the distance of two places only, `(…, l, width) → (…, l, width)` (Su et al. 2021, "RoFormer",
/// arXiv:2104.09864, eq. 15).
///
/// A pair is two neighbours, `x₂ᵢ` and `x₂ᵢ₊₁`, as in the paper; with [#halves] it is `xᵢ` and `xᵢ₊width/2`, as in the published
/// weights of Llama and GPT-NeoX. Nothing is learned. Angles, cosines and sines are computed in F64.
///
/// @param cos (length, width/2), `F64`
/// @param sin of the same shape
/// @param halves how pairs lie
public record Rope(NdArray cos, NdArray sin, boolean halves) {
    private static final double BASE = 10_000; // the paper's

    /// @throws IllegalArgumentException if the tables are not F64 of one shape (length, width/2)
    public Rope {
        if (cos.rank() != 2 || !cos.shape().equals(sin.shape()) || cos.dtype() != DType.F64 || sin.dtype() != DType.F64) {
            throw new IllegalArgumentException("Rope: cosines " + cos.dtype() + " " + cos.shape() + " and sines " + sin.dtype()
                + " " + sin.shape() + "; give both as F64 (length, width/2)");
        }
    }

    /// For heads of `width` features and places `0 … length − 1`, base 10,000.
    public static Rope of(int width, int length) {
        return of(width, length, BASE);
    }

    /// With another base: larger ones for longer sequences.
    ///
    /// @throws IllegalArgumentException if the width is odd, the length negative, or the base not above 0
    public static Rope of(int width, int length, double base) {
        if (width < 2 || width % 2 != 0 || length < 0 || !(base > 0 && base < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Rope: heads of " + width + " features, " + length + " places, base " + base
                + "; give an even width, 0 places or more and a base above 0");
        }
        int pairs = width / 2;
        var shape = Shape.of(length, pairs);
        var cos = new double[shape.size()];
        var sin = new double[shape.size()];
        for (int i = 0; i < pairs; i++) {
            double frequency = StrictMath.pow(base, -2.0 * i / width);
            for (int m = 0; m < length; m++) {
                cos[m * pairs + i] = StrictMath.cos(m * frequency);
                sin[m * pairs + i] = StrictMath.sin(m * frequency);
            }
        }
        return new Rope(NdArray.of(shape, cos), NdArray.of(shape, sin), false);
    }

    /// The same angles for pairs that lie half a width apart.
    public Rope withHalves() {
        return new Rope(cos, sin, true);
    }

    /// The features at places `from, from + 1, …`, turned.
    ///
    /// @throws IllegalArgumentException if the width is another, or a place is beyond the last
    public Tensor turn(Tensor x, int from) {
        int pairs = cos.extent(1);
        if (x.rank() < 2 || x.extent(-1) != 2 * pairs || from < 0 || (long) from + x.extent(-2) > cos.extent(0)) {
            throw new IllegalArgumentException("Rope: " + x.shape() + " at places from " + from + "; give (…, l, " + 2 * pairs
                + "), places in 0 … " + (cos.extent(0) - 1));
        }
        var c = Tensor.of(cos.slice(0, from, from + x.extent(-2)).cast(x.dtype()));
        var s = Tensor.of(sin.slice(0, from, from + x.extent(-2)).cast(x.dtype()));
        var apart = halves ? x.unflatten(-1, 2, pairs) : x.unflatten(-1, pairs, 2);
        int axis = halves ? -2 : -1;
        var a = apart.select(axis, 0);
        var b = apart.select(axis, 1);
        return Tensor.stack(axis, a.mul(c).sub(b.mul(s)), b.mul(c).add(a.mul(s))).reshape(x.shape());
    }

    @Override
    public String toString() {
        return "Rope(" + 2 * cos.extent(1) + ", " + cos.extent(0) + " places" + (halves ? ", halves)" : ")");
    }
}
