package keel.nn.health;

import java.util.List;

/// What to change in a model for each thing that can be wrong with it, in a sentence.
final class Fixes {
    private static final String NO_SIGMOID = "replace sigmoid by relu or gelu with Init.heNormal(), or add Residual.preNorm";
    private static final String LARGER = "initialize larger (Init.heNormal() for relu, heNormal(activation.gain()) for others)";
    private static final String SMALLER = "initialize smaller (Init.heNormal() for relu, xavierNormal() for tanh)";
    private static final String BARE_RESIDUAL =
        "residual blocks without normalization double the variance each: use Residual.preNorm, or end every body in Init.zeros()";

    private Fixes() {}

    static String of(List<GradientHealth.Entry> entries, Anatomy anatomy) {
        var worst = entries.stream().map(GradientHealth.Entry::verdict).max(Verdict::compareTo).orElse(Verdict.HEALTHY);
        return switch (worst) {
            case HEALTHY, EXCLUDED, ABSENT -> "";
            case VANISHING -> gradientVanishes(anatomy);
            case ZERO -> "units are dead or weights all zero: use Init.heNormal(), or lower the rate if they died later";
            case EXPLODING -> gradientExplodes(anatomy);
            case NON_FINITE -> nearestToTheLoss(entries) == Verdict.NON_FINITE
                ? "it begins at the loss, so the forward pass broke: Doctor.examine names the layer"
                : "lower the rate, and bound the step: Clip.globalNorm(1.0)";
        };
    }

    private static Verdict nearestToTheLoss(List<GradientHealth.Entry> entries) {
        return entries.stream().map(GradientHealth.Entry::verdict).filter(v -> v != Verdict.ABSENT).toList().getLast();
    }

    static String gradientVanishes(Anatomy anatomy) {
        if (anatomy.hasActivation("sigmoid")) return NO_SIGMOID;
        if (anatomy.hasActivation("tanh")) return "replace tanh by relu or gelu with Init.heNormal(), or add Residual.preNorm";
        return LARGER + ", and add Residual.preNorm";
    }

    static String gradientExplodes(Anatomy anatomy) {
        if (anatomy.hasBareResidual()) return BARE_RESIDUAL;
        return SMALLER + ", normalize, and bound the step: Clip.globalNorm(1.0)";
    }

    static String signalVanishes(Anatomy anatomy) {
        return anatomy.hasActivation("sigmoid") ? NO_SIGMOID : LARGER + ", or add LayerNorm or BatchNorm";
    }

    static String samplesAlike(Anatomy anatomy) {
        if (anatomy.hasActivation("sigmoid")) return NO_SIGMOID;
        return "add BatchNorm, or Residual.preNorm with bodies that end in Init.zeros()";
    }

    static String signalExplodes(Anatomy anatomy) {
        return anatomy.hasBareResidual() ? BARE_RESIDUAL : SMALLER + ", or add LayerNorm or BatchNorm";
    }
}
