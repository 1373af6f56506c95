package keel.nn.init;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// How an array of parameters starts: a function of its type, shape and fans and of a generator. One generator state, one
/// shape: the same bits everywhere.
///
/// Which one: [#heNormal()] in front of relu and its kin, [#xavierNormal()] in front of sigmoid, tanh or nothing; for gelu,
/// silu and others `heNormal(activation.gain())`, because with √2 their signal falls by 8 % (gelu) or 16 % (silu) a layer.
@FunctionalInterface
public interface Init {
    /// A new array. `fans` are those of the weight, also where the array is the bias that goes with it.
    NdArray create(DType dtype, Shape shape, Fans fans, RandomGenerator random);

    /// A new array with the fans of its own shape; one of fewer than 2 axes has [none][Fans#none].
    default NdArray create(DType dtype, Shape shape, RandomGenerator random) {
        return create(dtype, shape, shape.rank() < 2 ? Fans.none() : Fans.of(shape), random);
    }

    /// 0: right for biases and for the last layer of a residual branch; for a whole net it leaves every unit of a layer equal
    /// forever.
    static Init zeros() {
        return constant(0);
    }

    /// 1.
    static Init ones() {
        return constant(1);
    }

    /// `value`.
    static Init constant(double value) {
        return (dtype, shape, _, _) -> NdArray.full(checked(dtype), shape, value);
    }

    /// N(0, std²).
    static Init normal(double std) {
        return normal(0, std);
    }

    /// N(mean, std²), `std` ≥ 0.
    static Init normal(double mean, double std) {
        if (!(std >= 0 && Double.isFinite(std) && Double.isFinite(mean))) {
            throw new IllegalArgumentException("Init.normal: mean " + mean + " and std " + std
                + " make no distribution; give a finite mean and a finite std ≥ 0");
        }
        return (dtype, shape, _, random) -> NdArray.normal(checked(dtype), shape, mean, std, checked(random));
    }

    /// U(low, high), `low` ≤ `high`.
    static Init uniform(double low, double high) {
        if (!(low <= high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("Init.uniform: low " + low + " and high " + high
                + " make no distribution; give finite low ≤ high");
        }
        return (dtype, shape, _, random) -> NdArray.uniform(checked(dtype), shape, low, high, checked(random));
    }

    /// Xavier, or Glorot, with gain 1: N(0, 2/(fanIn + fanOut)), a compromise between what keeps the signal and what keeps the
    /// gradient through units that are linear near 0 (Glorot and Bengio 2010, eq. 12).
    static Init xavierNormal() {
        return xavierNormal(1);
    }

    /// N(0, std²) with `std = gain·√(2/(fanIn + fanOut))`.
    static Init xavierNormal(double gain) {
        checkGain("xavierNormal", gain);
        return (dtype, shape, fans, random) -> normal(xavierStd(gain, fans)).create(dtype, shape, fans, random);
    }

    /// As [#xavierNormal()], of the same variance but bounded (Glorot and Bengio 2010, eq. 16).
    static Init xavierUniform() {
        return xavierUniform(1);
    }

    /// U(−b, b) with `b = √3·gain·√(2/(fanIn + fanOut))`.
    static Init xavierUniform(double gain) {
        checkGain("xavierUniform", gain);
        return (dtype, shape, fans, random) -> withStd(xavierStd(gain, fans)).create(dtype, shape, fans, random);
    }

    /// He, or Kaiming, for relu: N(0, 2/fanIn), which makes up for the half that relu cuts off (He et al. 2015,
    /// arXiv:1502.01852, eq. 10).
    static Init heNormal() {
        return heNormal(Gain.relu());
    }

    /// N(0, gain²/fanIn).
    static Init heNormal(double gain) {
        return heNormal(Fan.IN, gain);
    }

    /// N(0, std²) with `std = gain/√fan`.
    static Init heNormal(Fan fan, double gain) {
        checkGain("heNormal", gain);
        return (dtype, shape, fans, random) -> normal(heStd(fan, gain, fans)).create(dtype, shape, fans, random);
    }

    /// As [#heNormal()], of the same variance but bounded.
    static Init heUniform() {
        return heUniform(Gain.relu());
    }

    /// U(−b, b) with `b = √3·gain/√fanIn`.
    static Init heUniform(double gain) {
        return heUniform(Fan.IN, gain);
    }

    /// U(−b, b) with `b = √3·gain/√fan`.
    static Init heUniform(Fan fan, double gain) {
        checkGain("heUniform", gain);
        return (dtype, shape, fans, random) -> withStd(heStd(fan, gain, fans)).create(dtype, shape, fans, random);
    }

    /// What PyTorch gives a Linear or Conv layer that nobody initialized, weight and bias: U(±1/√fanIn).
    ///
    /// A trap: the variance `1/(3·fanIn)` is a sixth of He's. Twenty relu layers of it shrink a signal by seven orders of
    /// magnitude and do not train.
    static Init pytorchDefault() {
        return (dtype, shape, fans, random) -> symmetric(1 / Math.sqrt(atLeastOne(fans.in()))).create(dtype, shape, fans, random);
    }

    // ---- other variances

    /// N(0, 1/fanIn), for [selu][Gain#selu()] (LeCun et al. 1998, "Efficient BackProp", eq. 16).
    static Init lecunNormal() {
        return heNormal(1);
    }

    /// As [#lecunNormal()], of the same variance but bounded.
    static Init lecunUniform() {
        return heUniform(1);
    }

    /// Variance `scale/fan`, drawn from `distribution`: of Xavier, He and LeCun the general form, and Keras'.
    static Init varianceScaling(double scale, Fan fan, Distribution distribution) {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Init.varianceScaling: scale " + scale + "; give a finite number above 0");
        }
        return (dtype, shape, fans, random) -> distribution.withStd(heStd(fan, Math.sqrt(scale), fans))
            .create(dtype, shape, fans, random);
    }

