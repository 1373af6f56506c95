package keel.nn.loss;

import static keel.kernel.Compare.EQ;
import static keel.kernel.Compare.GT;
import static keel.kernel.Compare.LE;

import keel.array.Term;
import keel.autograd.Pointwise;

/// What single elements of `y` against `target` lose, each formula with ∂loss/∂y and ∂loss/∂target.
final class Errors {
    private Errors() {}

    private static final Term Y = Term.operand(0);
    private static final Term T = Term.operand(1);
    private static final Term DY = Term.operand(2);
    private static final Term D = Y.sub(T);

    /// `d²`, `d = y − t`
    static final Pointwise SQUARED = distance("squaredError", D.square(), D.mul(2).mul(DY));
    /// `|d|`
    static final Pointwise ABSOLUTE = distance("l1", D.abs(), D.sign().mul(DY));
    private static final Pointwise HUBER = makeHuber("huber", 1, 1);
    /// `−t·ln σ(y) − (1 − t)·ln(1 − σ(y))`
    static final Pointwise LOGISTIC = logistic();
    /// `−t·ln y − (1 − t)·ln(1 − y)` of probabilities
    static final Pointwise LIKELIHOOD = likelihood();
    /// `t·(ln t − y)`, 0 for t = 0
    static final Pointwise DIVERGENCE = divergence();
    /// `eᵗ·(t − y)`
    static final Pointwise DIVERGENCE_OF_LOGS = Pointwise.of("klDivergence", T.exp().mul(T.sub(Y)), T.exp().neg().mul(DY),
        T.exp().mul(T.sub(Y).add(1)).mul(DY));
    /// `ln(1 + e^(−t·y))`
    static final Pointwise SOFT_MARGIN = softMargin();
    /// `ln cosh d`
    static final Pointwise LOG_COSH = distance("logCosh", logCosh(), D.tanh().mul(DY));
    /// `eʸ − t·y`
    static final Pointwise POISSON = Pointwise.of("poissonNll", Y.exp().sub(T.mul(Y)), Y.exp().sub(T).mul(DY), Y.neg().mul(DY));

    private static Pointwise distance(String name, Term value, Term gradient) {
        return Pointwise.of(name, value, gradient, gradient.neg());
    }

    /// `½d²` where `|d| ≤ delta`, else `delta·(|d| − ½delta)`.
    static Pointwise huber(double delta) {
        return delta == 1 ? HUBER : makeHuber("huber", delta, 1);
    }

    /// [#huber] divided by `beta`.
    static Pointwise smoothL1(double beta) {
        return beta == 1 ? HUBER : makeHuber("smoothL1", beta, beta);
    }

    // With c = min(max(d, −δ), δ) both branches are c·(d − ½c), and the derivative is c. It is divided first: c/δ is at most 1.
    private static Pointwise makeHuber(String name, double delta, double divisor) {
        var c = D.clamp(-delta, delta);
        var slope = c.div(divisor);
        return distance(name, slope.mul(D.sub(c.mul(0.5))), slope.mul(DY));
    }

    // Of |y|, so that neither a tail nor its derivative cancels: max(y, 0) − t·y + ln(1 + e^−|y|).
    private static Pointwise logistic() {
        var far = Y.abs().neg();
        var tail = far.sigmoid();
        var rest = T.rsub(1);
        return Pointwise.of("binaryCrossEntropyWithLogits",
            Y.choose(LE, 0, T.neg().mul(Y), rest.mul(Y)).add(far.softplus()),
            Y.choose(LE, 0, tail.sub(T), rest.sub(tail)).mul(DY),
            Y.neg().mul(DY));
    }

    // With the bounds of PyTorch's binary_cross_entropy: logarithms of at least −100, a denominator of at least 1e-12.
    private static Pointwise likelihood() {
        var yes = Y.log().clamp(-100, Double.POSITIVE_INFINITY);
        var no = Y.neg().log1p().clamp(-100, Double.POSITIVE_INFINITY);
        return Pointwise.of("binaryCrossEntropy", T.mul(yes).add(T.rsub(1).mul(no)).neg(),
            DY.mul(Y.sub(T)).div(Y.mul(Y.rsub(1)).clamp(1e-12, Double.POSITIVE_INFINITY)),
            DY.mul(no.sub(yes)));
    }

    /// `(α·t + (1 − α)(1 − t))·wᵞ·e` of logits, w the probability of what is wrong and e [#LOGISTIC].
    static Pointwise focal(double alpha, double gamma) {
        var no = T.rsub(1);
        var right = Y.neg().sigmoid();
        var left = Y.sigmoid();
        var entropy = no.mul(Y).add(Y.neg().softplus());
        var wrong = left.mul(no).add(right.mul(T));
        var fade = wrong.pow(gamma);
        var balance = T.mul(2 * alpha - 1).add(1 - alpha);
        var slope = steep(gamma, fade, entropy, wrong); // ∂(wᵞ·e)/∂w
        var dy = fade.mul(left.mul(no).sub(right.mul(T))).add(slope.mul(left.mul(right).mul(T.mul(-2).add(1))));
        var dt = slope.mul(right.sub(left)).sub(fade.mul(Y));
        return Pointwise.of("focal", entropy.mul(fade).mul(balance), balance.mul(dy).mul(DY),
            balance.mul(dt).add(entropy.mul(fade).mul(2 * alpha - 1)).mul(DY));
    }

    /// `−(1 − eˡ)ᵞ·l` of logarithms of probabilities.
    static Pointwise focal(double gamma) {
        var wrong = Y.expm1().neg();
        var fade = wrong.pow(gamma);
        var dy = Term.operand(1);
        return Pointwise.of("focal", fade.mul(Y).neg(), steep(gamma, fade, Y, wrong).mul(Y.exp()).sub(fade).mul(dy));
    }

    // γ·wᵞ⁻¹·e; for γ < 1 as γ·wᵞ·(e/w): where nothing is wrong e is 0 like w, and wᵞ⁻¹ infinite.
    private static Term steep(double gamma, Term fade, Term entropy, Term wrong) {
        if (gamma == 1) return entropy;
        if (gamma > 1) return (gamma == 2 ? wrong : wrong.pow(gamma - 1)).mul(entropy).mul(gamma);
        return fade.mul(entropy.div(wrong.choose(GT, 0, wrong, Term.constant(1)))).mul(gamma);
    }

    private static Pointwise divergence() {
        var log = T.choose(EQ, 0, Term.constant(1), T).log();
        return Pointwise.of("klDivergence", T.mul(log).sub(T.mul(Y)), T.neg().mul(DY),
            T.choose(EQ, 0, Term.constant(0), log.add(1)).sub(Y).mul(DY));
    }

    // Far from 0 |d| − ln 2 + ln(1 + e^(−2|d|)); near 0, where that would cancel to nothing, ln(1 + 2·sinh²(d/2)), with
    // sinh u = ½(e + e/(1 + e)) and e = eᵘ − 1.
    private static Term logCosh() {
        var a = D.abs();
        var e = a.clamp(Double.NEGATIVE_INFINITY, 1).mul(0.5).expm1();
        var near = e.add(e.div(e.add(1))).square().mul(0.5).log1p();
        return a.choose(LE, 1, near, a.mul(-2).exp().log1p().add(a).add(-StrictMath.log(2)));
    }

    private static Pointwise softMargin() {
        var z = T.mul(Y).neg();
        var slope = z.sigmoid().neg();
        return Pointwise.of("softMargin", z.softplus(), slope.mul(T).mul(DY), slope.mul(Y).mul(DY));
    }
}
