package keel.nn.health;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.health.Diagnosis.Finding;
import keel.nn.health.Diagnosis.Problem;
import keel.nn.layer.Layer;
import keel.nn.layer.Parameter;

/// The rules of [Doctor], the most telling first.
final class Findings {
    private Findings() {}

    static void collect(List<Finding> findings, Anatomy anatomy, Layer model, Gradients gradients, double loss, double lossLimit,
            ActivationStats stats, SignalDrift drift, GradientHealth health) {
        var broken = stats.firstNonFinite();
        if (broken != null) {
            var evidence = broken.layer() + " is the first to put out NaN or infinity, in " + broken.nonFinite() + " elements";
            findings.add(new Finding(Problem.OUTPUT_NOT_FINITE, broken.path(), evidence, Fixes.signalExplodes(anatomy)));
            return; // everything behind follows from it
        }
        if (health.verdict() == Verdict.NON_FINITE) {
            var bad = health.firstBad();
            var evidence = bad.reason() + ", the first coming back from the loss";
            findings.add(new Finding(Problem.GRADIENT_NOT_FINITE, bad.name(), evidence, health.fix()));
            return;
        }
        for (var p : model.parameters()) {
            if (!areUnitsAlike(p, gradients)) continue;
            var evidence = p.tensor().extent(0) + " units have equal weights and equal gradients";
            findings.add(new Finding(Problem.UNITS_ALIKE, p.name(), evidence, "draw the weights at random: Init.heNormal()"));
            break;
        }
        if (loss > lossLimit) {
            findings.add(new Finding(Problem.LOSS_TOO_LARGE, "", format("the loss is %.3g, above %.3g", loss, lossLimit),
                "initialize smaller, the last layer first, or normalize in front of it"));
        }
        drift(findings, anatomy, drift);
        alike(findings, anatomy, drift);
        if (!health.isHealthy()) {
            var bad = health.firstBad();
            var problem = switch (bad.verdict()) {
                case ZERO -> Problem.GRADIENT_ZERO;
                case VANISHING -> Problem.GRADIENT_VANISHES;
                default -> Problem.GRADIENT_EXPLODES;
            };
            findings.add(new Finding(problem, bad.name(), format("norm %.2e, ", bad.norm()) + bad.reason(), health.fix()));
        }
    }

    private static void drift(List<Finding> findings, Anatomy anatomy, SignalDrift drift) {
        if (drift.points().size() < 2) return;
        var first = drift.points().getFirst();
        var last = drift.points().getLast();
        if (Math.abs(drift.forward()) > SignalDrift.LIMIT) {
            boolean shrinks = drift.forward() < 0;
            var evidence = format("the standard deviation goes from %.2e to %.2e", first.std(), last.std());
            var problem = shrinks ? Problem.SIGNAL_VANISHES : Problem.SIGNAL_EXPLODES;
            var fix = shrinks ? Fixes.signalVanishes(anatomy) : Fixes.signalExplodes(anatomy);
            findings.add(new Finding(problem, drift.forwardBreak().path(), evidence, fix));
        }
        if (Math.abs(drift.backward()) > SignalDrift.LIMIT) {
            boolean shrinks = drift.backward() < 0;
            var evidence = format("the gradient goes from %.2e back to %.2e", last.gradientNorm(), first.gradientNorm());
            var problem = shrinks ? Problem.GRADIENT_VANISHES : Problem.GRADIENT_EXPLODES;
            var fix = shrinks ? Fixes.gradientVanishes(anatomy) : Fixes.gradientExplodes(anatomy);
            findings.add(new Finding(problem, drift.backwardBreak().path(), evidence, fix));
        }
    }

    // Where the signal vanishes this follows, and is not said again.
    private static void alike(List<Finding> findings, Anatomy anatomy, SignalDrift drift) {
        var alike = drift.alike();
        if (alike == null || findings.stream().anyMatch(finding -> finding.problem() == Problem.SIGNAL_VANISHES)) return;
        var evidence = format("only %.2g of the mean square differs between samples", alike.distinct());
        findings.add(new Finding(Problem.SAMPLES_ALIKE, alike.path(), evidence, Fixes.samplesAlike(anatomy)));
    }

    // Equal rows in the weight and in its gradient: equal they stay. Rows of zeros that get different gradients (a last layer of
    // zeros) are fine.
    private static boolean areUnitsAlike(Parameter p, Gradients gradients) {
        return p.tensor().rank() >= 2 && p.tensor().extent(0) > 1 && gradients.has(p.tensor()) && areRowsEqual(p.value())
            && areRowsEqual(gradients.of(p.tensor()));
    }

    private static boolean areRowsEqual(NdArray x) {
        int n = x.extent(0);
        var values = x.toDoubles();
        int width = values.length / n;
        for (int i = 1; i < n; i++) {
            if (!Arrays.equals(values, 0, width, values, i * width, (i + 1) * width)) return false;
        }
        return width > 0;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
