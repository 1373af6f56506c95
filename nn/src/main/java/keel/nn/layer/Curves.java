package keel.nn.layer;

import static keel.kernel.Compare.GT;
import static keel.kernel.Compare.LE;
import static keel.kernel.Compare.LT;

import keel.array.Term;
import keel.autograd.Pointwise;

/// The [Activation]s of several steps: value and derivative, each one pass over memory. At a kink the derivative is PyTorch's;
/// where `x` is NaN, so is the value, and the gradient is NaN or passes as right of the kinks. What is not chosen never reaches a
/// result.
final class Curves {
    private Curves() {}

    private static final Term X = Term.operand(0);
    private static final Term DY = Term.operand(1);
    private static final Term ZERO = Term.constant(0);

    static final Pointwise LOG_SIGMOID = Pointwise.of("logSigmoid", X.neg().softplus().neg(), X.neg().sigmoid().mul(DY));
    static final Pointwise SOFTSIGN = softsign();
    static final Pointwise TANH_SHRINK = Pointwise.of("tanhShrink", X.sub(X.tanh()), X.tanh().square().mul(DY));
    static final Pointwise RELU_SQUARED = Pointwise.of("reluSquared", X.relu().square(), X.relu().mul(2).mul(DY));
    static final Pointwise MISH = mish();
    static final Pointwise HARD_SIGMOID = Pointwise.of("hardSigmoid", X.hardSigmoid(), X.hardSigmoidGrad(DY));
    static final Pointwise HARD_SWISH = Pointwise.of("hardSwish", X.hardSwish(), X.hardSwishGrad(DY));

    // x left of 0: so that what is not chosen right of it is finite, and 0 times its derivative is 0.
    private static Term below() {
        return X.clamp(Double.NEGATIVE_INFINITY, 0);
    }

    private static Pointwise softsign() {
        var below = X.abs().add(1);
        return Pointwise.of("softsign", X.div(below), DY.div(below.square()));
    }

    // t + x·(1 − t²)·σ(x), t = tanh(ln(1 + eˣ))
    private static Pointwise mish() {
        var t = X.softplus().tanh();
        var slope = t.add(t.square().rsub(1).mul(X.sigmoid()).mul(X));
        return Pointwise.of("mish", X.mul(t), slope.mul(DY));
    }

    static Pointwise between(double low, double high) {
        return Pointwise.of("hardTanh", X.clamp(low, high), X.inside(low, high, DY));
    }

    static Pointwise softplus(double beta, double threshold) {
        var scaled = X.mul(beta);
        return Pointwise.of("softplus", scaled.choose(GT, threshold, X, scaled.softplus().div(beta)),
            scaled.choose(GT, threshold, DY, scaled.sigmoid().mul(DY)));
    }

    /// `right·x` where `x > 0`, else `left·(e^(x/width) − 1)`.
    static Pointwise exponential(String name, double right, double left, double width) {
        var z = below().div(width);
        return Pointwise.of(name, X.choose(LE, 0, z.expm1().mul(left), X.mul(right)),
            X.choose(LE, 0, z.exp().mul(left / width).mul(DY), DY.mul(right)));
    }

    static Pointwise threshold(double threshold, double value) {
        return Pointwise.of("threshold", X.choose(LE, threshold, Term.constant(value), X), X.choose(LE, threshold, ZERO, DY));
    }

    static Pointwise hardShrink(double lambda) {
        return Pointwise.of("hardShrink", X.abs().choose(LE, lambda, ZERO, X), X.abs().choose(LE, lambda, ZERO, DY));
    }

    static Pointwise softShrink(double lambda) {
        return Pointwise.of("softShrink", X.sub(X.clamp(-lambda, lambda)), X.abs().choose(LE, lambda, ZERO, DY));
    }

    /// `½(x + √(x² + b))`, left of 0 as `½b/(√(x² + b) − x)`; the derivative is `y/√(x² + b)`.
    static Pointwise squareplus(double b) {
        var root = X.hypot(Math.sqrt(b));
        var y = X.choose(LT, 0, Term.constant(b / 2).div(root.sub(below())), X.add(root).mul(0.5));
        return Pointwise.of("squareplus", y, y.div(root).mul(DY));
    }
}
