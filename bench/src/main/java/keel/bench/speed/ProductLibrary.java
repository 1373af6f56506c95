package keel.bench.speed;

import keel.bench.work.Product;

/// A library for the JVM that multiplies matrices, found by [java.util.ServiceLoader]: those of the Maven profile `peers`.
public interface ProductLibrary {
    /// What it is called in tables, with its version.
    String name();

    /// One F32 product into a result that is kept, on data of its own; null if it has none of this form.
    Runnable call(Product product);
}
