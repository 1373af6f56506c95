package keel.nn.train;

/// How many samples are evaluated at once: memory stays small, kernels stay busy.
final class Batched {
    static final int SIZE = 256;

    private Batched() {}
}
