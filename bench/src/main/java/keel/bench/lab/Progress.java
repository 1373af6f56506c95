package keel.bench.lab;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Says on standard error how far the lab is: a bar on a terminal, a line for each experiment anywhere else.
interface Progress extends AutoCloseable {
    void stepped(Experiment experiment, int step);

    void finished(Result result);

    @Override
    void close();

    static Progress of(int experiments, int steps, PrintWriter err) {
        var console = System.console();
        return console != null && console.isTerminal() ? new Bar(experiments, steps) : new Lines(experiments, err);
    }

    /// One bar for all steps of all experiments.
    final class Bar implements Progress {
        private final int steps;
        private final ProgressBar bar;

        Bar(int experiments, int steps) {
            this.steps = steps;
            bar = new ProgressBarBuilder().setTaskName("training").setInitialMax((long) experiments * steps).setUnit(" steps", 1)
                .setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish().build();
        }

        @Override
        public void stepped(Experiment experiment, int step) {
            bar.step();
            bar.setExtraMessage(experiment.name());
        }

        @Override
        public void finished(Result result) {
            bar.stepBy(steps - result.losses().length); // those that a broken run did not take
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /// One line when an experiment is over.
    final class Lines implements Progress {
        private final int experiments;
        private final PrintWriter err;
        private int done;

        Lines(int experiments, PrintWriter err) {
            this.experiments = experiments;
            this.err = err;
        }

        @Override
        public void stepped(Experiment experiment, int step) {}

        @Override
        public synchronized void finished(Result result) {
            done++;
            err.println("lab: " + done + " of " + experiments + ", " + result.experiment().name() + ": "
                + result.outcome().verb);
            err.flush();
        }

        @Override
        public void close() {}
    }
}
