package keel.nn.loss;

import keel.autograd.Tensor;

/// Checks that several losses share. Nothing broadcasts here: a target `(n)` for an output `(n, 1)` is a mistake that trains
/// without a word.
final class Same {
    private Same() {}

    static void shape(String loss, String what, Tensor y, Tensor other) {
        if (!y.shape().equals(other.shape()) || y.dtype() != other.dtype()) {
            throw new IllegalArgumentException(loss + ": output " + y.dtype() + " " + y.shape() + " and " + what + " "
                + other.dtype() + " " + other.shape() + " differ; reshape or cast one of them");
        }
    }

    static void target(String loss, Tensor y, Tensor target) {
        shape(loss, "target", y, target);
    }

    /// A constant that multiplies losses: it may broadcast to their shape, but not enlarge it.
    static void weight(String loss, Tensor weight, Tensor each) {
        if (weight == null) return;
        int missing = each.rank() - weight.rank();
        boolean fits = missing >= 0 && weight.dtype() == each.dtype();
        for (int i = 0; fits && i < weight.rank(); i++) {
            fits = weight.extent(i) == 1 || weight.extent(i) == each.extent(i + missing);
        }
        if (!fits) {
            throw new IllegalArgumentException(loss + ": weight " + weight.dtype() + " " + weight.shape()
                + " does not broadcast to " + each.dtype() + " " + each.shape() + "; give a weight an element, or an axis of 1");
        }
    }

    static void positive(String loss, String option, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) throw outOfRange(loss, option, value, "a finite number above 0");
    }

    static void notNegative(String loss, String option, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) throw outOfRange(loss, option, value, "a finite number ≥ 0");
    }

    static void finite(String loss, String option, double value) {
        if (!Double.isFinite(value)) throw outOfRange(loss, option, value, "a finite number");
    }

    private static IllegalArgumentException outOfRange(String loss, String option, double value, String give) {
        return new IllegalArgumentException(loss + ": " + option + " is " + value + "; give " + give);
    }
}
