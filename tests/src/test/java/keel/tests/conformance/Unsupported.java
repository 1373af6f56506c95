package keel.tests.conformance;

/// A case that Keel has no call for; the message says what is missing.
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String missing) {
        super(missing, null, false, false);
    }
}
