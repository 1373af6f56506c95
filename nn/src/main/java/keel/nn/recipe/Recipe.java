package keel.nn.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import keel.nn.clip.Clip;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Parameters;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.optim.Optimizer;
import keel.nn.schedule.Schedule;

/// A stack of parts that make deep nets train, of which each can be replaced or taken out: start, activation, normalization,
/// shortcuts, optimizer, clip and warmup.
///
/// ```java
/// var run = Recipe.modern().build(64, 10, 1000, rng);       // model, optimizer, clip and rate for 1,000 steps
/// for (int step = 0; step < 1000; step++) run.step(step, batches.next(), rng);
/// ```
///
/// Any model can have the rest of the stack: `Recipe.modern().over(model, 1000)`. [#ablations] has it without each of its parts
/// in turn, to see what that part was for; [Advice] says why each was chosen.
///
/// The net has `depth` blocks of `width` features between a first and a last linear layer. With shortcuts a block is
/// `x + Linear₀(φ(Linear(norm(x))))`, its last weights start at zero, and one more norm follows the last block; without
/// shortcuts it is `φ(norm(Linear(φ(norm(Linear(x))))))`; without norm the norms are left out.
///
/// @param depth      blocks, of two linear layers each, ≥ 0
/// @param width      features of each, ≥ 1
/// @param activation φ
/// @param init       how weights start, by activation
/// @param norm       makes a norm of so many features; null: none
/// @param shortcuts  whether blocks have them
/// @param optimizer  made for the parameters
/// @param clip       made for a run; [Clip#none] is none
/// @param warmup     share of the steps in which the rate climbs, from 0 to below 1
/// @param rate       highest rate, > 0
/// @param lowest     rate at the end of half a cosine, ≥ 0
public record Recipe(
    int depth, int width, Activation activation, Function<Activation, Init> init, IntFunction<Layer> norm, boolean shortcuts,
    Function<Parameters, Optimizer> optimizer, Supplier<Clip> clip, double warmup, double rate, double lowest) {
    /// Throws [IllegalArgumentException] for a number outside of its range.
    public Recipe {
        if (depth < 0 || width < 1) {
            throw new IllegalArgumentException("Recipe: " + depth + " blocks of " + width + " features; give 0 blocks or "
                + "more, of 1 or "
                + "more");
        }
        if (!(warmup >= 0 && warmup < 1)) {
            throw new IllegalArgumentException("Recipe: warmup is " + warmup + "; give a share from 0 to below 1");
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY && lowest >= 0 && lowest <= rate)) {
            throw new IllegalArgumentException("Recipe: the rate is " + rate + " and falls to " + lowest
                + "; give a finite rate above 0, and one from 0 to that");
        }
    }

    /// 10 pre-norm blocks of 64 features, so 20 hidden layers: gelu, started with its own gain; LayerNorm; shortcuts; AdamW
    /// with a weight decay of 0.01; a global norm of at most 1; a rate that climbs to 3e-3 over the first tenth of the steps
    /// and falls to 1e-5 along half a cosine.
    public static Recipe modern() {
        return new Recipe(10, 64, Activation.gelu(), a -> Advice.forInit(a).choice(), LayerNorm::of, true,
            AdamW.defaults().weightDecay(0.01)::over, () -> Clip.globalNorm(1), 0.1, 3e-3, 1e-5);
    }

    /// With so many blocks.
    public Recipe depth(int depth) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// With blocks of so many features.
    public Recipe width(int width) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// With another activation; weights start by the advice for it, unless [#init(Init)] chose otherwise.
    public Recipe activation(Activation activation) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// With weights that start so.
    public Recipe init(Init init) {
        return new Recipe(depth, width, activation, _ -> init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// With norms made by this function of the number of features: `RMSNorm::of`.
    public Recipe norm(IntFunction<Layer> norm) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// Without norms.
    public Recipe withoutNorm() {
        return norm(null);
    }

    /// Without shortcuts.
    public Recipe withoutShortcuts() {
        return new Recipe(depth, width, activation, init, norm, false, optimizer, clip, warmup, rate, lowest);
    }

    /// With an optimizer made by this function: `SGD.defaults().momentum(0.9)::over`.
    public Recipe optimizer(Function<Parameters, Optimizer> optimizer) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// With a clip made by this function for each run: `() -> Clip.adaptive(0.01)`.
    public Recipe clip(Supplier<Clip> clip) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// Without a clip.
    public Recipe withoutClip() {
        return clip(Clip::none);
    }

    /// With a climb over this share of the steps; 0 begins at the full rate.
    public Recipe warmup(double warmup) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// Without warmup.
    public Recipe withoutWarmup() {
        return warmup(0);
    }

    /// With this highest rate, and a three-hundredth of it at the end.
    public Recipe rate(double rate) {
        return rate(rate, rate / 300);
    }

    /// With this highest rate, and this one at the end.
    public Recipe rate(double rate, double lowest) {
        return new Recipe(depth, width, activation, init, norm, shortcuts, optimizer, clip, warmup, rate, lowest);
    }

    /// This recipe without each of its parts in turn, by the name of the part: PyTorch's start for `init`, sigmoid for
    /// `activation`, and without `norm`, `shortcuts`, `clip` and `warmup`.
    public Map<String, Recipe> ablations() {
        var y = new LinkedHashMap<String, Recipe>();
        y.put("init", init(Init.pytorchDefault()));
        y.put("activation", activation(Activation.sigmoid()));
        y.put("norm", withoutNorm());
        y.put("shortcuts", withoutShortcuts());
        y.put("clip", withoutClip());
        y.put("warmup", withoutWarmup());
        return y;
    }

    /// The net: `(…, in) → (…, out)`.
    ///
    /// Throws [IllegalArgumentException] if `in` or `out` is below 1.
    public Layer model(int in, int out, RandomGenerator random) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException("Recipe.model: " + in + " inputs and " + out + " outputs; give 1 or more of both");
        }
        return new Stack(this, random).model(in, out);
    }

    /// The net, and what trains it for so many steps.
    ///
    /// Throws [IllegalArgumentException] if a number is below 1.
    public Run build(int in, int out, int steps, RandomGenerator random) {
        return over(model(in, out, random), steps);
    }

    /// Optimizer, clip and rate for another model.
    ///
    /// Throws [IllegalArgumentException] if `steps` < 1, or if the model has no parameters.
    public Run over(Layer model, int steps) {
        return new Run(model, optimizer.apply(model.parameters()), clip.get(), schedule(steps));
    }

    /// The rate over so many steps.
    ///
    /// Throws [IllegalArgumentException] if `steps` < 1.
    public Schedule schedule(int steps) {
        if (steps < 1) throw new IllegalArgumentException("Recipe.schedule: " + steps + " steps; give 1 or more");
        int climb = Math.min((int) Math.rint(warmup * steps), steps - 1);
        var fall = Schedule.cosine(rate, lowest, steps - climb);
        return climb == 0 ? fall : Schedule.warmup(climb, rate).then(fall);
    }
}
