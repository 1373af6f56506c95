package keel.nn.schedule;

/// The options of a rate that falls when a metric stops getting better: `Plateau.defaults().patience(3).from(0.1)`. PyTorch's
/// `ReduceLROnPlateau`.
///
/// @param maximize  whether larger metrics are better
/// @param factor    what the rate is multiplied by, from 0 to below 1
/// @param patience  how many metrics in a row may be no better, ≥ 0
/// @param threshold how much better a metric must be to count, ≥ 0
/// @param relative  whether the threshold is a share of the best metric
/// @param cooldown  how many metrics are not counted after a fall, ≥ 0
/// @param least     the rate does not fall below this, ≥ 0
/// @param eps       a fall by no more than this does not happen, ≥ 0
public record Plateau(
    boolean maximize, double factor, int patience, double threshold, boolean relative, int cooldown, double least, double eps) {
    /// Throws [IllegalArgumentException] for a number outside of its range.
    public Plateau {
        if (!(factor >= 0 && factor < 1)) {
            throw new IllegalArgumentException("Plateau: factor is " + factor + "; give a number from 0 to below 1");
        }
        Curves.requireRate("Plateau", "threshold", threshold);
        Curves.requireRate("Plateau", "least", least);
        Curves.requireRate("Plateau", "eps", eps);
        if (patience < 0 || cooldown < 0) {
            throw new IllegalArgumentException("Plateau: patience is " + patience + " and cooldown " + cooldown
                + "; give 0 or more");
        }
    }

    /// Smaller is better by a share of 1e-4; after 10 metrics that are no better the rate falls to a tenth: PyTorch's defaults.
    public static Plateau defaults() {
        return new Plateau(false, 0.1, 10, 1e-4, true, 0, 0, 1e-8);
    }

    /// The same for a metric of which more is better, such as an accuracy.
    public Plateau maximizing() {
        return new Plateau(true, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another factor.
    public Plateau factor(double factor) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another patience.
    public Plateau patience(int patience) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with a threshold that is a share of the best metric.
    public Plateau relative(double threshold) {
        return new Plateau(maximize, factor, patience, threshold, true, cooldown, least, eps);
    }

    /// The same with a threshold in the unit of the metric.
    public Plateau absolute(double threshold) {
        return new Plateau(maximize, factor, patience, threshold, false, cooldown, least, eps);
    }

    /// The same with another cooldown.
    public Plateau cooldown(int cooldown) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another least rate.
    public Plateau least(double least) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another smallest fall.
    public Plateau eps(double eps) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// A rate with these options that starts at `rate` ≥ 0.
    public PlateauRate from(double rate) {
        Curves.requireRate("Plateau.from", "rate", rate);
        return new PlateauRate(this, rate);
    }

    boolean isBetter(double metric, double best) {
        double bound = maximize ? 1 + threshold : 1 - threshold;
        if (relative) bound *= best;
        else bound = maximize ? best + threshold : best - threshold;
        return maximize ? metric > bound : metric < bound;
    }
}
