package keel.array;

import keel.kernel.Parallel;

/// Operations on planes: what the last axes of an array hold, for each index of the axes before. A table of indices says which
/// element of a plane goes where.
public final class Planewise {
    private Planewise() {}

    /// Outputs picked by a table: `y[p, i] = x[p, index[p, i]]`, +0 where the index is negative. A table for one plane serves
    /// all.
    ///
    /// @param plane elements of a plane of `x`
    /// @param index `I32`, as many elements as a plane of `shape`, or as all of it
    public static NdArray pick(NdArray x, int plane, NdArray index, Shape shape) {
        var y = NdArray.zeros(x.dtype(), shape);
        int planes = plane == 0 ? 0 : x.size() / plane;
        int n = planes == 0 ? 0 : y.size() / planes;
        var k = x.kernels();
        var table = index.ints();
        int step = table.length == n ? 0 : n;
        Parallel.ranges(y.size(), planes, 1, (lo, hi) -> {
            for (int p = lo; p < hi; p++) {
                k.gather(x.data(), p * plane, table, p * step, y.data(), p * n, n);
            }
        });
        return y;
    }

    /// The transpose of [#pick]: `y[p, index[p, i]] += x[p, i]` in increasing `i`, into zeros of `shape`, whose planes have
    /// `plane` elements.
    public static NdArray place(NdArray x, int plane, NdArray index, Shape shape) {
        var y = NdArray.zeros(x.dtype(), shape);
        int planes = plane == 0 ? 0 : y.size() / plane;
        int n = planes == 0 ? 0 : x.size() / planes;
        var k = x.kernels();
        var table = index.ints();
        int step = table.length == n ? 0 : n;
        Parallel.ranges(x.size(), planes, 1, (lo, hi) -> {
            for (int p = lo; p < hi; p++) {
                k.scatterAdd(x.data(), p * n, table, p * step, y.data(), p * plane, n);
            }
        });
        return y;
    }
}