    /// [#truncatedNormal(double, double, double, double)] of mean 0, deviation 1, between −2 and 2.
    static Init truncatedNormal() {
        return truncatedNormal(0, 1, -2, 2);
    }

    /// N(mean, std²), drawn again where it falls outside `low … high`, which are values and not multiples of `std`. What comes
    /// out has a smaller deviation than `std`: 0.88 of it between ±2·std.
    ///
    /// @throws IllegalArgumentException if mean or std make no distribution, or the mean is more than 2·std outside the bounds
    static Init truncatedNormal(double mean, double std, double low, double high) {
        var truncated = new TruncatedNormal(mean, std, low, high);
        return (dtype, shape, _, random) -> truncated.create(checked(dtype), shape, checked(random));
    }

    /// Matrices that preserve lengths and angles.
    static Init orthogonal() {
        return orthogonal(1);
    }

    /// `gain` times a random matrix `(out, in·…)` with orthonormal rows, or columns where there are more rows, uniformly
    /// distributed (Saxe et al. 2013, arXiv:1312.6120): a deep linear net of them keeps every gradient's length. Gaussian
    /// weights keep it on average only, and lose more directions with each layer.
    static Init orthogonal(double gain) {
        checkGain("orthogonal", gain);
        return (dtype, shape, _, random) -> Orthogonal.create(checked(dtype), shape, gain, checked(random));
    }

    /// [#orthogonal(double)] in the middle of the kernel and 0 elsewhere, for convolutions `(out, in, k…)` with `out ≥ in`
    /// (Xiao et al. 2018, arXiv:1806.05393, who train 10,000 layers of it).
    static Init deltaOrthogonal(double gain) {
        checkGain("deltaOrthogonal", gain);
        return (dtype, shape, _, random) -> Orthogonal.delta(checked(dtype), shape, gain, checked(random));
    }

    // ---- identities

    /// Ones on the diagonal of a matrix `(out, in)`: as many inputs as possible pass unchanged.
    static Init eye() {
        return identity(1, 0);
    }

