package keel.tests.conformance;

import keel.array.DType;
import keel.array.NdArray;

/// How near a value must be: same shape and type, and every element equal, or NaN on both sides, or finite on both with `|got −
/// want| ≤ atol + rtol·|want|`.
final class Closeness {
    private Closeness() {}

    /// Null if `got` is near enough to `want`, or element by element to `alternative` where that is given; else what differs
    /// most, and where.
    static String difference(NdArray got, NdArray want, NdArray alternative, double rtol, double atol) {
        if (!got.shape().equals(want.shape())) return "shape " + got.shape() + ", expected " + want.shape();
        if (got.dtype() != want.dtype()) return "type " + got.dtype() + ", expected " + want.dtype();
        var g = got.toDoubles();
        var w = want.toDoubles();
        var a = alternative == null ? null : alternative.toDoubles();
        int bad = 0;
        int worst = -1;
        double largest = -1;
        for (int i = 0; i < g.length; i++) {
            if (near(g[i], w[i], rtol, atol) || a != null && near(g[i], a[i], rtol, atol)) continue;
            bad++;
            double error = Double.isNaN(g[i] - w[i]) ? Double.POSITIVE_INFINITY : Math.abs(g[i] - w[i]);
            if (error > largest) {
                largest = error;
                worst = i;
            }
        }
        if (bad == 0) return null;
        double allowed = atol + rtol * Math.abs(w[worst]);
        return String.format("%d of %d elements, largest error %.3g (allowed %.3g) at %d of %s: got %s, expected %s",
            bad, g.length, largest, allowed, worst, want.shape(), text(got, g[worst]), text(want, w[worst]));
    }

    private static boolean near(double got, double want, double rtol, double atol) {
        return got == want || Double.isNaN(got) && Double.isNaN(want)
            || Double.isFinite(got) && Double.isFinite(want) && Math.abs(got - want) <= atol + rtol * Math.abs(want);
    }

    private static String text(NdArray of, double v) {
        return of.dtype() == DType.F32 ? Float.toString((float) v) : Double.toString(v);
    }

    /// Largest error of an approximation in units in the last place of the expected value.
    static double ulps(NdArray got, NdArray want) {
        boolean single = want.dtype() == DType.F32;
        var g = got.toDoubles();
        var w = want.toDoubles();
        double worst = 0;
        for (int i = 0; i < g.length; i++) {
            if (g[i] == w[i]) continue;
            double ulp = single ? Math.ulp((float) w[i]) : Math.ulp(w[i]);
            double error = Math.abs(g[i] - w[i]) / ulp;
            worst = Math.max(worst, Double.isFinite(error) ? error : Double.POSITIVE_INFINITY);
        }
        return worst;
    }
}
