package keel.array;

/// The lines of a dense array along one axis: line `i` starts at [#start] and has `n` elements, [#stride] apart. A single value
/// (rank 0) is one line of one.
record Lines(int count, int n, int stride) {
    static Lines of(String name, Shape x, int axis) {
        if (x.rank() == 0 && (axis == 0 || axis == -1)) {
            return new Lines(1, 1, 1);
        }
        int a = x.axis(name, axis);
        return new Lines(x.product(0, a) * x.product(a + 1, x.rank()), x.extent(a), x.product(a + 1, x.rank()));
    }

    int start(int i) { return i / stride * n * stride + i % stride; }

    /// The shape without the axis; rank 0 stays.
    static Shape dropped(Shape x, int axis) { return x.rank() == 0 ? x : x.removed(x.axis("reduce", axis)); }

    /// The shape with another extent along the axis; rank 0 stays.
    static Shape resized(Shape x, int axis, int extent) { return x.rank() == 0 ? x : x.with(x.axis("resize", axis), extent); }
}
