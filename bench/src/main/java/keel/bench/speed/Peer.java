package keel.bench.speed;

import java.util.List;

/// Something else that computes the same, timed in rounds with ours.
interface Peer extends AutoCloseable {
    /// What can be timed of a peer: one way of calling it.
    interface Variant {
        /// What columns call it.
        String name();

        /// Nanoseconds of so many calls.
        double nanos(int calls);
    }

    /// What columns call it, and its version.
    String name();

    /// Its ways of doing the work of this name in the family called `family`; none if it has none.
    List<Variant> prepare(String family, String name);

    @Override
    default void close() {}
}
