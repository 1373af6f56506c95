package keel.tests.conformance;

/// A call that Java's compiler refuses, such as a word for an enum that has no such member: a case that expects an error is
/// answered by that, any other has failed.
final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwritable(String why) {
        super(why, null, false, false);
    }
}
