package keel.nn.optim;

import keel.array.DType;
import keel.array.NdArray;

/// The orthogonal matrix nearest to another, roughly and with nothing but products: see [Muon].
final class NewtonSchulz {
    private static final int DROPPED = 16;

    private NewtonSchulz() {}

    static NdArray orthogonal(NdArray g, Muon options) {
        if (g.size() == 0) return g;
        boolean tall = g.extent(0) > g.extent(1);
        boolean rounded = options.rounded();
        var x = round(tall ? g.transpose() : g.copy(), rounded);
        double norm = Math.max(x.norm(), options.eps());
        x = round(x.div(rounded ? round((float) norm) : norm), rounded);
        for (int i = 0; i < options.steps(); i++) {
            var a = round(x.matmulNT(x), rounded);
            var polynomial = round(a.matmul(a).blendInPlace(options.c(), options.b(), a), rounded);
            x = round(polynomial.matmul(x).axpyInPlace(options.a(), x), rounded);
        }
        return tall ? x.transpose() : x;
    }

    // In place: every x is made here.
    private static NdArray round(NdArray x, boolean rounded) {
        if (!rounded) return x;
        if (x.dtype() == DType.F32) {
            var floats = x.floats();
            for (int i = 0; i < floats.length; i++) floats[i] = round(floats[i]);
        } else {
            var doubles = x.doubles();
            for (int i = 0; i < doubles.length; i++) doubles[i] = round((float) doubles[i]);
        }
        return x;
    }

    /// To the nearest number with 8 binary digits, halves to the even one.
    private static float round(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (x != x) return x;
        int half = (1 << DROPPED - 1) - 1 + (bits >>> DROPPED & 1);
        return Float.intBitsToFloat(bits + half & -1 << DROPPED);
    }
}
