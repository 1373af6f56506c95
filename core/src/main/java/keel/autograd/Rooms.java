package keel.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Arrays of gradients that have flowed on, for the next ones of the same size: along a chain of layers two do. A walk leaves a
/// few to the next one.
final class Rooms {
    /// Less than this costs less to allocate than to look for.
    private static final int LEAST = 64;
    /// What is left to the next walk: so many, none longer than this.
    private static final int MOST = 8;
    private static final int LONGEST = 1 << 20;
    private static final AtomicReference<List<NdArray>> LEFT = new AtomicReference<>();

    private final List<NdArray> free;

    Rooms() {
        var left = LEFT.getAndSet(null);
        free = left == null ? new ArrayList<>() : left;
    }

    /// The last one that was given back, which is the most likely to be in a cache, or a new one.
    NdArray take(DType dtype, Shape shape) {
        for (int i = free.size() - 1; i >= 0; i--) {
            if (free.get(i).dtype() == dtype && free.get(i).size() == shape.size()) return free.remove(i).reshape(shape);
        }
        return NdArray.zeros(dtype, shape);
    }

    void giveBack(NdArray room) {
        if (room.size() >= LEAST) free.add(room);
    }

    void leave() {
        free.removeIf(room -> room.size() > LONGEST);
        LEFT.set(new ArrayList<>(free.subList(Math.max(0, free.size() - MOST), free.size())));
    }
}
