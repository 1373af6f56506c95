package keel.nn.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import keel.autograd.Gradients;
import keel.nn.layer.Layer;

/// The health check of the guide "gradient norms alone", with its own thresholds: the norm of each gradient and the ratio of the
/// largest to the smallest.
///
/// For those who know it; it is blind to NaN, flags biases in front of a batch normalization, and mixes kinds. [GradientHealth]
/// is not and does not.
///
/// @param norms by name, in the order of the model
public record GuideCheck(Map<String, Double> norms) {
    /// Keeps its own copy, in the same order.
    public GuideCheck {
        norms = Collections.unmodifiableMap(new LinkedHashMap<>(norms));
    }

    /// The norms of all parameters of `model` that have a gradient.
    public static GuideCheck of(Layer model, Gradients gradients) {
        var norms = new LinkedHashMap<String, Double>();
        for (var p : model.parameters()) {
            if (gradients.has(p.tensor())) norms.put(p.name(), GuideLayout.norm(gradients.of(p.tensor())));
        }
        return new GuideCheck(norms);
    }

    /// [Verdict#VANISHING] below 1e-7, [Verdict#EXPLODING] above 1e3, otherwise [Verdict#HEALTHY]; so is NaN, which compares
    /// false.
    ///
    /// Throws [IllegalArgumentException] if there is no norm of this name.
    public Verdict verdict(String name) {
        var norm = norms.get(name);
        if (norm == null) {
            throw new IllegalArgumentException("GuideCheck.verdict: there is no \"" + name + "\"; there are "
                + String.join(", ", norms.keySet()));
        }
        return norm < GradientHealth.SMALLEST_NORM ? Verdict.VANISHING
            : norm > GradientHealth.LARGEST_NORM ? Verdict.EXPLODING : Verdict.HEALTHY;
    }

    /// `max/(min + 1e-12)`: above 100 the guide warns. NaN if there are no norms.
    public double ratio() {
        return extreme(1) / (extreme(-1) + 1e-12);
    }

    // Python's max (sign 1) and min (sign −1): the first element stays until one compares beyond it, so a NaN counts only if it
    // comes first.
    private double extreme(int sign) {
        if (norms.isEmpty()) return Double.NaN;
        double extreme = norms.values().iterator().next();
        for (double norm : norms.values()) if (sign * norm > sign * extreme) extreme = norm;
        return extreme;
    }

    /// The guide's own print layout: a line `{name:<40s} {norm:>12.2e}{flag}` each, then the ratio; empty if there are no norms.
    @Override
    public String toString() {
        return GuideLayout.text(this);
    }
}
