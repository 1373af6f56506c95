package keel.kernel;

/// A matrix by which many others of one shape are multiplied, one after the other: see [Kernels#factor].
///
/// @param <A> `float[]` or `double[]`
public interface Factor<A> {
    /// `C (rows, n) = A (rows, k)·op(B)`, as [Kernels#matmul], for as many rows as were announced at most. One call at a time.
    void multiply(int rows, A a, int ao, A c, int co);

    /// Gives up what was laid out; nothing is multiplied afterwards.
    default void giveBack() {}
}
