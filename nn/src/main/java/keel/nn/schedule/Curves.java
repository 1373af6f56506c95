package keel.nn.schedule;

/// What several schedules are made of.
final class Curves {
    private Curves() {}

    /// `to + (from − to)·(1 + cos(π·step/steps))/2`
    static double halfCosine(double from, double to, int step, int steps) {
        return to + (from - to) * (1 + StrictMath.cos(StrictMath.PI * step / steps)) / 2;
    }

    /// A straight line at the share `x` of its way.
    static double line(double from, double to, double x) {
        return from + (to - from) * x;
    }

    /// Half a cosine at the share `x` of its way.
    static double halfCosine(double from, double to, double x) {
        return to + (from - to) * (1 + StrictMath.cos(StrictMath.PI * x)) / 2;
    }

    /// Half cosines of `first`, `first·growth`, `first·growth²` … steps.
    static double restarted(double from, double to, int first, int growth, int step) {
        if (growth == 1) return halfCosine(from, to, step % first, first);
        long at = step;
        long steps = first;
        for (; at >= steps; steps *= growth) at -= steps;
        return halfCosine(from, to, (double) at / steps);
    }

    static void requireStep(int step) {
        if (step < 0) throw new IllegalArgumentException("Schedule.at: step is " + step + "; steps count from 0");
    }

    static void requireRate(String schedule, String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(schedule + ": " + what + " is " + value + "; give a finite number of 0 or more");
        }
    }
}
