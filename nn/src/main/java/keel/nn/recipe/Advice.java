package keel.nn.recipe;

import java.util.List;
import java.util.function.IntFunction;
import keel.nn.clip.Clip;
import keel.nn.health.Verdict;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.residual.Residual.Placement;

/// A choice that keeps training stable, why, and who says so: the rules that are usually handed down as tables, as values.
///
/// ```java
/// var init = Advice.forInit(Activation.gelu());
/// System.out.println(init);
/// // Init.heNormal(1.5335): it lets 0.6521 of a normal input's root mean square through, … (He et al. 2015, …)
/// Linear.of(64, 64, init.choice(), rng);
/// ```
///
/// Where a common rule is wrong by measurement, the advice follows the measurement and the reason says so.
///
/// @param <T>    what is chosen
/// @param name   how the choice is written
/// @param choice the thing itself
/// @param reason why, in a sentence
/// @param source the paper, or how it was measured
public record Advice<T>(String name, T choice, String reason, String source) {
    /// How the weights in front of this activation start; biases start at 0.
    ///
    /// - relu, leakyRelu: He, whose gain is made for them;
    /// - selu: LeCun, for which it was designed;
    /// - tanh: Xavier with the gain 5/3; sigmoid: Xavier, and a warning;
    /// - others, such as gelu, silu, mish and your own: He's rule with the gain computed for that very activation. He's own √2,
    /// which the
    /// common table gives for gelu and silu, lets their signal fall to 0.922 and 0.844 in every layer. A net draws its signal
    /// away from size 1 where the
    ///   activation is not homogeneous (silu: 4 … 9 times after 20 layers of 256), so put a norm in as well.
    public static Advice<Init> forInit(Activation activation) {
        return InitRules.of(activation);
    }

    /// How the weights of the last layer start, which no activation follows: Xavier.
    public static Advice<Init> forOutput() {
        return new Advice<>("Init.xavierNormal()", Init.xavierNormal(),
            "logits of size 1 or less start the loss near ln C, the loss of a guess", "Glorot and Bengio 2010");
    }

    /// Which activation hidden layers have.
    public static Advice<Activation> forActivation(Architecture architecture) {
        return switch (architecture) {
            case RECURRENT -> new Advice<>("Activation.tanh()", Activation.tanh(),
                "the state is fed back at every step, so it must stay bounded; LSTM and GRU have it inside",
                "Hochreiter and Schmidhuber 1997");
            case CONVOLUTIONAL -> new Advice<>("Activation.relu()", Activation.relu(),
                "its derivative is 1 where it is on, and He's start fits it exactly; dead units show in ActivationStats, then "
                    + "leakyRelu helps",
                "He et al. 2015, arXiv:1502.01852");
            case MLP, TRANSFORMER -> new Advice<>("Activation.gelu()", Activation.gelu(),
                "it is smooth and its units seldom die, though not never: in F32 its gradient is 0 left of −14",
                "Hendrycks and Gimpel 2016, arXiv:1606.08415");
        };
    }

    /// Which normalization, made for a number of features (channels), by family and batch size.
    ///
    /// Throws [IllegalArgumentException] if `batchSize` < 1.
    public static Advice<IntFunction<Layer>> forNorm(Architecture architecture, int batchSize) {
        if (batchSize < 1) throw new IllegalArgumentException("Advice.forNorm: a batch of " + batchSize + "; give 1 or more");
        return NormRules.of(architecture, batchSize);
    }

    /// Where the normalization of a residual block belongs: in front of its body for any depth, except where there is none.
    ///
    /// Throws [IllegalArgumentException] if `blocks` < 1.
    public static Advice<Placement> forResidual(int blocks, boolean normalized) {
        if (blocks < 1) throw new IllegalArgumentException("Advice.forResidual: " + blocks + " blocks; give 1 or more");
        if (normalized) {
            return new Advice<>("Residual.preNorm(…)", Placement.PRE,
                "the way along the shortcut stays free of normalizations, so that no warmup is needed to get through "
                    + blocks + " blocks; put one more norm behind the last", "Xiong et al. 2020, arXiv:2002.04745");
        }
        return new Advice<>("Residual.plain(…, Linear.of(n, n, Init.zeros(), rng))", Placement.NONE,
            "without a norm each block doubles the variance, 2^" + blocks + " in all, unless its branch starts at zero: end "
                + "each body in "
                + "zeros, or use reZero, skipInit, fixup or scaled", "De and Smith 2020, arXiv:2002.10444, section 2");
    }

