package keel.bench.lab;

import static keel.bench.lab.Words.grows;
import static keel.bench.lab.Words.number;
import static keel.bench.lab.Words.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// What a widely read guide to training stability says of these networks, sentence by sentence, and what a run answers. Whether a
/// sentence holds is computed from the readings; nothing is taken from elsewhere.
final class Guide {
    private Guide() {}

    /// A sentence of the guide, in its own words, and how a run answers it: null where it cannot, for want of another run to
    /// compare with.
    private record Claim(String experiment, String quote, BiFunction<Result, Results, Answer> asked) {}

    /// @param run      that was asked
    /// @param quote    the guide's own words
    /// @param holds    whether the measurement agrees
    /// @param measured in words and numbers
    record Answer(Result run, String quote, boolean holds, String measured) {}

    // Some layers in, before the last ones: where the guide looks for early damage.
    private static final int EARLY = 5;

    private static final List<Claim> CLAIMS = List.of(
        new Claim("sigmoid", "In the best possible case … the gradient shrinks by a factor of 0.25 at each layer.",
            (run, _) -> quarter(run)),
        new Claim("sigmoid", "The last few layers show healthy values (maybe 10⁻² to 10⁰). The first few layers show values "
            + "like 10⁻⁹ or smaller.", (run, _) -> fingerprint(run)),
        new Claim("sigmoid-residual", "The early layers receive learning signal. The network actually trains.",
            (run, _) -> answer(isTrained(run), "the gradient of the first layer's weights is "
                + number(run.start().first().weightGradient()) + " at the start; " + accuracy(run))),
        new Claim("sigmoid-huge", "Sigmoid + large random init = saturated neurons = vanishing gradients. Guaranteed.",
            (run, _) -> answer(run.start().backward(Reading::activationGradient) < 1, "the gradient "
                + grows(run.start().backward(Reading::activationGradient)) + " from the last hidden layer to the first")),
        new Claim("relu-tiny", "By layer 5, every neuron outputs approximately the same tiny value and gradients vanish.",
            (run, _) -> collapse(run)),
        new Claim("relu-huge", "By layer 5 of our digit classifier, we're hitting float overflow.",
            (run, _) -> overflow(run)),
        new Claim("relu-huge", "ReLU + large random init = exploding activations = NaN within a few batches.",
            (run, _) -> broken(run)),
        new Claim("relu-xavier", "Activations shrink layer by layer, and by layer 20 of our digit classifier, signals have "
            + "decayed significantly.", (run, _) -> answer(run.start().forward(Reading::rms) < 0.1, "the size of the outputs "
                + grows(run.start().forward(Reading::rms)) + " from the first to the last hidden layer")),
        new Claim("relu-pytorch", "nn.Linear defaults to Kaiming uniform initialization. … For most ReLU networks, the "
            + "defaults are already correct.", (run, _) -> answer(isTrained(run), "what tells digits apart "
                + grows(run.start().forward(Reading::std)) + " from the first to the last hidden layer; " + accuracy(run))),
        new Claim("relu-he", "With He initialization and ReLU, the variance of activations stays constant across depth.",
            (run, _) -> constant(run)),
        new Claim("relu-he", "Check what fraction of activations are exactly zero. If it's consistently above 50% in a "
            + "layer …, you have dying neurons.", (run, _) -> coinFlip(run)),
        new Claim("relu-residual", "Residual connections guarantee gradient flow at any depth.", (run, _) ->
            answer(isTrained(run),
            "the size of the outputs " + grows(run.start().forward(Reading::rms)) + " over the blocks; "
                + (run.brokenLoss() == null ? accuracy(run) : "broke at step " + run.brokenLoss().step()))),
        new Claim("layernorm", "Normalization prevents drift during training.", (run, _) -> drift(run)),
        new Claim("batchnorm", "In a healthy network, this ratio stays within 1–2 orders of magnitude. If it exceeds 100×, "
            + "you have a gradient flow problem.", (run, _) -> ratio(run)),
        new Claim("modern", "He initialization + ReLU/GELU activations + normalization layers + residual connections + "
            + "gradient clipping + learning rate warmup. That's the stack that makes modern deep learning work.",
            (run, _) -> answer(isTrained(run), accuracy(run) + "; clipping was active in " + percent(run.clipped())
                + " of the steps")),
        new Claim("zeros", "After one training step, they're still identical. After a million steps, still identical.",
            (run, _) -> copies(run)),
        new Claim("post-norm", "[Post-LayerNorm] turns out to be unstable for very deep models.",
            (run, _) -> answer(!isTrained(run), accuracy(run))),
        new Claim("post-norm-warmup", "[Warmup is] cheap insurance against early-training instability.",
            (run, all) -> better(run, all.get("post-norm"))),
        new Claim("pre-norm", "[Pre-LayerNorm] is dramatically more stable.",
            (run, all) -> better(run, all.get("post-norm"))));

