package keel.nn.recurrent;

import keel.array.DType;

/// How a [Recurrent] is built.
///
/// @param dtype F32 or F64
/// @param layers one above the other, ≥ 1
/// @param bidirectional whether each layer also reads the sequence from its end; twice as many features go out
/// @param dropout probability of dropping what goes from one layer to the next, in training
/// @param batchFirst whether sequences are `(n, time, features)`, not `(time, n, features)`
/// @param bias whether the cells have biases
/// @param projection width of an LSTM's output where it is narrower than its memory; 0 for as wide
/// @param init how the cells start
public record RecurrentOptions(DType dtype, int layers, boolean bidirectional, double dropout, boolean batchFirst, boolean bias,
        int projection, CellInit init) {
    /// @throws IllegalArgumentException if a number is out of its range
    public RecurrentOptions {
        if (layers < 1) throw new IllegalArgumentException("Recurrent: " + layers + " layers; give 1 or more");
        if (!dtype.isFloat()) throw new IllegalArgumentException("Recurrent: type " + dtype + "; give F32 or F64");
        if (projection < 0) throw new IllegalArgumentException("Recurrent: projection " + projection + "; give 0 or more");
    }

    /// PyTorch's: one layer, one direction, no dropout, time first, biases, F32, everything U(±1/√hidden).
    public static RecurrentOptions defaults() {
        return new RecurrentOptions(DType.F32, 1, false, 0, false, true, 0, CellInit.pytorch());
    }

    /// With parameters of this type.
    public RecurrentOptions dtype(DType type) {
        return new RecurrentOptions(type, layers, bidirectional, dropout, batchFirst, bias, projection, init);
    }

    /// So many layers.
    public RecurrentOptions layers(int count) {
        return new RecurrentOptions(dtype, count, bidirectional, dropout, batchFirst, bias, projection, init);
    }

    /// Reading in both directions.
    public RecurrentOptions inBothDirections() {
        return new RecurrentOptions(dtype, layers, true, dropout, batchFirst, bias, projection, init);
    }

    /// Dropping with this probability between layers.
    public RecurrentOptions dropout(double p) {
        return new RecurrentOptions(dtype, layers, bidirectional, p, batchFirst, bias, projection, init);
    }

    /// Sequences `(n, time, features)`.
    public RecurrentOptions withBatchFirst() {
        return new RecurrentOptions(dtype, layers, bidirectional, dropout, true, bias, projection, init);
    }

    /// No biases.
    public RecurrentOptions withoutBias() {
        return new RecurrentOptions(dtype, layers, bidirectional, dropout, batchFirst, false, projection, init);
    }

    /// With an LSTM's output projected to so many features.
    public RecurrentOptions projection(int width) {
        return new RecurrentOptions(dtype, layers, bidirectional, dropout, batchFirst, bias, width, init);
    }

    /// Starting so.
    public RecurrentOptions init(CellInit start) {
        return new RecurrentOptions(dtype, layers, bidirectional, dropout, batchFirst, bias, projection, start);
    }
}
