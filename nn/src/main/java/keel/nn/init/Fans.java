package keel.nn.init;

import keel.array.Shape;

/// How many inputs a unit of a layer adds up, and how many units each input reaches: what keeps variance constant forward
/// (`in`) and backward (`out`).
///
/// A weight `(out, in)` has the fans `in` and `out`; a convolution weight `(out, in/groups, k₁, …)` counts every tap of the
/// kernel, `in = extent 1 · k₁ · …`, `out = extent 0 · k₁ · …`, as in PyTorch.
public record Fans(int in, int out) {
    private static final int UNKNOWN = -1;

    /// The fans of a weight of this shape.
    ///
    /// @throws IllegalArgumentException if the shape has fewer than 2 axes: what feeds what is then not in the shape
    public static Fans of(Shape weight) {
        if (weight.rank() < 2) {
            throw new IllegalArgumentException("Fans: shape " + weight + " has fewer than 2 axes, fans need (out, in, …); "
                + "give the Fans of the weight it goes with, or use an Init that needs none, such as zeros or normal(std)");
        }
        int taps = weight.product(2, weight.rank());
        return new Fans(Math.multiplyExact(weight.extent(1), taps), Math.multiplyExact(weight.extent(0), taps));
    }

    /// For an array that is no weight, such as a bias without one: an [Init] that asks for a fan then fails and says so.
    public static Fans none() {
        return new Fans(UNKNOWN, UNKNOWN);
    }

    /// Inputs of a unit.
    public int in() {
        return known(in);
    }

    /// Units that an input reaches.
    public int out() {
        return known(out);
    }

    private static int known(int fan) {
        if (fan == UNKNOWN) {
            throw new IllegalArgumentException("Fans: an array that is no weight has no fans; use an Init that needs none, "
                + "such as zeros or normal(std), or give the Fans of the weight it goes with");
        }
        return fan;
    }
}
