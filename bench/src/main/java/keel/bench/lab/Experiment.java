package keel.bench.lab;

/// A network and how it is trained.
///
/// @param name  for the command line
/// @param title for the reader
/// @param parts all in which it differs from the others
/// @param why   two sentences: what such a network is known for, and the mend
public record Experiment(String name, String title, Parts parts, String why) {
    /// Whether a stage of the network is a block of several layers.
    boolean hasBlocks() {
        return parts.wiring().layersPerBlock() > 1;
    }
}