    /// What the guide says of this run, and what it answers.
    static List<Answer> about(Result run, Results all) {
        var answers = new ArrayList<Answer>();
        for (var claim : CLAIMS) {
            if (!claim.experiment.equals(run.experiment().name())) continue;
            var answer = claim.asked.apply(run, all);
            if (answer != null) answers.add(new Answer(run, claim.quote, answer.holds, answer.measured));
        }
        return answers;
    }

    /// The same of all runs.
    static List<Answer> about(Results all) {
        return all.runs().stream().flatMap(run -> about(run, all).stream()).toList();
    }

    private static Answer answer(boolean holds, String measured) {
        return new Answer(null, null, holds, measured);
    }

    private static Answer quarter(Result run) {
        double all = run.start().backward(Reading::activationGradient);
        double each = run.start().perStage(all);
        return answer(each <= 0.25, "a factor of " + number(each) + " at each layer; in all it " + grows(all));
    }

    private static Answer fingerprint(Result run) {
        double first = run.start().first().weightGradient();
        double last = run.start().last().weightGradient();
        return answer(first < 1e-9 && last > 1e-2, "the gradient of the weights is " + number(first) + " in the first layer and "
            + number(last) + " in the last");
    }

    private static Answer collapse(Result run) {
        double std = run.start().at(EARLY).std();
        double gradient = run.start().first().weightGradient();
        return answer(std < 1e-3 && gradient < 1e-7, "outputs of " + run.start().at(EARLY).stage() + " vary by " + number(std)
            + " from digit to digit; the gradient of the first layer's weights is " + number(gradient));
    }

    private static Answer overflow(Result run) {
        var stages = run.start().stages();
        var infinite = stages.stream().filter(r -> !Double.isFinite(r.rms())).findFirst();
        var early = run.start().at(EARLY);
        return answer(infinite.isPresent() && stages.indexOf(infinite.get()) < EARLY, "the size of the outputs of "
            + early.stage() + " is " + number(early.rms()) + "; before training " + (infinite.isPresent() ? infinite.get().stage()
                + " is the first to overflow" : "no layer overflows, the last reaches " + number(run.start().last().rms())
                + " of the 3.4e38 that floats have"));
    }

    private static Answer broken(Result run) {
        var broken = run.brokenLoss();
        return answer(broken != null && broken.step() <= EARLY, broken == null ? "the loss stays finite"
            : "the first loss that is not finite is that of step " + broken.step() + ", in " + broken.stage());
    }

    private static Answer constant(Result run) {
        double size = run.start().forward(Reading::rms);
        return answer(size > 1.0 / 3 && size < 3, "the size of the outputs " + grows(size) + " from the first to the last "
            + "hidden layer; what tells digits apart in them " + grows(run.start().forward(Reading::std)));
    }

    private static Answer coinFlip(Result run) {
        var hidden = run.start().hidden();
        long above = hidden.stream().filter(r -> r.zeros() > 0.5).count();
        return answer(above == 0 || !isTrained(run), above + " of " + hidden.size() + " layers are above 50 % at the start, "
            + run.start().dead() + " of " + run.start().units() + " units are 0 for every digit; " + accuracy(run));
    }

    private static Answer drift(Result run) {
        var start = run.start().hidden();
        var end = run.end().hidden();
        double largest = 1;
        for (int i = 0; i < start.size(); i++) {
            double change = end.get(i).rms() / start.get(i).rms();
            largest = Math.max(largest, Math.max(change, 1 / change));
        }
        return answer(largest < 2, "the size of no layer's outputs changes more than " + number(largest)
            + "-fold in training; what tells digits apart " + grows(run.start().forward(Reading::std))
            + " from the first to the last hidden layer at the start");
    }

    private static Answer ratio(Result run) {
        var check = run.start().guide();
        return answer(check.ratio() <= GuideCheck.WARNS_ABOVE || !isTrained(run), "the ratio is " + number(check.ratio())
            + " and " + check.vanishing() + " parameters are flagged (a bias in front of a BatchNorm has no gradient); "
            + accuracy(run));
    }

    private static Answer copies(Result run) {
        double difference = run.end().hidden().stream().mapToDouble(Reading::rowDifference).max().orElseThrow();
        return answer(difference == 0, "after " + run.losses().length + " steps the largest difference between two units' "
            + "weights is " + number(difference) + " in all hidden layers; the rank of the first layer's weights is "
            + run.end().first().rank() + ", of the last hidden layer's " + run.end().lastHidden().rank() + ", of "
            + run.setup().width());
    }

    // Better by more than the luck of a few hundred digits.
    private static Answer better(Result run, Result than) {
        if (than == null) return null;
        return answer(run.testAccuracy() > than.testAccuracy() + 0.05,
            accuracy(run) + ", against " + percent(than.testAccuracy()) + " with " + than.experiment().title());
    }

    private static boolean isTrained(Result run) {
        return run.outcome() == Outcome.TRAINED;
    }

    private static String accuracy(Result run) {
        return percent(run.testAccuracy()) + " of the test digits are recognized";
    }
}
