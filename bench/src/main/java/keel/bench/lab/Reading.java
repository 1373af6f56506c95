package keel.bench.lab;

/// What the instruments read of one stage (a layer, or a block of two) on 512 training digits.
///
/// @param stage              its name, counted from 1
/// @param std                how far a unit's output varies from digit to digit: root mean square, over the units, of the
///                           standard deviation over the digits. 0: nothing of the input is left
/// @param rms                size of the outputs, root mean square over units and digits
/// @param activationGradient norm of ∂loss/∂output, over units and digits
/// @param weightGradient     norm of ∂loss/∂weight, over the stage's linear layers
/// @param zeros              share of the activation's outputs that are exactly 0; NaN where the stage has no activation
/// @param units              outputs of the activation
/// @param dead               those of them that are 0 for every digit
/// @param rowDifference      largest difference between two units' weights in any one input; 0 if all units are copies
/// @param rank               independent units: rank of the (first) weight
public record Reading(
    String stage, double std, double rms, double activationGradient, double weightGradient, double zeros, int units, int dead,
    double rowDifference, int rank) {}
