package keel.tests.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.Rng;
import keel.nn.clip.Clip;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.data.Digits;
import keel.nn.init.Init;
import keel.nn.io.Checkpoints;
import keel.nn.io.Weights;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.optim.Ema;
import keel.nn.optim.SGD;
import keel.nn.schedule.Plateau;
import keel.nn.schedule.Schedule;
import keel.nn.train.Listener;
import keel.nn.train.Metric;
import keel.nn.train.Moment;
import keel.nn.train.Objective;
import keel.nn.train.Progress;
import keel.nn.train.Report;
import keel.nn.train.Report.End;
import keel.nn.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Digits DIGITS = Digits.split(1);

    @TempDir
    Path folder;

    static Layer net(int width) {
        var random = new SplittableRandom(3);
        return Sequential.of(Linear.of(64, width, Init.heNormal(), random), Activation.relu(), Dropout.of(0.1),
            Linear.of(width, 10, Init.heNormal(), random));
    }

    /// A trainer with everything that must be saved.
    private Trainer everything(Layer model, Path saves) {
        var y = Trainer.of(model, AdamW.defaults().over(model.parameters()), Objective.crossEntropy()).epochs(3).accumulate(2)
            .seed(7).rate(Plateau.defaults().maximizing().patience(0).relative(0.5).factor(0.5).from(3e-3))
                .clip(Clip.zClip(2.5, 0.9, 5))
            .average(Ema.defaults().decay(0.9).over(model.parameters())).evaluate(DIGITS.test().first(100), Metric.accuracy());
        return saves == null ? y : y.saves(Checkpoints.in(saves)).saveEvery(4);
    }

    private static Batches batches(Dataset data) {
        return Batches.seeded(data, 20, 3).augmented((x, random) -> x.add(NdArray.normal(DType.F32, x.shape(), 0, 0.1,
            random))).prefetch(2);
    }

    private static Listener stopAt(long step) {
        return new Listener() {
            @Override
            public boolean step(Moment m) {
                return m.step() != step;
            }
        };
    }

    @Test
    void learnsTheDigits() {
        var model = net(32);
        var steps = new ArrayList<Long>();
        var report = Trainer.of(model, AdamW.defaults().over(model.parameters()), Objective.crossEntropy()).epochs(6).seed(1)
            .rate(Schedule.warmup(20, 5e-3).then(Schedule.cosine(5e-3, 1e-4, 250))).clip(Clip.globalNorm(1))
            .evaluate(DIGITS.test(), Metric.accuracy()).evaluateEvery(4).listen(new Listener() {
                @Override
                public boolean step(Moment m) {
                    steps.add(m.step());
                    return true;
                }
            }).run(Batches.seeded(DIGITS.train(), 32, 1).prefetch(2));
        assertEquals(End.FINISHED, report.end());
        assertEquals(6 * 46, report.steps());
        assertEquals(6 * 46, steps.getLast());
        assertEquals(6, report.losses().size());
        assertEquals(2, report.scores().size()); // after the fourth epoch and the last
        assertTrue(report.best() > 0.93, "accuracy " + report.best());
        assertEquals(report.best(), Metric.accuracy().of(model, DIGITS.test()), 0.02);
        assertTrue(Metric.negative(Objective.crossEntropy()).of(model, DIGITS.test()) > -0.3);
    }

    @Test
    void fitsTargetsBySquaredErrors() {
        var x = NdArray.normal(DType.F32, Shape.of(64, 3), 0, 1, new SplittableRandom(5));
        var line = Linear.of(3, 1, Init.zeros(), new SplittableRandom(6));
        var targets = x.matmul(NdArray.of(Shape.of(3, 1), new float[] {1, -2, 0.5f})).add(0.25);
        Trainer.of(line, AdamW.defaults().weightDecay(0).over(line.parameters()), Objective.meanSquaredError()).epochs(30).seed(1)
            .rate(Schedule.constant(0.05)).run(Batches.seeded(new Dataset(x, targets), 16, 1));
        assertArrayEquals(new float[] {1, -2, 0.5f}, line.weight().value().toFloats(), 0.02f);
        assertArrayEquals(new float[] {0.25f}, line.bias().value().toFloats(), 0.02f);
    }

    /// The loop that a trainer stands for, with its random numbers.
    @Test
    void hasTheBitsOfTheLoopThatAUserWouldWrite() {
        var data = DIGITS.train().first(100);
        var model = net(8);
        var report = Trainer.of(model, SGD.defaults().momentum(0.9).over(model.parameters()), Objective.crossEntropy()).epochs(2)
            .seed(9).rate(step -> 0.1 / (1 + step)).run(Batches.seeded(data, 32, 4).prefetch(3));
        var other = net(8);
        var optimizer = SGD.defaults().momentum(0.9).over(other.parameters());
        int step = 0;
        var batches = Batches.seeded(data, 32, 4);
        for (int epoch = 0; epoch < 2; epoch++) {
            for (var batch : batches.epoch()) {
                var loss = Loss.crossEntropy(other.forward(batch.x(), Pass.training(Rng.at(9, step))), batch.labels());
                optimizer.step(loss.backward(), 0.1 / (1 + step++));
            }
        }
        assertEquals(8, report.steps());
        assertArrayEquals(Weights.toSafetensors(other).bytes(), Weights.toSafetensors(model).bytes());
    }

    /// Results that are given up after each step, and those of an objective that may keep them: layers with state, batches in
    /// parts.
    @Test
    void resultsThatAreForgottenChangeNoBit() {
        var kept = new ArrayList<Tensor>();
        var outputs = new ArrayList<Tensor>();
        Objective keeps = (model, batch, pass) -> {
            outputs.add(model.forward(batch.x(), pass));
            kept.add(Loss.crossEntropy(outputs.getLast(), batch.labels()));
            return kept.getLast();
        };
        for (int parts = 1; parts <= 2; parts++) {
            var weights = new ArrayList<byte[]>();
            var reports = new ArrayList<Report>();
            var losses = new ArrayList<List<Float>>();
            for (var objective : List.of(Objective.crossEntropy(), keeps, keeps.forgetting())) {
                kept.clear();
                outputs.clear();
                var random = new SplittableRandom(3);
                var model = Sequential.of(Linear.of(64, 48, Init.heNormal(), random), BatchNorm.of(48), Activation.gelu(),
                    Dropout.of(0.1), LayerNorm.of(48), Linear.of(48, 10, Init.heNormal(), random));
                reports.add(Trainer.of(model, AdamW.defaults().over(model.parameters()), objective).epochs(3).accumulate(parts)
                    .seed(7).clip(Clip.globalNorm(1)).run(batches(DIGITS.train().first(230))));
                weights.add(Weights.toSafetensors(model).bytes());
                losses.add(kept.stream().map(loss -> (float) loss.item()).toList());
                if (objective == keeps) outputs.forEach(y -> assertTrue(Double.isFinite(y.value().sum().item())));
            }
            for (int i = 1; i < 3; i++) {
                assertArrayEquals(weights.getFirst(), weights.get(i));
                assertEquals(reports.getFirst(), reports.get(i));
            }
            assertEquals(36, losses.get(1).size());
            assertEquals(losses.get(1), losses.get(2)); // a loss stays readable
            for (var y : outputs) assertThrows(IllegalStateException.class, () -> y.value().toFloats());
        }
    }

    @Test
    void aStoppedRunGoesOnWithTheSameBits() {
        var data = DIGITS.train().first(230);
        var whole = net(8);
        var wanted = everything(whole, null).run(batches(data));
        assertEquals(18, wanted.steps());
        for (int stop : new int[] {1, 9, 17}) {
            var saves = folder.resolve("stopped at " + stop);
            var first = everything(net(8), saves).listen(stopAt(stop)).run(batches(data));
            assertEquals(End.STOPPED, first.end());
            assertEquals(stop, first.steps());
            var model = net(8);
            var report = everything(model, saves).run(batches(data));
            assertEquals(wanted, report, "stopped at " + stop);
            assertArrayEquals(Weights.toSafetensors(whole).bytes(), Weights.toSafetensors(model).bytes());
        }
        var e = assertThrows(IllegalArgumentException.class, () -> everything(net(8), folder.resolve("stopped at 1"))
            .accumulate(1).run(batches(data)));
        assertTrue(e.getMessage().contains("an epoch had 6 steps and has 12 now"), e.getMessage());
    }

    @Test
    void anInterruptedThreadSavesAndStaysInterrupted() {
        var data = DIGITS.train().first(100);
        var saves = folder.resolve("interrupted");
        var report = everything(net(8), saves).listen(new Listener() {
            @Override
            public boolean step(Moment m) {
                if (m.step() == 2) Thread.currentThread().interrupt();
                return true;
            }
        }).run(batches(data));
        assertTrue(Thread.interrupted());
        assertEquals(End.STOPPED, report.end());
        assertEquals(2, report.steps());
        assertTrue(Files.exists(saves.resolve("step-000000000002.safetensors")));
        assertEquals(End.FINISHED, everything(net(8), saves).run(batches(data)).end());
    }

    @Test
    void accumulatedBatchesHaveTheGradientOfOneLargeBatch() {
        var data = new Dataset(NdArray.normal(DType.F64, Shape.of(50, 4), 0, 1, new SplittableRandom(1)), labels(50));
        var weights = new ArrayList<double[]>();
        for (int parts : new int[] {1, 4}) {
            var model = Linear.of(DType.F64, 4, 3, Init.heNormal(), new SplittableRandom(2));
            var report = Trainer.of(model, SGD.defaults().momentum(0.9).over(model.parameters()), Objective.crossEntropy())
                .epochs(2)
                .accumulate(parts).rate(_ -> 0.5).run(Batches.seeded(data, 32 / parts, 1));
            assertEquals(4, report.steps()); // 32 and 18 samples, of which the last small batch has two
            weights.add(model.weight().value().doubles());
        }
        assertArrayEquals(weights.get(0), weights.get(1), 1e-14);
    }

    @Test
    void learnsALineBySquaredErrors() {
        var x = NdArray.linspace(DType.F32, -1, 1, 40).reshape(40, 1);
        var data = new Dataset(x, x.mul(3).add(0.5));
        var model = Linear.of(1, 1, Init.zeros(), new SplittableRandom(1));
        Trainer.of(model, SGD.defaults().over(model.parameters()),
            Objective.meanSquaredError()).epochs(60).rate(Schedule.constant(0.2))
            .run(Batches.seeded(data, 10, 1).dropLast());
        assertEquals(3, model.weight().value().item(), 1e-3);
        assertEquals(0.5, model.bias().value().item(), 1e-3);
        assertEquals(0, Metric.negative(Objective.meanSquaredError()).of(model, data), 1e-5);
    }

    private static NdArray labels(int n) {
        var y = new int[n];
        for (int i = 0; i < n; i++) y[i] = i * i % 3;
        return NdArray.of(y);
    }

    @Test
    void endsWhenTheScoreGetsNoBetterWithTheBestModel() {
        var model = net(8);
        var scores = new double[] {0.1, 0.5, 0.505, 0.4, 0.9};
        var at = new AtomicInteger();
        var after = new ArrayList<byte[]>();
        var report = Trainer.of(model, SGD.defaults().over(model.parameters()), Objective.crossEntropy()).epochs(10)
            .evaluate(DIGITS.test(), (m, _) -> {
                after.add(Weights.toSafetensors(m).bytes());
                return scores[at.getAndIncrement()];
            }).patience(2).leastGain(0.01).saves(Checkpoints.in(folder.resolve("best")).keep(1)).endWithBest()
                .run(Batches.seeded(DIGITS.train().first(64), 32, 1));
        assertEquals(new Report(End.NO_BETTER, 8, report.losses(), List.of(0.1, 0.5, 0.505, 0.4), 0.505), report);
        assertArrayEquals(after.get(2), Weights.toSafetensors(model).bytes());
        var again = net(8); // the end is part of what is saved
        assertEquals(report, Trainer.of(again, SGD.defaults().over(again.parameters()), Objective.crossEntropy()).epochs(10)
            .evaluate(DIGITS.test(), (_, _) -> 1).patience(2).saves(Checkpoints.in(folder.resolve("best")).keep(1))
                .run(Batches.seeded(DIGITS.train().first(64), 32, 1)));
    }

    @Test
    void wrongOptionsAndALossThatIsNoNumberAreSaid() {
        var model = net(8);
        var t = Trainer.of(model, SGD.defaults().over(model.parameters()), Objective.crossEntropy());
        var data = Batches.seeded(DIGITS.train().first(10), 10, 1);
        assertEquals("Trainer: epochs is 0; give 1 or more", message(() -> t.epochs(0)));
        assertEquals("Trainer: leastGain is NaN; give 0 or more", message(() -> t.leastGain(Double.NaN)));
        assertEquals("Trainer.run: patience needs scores; say what to evaluate", message(() -> t.patience(1).run(data)));
        assertEquals("Trainer.run: endWithBest needs scores and saves; give both", message(() -> t.endWithBest().run(data)));
        assertEquals("Trainer.run: a rate that falls by the score needs scores; say what to evaluate",
            message(() -> t.rate(Plateau.defaults().from(1)).run(data)));
        var drawn = Batches.of(DIGITS.train(), 10, Rng.of(1));
        assertEquals("Batches.state: the order is not drawn by a seed, so a batch is no function of its place; use "
            + "Batches.seeded",
            assertThrows(IllegalStateException.class, () -> t.saves(Checkpoints.in(folder.resolve("drawn"))).run(drawn))
                .getMessage());
        var e = assertThrows(IllegalStateException.class, () -> t.rate(Schedule.constant(1e30)).epochs(9).run(data));
        assertTrue(e.getMessage().matches("Trainer.run: the loss of step [0-9]+ is (NaN|Infinity); lower the rate, add a "
            + "clip or warmup, "
            + "or find the cause with Anomaly"), e.getMessage());
        var failing = Trainer.of(model, SGD.defaults().over(model.parameters()), (_, _, _) -> {
            throw new IllegalArgumentException("mine");
        });
        assertEquals("mine", message(() -> failing.run(data)));
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void progressIsOneLineOnATerminalAndPlainLinesElsewhere() {
        for (boolean terminal : new boolean[] {false, true}) {
            var text = new ByteArrayOutputStream();
            var clock = new AtomicLong();
            var progress = Progress.to(new PrintStream(text, true, StandardCharsets.UTF_8), terminal,
                () -> clock.addAndGet(500_000_000L));
            progress.step(new Moment(0, 2, 1, 40, 32, 2.5, 0.1, Double.NaN));
            progress.step(new Moment(0, 2, 2, 40, 32, 2.25, 0.1, Double.NaN));
            progress.epoch(new Moment(0, 2, 3, 40, 32, 2.125, 0.1, 0.75));
            progress.end(new Report(End.STOPPED, 3, List.of(), List.of(), 0.75));
            var lines = "epoch 1/2  step 3/40  loss 2.1250  score 0.7500  32 samples/s  0:19 left\nstopped after 3 steps\n";
            var first = "epoch 1/2  step 1/40  loss 2.5000";
            var second = "epoch 1/2  step 2/40  loss 2.2500  64 samples/s  0:19 left";
            assertEquals(terminal ? "\r" + first + "\r" + second + "\r" + " ".repeat(second.length()) + "\r" + lines : lines,
                text.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
        }
    }
}
