package keel.nn.data;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// Samples and what is known of them: `x (n, …)`; `labels (n)` of classes in I32, or targets `(n, …)` of any type.
public record Dataset(NdArray x, NdArray labels) {
    /// Throws [IllegalArgumentException] unless both have the same number of samples.
    public Dataset {
        requireSameSamples("Dataset", x, labels);
    }

    /// How many samples.
    public int size() {
        return x.extent(0);
    }

    /// The samples at these places, in this order; a place may come twice. Throws [IllegalArgumentException] for one that is
    /// none.
    public Dataset select(int... places) {
        for (int place : places) {
            if (place < 0 || place >= size()) {
                throw new IllegalArgumentException("Dataset.select: there is no sample " + place + " among " + size()
                    + "; they count from 0");
            }
        }
        var index = NdArray.of(places);
        return new Dataset(x.indexSelect(0, index), labels.indexSelect(0, index));
    }

    /// The first `n` samples, or all if there are fewer.
    public Dataset first(int n) {
        if (n < 0) throw new IllegalArgumentException("Dataset.first: " + n + " samples; give 0 or more");
        return n >= size() ? this : new Dataset(x.slice(0, 0, n), labels.slice(0, 0, n));
    }

    /// All samples as one batch.
    public Batch batch() {
        return new Batch(Tensor.of(x), labels);
    }

    /// How many samples have each label 0 … `classes` − 1.
    ///
    /// Throws [IllegalArgumentException] if a label is not one of these classes.
    public int[] countByClass(int classes) {
        var counts = new int[classes];
        for (int label : labels.ints()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("Dataset.countByClass: a label is " + label + "; "
                    + classes + " classes are 0 … " + (classes - 1));
            }
            counts[label]++;
        }
        return counts;
    }

    static void requireSameSamples(String what, NdArray x, NdArray labels) {
        if (x.rank() == 0 || labels.rank() == 0 || x.extent(0) != labels.extent(0)) {
            throw new IllegalArgumentException(what + ": x is " + x.shape() + " and labels are " + labels.shape()
                + "; give one label for each sample, along the first axis of both");
        }
    }

    /// Shapes and types.
    @Override
    public String toString() {
        return "Dataset: x " + x.dtype() + " " + x.shape() + ", labels " + labels.dtype() + " " + labels.shape();
    }
}
