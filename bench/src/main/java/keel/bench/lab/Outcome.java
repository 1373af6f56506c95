package keel.bench.lab;

import keel.nn.data.Digits;

/// How a run ended, by its test accuracy.
public enum Outcome {
    /// The loss was not a number any more.
    BROKE("broke", "broke"),
    /// Not clearly better than guessing.
    STUCK("stuck", "got stuck"),
    /// On the way, but not there when the steps were over.
    PARTLY("partly", "learned in part"),
    /// 9 of 10 digits are recognized.
    TRAINED("trained", "trained");

    private static final double TRAINED_FROM = 0.9;
    // One class of ten is right by chance; twice that is more than luck on 355 digits.
    private static final double CHANCE_BELOW = 2.0 / Digits.CLASSES;

    /// In a table.
    final String label;
    /// In a sentence, as what a network did.
    final String verb;

    Outcome(String label, String verb) {
        this.label = label;
        this.verb = verb;
    }

    static Outcome of(Result result) {
        if (result.brokenLoss() != null) return BROKE;
        if (result.testAccuracy() < CHANCE_BELOW) return STUCK;
        return result.testAccuracy() < TRAINED_FROM ? PARTLY : TRAINED;
    }
}
