package keel.nn.data;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// Samples that are looked at together: `x (n, …)`, and one label (or row of targets) for each, `labels (n, …)`.
public record Batch(Tensor x, NdArray labels) {
    /// Throws [IllegalArgumentException] unless both have the same number of samples.
    public Batch {
        Dataset.requireSameSamples("Batch", x.value(), labels);
    }

    /// How many samples.
    public int size() {
        return x.extent(0);
    }
}
