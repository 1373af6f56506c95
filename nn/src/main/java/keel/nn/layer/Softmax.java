package keel.nn.layer;

import java.util.Locale;

import keel.autograd.Tensor;

/// Turns numbers along an axis into a distribution, `(…) → (…)`: [softmax][#of()], its [logarithm][#log()], the
/// [softmin][#min()], and the [sparsemax][#sparse()], which has zeros.
public record Softmax(Kind kind, int axis) implements Layer {
    private static final int LAST = -1;

    /// Which distribution.
    public enum Kind {
        /// `eˣ/Σeˣ`
        SOFTMAX,
        /// `x − ln Σeˣ`, which a loss should start from: the logarithm of a softmax loses the small ones
        LOG_SOFTMAX,
        /// `e^−x/Σe^−x`
        SOFTMIN,
        /// The nearest point of the simplex: `max(x − τ, 0)` with τ such that the sum is 1 (Martins and Astudillo 2016,
        /// arXiv:1602.02068)
        SPARSEMAX
    }

    /// Softmax along the last axis.
    public static Softmax of() {
        return new Softmax(Kind.SOFTMAX, LAST);
    }

    /// Log-softmax along the last axis.
    public static Softmax log() {
        return new Softmax(Kind.LOG_SOFTMAX, LAST);
    }

    /// Softmin along the last axis.
    public static Softmax min() {
        return new Softmax(Kind.SOFTMIN, LAST);
    }

    /// Sparsemax along the last axis.
    public static Softmax sparse() {
        return new Softmax(Kind.SPARSEMAX, LAST);
    }

    /// Along another axis; negative axes count from the end.
    public Softmax axis(int axis) {
        return new Softmax(kind, axis);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return switch (kind) {
            case SOFTMAX -> x.softmax(axis);
            case LOG_SOFTMAX -> x.logSoftmax(axis);
            case SOFTMIN -> x.neg().softmax(axis);
            case SPARSEMAX -> Sparsemax.of(x, axis);
        };
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "(" + axis + ")";
    }
}
