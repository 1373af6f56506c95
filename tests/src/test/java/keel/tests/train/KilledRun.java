package keel.tests.train;

import java.nio.file.Path;
import keel.nn.clip.Clip;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.io.Checkpoints;
import keel.nn.io.Weights;
import keel.nn.layer.Layer;
import keel.nn.optim.AdamW;
import keel.nn.train.Listener;
import keel.nn.train.Metric;
import keel.nn.train.Moment;
import keel.nn.train.Objective;
import keel.nn.train.Report;
import keel.nn.train.Trainer;

/// A program of its own that trains, says where it is, and saves itself: to be killed, and started again.
public final class KilledRun {
    private KilledRun() {}

    /// Arguments: the folder of checkpoints, milliseconds to wait after each step (below 0: exit after the first), and where to
    /// write the weights at the end.
    public static void main(String... args) {
        var model = TrainerTest.net(8);
        long pause = Long.parseLong(args[1]);
        var report = run(model, Path.of(args[0]), new Listener() {
            @Override
            public boolean step(Moment m) {
                System.out.println("step " + m.step());
                if (pause < 0) System.exit(3);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return true;
            }

            @Override
            public void end(Report report) {
                System.out.println(report.end() + " " + report.steps());
            }
        });
        if (report.end() == Report.End.FINISHED) Weights.save(model, Path.of(args[2]));
    }

    static Report run(Layer model, Path saves, Listener listener) {
        var digits = Digits.split(1);
        var trainer = Trainer.of(model, AdamW.defaults().over(model.parameters()), Objective.crossEntropy()).epochs(3).seed(7)
            .rate(_ -> 3e-3).clip(Clip.globalNorm(1)).evaluate(digits.test().first(50), Metric.accuracy()).listen(listener);
        return (saves == null ? trainer : trainer.saves(Checkpoints.in(saves)).saveEvery(3)).run(Batches.seeded(digits.train()
            .first(200), 20, 5).prefetch(2));
    }
}
