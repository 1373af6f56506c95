package keel.nn.report;

import java.util.ArrayList;
import java.util.List;

/// Maps values to [0, 1], linearly or by the logarithm, and says where the ticks are. `low` and `high` are ticks' values.
record Axis(String label, boolean isLog, double low, double high, List<Double> ticks) {
    // Beyond this, spans and tick steps could overflow; larger values are drawn on the edge.
    private static final double LARGEST = 1e300;

    /// The axis that holds all finite values (the positive ones, if logarithmic) and has about `wanted` ticks.
    static Axis over(String label, boolean log, Iterable<double[]> data, int wanted) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (var values : data) {
            for (double value : values) {
                if (!Double.isFinite(value) || log && value <= 0) continue;
                double drawn = Math.clamp(value, log ? 1 / LARGEST : -LARGEST, LARGEST);
                low = Math.min(low, drawn);
                high = Math.max(high, drawn);
            }
        }
        if (low > high) {
            low = log ? 1 : 0;
            high = log ? 10 : 1;
        }
        return log ? logarithmic(label, low, high, wanted) : linear(label, low, high, wanted);
    }

    private static Axis linear(String label, double low, double high, int wanted) {
        if (low == high) {
            double pad = low == 0 ? 1 : Math.abs(low) / 2;
            low -= pad;
            high += pad;
        }
        double rough = (high - low) / wanted;
        double decade = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(rough)));
        double step = decade * (rough / decade <= 1 ? 1 : rough / decade <= 2 ? 2 : rough / decade <= 5 ? 5 : 10);
        long first = (long) StrictMath.floor(low / step + 1e-9);
        long last = (long) StrictMath.ceil(high / step - 1e-9);
        var ticks = new ArrayList<Double>();
        for (long i = first; i <= last; i++) ticks.add(i * step);
        return new Axis(label, false, first * step, last * step, ticks);
    }

    // Whole decades; where the data spans less than one, 1, 2 and 5 as well.
    private static Axis logarithmic(String label, double low, double high, int wanted) {
        int first = (int) StrictMath.floor(StrictMath.log10(low) + 1e-9);
        int last = Math.max(first + 1, (int) StrictMath.ceil(StrictMath.log10(high) - 1e-9));
        int every = Math.max(1, Math.ceilDiv(last - first, wanted));
        last = first + Math.ceilDiv(last - first, every) * every;
        var ticks = new ArrayList<Double>();
        for (int e = first; e <= last; e += every) {
            ticks.add(decade(e));
            if (last - first == 1 && e == first) ticks.addAll(List.of(2 * decade(e), 5 * decade(e)));
        }
        return new Axis(label, true, decade(first), decade(last), ticks);
    }

    // Parsed, so that 1e-7 is the double nearest to it and prints so.
    private static double decade(int e) {
        return Double.parseDouble("1e" + Math.clamp(e, -323, 308));
    }

    /// Where `value` lies between `low` (0) and `high` (1); outside values are drawn on the edge, NaN stays NaN.
    double at(double value) {
        if (isLog && value <= 0) return 0;
        return Math.clamp((scaled(value) - scaled(low)) / (scaled(high) - scaled(low)), 0.0, 1.0);
    }

    private double scaled(double value) {
        return isLog ? StrictMath.log10(value) : value;
    }

    /// What stands beside the axis.
    String title() {
        return isLog ? label + " (log scale)" : label;
    }
}
