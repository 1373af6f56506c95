package keel.tests.conformance;

/// Layers, built from the constructor arguments and the state that the case gives.
final class ModuleOps {
    private ModuleOps() {}

    static void in(Table t) {
    }
}
