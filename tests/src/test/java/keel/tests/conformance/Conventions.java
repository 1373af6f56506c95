package keel.tests.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import keel.array.DType;

/// Where the expected value is a choice on which sane libraries differ, and Keel chose otherwise: the reasons, by kind of
/// convention and operation.
final class Conventions {
    private Conventions() {}

    private static final Map<String, String> REASONS = Map.ofEntries(
        Map.entry("grad_extreme acos", "1/√((1 − x)(1 + x)) keeps its digits near ±1, where PyTorch's 1/√(1 − x²) loses them"),
        Map.entry("grad_extreme acosh", "outside of its domain the derivative is NaN, as the value is; PyTorch's is a number"),
        Map.entry("inf_nan_div remainder",
        "the remainder is exact however large the quotient is; PyTorch's is NaN where the quotient overflows"),
        Map.entry("act_at_inf nn.functional.gelu",
            "at −∞ it is its limit 0, not NaN: an infinity is stopped, not turned into a NaN"),
        Map.entry("act_at_inf nn.functional.silu",
            "at −∞ it is its limit 0, not NaN: an infinity is stopped, not turned into a NaN"),
        Map.entry("empty_reduce nn.functional.mse_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("empty_reduce nn.functional.huber_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("empty_reduce nn.functional.l1_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("clip_nonfinite clip_grad_norm",
            "gradients whose norm is not finite pass as they are where told to pass; PyTorch multiplies all by 0 or NaN"),
        Map.entry("strictness safetensors.load",
            "a file in which a name comes twice is refused; the reference lets the last one win"),
        Map.entry("softmax_all_masked logsumexp",
        "where all elements are −∞ the gradient is 0, not NaN: a row that is masked out takes no part"));

    /// Why Keel differs, or null if nothing says that it should.
    static String reason(Case c) { return c.convention() == null ? null : REASONS.get(c.convention() + " " + c.call()); }

    private static final Map<String, String> ALTERNATIVES = Map.of("nn.functional.celu",
        "left of 0 the derivative is e^(x/α), which Keel has to the last digits (x = −7.58: −8.659630736716149e-4 for a gradient "
        + "of −1.7, computed with 50 digits); the first value was computed as expm1 + 1, whose digits cancel");

    /// Why the second of two acceptable values is the better one.
    static String alternative(Case c) { return ALTERNATIVES.getOrDefault(c.call(), "not explained"); }

    /// An error that an expected value itself has where something holds of the arguments, larger than the case allows for, and
    /// why.
    record Inexact(double absolute, Predicate<Case> where, String reason) {}

    private static final Inexact TAIL = new Inexact(1e-15, c -> c.dtype() == DType.F64 && least(c) < -5,
        "½x(1 + erf(x/√2)) cancels in the left tail, Keel's erfc does not");
    private static final Inexact SINGLE = new Inexact(1e-14, c -> ones(c.kwargs().get("normalized_shape")),
        "where one element is normalized the derivative is 0; the case holds what rounding left");

    private static final Inexact TRIGAMMA = new Inexact(1e-8, c -> c.dtype() == DType.F64,
        "PyTorch's derivative of digamma has ten digits: its series ends at x⁻⁷ and begins at x = 6; Keel's has all");

    private static final Inexact SINC = new Inexact(1e-7, c -> c.dtype() == DType.F64 && nearest(c) < 1e-3,
        "PyTorch's derivative of sin(πx)/(πx) is a difference that cancels near 0, Keel's is a series there");

    private static final Map<String, Inexact> INEXACT = Map.of("module nn.GELU", TAIL, "nn.functional.gelu", TAIL,
        "nn.functional.layer_norm", SINGLE, "digamma", TRIGAMMA, "special.digamma", TRIGAMMA,
        "sinc", SINC, "special.sinc", SINC);

    /// What is known about the expected values of this call, or null.
    static Inexact inexact(Case c) {
        var y = INEXACT.get(c.call());
        return y != null && y.where.test(c) ? y : null;
    }

    // The smallest magnitude but 0.
    private static double nearest(Case c) {
        return Arrays.stream(c.tensor("input").toDoubles()).map(Math::abs).filter(x -> x > 0).min().orElse(1);
    }

    private static boolean ones(Object extents) { return ((List<?>) extents).stream().allMatch(e -> (Double) e == 1); }

    private static double least(Case c) {
        return c.inputs().stream().flatMapToDouble(name -> Arrays.stream(c.tensor(name).toDoubles())).min().orElse(0);
    }
}
