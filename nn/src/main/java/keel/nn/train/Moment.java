package keel.nn.train;

/// Where a run is, after a step or an epoch.
///
/// @param epoch   which epoch, counted from 0
/// @param epochs  how many there are to be
/// @param step    how many steps of the optimizer are done
/// @param steps   how many there are to be
/// @param samples how many samples the last step looked at
/// @param loss    mean loss of the last step's samples; after an epoch that of all its samples
/// @param rate    learning rate of the last step
/// @param score   last score of the evaluation, NaN before the first
public record Moment(int epoch, int epochs, long step, long steps, int samples, double loss, double rate, double score) {}
