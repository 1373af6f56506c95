package keel.bench.work;

import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Kernels of one kind, and the calls of them that are measured.
public enum Family {
    /// `C = op(A)·op(B)`: squares, odd extents, shapes of a training step, one row.
    PRODUCTS("products", Products::fill),
    /// `y = f(x)` and `y = f(x, z)`, from within the first cache to memory.
    ELEMENTWISE("elementwise", Elementwise::fill),
    /// Sums, extremes and dot products.
    REDUCTIONS("reductions", Sums::fill),
    /// Softmax, normalization, what follows a bias, forward and backward, and dropout: rows at one go.
    ROWS("rows", Rows::fill),
    /// Optimizer steps in place.
    STEPS("steps", Steps::fill),
    /// Convolutions of images, forward and both gradients.
    CONVOLUTION("convolution", Convolving::fill),
    /// What moves elements and hardly calculates: transposes, gathers, pools.
    LAYOUT("layout", Layouts::fill);

    /// What it is called in tables.
    public final String label;
    private final SequencedMap<String, Supplier<Work>> works;

    Family(String label, Consumer<Shelf> fill) {
        this.label = label;
        var shelf = new Shelf(this);
        fill.accept(shelf);
        works = shelf.works;
    }

    /// The names of its works, in the order of tables.
    public List<String> names() {
        return List.copyOf(works.keySet());
    }

    /// The work of this name on new data, split over as many threads as [keel.kernel.Parallel] has by now.
    ///
    /// @throws IllegalArgumentException that lists the names, if there is none
    public Work work(String name) {
        var work = works.get(name);
        if (work == null) {
            throw new IllegalArgumentException("there is no work '" + name + "' among " + label + "; there are "
                + String.join(", ", works.keySet()));
        }
        return work.get();
    }
}