    /// The identity as a convolution `(out, in/groups, k…)`: a 1 in the middle of the kernel, from input `i` of a group to its
    /// output `i`, as far as there are both.
    static Init dirac(int groups) {
        return (dtype, shape, _, _) -> Identities.dirac(checked(dtype), shape, groups);
    }

    /// `gain` times the [identity][#eye()], for kernels `(out, in, k…)` in their middle, plus N(0, noise²): what a recurrent
    /// relu net starts from (Le et al. 2015, arXiv:1504.00941).
    static Init identity(double gain, double noise) {
        checkGain("identity", gain);
        var around = normal(noise);
        return (dtype, shape, fans, random) -> {
            var y = Identities.identity(checked(dtype), shape, 1).mulInPlace(gain);
            return noise == 0 ? y : y.addInPlace(around.create(dtype, shape, fans, random));
        };
    }

    /// ZerO: identities, and where a layer widens a Hadamard transform, which tells the new units apart without any noise
    /// (Zhao et al. 2021, arXiv:2110.12661). Weights are ±1/√p there, `p` the power of two not below `out`.
    static Init zerO() {
        return (dtype, shape, _, _) -> Identities.zerO(checked(dtype), shape);
    }

    /// A matrix `(out, in)` of N(0, std²) with `⌈sparsity·out⌉` zeros in each column (Martens 2010, sec. 5.1); PyTorch's `std`
    /// is 0.01.
    static Init sparse(double sparsity, double std) {
        if (!(sparsity >= 0 && sparsity <= 1)) {
            throw new IllegalArgumentException("Init.sparse: sparsity " + sparsity + "; give the share of zeros, 0 … 1");
        }
        var values = normal(std);
        return (dtype, shape, fans, random) ->
            Identities.sparse(values.create(dtype, shape, fans, random), sparsity, checked(random));
    }

    // ---- for depth

    /// This start, multiplied by a number.
    default Init scaled(double factor) {
        if (!Double.isFinite(factor)) throw new IllegalArgumentException("Init.scaled: factor " + factor
            + "; give a finite number");
        return (dtype, shape, fans, random) -> create(dtype, shape, fans, random).mulInPlace(factor);
    }

    /// [#heNormal()] times `branches^(−1/(2·layers − 2))`: for all weights but the last of each of `branches` residual branches
    /// of `layers` layers without normalization; the last one starts at [#zeros()] (Fixup, Zhang et al. 2019,
    /// arXiv:1901.09321). See `Residual.fixup`.
    static Init fixup(int branches, int layers) {
        return heNormal().scaled(DepthScale.fixup(branches, layers));
    }

    private static double xavierStd(double gain, Fans fans) {
        return gain * Math.sqrt(2.0 / atLeastOne((long) fans.in() + fans.out()));
    }

    private static double heStd(Fan fan, double gain, Fans fans) {
        return gain / Math.sqrt(Math.max(1, fan.of(fans)));
    }

    // U(−b, b) has the standard deviation b/√3.
    private static Init withStd(double std) {
        return symmetric(Math.sqrt(3) * std);
    }

    private static Init symmetric(double bound) {
        return uniform(-bound, bound);
    }

    // An empty weight has a fan of 0 and no element to draw.
    private static long atLeastOne(long fan) {
        return Math.max(fan, 1);
    }

    private static void checkGain(String name, double gain) {
        if (!(gain >= 0 && gain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Init." + name + ": gain " + gain + "; a gain is finite and ≥ 0");
        }
    }

    private static DType checked(DType dtype) {
        if (!dtype.isFloat()) {
            throw new IllegalArgumentException("Init: parameters cannot be " + dtype + "; use F32, or F64 to check gradients");
        }
        return dtype;
    }

    private static RandomGenerator checked(RandomGenerator random) {
        if (random == null) {
            throw new IllegalArgumentException("Init: the generator is null; pass one such as new SplittableRandom(42)");
        }
        return random;
    }
}
