package keel.nn.train;

import java.util.List;

/// What became of a run.
///
/// @param end    why it ended
/// @param steps  steps of the optimizer, those before a resume included
/// @param losses mean loss of each whole epoch
/// @param scores score of each evaluation, in order
/// @param best   the highest score, NaN without evaluation
public record Report(End end, long steps, List<Double> losses, List<Double> scores, double best) {
    /// Why a run ended.
    public enum End {
        /// All epochs are done.
        FINISHED,
        /// The score did not get better for as many evaluations as the patience allows.
        NO_BETTER,
        /// A listener, an interrupt of the thread or the end of the process stopped it; with checkpoints it can be resumed.
        STOPPED
    }

    /// Copies the lists.
    public Report {
        losses = List.copyOf(losses);
        scores = List.copyOf(scores);
    }
}
