package keel.tests.autograd;

import static keel.kernel.Compare.EQ;
import static keel.kernel.Compare.GE;
import static keel.kernel.Compare.GT;
import static keel.kernel.Compare.LE;
import static keel.kernel.Compare.LT;
import static keel.kernel.Compare.NE;

import keel.array.DType;
import keel.array.Term;
import keel.autograd.Pointwise;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Functions given by formulas, which together take every step that a formula can take.
final class OperationsPointwise {
    private OperationsPointwise() {}

    private static final Term X = Term.operand(0);

    static void enter() {
        var dy = Term.operand(1);
        one("exp of a square", Pointwise.of("", X.square().neg().exp(), X.square().neg().exp().mul(X).mul(-2).mul(dy)));
        one("softplus of tanh", Pointwise.of("", X.tanh().softplus(),
            X.tanh().sigmoid().mul(X.tanh().square().rsub(1)).mul(dy)));
        one("expm1 and log", Pointwise.of("", X.expm1().add(X.square().add(1).log()),
            X.exp().add(X.mul(2).div(X.square().add(1))).mul(dy)));
        one("log1p of exp", Pointwise.of("", X.exp().log1p(), X.exp().log1p().sub(X).neg().exp().mul(dy)));
        one("abs and sign", Pointwise.of("", X.abs().mul(X), X.sign().mul(X).mul(2).mul(dy)));
        one("pow and hypot", Pointwise.of("", X.hypot(2).pow(1.5), X.hypot(2).pow(-0.5).mul(X).mul(1.5).mul(dy)));
        one("relu and clamp", Pointwise.of("", X.relu().square().add(X.clamp(-1, 1).square()),
            X.relu().add(X.abs().choose(LE, 1, X, Term.constant(0))).mul(2).mul(dy)));
        one("relu in the derivative", Pointwise.of("", X.relu().square().mul(X).div(3), X.relu().square().mul(dy)));
        one("clamp in the derivative", Pointwise.of("", huber(), X.clamp(-1, 1).mul(dy)));
        one("choices", Pointwise.of("", X.choose(GT, 0, X.square(), X.choose(LT, -1, X.neg(), X.choose(EQ, 7, X, X.exp()))),
            X.choose(LE, 0, X.choose(GE, -1, X.choose(NE, 7, X.exp(), X), Term.constant(-1)), X.mul(2)).mul(dy)));
        kinked("hard swish", Pointwise.of("", X.hardSwish(), X.hardSwishGrad(dy)), -3, 3);
        kinked("hard sigmoid", Pointwise.of("", X.hardSigmoid(), X.hardSigmoidGrad(dy)), -3, 3);
        kinked("hard tanh", Pointwise.of("", X.clamp(-1, 0.5), X.inside(-1, 0.5, dy)), -1, 0.5);
        Operations.add("pointwise of two", (shape, random) -> {
            var f = product(Term.operand(2));
            return new Case(x -> f.apply(x), Operations.between(shape, -2, 2, random), Operations.between(shape, 1, 2, random));
        });
        Operations.add("sum of pointwise", (shape, random) -> {
            var f = product(Term.operand(2));
            return new Case(x -> f.sum(x), Operations.between(shape, -2, 2, random), Operations.between(shape, 1, 2, random));
        });
    }

    private static Term huber() {
        return X.clamp(-1, 1).mul(X.sub(X.clamp(-1, 1).mul(0.5)));
    }

    // tanh(x)/z
    private static Pointwise product(Term dy) {
        var z = Term.operand(1);
        var t = X.tanh();
        return Pointwise.of("", t.div(z), t.square().rsub(1).div(z).mul(dy), t.neg().div(z.square()).mul(dy));
    }

    // beyond both kinks too
    private static void kinked(String name, Pointwise f, double... kinks) {
        Operations.add("pointwise " + name, (shape, random) -> new Case(x -> f.apply(x[0]).add(0.5).square(),
            Samples.awayFrom(0.1, 4, DType.F64, shape, random, kinks)));
    }

    private static void one(String name, Pointwise f) {
        Operations.add("pointwise " + name, (shape, random) -> new Case(x -> f.apply(x[0]),
            Samples.awayFrom(0.1, 2, DType.F64, shape, random, -1, 0, 1)));
    }
}
