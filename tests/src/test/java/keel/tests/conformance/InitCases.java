package keel.tests.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.DoubleMath;
import keel.nn.init.Fan;
import keel.nn.init.Gain;
import keel.nn.init.Init;

/// One sample of an initialization against the distribution that the case states: mean and deviation at six sigma, bounds, and
/// the distance of Kolmogorov and Smirnov.
final class InitCases {
    private InitCases() {}

    private static final long SEED = 42;
    private static final double LEAKY_SLOPE = 0.01; // PyTorch's

    static void in(Table t) { t.op("gain", a -> gain(a.text("nonlinearity"), a.number("param", LEAKY_SLOPE))); }

    /// Null, or what is wrong.
    static String judge(Case c) {
        var args = Args.of(c.dtype(), c.kwargs(), _ -> null, null);
        var shape = Shape.of(((List<?>) c.line().get("shape")).stream().mapToInt(e -> ((Double) e).intValue()).toArray());
        NdArray sample;
        try {
            sample = init(c.op().substring("nn.init.".length()), args).create(c.dtype(), shape, new SplittableRandom(SEED));
        } catch (IllegalArgumentException e) {
            if (c.expectsError()) return null;
            throw e;
        }
        if (!args.unread().isEmpty()) throw new Unsupported(c.op() + " with " + args.unread());
        return c.expectsError() ? "no error" : wrong(sample, (Map<?, ?>) c.line().get("stat"));
    }

    private static Init init(String name, Args a) {
        return switch (name) {
            case "zeros_" -> Init.zeros();
            case "ones_" -> Init.ones();
            case "constant_" -> Init.constant(a.number("val"));
            case "normal_" -> Init.normal(a.number("mean", 0), a.number("std", 1));
            case "uniform_" -> Init.uniform(a.number("a", 0), a.number("b", 1));
            case "xavier_uniform_" -> Init.xavierUniform(a.number("gain", 1));
            case "xavier_normal_" -> Init.xavierNormal(a.number("gain", 1));
            case "kaiming_uniform_" -> Init.heUniform(fan(a), gain(a.text("nonlinearity", "leaky_relu"), a.number("a", 0)));
            case "kaiming_normal_" -> Init.heNormal(fan(a), gain(a.text("nonlinearity", "leaky_relu"), a.number("a", 0)));
            case "trunc_normal_" -> Init.truncatedNormal(a.number("mean", 0), a.number("std", 1), a.number("a", -2),
                a.number("b", 2));
            case "orthogonal_" -> Init.orthogonal(a.number("gain", 1));
            case "eye_" -> Init.eye();
            case "dirac_" -> Init.dirac(a.integer("groups", 1));
            case "sparse_" -> Init.sparse(a.number("sparsity"), a.number("std", 0.01));
            default -> throw new Unsupported("no Init for nn.init." + name);
        };
    }

    private static Fan fan(Args a) { return a.text("mode", "fan_in").equals("fan_in") ? Fan.IN : Fan.OUT; }

    /// The gain for a nonlinearity by PyTorch's name; `slope` is read by leaky_relu only.
    static double gain(String nonlinearity, double slope) {
        return switch (nonlinearity) {
            case "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
                "conv_transpose3d" -> Gain.linear();
            case "sigmoid" -> Gain.sigmoid();
            case "tanh" -> Gain.tanh();
            case "relu" -> Gain.relu();
            case "leaky_relu" -> Gain.leakyRelu(slope);
            case "selu" -> Gain.selu();
            default -> throw new Unwritable(nonlinearity + ", of which there is no Gain");
        };
    }

    private static String wrong(NdArray sample, Map<?, ?> stat) {
        var x = sample.toDoubles();
        return switch ((String) stat.get("dist")) {
            case "constant" -> Arrays.stream(x).allMatch(v -> v == number(stat, "value")) ? null : "not all " + stat.get("value");
            case "normal", "uniform", "trunc_normal" -> wrong(x, stat);
            case "orthogonal" -> orthogonal(sample, stat);
            case "eye", "dirac" -> identity(sample, stat);
            case "sparse" -> sparse(sample, stat);
            default -> throw new Unsupported("no Init with the distribution " + stat.get("dist"));
        };
    }

    private static String orthogonal(NdArray sample, Map<?, ?> stat) {
        int rows = (int) number(stat, "rows");
        var m = sample.cast(DType.F64).reshape(rows, (int) number(stat, "cols"));
        var product = rows <= m.extent(1) ? m.matmulNT(m) : m.matmulTN(m);
        double gain = number(stat, "gain");
        double error = product.sub(NdArray.eye(DType.F64, product.extent(0)).mul(gain * gain)).abs().max().item();
        return error <= number(stat, "tol") ? null : "rows or columns are orthonormal but for " + error;
    }

