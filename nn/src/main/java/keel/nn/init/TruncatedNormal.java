package keel.nn.init;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// N(mean, std²) within bounds, by rejection.
///
/// Where the interval is wide, normal draws are rejected outside; where it is narrow, uniform draws inside are accepted with
/// the density's share of its largest value there. Either way more than a fiftieth is accepted.
record TruncatedNormal(double mean, double std, double low, double high) {
    private static final double FARTHEST = 2; // deviations between the mean and the bounds: PyTorch warns beyond
    private static final double NARROW = 1; // deviations

    TruncatedNormal {
        if (!(std > 0 && std < Double.POSITIVE_INFINITY && Double.isFinite(mean) && low < high)) {
            throw new IllegalArgumentException("Init.truncatedNormal: mean " + mean + ", std " + std + ", bounds " + low + " and "
                + high + " make no distribution; give a finite mean, a finite std > 0 and low < high");
        }
        if (mean < low - FARTHEST * std || mean > high + FARTHEST * std) {
            throw new IllegalArgumentException("Init.truncatedNormal: the mean " + mean + " is more than 2·" + std + " outside "
                + low
                + " … " + high + "; the bounds are values, not multiples of the deviation");
        }
    }

    NdArray create(DType dtype, Shape shape, RandomGenerator random) {
        var y = new double[shape.size()];
        for (int i = 0; i < y.length; i++) y[i] = high - low < NARROW * std ? narrow(random) : wide(random);
        return NdArray.of(shape, y).cast(dtype);
    }

    private double wide(RandomGenerator random) {
        while (true) {
            double z = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
            double x = mean + std * z;
            if (x >= low && x <= high) return x;
        }
    }

    private double narrow(RandomGenerator random) {
        double peak = square(Math.max(low, Math.min(high, mean)));
        while (true) {
            double x = low + (high - low) * random.nextDouble();
            if (random.nextDouble() < StrictMath.exp((peak - square(x)) / 2)) return x;
        }
    }

    private double square(double x) {
        return (x - mean) / std * ((x - mean) / std);
    }
}
