package keel.bench.lab;

import keel.nn.health.GradientHealth;

/// What the guide's own health check says of the same gradients: the norm of each parameter's, biases and weights alike, flagged
/// below 1e-7 and above 1e3, and the ratio of the largest to the smallest, with a warning above 100.
///
/// @param ratio     largest norm over smallest norm + 1e-12
/// @param vanishing parameters flagged as vanishing
/// @param exploding parameters flagged as exploding
public record GuideCheck(double ratio, int vanishing, int exploding) {
    /// Its threshold for the ratio.
    static final double WARNS_ABOVE = 100;
    private static final double FLOOR = 1e-12;

    static GuideCheck of(GradientHealth health) {
        double largest = Double.NaN;
        double smallest = Double.NaN;
        int vanishing = 0;
        int exploding = 0;
        for (var entry : health.entries()) {
            double norm = entry.norm();
            if (norm < GradientHealth.SMALLEST_NORM) vanishing++;
            if (norm > GradientHealth.LARGEST_NORM) exploding++;
            // As Python's max and min: a later NaN compares false and is not seen.
            largest = Double.isNaN(largest) || norm > largest ? norm : largest;
            smallest = Double.isNaN(smallest) || norm < smallest ? norm : smallest;
        }
        return new GuideCheck(largest / (smallest + FLOOR), vanishing, exploding);
    }

    /// Whether it reports a gradient flow problem.
    boolean warns() {
        return ratio > WARNS_ABOVE || vanishing > 0 || exploding > 0;
    }
}
