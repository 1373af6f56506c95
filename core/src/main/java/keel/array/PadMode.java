package keel.array;

/// What stands beyond the edge of a padded axis `0 … n−1`.
public enum PadMode {
    /// zeros
    ZEROS,
    /// the axis mirrored at its edge, which is not repeated: `2 1 | 0 1 2 | 1 0`; at most `n − 1`
    REFLECT,
    /// the edge again and again: `0 0 | 0 1 2 | 2 2`
    REPLICATE,
    /// the axis from its other end: `1 2 | 0 1 2 | 0 1`; at most `n`
    CIRCULAR;

    /// The element that stands at place `i`, which may lie up to a mirrored or repeated axis outside; −1 for none.
    int source(int i, int n) {
        if (i >= 0 && i < n) {
            return i;
        }
        return switch (this) {
            case ZEROS -> -1;
            case REFLECT -> i < 0 ? -i : 2 * (n - 1) - i;
            case REPLICATE -> i < 0 ? 0 : n - 1;
            case CIRCULAR -> i < 0 ? i + n : i - n;
        };
    }

    /// The most that can be padded at one end of an axis.
    int most(int n) {
        return switch (this) {
            case ZEROS -> Integer.MAX_VALUE;
            case REFLECT -> n - 1;
            case REPLICATE -> n == 0 ? 0 : Integer.MAX_VALUE;
            case CIRCULAR -> n;
        };
    }
}
