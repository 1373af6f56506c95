package keel.autograd;

import java.util.ArrayList;
import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Arrays of gradients that have flowed on, for the next ones of the same size: along a chain of layers two do.
final class Rooms {
    private static final int MOST = 8;

    private final List<NdArray> free = new ArrayList<>();

    /// The last one that was given back, which is the most likely to be in a cache, or a new one.
    NdArray take(DType dtype, Shape shape) {
        for (int i = free.size() - 1; i >= 0; i--) {
            if (free.get(i).dtype() == dtype && free.get(i).size() == shape.size()) return free.remove(i).reshape(shape);
        }
        return NdArray.zeros(dtype, shape);
    }

    void giveBack(NdArray room) {
        if (free.size() == MOST) free.removeFirst();
        free.add(room);
    }
}
