package keel.tests.conformance;

/// Activations.
final class ActivationOps {
    private ActivationOps() {}

    static void in(Table t) {
    }
}
