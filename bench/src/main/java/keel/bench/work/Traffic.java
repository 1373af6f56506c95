package keel.bench.work;

/// How a loop moves memory; the bandwidth of a machine is another for each.
public enum Traffic {
    /// Reads only: sums.
    READ,
    /// Reads as much as it writes elsewhere: `y = f(x)`.
    COPY,
    /// Reads two and writes a third: `y = x + z`.
    TRIAD,
    /// Reads two and writes one of them back: `y = y + a·x`, optimizer steps.
    UPDATE
}
