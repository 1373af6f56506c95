package keel.nn.optim;

import keel.array.NdArray;

/// Search along a line for a point whose loss is low and whose slope is flat enough: bracket such a point, then narrow the
/// bracket down by cubic interpolation. Nocedal and Wright 2006, "Numerical Optimization", algorithms 3.5 and 3.6, as PyTorch has
/// them.
final class StrongWolfe {
    private static final double DECREASE = 1e-4;
    private static final double FLATTENING = 0.9;
    private static final double LEAST_GROWTH = 0.01;
    private static final double MOST_GROWTH = 10;
    /// A new point keeps at least this share of the bracket as its distance from the ends.
    private static final double MARGIN = 0.1;

    /// A point of the line: where, and loss, gradient, and slope along the line there.
    record Point(double t, double loss, NdArray gradient, double slope) {}

    /// Computes loss and gradient.
    @FunctionalInterface
    interface Line {
        Point at(double t);
    }

    private final Line line;
    private final Point start;
    private final int most;
    private final double unit;
    private final double closest;
    private final Point[] ends = new Point[2];
    private int evaluations;

    /// `most` tries after the first; the search ends where the ends of the bracket, in this unit, are less than `closest` apart.
    StrongWolfe(Line line, Point start, int most, double unit, double closest) {
        this.line = line;
        this.start = start;
        this.most = most;
        this.unit = unit;
        this.closest = closest;
    }

    /// How often the loss was computed.
    int evaluations() {
        return evaluations;
    }

    /// The point found, beginning with a step of `t`.
    Point search(double t) {
        var found = bracket(t);
        return found != null ? found : narrow();
    }

    private Point at(double t) {
        evaluations++;
        return line.at(t);
    }

    private boolean decreases(Point point) {
        return !(point.loss > start.loss + DECREASE * point.t * start.slope);
    }

    private boolean isFlat(Point point) {
        return Math.abs(point.slope) <= -FLATTENING * start.slope;
    }

    // A point that will do, or null and a bracket around one. The first evaluation is not counted as a try.
    private Point bracket(double t) {
        var before = start;
        var now = at(t);
        for (int tries = 0; tries < most; tries++) {
            if (!decreases(now) || tries > 1 && now.loss >= before.loss) return bracket(before, now);
            if (isFlat(now)) return now;
            if (now.slope >= 0) return bracket(before, now);
            double next = cubic(before, now, now.t + LEAST_GROWTH * (now.t - before.t), now.t * MOST_GROWTH);
            before = now;
            now = at(next);
        }
        return start.loss <= now.loss ? start : now;
    }

    private Point bracket(Point first, Point second) {
        ends[0] = first;
        ends[1] = second;
        return null;
    }

    private Point narrow() {
        boolean tooNear = false;
        int low = lower();
        while (evaluations <= most && !(Math.abs(ends[1].t - ends[0].t) * unit < closest)) {
            double from = Math.min(ends[0].t, ends[1].t);
            double to = Math.max(ends[0].t, ends[1].t);
            double t = cubic(ends[0], ends[1], from, to);
            double margin = MARGIN * (to - from);
            if (Math.min(to - t, t - from) < margin) {
                boolean move = tooNear || t >= to || t <= from;
                if (move) t = Math.abs(t - to) < Math.abs(t - from) ? to - margin : from + margin;
                tooNear = !move;
            } else {
                tooNear = false;
            }
            var now = at(t);
            int high = 1 - low;
            if (!decreases(now) || now.loss >= ends[low].loss) {
                ends[high] = now;
                low = lower();
            } else {
                if (isFlat(now)) return now;
                if (now.slope * (ends[high].t - ends[low].t) >= 0) ends[high] = ends[low];
                ends[low] = now;
            }
        }
        return ends[low];
    }

    private int lower() {
        return ends[0].loss <= ends[1].loss ? 0 : 1;
    }

    /// Minimum of the cubic through two points and slopes, within bounds; their middle where it has none.
    private static double cubic(Point a, Point b, double from, double to) {
        if (a.t > b.t) return cubic(b, a, from, to);
        double d = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
        double square = d * d - a.slope * b.slope;
        if (!(square >= 0)) return (from + to) / 2;
        double root = Math.sqrt(square);
        double t = b.t - (b.t - a.t) * ((b.slope + root - d) / (b.slope - a.slope + 2 * root));
        return Math.min(Math.max(t, from), to);
    }
}
