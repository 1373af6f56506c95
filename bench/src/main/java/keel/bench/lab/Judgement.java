package keel.bench.lab;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import keel.nn.data.Digits;
import keel.nn.health.Diagnosis.Finding;
import keel.nn.health.Diagnosis.Problem;

/// What the doctor found in a run, before the first step or else after the last, in the words of a reader.
///
/// @param cause   in a word or two
/// @param finding what shows it
/// @param fix     what to change; empty if nothing needs to
public record Judgement(String cause, String finding, String fix) {
    private static final String SOUND = "sound";
    /// A loss above this share of ln 10 in the end: little was learned.
    private static final double HIGH = 0.5;

    /// What was wrong before the first step comes first, as it is what the rest followed from.
    static Judgement of(Readings start, Readings end, double lastLoss, Breakdown broken) {
        boolean failed = !(lastLoss < HIGH * StrictMath.log(Digits.CLASSES));
        if (!start.doctor().isHealthy()) return judge("", start);
        if (broken != null) {
            return new Judgement("diverged", "sound at the start, not finite at step " + broken.step() + " in "
                + broken.stage() + ": " + broken.how(), "lower the rate, warm it up, or clip the gradients");
        }
        if (failed && !end.doctor().isHealthy()) {
            var late = judge("sound at the start, but after the last step ", end);
            return new Judgement("later: " + late.cause, late.finding,
                "not the start but the steps are to blame: warm the rate up or lower it, or put norms in front of the "
                    + "blocks (Residual.preNorm)");
        }
        var drift = String.format(Locale.ROOT, "over the depth the signal drifts by %+.1f decades, the gradient by %+.1f",
            start.doctor().drift().forward(), start.doctor().drift().backward());
        return failed ? new Judgement("slow", "nothing is wrong: " + drift, "more steps, or another rate")
            : new Judgement(SOUND, drift, "");
    }

    boolean isSound() {
        return cause.equals(SOUND);
    }

    private static Judgement judge(String when, Readings readings) {
        // A loss that is too large is what comes of it where something grows; that comes first.
        var findings = readings.doctor().findings().stream().sorted(Comparator.comparing(f ->
            f.problem() == Problem.LOSS_TOO_LARGE)).toList();
        var evidence = findings.stream().limit(2).map(f -> words(f.problem()) + where(f, readings.stages()) + ": " + f.evidence())
            .collect(Collectors.joining("; also "));
        return new Judgement(words(findings.getFirst().problem()), when + evidence,
            findings.getFirst().fix());
    }

    private static String words(Problem problem) {
        return problem.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    // Paths begin with the number of the stage, from 0.
    private static String where(Finding finding, List<Reading> stages) {
        if (finding.path().isEmpty()) return "";
        int dot = finding.path().indexOf('.');
        int stage = Integer.parseInt(dot < 0 ? finding.path() : finding.path().substring(0, dot));
        return " at " + stages.get(stage).stage();
    }
}
