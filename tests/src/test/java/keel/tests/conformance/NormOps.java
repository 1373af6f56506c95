package keel.tests.conformance;

/// Normalization.
final class NormOps {
    private NormOps() {}

    static void in(Table t) {
    }
}
