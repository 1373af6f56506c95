package keel.autograd;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import keel.array.Formula;
import keel.array.NdArray;
import keel.array.Term;
import keel.array.Term.Choice;
import keel.array.Term.Clamped;
import keel.array.Term.Constant;
import keel.array.Term.Inside;
import keel.array.Term.One;
import keel.array.Term.Operand;
import keel.array.Term.Two;

/// An elementwise function of several steps that is one operation: forward one [Formula], backward one for each operand, and
/// nothing between the steps is kept. Differentiated again, the formulas of the derivatives are taken step by step.
///
/// ```java
/// var x = Term.operand(0);
/// var dy = Term.operand(1);
/// var softsign = Pointwise.of("softsign", x.div(x.abs().add(1)), dy.div(x.abs().add(1).square()));
/// Tensor y = softsign.apply(input);
/// ```
public final class Pointwise {
    private final String name;
    private final Formula value;
    private final List<Formula> gradients;

    private Pointwise(String name, Formula value, List<Formula> gradients) {
        this.name = name;
        this.value = value;
        this.gradients = gradients;
    }

    /// The function `value` of as many operands as there are `gradients`: ∂loss/∂operand, each of the operands and, as the
    /// operand behind them, `dy` = ∂loss/∂value.
    ///
    /// @throws IllegalArgumentException if one of them names an operand beyond these
    public static Pointwise of(String name, Term value, Term... gradients) {
        int n = gradients.length;
        return new Pointwise(name, within(name, n, value), Arrays.stream(gradients).map(g -> within(name, n + 1, g)).toList());
    }

    private static Formula within(String name, int operands, Term term) {
        var f = Formula.of(term);
        if (f.operands() > operands) {
            throw new IllegalArgumentException(name + ": a formula names operand " + (f.operands() - 1) + " of " + operands
                + "; give a gradient for each operand of the value, and dy the number behind them");
        }
        return f;
    }

    /// The values, of operands of one shape: `(…) → (…)`.
    ///
    /// @throws IllegalArgumentException if the number, types or shapes of the operands do not fit
    public Tensor apply(Tensor... x) {
        require(x);
        return Tensor.op(value.of(values(x)), new Each(this, x));
    }

    /// The sum of the values, `(…) → ()`, which are not written to memory.
    ///
    /// @throws IllegalArgumentException as [#apply]
    public Tensor sum(Tensor... x) {
        require(x);
        return Tensor.op(value.sum(values(x)), new Total(this, x));
    }

    private void require(Tensor... x) {
        if (x.length != gradients.size()) {
            throw new IllegalArgumentException(name + ": " + x.length + " operands for " + gradients.size() + "; give each one");
        }
        for (var t : x) {
            t.value().requireFloat(name);
            if (!t.shape().equals(x[0].shape()) || t.dtype() != x[0].dtype()) {
                throw new IllegalArgumentException(name + ": operands " + x[0].dtype() + " " + x[0].shape() + " and " + t.dtype()
                    + " " + t.shape() + " differ; reshape, expand or cast one");
            }
        }
    }

    @Override
    public String toString() { return name; }

    private static NdArray[] values(Tensor... x) { return Arrays.stream(x).map(Tensor::value).toArray(NdArray[]::new); }

    /// All values.
    record Each(Pointwise f, Tensor... x) implements Vjp {
        @Override public Tensor[] inputs() { return x; }
        @Override public String name() { return f.name; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { f.pull(x, dy, in); }
    }

    /// Their sum.
    record Total(Pointwise f, Tensor... x) implements Vjp {
        @Override public Tensor[] inputs() { return x; }
        @Override public String name() { return "sum of " + f.name; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { f.pull(x, dy, in); }
    }

    private void pull(Tensor[] x, Tensor dy, Inputs in) {
        var all = Arrays.copyOf(x, x.length + 1);
        all[x.length] = dy;
        for (int i = 0; i < x.length; i++) {
            var gradient = gradients.get(i);
            in.giveOwn(x[i], () -> Functions.either(() -> gradient.of(values(all)), () -> recorded(gradient.term(), all)));
        }
    }

    // ---- step by step

    private static Tensor recorded(Term term, Tensor... x) {
        var like = x[0];
        var y = recorded(term, new IdentityHashMap<>(), x);
        return y.shape().equals(like.shape()) ? y : y.expand(like.shape());
    }

    private static Tensor recorded(Term term, Map<Term, Tensor> known, Tensor... x) {
        var y = known.get(term);
        if (y == null) {
            y = switch (term) {
                case Operand(int i) -> x[i];
                case Constant(double value) -> Tensor.scalar(x[0].dtype(), value);
                case One one -> function(one, recorded(one.x(), known, x));
                case Two two -> function(two, recorded(two.x(), known, x), recorded(two.z(), known, x));
                case Clamped(var v, double low, double high) -> recorded(v, known, x).clamp(low, high);
                case Inside(var v, double low, double high, var dy) ->
                    inside(recorded(v, known, x).value(), low, high, recorded(dy, known, x));
                case Choice(var f, var c, double bound, var a, var b) -> {
                    var by = recorded(c, known, x).value();
                    var mask = switch (f) {
                        case EQ -> by.eq(bound);
                        case NE -> by.ne(bound);
                        case LT -> by.lt(bound);
                        case LE -> by.le(bound);
                        case GT -> by.gt(bound);
                        case GE -> by.ge(bound);
                    };
                    yield Tensor.where(mask, recorded(a, known, x), recorded(b, known, x));
                }
            };
            known.put(term, y);
        }
        return y;
    }

    private static Tensor function(One term, Tensor x) {
        return switch (term.f()) {
            case NEG -> x.neg();
            case ABS -> x.abs();
            case SIGN -> x.sign();
            case SQUARE -> x.square();
            case EXP -> x.exp();
            case EXPM1 -> x.expm1();
            case LOG -> x.log();
            case LOG1P -> x.log1p();
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case SOFTPLUS -> x.softplus();
            case RELU -> x.relu();
            case ADD_SCALAR -> x.add(term.p());
            case MUL_SCALAR -> x.mul(term.p());
            case RSUB_SCALAR -> x.rsub(term.p());
            case POW_SCALAR -> x.pow(term.p());
            default -> throw new IllegalArgumentException(term.f() + ": a formula with it has no second derivative; write it "
                + "with the functions of Term");
        };
    }

    private static Tensor inside(NdArray x, double low, double high, Tensor dy) {
        var zero = Tensor.scalar(dy.dtype(), 0);
        return Tensor.where(x.le(low), zero, Tensor.where(x.ge(high), zero, dy));
    }

    private static Tensor function(Two term, Tensor x, Tensor z) {
        return switch (term.f()) {
            case ADD -> x.add(z);
            case SUB -> x.sub(z);
            case MUL -> x.mul(z);
            case DIV -> x.div(z);
            case HYPOT -> x.hypot(z);
            case HARD_SIGMOID_GRAD -> inside(x.value(), -3, 3, z.div(6));
            case HARD_SWISH_GRAD -> Tensor.where(x.value().le(-3), Tensor.scalar(z.dtype(), 0),
                Tensor.where(x.value().lt(3), x.div(3).add(0.5).mul(z), z));
            default -> throw new IllegalArgumentException(term.f() + ": a formula with it has no second derivative; write it "
                + "with the functions of Term");
        };
    }
}
