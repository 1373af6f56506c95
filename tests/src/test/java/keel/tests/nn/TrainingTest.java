package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.kernel.Parallel;
import keel.nn.clip.Clip;
import keel.nn.data.Batch;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.health.GradientHealth;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.residual.Residual;
import keel.nn.schedule.Schedule;
import org.junit.jupiter.api.Test;

/// The loop a user writes, with the parts of every package in it.
class TrainingTest {
    private static final Digits DIGITS = Digits.split(1);

    /// What a run leaves behind.
    private record Run(Layer model, float[] losses, GradientHealth health) {}

    private static Run modernRecipe(int blocks, int steps) {
        var rng = new SplittableRandom(42);
        Layer model = Sequential.of(
            Linear.of(64, 32, Init.heNormal(), rng),
            Sequential.repeat(blocks, () -> Residual.preNorm(LayerNorm.of(32),
                Linear.of(32, 32, Init.heNormal(), rng), Activation.gelu(), Linear.of(32, 32, Init.zeros(), rng))),
            Linear.of(32, 10, Init.xavierNormal(), rng));
        var batches = Batches.of(DIGITS.train(), 64, rng);
        var optimizer = AdamW.defaults().weightDecay(0.01).over(model.parameters());
        var rate = Schedule.warmup(steps / 10, 3e-3).then(Schedule.cosine(3e-3, 1e-5, steps - steps / 10));
        var clip = Clip.globalNorm(1.0);
        var losses = new float[steps];
        GradientHealth health = null;
        for (int step = 0; step < steps; step++) {
            Batch batch = batches.next();
            Tensor loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(rng)), batch.labels());
            Gradients grads = loss.backward();
            optimizer.step(clip.apply(grads), rate.at(step));
            losses[step] = (float) loss.item();
            if (step % 50 == 0) health = GradientHealth.of(model, grads);
        }
        assertEquals(steps, clip.stats().steps());
        return new Run(model, losses, health);
    }

    private static double accuracy(Layer model) {
        var test = DIGITS.test().batch();
        var guesses = model.forward(test.x()).value().argmax(1).ints();
        int right = 0;
        for (int i = 0; i < guesses.length; i++) if (guesses[i] == test.labels().ints()[i]) right++;
        return (double) right / guesses.length;
    }

    @Test
    void theModernRecipeLearnsTheDigits() {
        var run = modernRecipe(6, 200);
        assertTrue(run.losses[0] > 1.5 && run.losses[199] < 0.3, run.losses[0] + " → " + run.losses[199]);
        assertTrue(accuracy(run.model) > 0.9, "test accuracy " + accuracy(run.model));
        assertTrue(run.health.isHealthy(), run.health.toString());
    }

    @Test
    void sameSeedSameBitsOnOneAndFourThreads() {
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            var one = modernRecipe(2, 30);
            Parallel.setThreads(4);
            var four = modernRecipe(2, 30);
            assertArrayEquals(one.losses, four.losses, 0f);
            for (var p : one.model.parameters()) {
                assertArrayEquals(p.value().toFloats(), four.model.parameters().get(p.name()).value().toFloats(), 0f, p.name());
            }
        } finally {
            Parallel.setThreads(before);
        }
    }
}
