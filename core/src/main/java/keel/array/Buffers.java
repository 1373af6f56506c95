package keel.array;

import java.util.concurrent.ConcurrentLinkedQueue;
import keel.kernel.Kernels;

/// Arrays that the parts of one computation use one after another: no more of them than parts are in work at a time. They are
/// zeros at first, and then what was left in them.
final class Buffers {
    private final Kernels<Object> k;
    private final int size;
    private final ConcurrentLinkedQueue<Object> idle = new ConcurrentLinkedQueue<>();

    Buffers(Kernels<Object> k, int size) {
        this.k = k;
        this.size = size;
    }

    Object take() {
        var buffer = idle.poll();
        return buffer == null ? k.allocate(size) : buffer;
    }

    void giveBack(Object buffer) { idle.add(buffer); }
}
