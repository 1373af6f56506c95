package keel.bench.lab;

import java.util.Arrays;

/// What one experiment did: every number in the reports is one of these or computed from them.
///
/// @param experiment      what was run
/// @param setup           at which size
/// @param losses          of each step's batch; the last is the one that was not finite, where the run broke
/// @param gradientNorms   norm of all gradients of each step together, before clipping
/// @param clipped         share of the steps in which clipping was active
/// @param start           readings before the first step
/// @param end             readings after the last step
/// @param trainAccuracy   share of the training digits that are recognized in the end
/// @param testAccuracy    the same of digits never trained on
/// @param brokenLoss      the first loss that was not finite, or null
/// @param brokenGradient  the first gradients that were not finite, or null
/// @param judgement       what the doctor makes of it
public record Result(
    Experiment experiment, Setup setup, double[] losses, double[] gradientNorms, double clipped, Readings start,
    Readings end, double trainAccuracy, double testAccuracy, Breakdown brokenLoss, Breakdown brokenGradient,
    Judgement judgement) {
    // Losses of single batches jump; the mean of the last ones says where a run ended.
    private static final int LAST = 20;

    /// Loss of the first batch.
    double firstLoss() {
        return losses[0];
    }

    /// Mean loss of the last 20 batches; NaN or infinite where the run broke.
    double lastLoss() {
        return lastLoss(losses);
    }

    static double lastLoss(double... losses) {
        return Arrays.stream(losses, Math.max(0, losses.length - LAST), losses.length).average().orElseThrow();
    }

    /// How it ended.
    Outcome outcome() {
        return Outcome.of(this);
    }
}
