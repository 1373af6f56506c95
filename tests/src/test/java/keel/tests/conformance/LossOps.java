package keel.tests.conformance;

/// Losses.
final class LossOps {
    private LossOps() {}

    static void in(Table t) {
    }
}
