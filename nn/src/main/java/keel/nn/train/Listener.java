package keel.nn.train;

/// Is told how a run goes, on the thread that trains.
public interface Listener {
    /// After each step of the optimizer. Return false to end the run here; it can be resumed.
    default boolean step(Moment moment) {
        return true;
    }

    /// After each epoch and its evaluation.
    default void epoch(Moment moment) {}

    /// At the end, whatever the reason; where the process is ending, it waits for this.
    default void end(Report report) {}
}
