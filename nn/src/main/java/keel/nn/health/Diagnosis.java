package keel.nn.health;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What [Doctor] found.
///
/// @param loss        of the batch
/// @param activations of every layer, in the order they ran
/// @param drift       of the signal over the depth
/// @param gradients   of every parameter
/// @param findings    what is wrong, the most telling first; empty if nothing is
public record Diagnosis(
    double loss, List<ActivationStats.Stat> activations, SignalDrift drift, GradientHealth gradients, List<Finding> findings) {
    /// A classifier that starts with a loss above this many times ln(classes), what knowing nothing costs, and that normalizes
    /// nowhere, is unlikely to train.
    public static final double LOSS_LIMIT = 5;

    /// What can be wrong.
    public enum Problem {
        /// A layer puts out NaN or infinity.
        OUTPUT_NOT_FINITE,
        /// A gradient is NaN or infinite, though the outputs are not.
        GRADIENT_NOT_FINITE,
        /// All units of a layer have the same weights and the same gradients: they stay copies of one.
        UNITS_ALIKE,
        /// The first loss is far above that of knowing nothing.
        LOSS_TOO_LARGE,
        /// The signal gets lost on the way forward.
        SIGNAL_VANISHES,
        /// The signal grows on the way forward.
        SIGNAL_EXPLODES,
        /// The signal is there, but all samples look alike.
        SAMPLES_ALIKE,
        /// The gradient gets lost on the way back.
        GRADIENT_VANISHES,
        /// The gradient grows on the way back.
        GRADIENT_EXPLODES,
        /// No gradient arrives at a parameter.
        GRADIENT_ZERO
    }

    /// One thing that is wrong: where it begins, what shows it, what to change.
    public record Finding(Problem problem, String path, String evidence, String fix) {
        /// All of it in one line.
        @Override
        public String toString() {
            return problem + " at " + (path.isEmpty() ? "the output" : path) + ": " + evidence + "; " + fix;
        }
    }

    /// Keeps its own copies of the lists.
    public Diagnosis {
        activations = List.copyOf(activations);
        findings = List.copyOf(findings);
    }

    /// Whether nothing was found.
    public boolean isHealthy() {
        return findings.isEmpty();
    }

    /// The most telling finding in a line, or that there is none.
    public String verdict() {
        if (!isHealthy()) return findings.getFirst().toString();
        return String.format(Locale.ROOT, "healthy: loss %.3f, signal drift %.2f decades", loss, drift.decades());
    }

    /// The verdict, the other findings, and how far the signal drifts.
    @Override
    public String toString() {
        var rest = findings.stream().skip(1).map(finding -> "\nalso: " + finding).collect(Collectors.joining());
        return verdict() + rest + "\n" + drift;
    }
}
