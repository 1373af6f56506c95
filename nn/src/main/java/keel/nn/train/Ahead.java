package keel.nn.train;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Takes from an iterator one element ahead, on a thread of its own, so that data is put together while the model computes. The
/// elements and their order are those of the iterator.
final class Ahead<T> implements Iterator<T> {
    private final Iterator<T> from;
    private FutureTask<T> next;

    Ahead(Iterator<T> from) {
        this.from = from;
        begin();
    }

    private void begin() {
        next = from.hasNext() ? new FutureTask<>(from::next) : null;
        if (next != null) Thread.ofVirtual().start(next);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        if (next == null) throw new NoSuchElementException("the end");
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    var y = next.get();
                    begin();
                    return y;
                } catch (InterruptedException _) {
                    interrupted = true; // the run ends after this step, in order
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) throw r;
            throw new IllegalStateException("Trainer: the next batch could not be made, " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
