package keel.array;

import java.util.Arrays;

/// Values that go to places given by an index, several of them to one place.
final class Scatters {
    private Scatters() {}

    /// `x` combined with the elements of `source` that go to each place, in the order of the source; `x` itself takes part where
    /// nothing goes, or everywhere if `includeSelf`. In double, rounded once.
    static NdArray reduce(NdArray x, int axis, NdArray index, NdArray source, Combine how, boolean includeSelf) {
        var to = checked("scatterReduce", x, axis, index, source);
        var v = source.toDoubles();
        var y = x.toDoubles();
        var count = new int[y.length];
        for (int i = 0; i < to.length; i++) {
            int t = to[i];
            y[t] = count[t]++ == 0 && !includeSelf ? v[i] : combine(how, y[t], v[i]);
        }
        for (int t = 0; t < y.length && how == Combine.MEAN; t++) {
            y[t] /= Math.max(1, count[t] + (includeSelf ? 1 : 0));
        }
        return NdArray.rounded(x.dtype(), x.shape(), y);
    }

    private static double combine(Combine how, double a, double b) {
        return switch (how) {
            case SUM, MEAN -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    /// For each element of `source` the product of `x` at its place and of the others that go there: products from the front
    /// and from the back, zeros included.
    static NdArray others(NdArray x, int axis, NdArray index, NdArray source) {
        var to = checked("scatterReduce", x, axis, index, source);
        var v = source.toDoubles();
        var product = x.toDoubles();
        var y = new double[v.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = product[to[i]];
            product[to[i]] *= v[i];
        }
        Arrays.fill(product, 1);
        for (int i = y.length - 1; i >= 0; i--) {
            y[i] *= product[to[i]];
            product[to[i]] *= v[i];
        }
        return NdArray.rounded(x.dtype(), source.shape(), y);
    }

    private static int[] checked(String name, NdArray x, int axis, NdArray index, NdArray source) {
        Elementwise.requireSame(name, x, source);
        if (!source.shape().equals(index.shape())) {
            throw new IllegalArgumentException(name + ": index " + index.shape() + " and values " + source.shape()
                + " differ; give each value an index");
        }
        return Targets.of(name, x.shape(), axis, index).places();
    }
}
