package keel.kernel;

/// Where the inputs of a sum over windows lie: output `o` of row `p` reads element `rows[p] + lines[o / width] + o % width`. Rows
/// are channels and taps, lines those of an image; both may overlap, so that nothing has to be unfolded.
public record Places(int[] rows, int[] lines, int width) {
    /// Outputs of an image.
    public int outputs() {
        return lines.length * width;
    }

    /// What output `o` reads, but for the row.
    int of(int o) {
        return lines[o / width] + o % width;
    }
}
