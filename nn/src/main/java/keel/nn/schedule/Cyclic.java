package keel.nn.schedule;

/// Up and down between two rates, without an end: `low + (high − low)·height·scale`, where `height` climbs from 0 to 1 in `up`
/// steps and falls back in `down` steps. PyTorch's `CyclicLR` (Smith 2015, arXiv:1506.01186, section 3).
///
/// ```java
/// var rate = Cyclic.of(0.001, 0.006, 2000).halving();
/// var momentum = rate.momentum(0.8, 0.9);
/// ```
///
/// @param low   lower rate, ≥ 0
/// @param high  rate at the first top, ≥ 0
/// @param up    steps of a climb, ≥ 1
/// @param down  steps of a fall, ≥ 1
/// @param shape what becomes of the tops
/// @param gamma base of [Shape#EXPONENTIAL], ≥ 0
public record Cyclic(double low, double high, int up, int down, Shape shape, double gamma) implements Schedule {
    /// How the height of later cycles is scaled.
    public enum Shape {
        /// Not at all: 1. PyTorch's `triangular`.
        TRIANGULAR,
        /// By ½ each cycle: `2^−cycle`, cycles counted from 0. PyTorch's `triangular2`.
        HALVING,
        /// By `gamma^step`. PyTorch's `exp_range`.
        EXPONENTIAL
    }

    /// Throws [IllegalArgumentException] for a rate or gamma below 0 or not finite, or a climb or fall of no steps.
    public Cyclic {
        Curves.requireRate("Cyclic", "low", low);
        Curves.requireRate("Cyclic", "high", high);
        Curves.requireRate("Cyclic", "gamma", gamma);
        if (up < 1 || down < 1) {
            throw new IllegalArgumentException("Cyclic: " + up + " steps up and " + down + " down; give 1 or more of each");
        }
    }

    /// Equal triangles of `up` steps each way (PyTorch's default is 2,000).
    public static Cyclic of(double low, double high, int up) {
        return new Cyclic(low, high, up, up, Shape.TRIANGULAR, 1);
    }

    /// The same with falls of this many steps.
    public Cyclic down(int down) {
        return new Cyclic(low, high, up, down, shape, gamma);
    }

    /// The same with every cycle half as high as the one before.
    public Cyclic halving() {
        return new Cyclic(low, high, up, down, Shape.HALVING, 1);
    }

    /// The same with heights scaled by `gamma^step`.
    public Cyclic exponential(double gamma) {
        return new Cyclic(low, high, up, down, Shape.EXPONENTIAL, gamma);
    }

    @Override
    public double at(int step) {
        Curves.requireStep(step);
        return low + (high - low) * height(step);
    }

    /// The momentum that goes the other way, from `high` down to `low` while the rate climbs (PyTorch's defaults are 0.8 and
    /// 0.9).
    ///
    /// Throws [IllegalArgumentException] if one is below 0 or not finite.
    public Schedule momentum(double low, double high) {
        Curves.requireRate("Cyclic.momentum", "low", low);
        Curves.requireRate("Cyclic.momentum", "high", high);
        return new Named(this + ".momentum(" + low + ", " + high + ")", ENDLESS, step -> high - (high - low) * height(step));
    }

    private double height(int step) {
        long cycle = step / ((long) up + down);
        long at = step % ((long) up + down);
        double height = at <= up ? (double) at / up : (double) ((long) up + down - at) / down;
        return switch (shape) {
            case TRIANGULAR -> height;
            case HALVING -> height * StrictMath.pow(2, -cycle);
            case EXPONENTIAL -> height * StrictMath.pow(gamma, step);
        };
    }
}
