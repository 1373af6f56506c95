package keel.tests.conformance;

/// What became of a case, and why.
record Outcome(Case of, Kind kind, String detail) {
    /// From good to bad.
    enum Kind {
        /// Values, gradients, types and errors as expected.
        PASSED,
        /// Passed only with the second acceptable value.
        ALTERNATIVE,
        /// The expected value is a convention; Keel's differs, for the reason given.
        DEVIATION,
        /// Keel has no call for it.
        UNSUPPORTED,
        /// Wrong.
        FAILED
    }

    boolean isSupported() { return kind != Kind.UNSUPPORTED; }
}
