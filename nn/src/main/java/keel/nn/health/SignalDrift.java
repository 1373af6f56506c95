package keel.nn.health;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import keel.nn.layer.Activation;
import keel.nn.layer.Linear;

/// How far the signal and its gradient grow or shrink over the depth of a model, in decades.
///
/// Looked at are outputs of one kind: those of the residual blocks, or where there are none those of the activations outside of
/// other blocks, or where there are none those of the linear layers but the last. The signal is the standard deviation over the
/// samples, a feature by itself, averaged over the features; the gradient is the norm of ∂loss/∂output.
///
/// @param points   in the order of the forward pass
/// @param forward  log₁₀ of last over first standard deviation: below 0 the signal shrinks on its way, −∞ where nothing is left
/// of it
/// @param backward log₁₀ of first over last gradient norm: below 0 the gradient shrinks on its way back
public record SignalDrift(List<Point> points, double forward, double backward) {
    /// A model that drifts farther than this, either way, is unlikely to train (in decades).
    public static final double LIMIT = 1.5;
    /// Where less than this share of the mean square differs between samples, they all look alike to the layers behind.
    public static final double ALIKE = 1e-3;

    /// What one layer puts out.
    ///
    /// @param path         of the layer
    /// @param layer        as it prints itself
    /// @param std          of the features, averaged
    /// @param distinct     share of the mean square that differs between samples, see [ActivationStats.Stat#distinct]
    /// @param gradientNorm of the loss by this output
    public record Point(String path, String layer, double std, double distinct, double gradientNorm) {}

    /// Keeps its own copy of the list.
    public SignalDrift {
        points = List.copyOf(points);
    }

    static SignalDrift of(List<Point> points) {
        if (points.size() < 2) return new SignalDrift(points, 0, 0);
        return new SignalDrift(points, decades(points.getFirst().std, points.getLast().std),
            decades(points.getLast().gradientNorm, points.getFirst().gradientNorm));
    }

    private static double decades(double from, double to) {
        // Both zero: nothing was there to drift, and nothing is there, which is as bad as it gets.
        return from == 0 && to == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log10(to / from);
    }

    /// The larger of both drifts, without its sign; ∞ if a number on the way is not finite.
    public double decades() {
        double decades = Math.max(Math.abs(forward), Math.abs(backward));
        return Double.isNaN(decades) ? Double.POSITIVE_INFINITY : decades;
    }

    /// Whether it drifts farther than [#LIMIT].
    public boolean isBad() {
        return decades() > LIMIT;
    }

    /// The first point at which the signal has drifted farther than [#LIMIT] from the first one; null if it never has.
    public Point forwardBreak() {
        return points.stream().filter(p -> isFar(decades(points.getFirst().std, p.std))).findFirst().orElse(null);
    }

    /// The first point, coming back from the loss, at which the gradient has drifted farther than [#LIMIT] from the last one;
    /// null if it never has.
    public Point backwardBreak() {
        return points.reversed().stream().filter(p -> isFar(decades(points.getLast().gradientNorm, p.gradientNorm)))
            .findFirst().orElse(null);
    }

    /// The first point at which less than [#ALIKE] of the mean square differs between samples; null if there is none.
    public Point alike() {
        return points.stream().filter(p -> p.distinct < ALIKE).findFirst().orElse(null);
    }

    private static boolean isFar(double decades) {
        return !(Math.abs(decades) <= LIMIT);
    }

    /// The paths of the layers whose outputs are comparable, in the order of `paths`.
    static List<String> comparable(Anatomy anatomy, List<String> paths) {
        var blocks = paths.stream().filter(path -> path.equals(anatomy.block(path))).toList();
        if (blocks.size() >= 2) return blocks;
        var trunk = paths.stream().filter(path -> anatomy.block(path) == null).toList();
        var activations = trunk.stream().filter(path -> anatomy.layers().get(path) instanceof Activation).toList();
        if (activations.size() >= 2) return activations;
        var linear = trunk.stream().filter(path -> anatomy.layers().get(path) instanceof Linear).toList();
        return linear.subList(0, Math.max(0, linear.size() - 1));
    }

    /// Both drifts, and a table of the points.
    @Override
    public String toString() {
        int width = Math.max(5, points.stream().mapToInt(p -> p.path.length()).max().orElse(0));
        var head = "signal drift: forward %+.2f decades, backward %+.2f decades (limit %.1f)\n%-" + width + "s  %9s  %8s  %9s";
        var row = "\n%-" + width + "s  %9.2e  %7.2f%%  %9.2e  %s";
        return String.format(Locale.ROOT, head, forward, backward, LIMIT, "layer", "std", "distinct", "gradient")
            + points.stream().map(p -> String.format(Locale.ROOT, row, p.path, p.std, 100 * p.distinct, p.gradientNorm, p.layer))
                .collect(Collectors.joining());
    }
}
