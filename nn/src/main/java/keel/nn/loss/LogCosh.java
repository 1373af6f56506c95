package keel.nn.loss;

import keel.autograd.Tensor;

/// `ln cosh(y − target)`: half the square near 0 and the distance minus ln 2 far away, smooth everywhere, with the derivative
/// `tanh(y − target)`, `(…), (…) → ()`.
public record LogCosh(Reduction reduction) {
    /// The mean.
    public static LogCosh defaults() {
        return new LogCosh(Reduction.MEAN);
    }

    /// With this reduction.
    public LogCosh reduction(Reduction reduction) {
        return new LogCosh(reduction);
    }

    /// The loss of `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("logCosh", y, target);
        return reduction.of("logCosh", Errors.LOG_COSH, y, target);
    }
}