    // One in the middle of the kernel, from input i of each group to its output i; a matrix has one group and no kernel.
    private static String identity(NdArray sample, Map<?, ?> stat) {
        var shape = sample.shape();
        int perGroup = shape.extent(0) / (stat.containsKey("groups") ? (int) number(stat, "groups") : 1);
        var place = new int[shape.rank()];
        for (int i = 2; i < place.length; i++) place[i] = shape.extent(i) / 2;
        int ones = 0;
        for (int out = 0; out < shape.extent(0); out++) {
            if (out % perGroup >= shape.extent(1)) continue;
            place[0] = out;
            place[1] = out % perGroup;
            if (sample.get(place) != 1) return "no 1 at output " + out;
            ones++;
        }
        return sample.ne(0).countNonZero(false).ints()[0] == ones ? null : "more than " + ones + " elements are not 0";
    }

    private static String sparse(NdArray sample, Map<?, ?> stat) {
        for (int column = 0; column < sample.extent(1); column++) {
            double zeros = Arrays.stream(sample.slice(1, column, column + 1).toDoubles()).filter(v -> v == 0).count();
            if (zeros != number(stat, "zeros_per_column")) return zeros + " zeros in column " + column;
        }
        var x = Arrays.stream(sample.toDoubles()).filter(v -> v != 0).toArray();
        double std = Math.sqrt(Arrays.stream(x).map(v -> v * v).average().orElseThrow());
        return Math.abs(std / number(stat, "std") - 1) < SIX_SIGMA / Math.sqrt(2 * x.length) ? null : "deviation " + std;
    }

    private static final double SIX_SIGMA = 6;

    private static String wrong(double[] x, Map<?, ?> stat) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double std = Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
        if (Math.abs(mean - number(stat, "mean")) > number(stat, "mean_tol")) return "mean " + mean + ", expected "
            + stat.get("mean");
        if (Math.abs(std / number(stat, "std") - 1) > number(stat, "std_rtol")) return "deviation " + std + ", expected "
            + stat.get("std");
        Arrays.sort(x);
        if (stat.containsKey("low")) {
            double low = number(stat, "low");
            double high = number(stat, "high");
            if (x[0] < low - Math.abs(low) * BOUND_RTOL - BOUND_ATOL || x[x.length - 1] > high + Math.abs(high) * BOUND_RTOL
                + BOUND_ATOL) {
                return "bounds " + x[0] + " … " + x[x.length - 1] + ", expected " + low + " … " + high;
            }
            if (stat.containsKey("near_bounds") && (x[0] > low + number(stat, "near_bounds")
                || x[x.length - 1] < high - number(stat, "near_bounds"))) {
                return "does not come near the bounds: " + x[0] + " … " + x[x.length - 1];
            }
        }
        double distance = distance(x, distribution(stat));
        return distance <= number(stat, "ks_max") ? null : "distance from the distribution " + distance + ", allowed "
            + stat.get("ks_max");
    }

    /// Slack at the bounds for their rounding to float; the checker that comes with the cases has the same.
    private static final double BOUND_RTOL = 1e-6;
    private static final double BOUND_ATOL = 1e-7;

    // The largest distance between the steps of the sample, sorted, and the distribution function.
    private static double distance(double[] x, DoubleUnaryOperator distribution) {
        double y = 0;
        for (int i = 0; i < x.length; i++) {
            double p = distribution.applyAsDouble(x[i]);
            y = Math.max(y, Math.max((i + 1.0) / x.length - p, p - (double) i / x.length));
        }
        return y;
    }

    private static DoubleUnaryOperator distribution(Map<?, ?> stat) {
        if (stat.get("dist").equals("uniform")) return v -> (v - number(stat, "low")) / (number(stat, "high") - number(stat,
            "low"));
        boolean truncated = stat.get("dist").equals("trunc_normal");
        double mean = number(stat, truncated ? "loc" : "mean");
        double std = number(stat, truncated ? "scale" : "std");
        DoubleUnaryOperator normal = v -> 0.5 * DoubleMath.erfc(-(v - mean) / std / Math.sqrt(2));
        if (!truncated) return normal;
        double from = normal.applyAsDouble(number(stat, "low"));
        double to = normal.applyAsDouble(number(stat, "high"));
        return v -> (normal.applyAsDouble(v) - from) / (to - from);
    }

    private static double number(Map<?, ?> stat, String name) { return (Double) stat.get(name); }
}
