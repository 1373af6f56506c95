package keel.tests.conformance;

/// Softmax and its kin.
final class SoftmaxOps {
    private SoftmaxOps() {}

    static void in(Table t) {
        t.op("softmax", a -> a.input().softmax(a.integer("dim")));
        t.op("log_softmax", a -> a.input().logSoftmax(a.integer("dim")));
        t.op("nn.functional.softmin", a -> a.input().neg().softmax(a.integer("dim")));
    }
}
