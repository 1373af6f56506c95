package keel.bench.lab;

import java.util.Locale;

/// The size of every network in the lab, the length of its training and what everything random is drawn from. With [Parts] it
/// determines a run to the last bit.
///
/// @param depth linear layers from the pixels to the classes, 4 or more
/// @param width units in each of them but the last, 2 or more
/// @param steps training steps, 1 or more
/// @param batch samples a step
/// @param seed  of the split of the digits, the weights and the order of the batches
public record Setup(int depth, int width, int steps, int batch, long seed) {
    private static final int LEAST_DEPTH = 4;
    private static final int MOST = 4096;
    private static final double GIBI = 1 << 30;
    private static final int MOST_STEPS = 1_000_000;

    /// @throws IllegalArgumentException that names the option and its range
    public Setup {
        check("depth", depth, LEAST_DEPTH, MOST);
        check("width", width, 2, MOST);
        check("steps", steps, 1, MOST_STEPS);
        check("batch", batch, 2, MOST);
    }

    /// The 20 layers of 64 units that the lab is about: 400 steps of 64 digits, 18 rounds through them.
    public static Setup defaults() {
        return new Setup(20, 64, 400, 64, 42);
    }

    /// Refuses a network that does not fit into memory, before an hour is spent on finding out.
    ///
    /// @param atOnce how many networks are trained at once
    /// @throws IllegalArgumentException that says how much is needed and how much there is
    void requireMemory(int atOnce) {
        // Weight, gradient, momentum, and Adam's second moment; outputs of the digits that the instruments look at, and
        // their gradients.
        double weights = 4.0 * depth * width * (double) width;
        double outputs = 6.0 * depth * width * Math.max(batch, Training.PROBE);
        double needed = Float.BYTES * atOnce * (weights + outputs) / GIBI;
        double there = Runtime.getRuntime().maxMemory() / GIBI;
        if (needed > there) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                "--depth %d --width %d on %d thread(s) needs about %.1f GiB and Java has %.1f; give less, or more with "
                    + "JAVA_TOOL_OPTIONS=-Xmx…g", depth, width, atOnce, needed, there));
        }
    }

    private static void check(String option, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException("--" + option + ": " + value + " is out of range; give " + low + " to " + high);
        }
    }
}
