package keel.nn.train;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.Rng;
import keel.nn.data.Batch;
import keel.nn.data.Batches;
import keel.nn.io.Checkpoint;
import keel.nn.layer.Pass;
import keel.nn.train.Report.End;

/// One run of a trainer. Everything that decides how it goes on is in the parts of its checkpoint and the number of the step.
final class Run {
    private final Trainer t;
    private final Batches batches;
    private final Tally tally;
    private final Checkpoint checkpoint;
    private final int stepsPerEpoch;
    private long step;
    private boolean listenersGoOn = true;

    Run(Trainer trainer, Batches batches) {
        t = trainer;
        this.batches = batches;
        stepsPerEpoch = Math.ceilDiv(batches.perEpoch(), t.accumulate);
        tally = new Tally(stepsPerEpoch);
        checkpoint = t.checkpoint().with("batches", batches::state, batches::load).with("run", tally::state, tally::load);
    }

    private long steps() {
        return (long) t.epochs * stepsPerEpoch;
    }

    Report run() {
        try (var interrupt = new Interrupt(t.saves != null)) {
            if (t.saves != null) t.saves.resume(checkpoint).ifPresent(r -> step = r.step());
            var end = epochs(interrupt);
            var report = tally.report(end, step);
            if (t.endsWithBest && end != End.STOPPED && Files.exists(t.saves.best())) checkpoint.load(t.saves.best());
            t.listeners.forEach(l -> l.end(report)); // before the process may end
            return report;
        }
    }

    private End epochs(Interrupt interrupt) {
        while (tally.epochs() < t.epochs) {
            if (tally.patienceIsOver(t.patience)) return End.NO_BETTER;
            int epoch = tally.epochs();
            var from = batches.epoch().iterator();
            while (from.hasNext()) {
                var moment = step(from, epoch);
                boolean isLast = !from.hasNext();
                if (isLast) endOfEpoch(moment);
                boolean isStopped = !listenersGoOn || interrupt.isAsked();
                if (t.saves != null && (isLast || isStopped || step % t.saveEvery == 0)) {
                    t.saves.save(checkpoint, step, isLast ? tally.scoreOf(epoch) : Double.NaN);
                }
                if (isStopped && tally.epochs() < t.epochs) return End.STOPPED;
            }
        }
        return tally.patienceIsOver(t.patience) ? End.NO_BETTER : End.FINISHED;
    }

    // ---- a step

    private Moment step(Iterator<Batch> from, int epoch) {
        var parts = new ArrayList<Batch>();
        while (parts.size() < t.accumulate && from.hasNext()) parts.add(from.next());
        int samples = parts.stream().mapToInt(Batch::size).sum();
        var pass = Pass.training(Rng.at(t.seed, step));
        Gradients gradients = null;
        double loss = 0;
        for (var batch : parts) {
            var one = t.objective.of(t.model, batch, pass);
            double share = (double) batch.size() / samples;
            loss += parts.size() == 1 ? one.item() : one.value().mul(share).item();
            if (t.clip == null && !Double.isFinite(loss)) throw notFinite(loss);
            var walk = Backward.from(one).seed(Tensor.of(NdArray.full(one.dtype(), one.shape(), share)));
            if (t.objective.forgets()) walk.releaseGraph();
            var g = walk.run();
            gradients = gradients == null ? g : gradients.plus(g);
        }
        double rate = t.plateau != null ? t.plateau.rate() : t.schedule == null ? t.optimizer.rate()
            : t.schedule.at((int) Math.min(step, Integer.MAX_VALUE));
        if (t.clip != null) gradients = t.clip.apply(gradients);
        t.optimizer.step(gradients, rate);
        gradients.release();
        if (t.average != null) t.average.update();
        step++;
        tally.add(loss, samples);
        var moment = moment(epoch, samples, loss, rate);
        for (var l : t.listeners) listenersGoOn &= l.step(moment);
        return moment;
    }

    private IllegalStateException notFinite(double loss) {
        return new IllegalStateException("Trainer.run: the loss of step " + step + " is " + loss
            + "; lower the rate, add a clip or warmup, or find the cause with Anomaly");
    }

    private Moment moment(int epoch, int samples, double loss, double rate) {
        return new Moment(epoch, t.epochs, step, steps(), samples, loss, rate, tally.lastScore());
    }

    // ---- an epoch

    private void endOfEpoch(Moment last) {
        double loss = tally.endEpoch();
        int epoch = last.epoch();
        if (t.metric != null && ((epoch + 1) % t.evaluateEvery == 0 || epoch + 1 == t.epochs)) {
            double score = score();
            tally.score(epoch, score, t.leastGain);
            if (t.plateau != null) t.plateau.observe(score);
        }
        var moment = moment(epoch, last.samples(), loss, last.rate());
        t.listeners.forEach(l -> l.epoch(moment));
    }

    private double score() {
        if (t.average == null) return t.metric.of(t.model, t.held);
        try (var _ = t.average.applied()) {
            return t.metric.of(t.model, t.held);
        }
    }

}
