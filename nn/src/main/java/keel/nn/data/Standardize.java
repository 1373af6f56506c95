package keel.nn.data;

import keel.array.DType;
import keel.array.NdArray;

/// `(x − mean)/std` for each feature, with mean and deviation measured on the training set alone and applied to every other.
///
/// ```java
/// var standardize = Standardize.fit(train.x());
/// train = standardize.apply(train);
/// test = standardize.apply(test);
/// ```
///
/// A feature that never changes has no deviation: it is divided by 1 and becomes 0.
///
/// @param mean of each feature, in a shape that broadcasts to the samples'
/// @param std  of each feature, biased (divided by n); 1 where it is 0
public record Standardize(NdArray mean, NdArray std) {
    /// Every feature by itself: `x (n, …)`, one mean and deviation for each place of a sample.
    ///
    /// Throws [IllegalArgumentException] if there is no sample, or if `x` is no array of floats.
    public static Standardize fit(NdArray x) {
        return of("fit", x, 0);
    }

    /// Every channel by itself: images `x (n, c, height, width)` or sequences `x (n, c, length)`, one mean and deviation for each
    /// channel.
    ///
    /// Throws [IllegalArgumentException] if there is no sample, or if `x` has fewer than three axes.
    public static Standardize fitChannels(NdArray x) {
        if (x.rank() < 3) {
            throw new IllegalArgumentException("Standardize.fitChannels: x is " + x.shape()
                + "; give (n, c, …), or use fit for features without places");
        }
        var axes = new int[x.rank() - 1];
        for (int i = 1; i < axes.length; i++) axes[i] = i + 1;
        return of("fitChannels", x, axes);
    }

    private static Standardize of(String what, NdArray x, int... axes) {
        if (x.rank() == 0 || x.size() == 0 || x.dtype() != DType.F32 && x.dtype() != DType.F64) {
            throw new IllegalArgumentException("Standardize." + what + ": x is " + x.dtype() + " " + x.shape()
                + "; give 1 sample or more of floats, along the first axis");
        }
        var wide = x.cast(DType.F64);
        var mean = wide.mean(true, axes);
        var std = wide.std(true, 0, axes);
        var divisor = NdArray.where(std.eq(0), NdArray.ones(DType.F64), std);
        return new Standardize(mean.cast(x.dtype()), divisor.cast(x.dtype()));
    }

    /// Standardized samples.
    public NdArray apply(NdArray x) {
        return x.sub(mean).div(std);
    }

    /// The data set with standardized samples; labels stay.
    public Dataset apply(Dataset data) {
        return new Dataset(apply(data.x()), data.labels());
    }

    /// What [#apply(NdArray)] was given, but for rounding.
    public NdArray invert(NdArray x) {
        return x.mul(std).add(mean);
    }
}
