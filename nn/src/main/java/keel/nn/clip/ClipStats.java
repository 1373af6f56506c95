package keel.nn.clip;

/// What a clip did so far.
///
/// @param steps       how often it was applied
/// @param active      how often it changed something
/// @param nonFinite   how often a gradient was NaN or infinite, where that is no error
/// @param norm        common norm of the last gradients, before, of the clip's order
/// @param coefficient share of that norm that was left; 1 where nothing was clipped, 0 where the step was skipped
/// @param cosine      between the last gradients before and after: 1 as long as the direction stays; NaN where there is none
/// @param medianNorm  median of the finite norms of the last 1,000 steps
/// @param largestNorm largest of them
public record ClipStats(
    long steps, long active, long nonFinite, double norm, double coefficient, double cosine, double medianNorm,
    double largestNorm) {
    /// Above this share of active steps the bound sets the step length in place of the rate.
    public static final double TOO_TIGHT = 0.9;

    private static final int ENOUGH_STEPS = 20;

    /// Share of the steps that it changed something in; 0 before the first.
    public double activeShare() {
        return steps == 0 ? 0 : (double) active / steps;
    }

    /// What to make of it, in a sentence.
    public String advice() {
        if (steps < ENOUGH_STEPS) return "too few steps to tell (" + steps + ")";
        var share = "active in " + active + " of " + steps + " steps";
        var norms = "median norm " + (float) medianNorm + ", largest " + (float) largestNorm;
        if (activeShare() > TOO_TIGHT) return "too tight: " + share + ", " + norms + "; raise the bound above the median norm";
        if (active == 0) return "idle: " + share + ", " + norms + "; keep it as a safety net, or lower it to the largest norm";
        return "at work: " + share + ", " + norms;
    }
}
