package keel.bench.speed;

import keel.bench.work.Product;

/// A library for the JVM that multiplies matrices, found by [java.util.ServiceLoader]: those of the Maven
/// profiles `peers` and `peers-native`.
public interface ProductLibrary {
    /// What it is called in tables, with its version.
    String name();

    /// Whether native code computes: asked for apart, for it is a hundred megabytes.
    default boolean isNative() {
        return false;
    }

    /// How many threads it may use; said before the first call.
    default void use(int threads) {}

    /// One F32 product into a result that is kept, on data of its own; null if it has none of this form.
    Runnable call(Product product);
}
