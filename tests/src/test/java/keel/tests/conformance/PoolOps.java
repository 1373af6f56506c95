package keel.tests.conformance;

import java.util.List;
import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Pooling.MaxPooled;
import keel.autograd.Tensor;

/// Pools.
final class PoolOps {
    private PoolOps() {}

    static void in(Table t) {
        max(t, "max_pool1d", Pooling::maxPool1dWithIndices);
        max(t, "max_pool2d", Pooling::maxPool2dWithIndices);
        max(t, "max_pool3d", Pooling::maxPool3dWithIndices);
        average(t, "avg_pool1d", Pooling::avgPool1d);
        average(t, "avg_pool2d", Pooling::avgPool2d);
        average(t, "avg_pool3d", Pooling::avgPool3d);
        powers(t, "lp_pool1d", Pooling::lpPool1d);
        powers(t, "lp_pool2d", Pooling::lpPool2d);
        powers(t, "lp_pool3d", Pooling::lpPool3d);
        t.op("nn.functional.adaptive_avg_pool1d", a -> Pooling.adaptiveAvgPool1d(a.input(), size(a, a.input(), 1)[0]));
        t.op("nn.functional.adaptive_avg_pool2d", a -> {
            var s = size(a, a.input(), 2);
            return Pooling.adaptiveAvgPool2d(a.input(), s[0], s[1]);
        });
        t.op("nn.functional.adaptive_avg_pool3d", a -> {
            var s = size(a, a.input(), 3);
            return Pooling.adaptiveAvgPool3d(a.input(), s[0], s[1], s[2]);
        });
        t.op("nn.functional.adaptive_max_pool1d", a -> result(a, Pooling.adaptiveMaxPool1d(a.input(), size(a, a.input(), 1)[0])));
        t.op("nn.functional.adaptive_max_pool2d", a -> {
            var s = size(a, a.input(), 2);
            return result(a, Pooling.adaptiveMaxPool2d(a.input(), s[0], s[1]));
        });
        t.op("nn.functional.adaptive_max_pool3d", a -> {
            var s = size(a, a.input(), 3);
            return result(a, Pooling.adaptiveMaxPool3d(a.input(), s[0], s[1], s[2]));
        });
    }

    private interface Max {
        MaxPooled apply(Tensor x, PoolOptions options);
    }

    private interface Average {
        Tensor apply(Tensor x, PoolOptions options);
    }

    private interface Powers {
        Tensor apply(Tensor x, double p, PoolOptions options);
    }

    private static void max(Table t, String name, Max f) {
        t.op("nn.functional." + name, a -> result(a, f.apply(a.input(), options(a))));
    }

    private static void average(Table t, String name, Average f) {
        t.op("nn.functional." + name, a -> f.apply(a.input(), options(a)));
    }

    private static void powers(Table t, String name, Powers f) {
        t.op("nn.functional." + name, a -> f.apply(a.input(), a.number("norm_type"), options(a)));
    }

    private static Object result(Args a, MaxPooled y) {
        return a.flag("return_indices", false) ? List.of(y.y(), y.indices()) : y.y();
    }

    /// The options of a pool, by PyTorch's names.
    static PoolOptions options(Args a) {
        var o = PoolOptions.of(a.integers("kernel_size")).ceilMode(a.flag("ceil_mode", false))
            .countPadding(a.flag("count_include_pad", true));
        if (a.integers("stride").length > 0) o = o.stride(a.integers("stride"));
        if (a.has("padding")) o = o.padding(a.integers("padding"));
        if (a.has("dilation")) o = o.dilation(a.integers("dilation"));
        return a.has("divisor_override") ? o.divisor(a.integer("divisor_override")) : o;
    }

    /// Outputs of each axis; null means as many as inputs.
    static int[] size(Args a, Tensor x, int axes) {
        if (!(a.raw("output_size") instanceof List<?> list)) return a.integers("output_size", axes, 0);
        if (list.size() != axes && list.size() != 1) throw new Unwritable("output_size has " + list.size()
            + " values, the method takes " + axes);
        var y = new int[axes];
        for (int i = 0; i < axes; i++) {
            var v = list.get(list.size() == 1 ? 0 : i);
            y[i] = v == null ? x.extent(i - axes) : ((Double) v).intValue();
        }
        return y;
    }
}
