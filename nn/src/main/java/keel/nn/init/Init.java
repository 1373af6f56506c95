package keel.nn.init;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// How an array of parameters starts: a function of its type, shape and fans and of a generator. One generator state, one
/// shape: the same bits everywhere.
///
/// Which one: [#heNormal()] in front of relu and its kin, [#xavierNormal()] in front of sigmoid, tanh or nothing; for gelu,
/// silu and others
/// `heNormal(activation.gain())`, because with √2 their signal falls by 8 % (gelu) or 16 % (silu) a layer.
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

    /// Xavier, or Glorot, with gain 1: N(0, 2/(fanIn + fanOut)), a compromise between what keeps the signal and what keeps
    /// the gradient through units that are
    /// linear near 0 (Glorot and Bengio 2010, eq. 12).
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

    private static double xavierStd(double gain, Fans fans) {
        return gain * Math.sqrt(2.0 / atLeastOne((long) fans.in() + fans.out()));
    }

    private static double heStd(Fan fan, double gain, Fans fans) {
        return gain / Math.sqrt(atLeastOne(fan.of(fans)));
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
