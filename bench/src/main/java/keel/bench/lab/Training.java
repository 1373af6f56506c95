package keel.bench.lab;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.data.Batch;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.data.Digits;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;

/// The one training loop of the lab: every experiment goes through these lines.
final class Training {
    /// How many training digits the instruments look at.
    static final int PROBE = 512;

    private final Experiment experiment;
    private final Setup setup;
    private final Digits digits;

    private Training(Experiment experiment, Setup setup, Digits digits) {
        this.experiment = experiment;
        this.setup = setup;
        this.digits = digits;
    }

    /// @param digits  as [#digits] gives them
    /// @param stepped is told of every step that is over
    static Result run(Experiment experiment, Setup setup, Digits digits, IntConsumer stepped) {
        return new Training(experiment, setup, digits).run(stepped);
    }

    /// The digits, split by the seed; pixels have mean 0 and variance 1 over the training set.
    static Digits digits(Setup setup) {
        var digits = Digits.split(setup.seed());
        var pixels = digits.train().x().toDoubles();
        double mean = Arrays.stream(pixels).sum() / pixels.length;
        double variance = Arrays.stream(pixels).map(p -> (p - mean) * (p - mean)).sum() / pixels.length;
        return new Digits(standardized(digits.train(), mean, Math.sqrt(variance)),
            standardized(digits.test(), mean, Math.sqrt(variance)));
    }

    private static Dataset standardized(Dataset data, double mean, double std) {
        return new Dataset(data.x().sub(mean).mul(1 / std), data.labels());
    }

    private Result run(IntConsumer stepped) {
        var parts = experiment.parts();
        // Each draws from a stream of its own, so that all experiments see the same batches whatever their weights draw.
        var random = new SplittableRandom(setup.seed());
        var batches = Batches.of(digits.train(), setup.batch(), random.split()).dropLast();
        var model = Network.of(parts, setup, random.split());
        var pass = Pass.training(random.split());
        var optimizer = parts.optimizer(model.parameters());
        var schedule = parts.schedule(setup.steps());
        var clip = parts.clipper();

        var probe = digits.train().first(PROBE);
        var start = Instruments.read(model, probe, experiment.hasBlocks());
        var losses = new double[setup.steps()];
        var norms = new double[setup.steps()];
        Breakdown brokenLoss = null;
        Breakdown brokenGradient = null;
        int step = 0;
        while (step < setup.steps() && brokenLoss == null) {
            Batch batch = batches.next();
            Tensor loss = Loss.crossEntropy(model.forward(batch.x(), pass), batch.labels());
            losses[step] = loss.item();
            if (Double.isFinite(loss.item())) {
                Gradients gradients = loss.backward();
                optimizer.step(clip.apply(gradients), schedule.at(step));
                norms[step] = clip.stats().norm();
                if (!Double.isFinite(norms[step]) && brokenGradient == null) {
                    brokenGradient = Breakdown.ofGradients(step, model, gradients, experiment.hasBlocks());
                }
            } else {
                norms[step] = Double.NaN;
                brokenLoss = Breakdown.ofLoss(step, model, batch, pass, experiment.hasBlocks());
            }
            stepped.accept(++step);
        }
        losses = Arrays.copyOf(losses, step);
        var end = Instruments.read(model, probe, experiment.hasBlocks());
        var judgement = Judgement.of(start, end, Result.lastLoss(losses), brokenLoss);
        return new Result(experiment, setup, losses, Arrays.copyOf(norms, step), clip.stats().activeShare(), start, end,
            accuracy(model, digits.train()), accuracy(model, digits.test()), brokenLoss, brokenGradient, judgement);
    }

    private static double accuracy(Sequential model, Dataset data) {
        var guesses = model.forward(Tensor.of(data.x())).value().argmax(1).ints();
        var labels = data.labels().ints();
        int right = 0;
        for (int i = 0; i < labels.length; i++) if (guesses[i] == labels[i]) right++;
        return (double) right / labels.length;
    }
}
