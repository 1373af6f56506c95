package keel.nn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.nn.internal.Saved;
import keel.nn.train.Report.End;

/// What a run has seen so far: losses, scores, and how long ago the best was.
final class Tally {
    private static final String LOSSES = "losses";
    private static final String SCORES = "scores";
    private static final String SUM = "loss_sum";
    private static final String SAMPLES = "samples";
    private static final String BEST = "best";
    private static final String BASE = "base";
    private static final String BAD = "bad";
    private static final String SCORED = "scored_epoch";
    private static final String PER_EPOCH = "steps_per_epoch";
    private static final long MOST = 1L << 53; // whole numbers that F64 holds

    private final int stepsPerEpoch;
    private List<Double> losses = new ArrayList<>();
    private List<Double> scores = new ArrayList<>();
    private double sum;
    private long samples;
    private double best = Double.NaN;
    private double base = Double.NEGATIVE_INFINITY; // the last score that counted as better
    private long bad;
    private long scoredEpoch = -1;

    Tally(int stepsPerEpoch) {
        this.stepsPerEpoch = stepsPerEpoch;
    }

    void add(double loss, int n) {
        sum += loss * n;
        samples += n;
    }

    /// How many epochs are over.
    int epochs() {
        return losses.size();
    }

    /// The mean loss of the epoch that ends here.
    double endEpoch() {
        double mean = sum / samples;
        losses.add(mean);
        sum = 0;
        samples = 0;
        return mean;
    }

    void score(int epoch, double score, double leastGain) {
        scores.add(score);
        scoredEpoch = epoch;
        if (!(best >= score) && !Double.isNaN(score)) best = score;
        if (score > base + leastGain || base == Double.NEGATIVE_INFINITY && !Double.isNaN(score)) {
            base = score;
            bad = 0;
        } else {
            bad++;
        }
    }

    boolean patienceIsOver(int patience) {
        return bad >= patience;
    }

    double lastScore() {
        return scores.isEmpty() ? Double.NaN : scores.getLast();
    }

    /// The score that the evaluation after this epoch gave; NaN if there was none.
    double scoreOf(int epoch) {
        return scoredEpoch == epoch ? lastScore() : Double.NaN;
    }

    Report report(End end, long steps) {
        return new Report(end, steps, losses, scores, best);
    }

    Map<String, NdArray> state() {
        var y = new LinkedHashMap<String, NdArray>();
        y.put(LOSSES, array(losses));
        y.put(SCORES, array(scores));
        y.put(PER_EPOCH, Saved.number(stepsPerEpoch));
        y.put(SUM, Saved.number(sum));
        y.put(SAMPLES, Saved.number(samples));
        y.put(BEST, Saved.number(best));
        y.put(BASE, Saved.number(base));
        y.put(BAD, Saved.number(bad));
        y.put(SCORED, Saved.number(scoredEpoch));
        return y;
    }

    private static NdArray array(List<Double> x) {
        return NdArray.of(x.stream().mapToDouble(Double::doubleValue).toArray());
    }

    void load(Map<String, NdArray> state) {
        var saved = new Saved("Trainer", state);
        var newLosses = saved.array(LOSSES, DType.F64, 1);
        var newScores = saved.array(SCORES, DType.F64, 1);
        long perEpoch = saved.whole(PER_EPOCH, 0, MOST);
        saved.require(perEpoch == stepsPerEpoch, "an epoch had " + perEpoch + " steps and has " + stepsPerEpoch
            + " now: the data, the batch size or what is accumulated is another");
        double newSum = saved.number(SUM);
        long newSamples = saved.whole(SAMPLES, 0, MOST);
        double newBest = saved.number(BEST);
        double newBase = saved.number(BASE);
        long newBad = saved.whole(BAD, 0, MOST);
        long newScored = saved.whole(SCORED, -1, MOST);
        saved.requireSound();
        losses = list(newLosses);
        scores = list(newScores);
        sum = newSum;
        samples = newSamples;
        best = newBest;
        base = newBase;
        bad = newBad;
        scoredEpoch = newScored;
    }

    private static List<Double> list(NdArray x) {
        var y = new ArrayList<Double>();
        for (double v : x.doubles()) y.add(v);
        return y;
    }
}