    /// Which bound on gradients.
    public static Advice<Clip> forClip(Architecture architecture, boolean normalized) {
        return switch (architecture) {
            case RECURRENT, TRANSFORMER -> new Advice<>("Clip.globalNorm(1.0)", Clip.globalNorm(1),
                "a safety net that keeps the direction; look at ClipStats: active in more than 90 % of the steps is too tight",
                "Pascanu et al. 2012, arXiv:1211.5063");
            case MLP, CONVOLUTIONAL -> normalized
                ? new Advice<>("Clip.globalNorm(5.0)", Clip.globalNorm(5),
                    "normalized nets seldom need it; 0.5 … 5 is usual, and idle is fine for a safety net",
                    "Pascanu et al. 2012, arXiv:1211.5063")
                : new Advice<>("Clip.adaptive(0.01)", Clip.adaptive(0.01),
                    "without norms the sizes of units drift apart, so each is bounded by its own weights; leave out the last "
                        + "layer",
                    "Brock et al. 2021, arXiv:2102.06171, section 4.1");
        };
    }

    /// How many steps the rate climbs in a line from near zero, of `steps` in all.
    ///
    /// Throws [IllegalArgumentException] if `steps` < 1.
    public static Advice<Integer> forWarmup(Architecture architecture, Placement norm, int steps) {
        if (steps < 1) throw new IllegalArgumentException("Advice.forWarmup: " + steps + " steps; give 1 or more");
        boolean needed = architecture == Architecture.TRANSFORMER && norm == Placement.POST;
        int warmup = Math.max(1, needed ? Math.min(steps / 4, 4000) : Math.min(steps / 20, 2000));
        return needed
            ? new Advice<>("Schedule.warmup(" + warmup + ", …)", warmup,
                "a post-norm transformer does not train without: its last layers' gradients are large at first, and Adam's "
                    + "variance is "
                    + "not yet known", "Xiong et al. 2020, arXiv:2002.04745; Liu et al. 2019, arXiv:1908.03265")
            : new Advice<>("Schedule.warmup(" + warmup + ", …)", warmup,
                "cheap insurance: the first gradients point anywhere, and full steps along them are not taken back",
                "Goyal et al. 2017, arXiv:1706.02677, section 2.2");
    }

    /// What to do about gradients of this verdict, after [keel.nn.health.GradientHealth] or [keel.nn.health.Doctor] gave it.
    public static Advice<Verdict> forVerdict(Verdict verdict) {
        return switch (verdict) {
            case VANISHING, ZERO -> new Advice<>("activation and shortcuts", verdict,
                "the product of the layers' factors is far below 1: replace sigmoid and tanh, start with Advice.forInit, add "
                    + "Residual.preNorm",
                "Glorot and Bengio 2010; He et al. 2015, arXiv:1512.03385");
            case EXPLODING, NON_FINITE -> new Advice<>("init and clipping", verdict,
                "the product of the layers' factors is far above 1: start smaller, normalize, bound the step with "
                    + "Clip.globalNorm(1.0), "
                    + "lower the rate or climb to it by Schedule.warmup", "Pascanu et al. 2012, arXiv:1211.5063");
            default -> new Advice<>("nothing", verdict, "these gradients are as they should be, or were not judged",
                "GradientHealth");
        };
    }

    /// The whole stack for a family: activation, start, norm, shortcut, clip and warmup, in the order of building it.
    ///
    /// Throws [IllegalArgumentException] if a number is below 1.
    public static List<Advice<?>> forStack(Architecture architecture, int blocks, int batchSize, int steps) {
        var activation = forActivation(architecture);
        var placement = forResidual(blocks, true);
        return List.of(activation, forInit(activation.choice()), forNorm(architecture, batchSize), placement,
            forClip(architecture, true), forWarmup(architecture, placement.choice(), steps));
    }

    /// `name: reason (source)`
    @Override
    public String toString() {
        return name + ": " + reason + " (" + source + ")";
    }
}
