package keel.tests.conformance;

import java.util.Map;

/// Where the expected value is a choice on which sane libraries differ, and Keel chose otherwise: the reasons, by kind of
/// convention and operation.
final class Conventions {
    private Conventions() {}

    private static final Map<String, String> REASONS = Map.ofEntries(
        Map.entry("grad_extreme acos", "1/√((1 − x)(1 + x)) keeps its digits near ±1, where PyTorch's 1/√(1 − x²) loses them"),
        Map.entry("inf_nan_div remainder",
        "the remainder is exact however large the quotient is; PyTorch's is NaN where the quotient overflows"),
        Map.entry("act_at_inf nn.functional.gelu",
            "at −∞ it is its limit 0, not NaN: an infinity is stopped, not turned into a NaN"),
        Map.entry("act_at_inf nn.functional.silu",
            "at −∞ it is its limit 0, not NaN: an infinity is stopped, not turned into a NaN"),
        Map.entry("empty_reduce nn.functional.mse_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("empty_reduce nn.functional.huber_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("empty_reduce nn.functional.l1_loss", "the mean of nothing is an error that says so, not NaN"),
        Map.entry("softmax_all_masked logsumexp",
        "where all elements are −∞ the gradient is 0, not NaN: a row that is masked out takes no part"));

    /// Why Keel differs, or null if nothing says that it should.
    static String reason(Case c) { return c.convention() == null ? null : REASONS.get(c.convention() + " " + c.call()); }

    /// An error that an expected value itself has, larger than the case allows for, and why.
    record Inexact(double absolute, String reason) {}

    private static final Inexact TAIL = new Inexact(1e-15, "½x(1 + erf(x/√2)) cancels in the left tail, Keel's erfc does not");
    private static final Inexact SINGLE = new Inexact(1e-14,
        "where one element is normalized the derivative is 0; the case holds what "
        + "rounding left");

    private static final Map<String, Inexact> INEXACT = Map.of("module nn.GELU", TAIL, "nn.functional.gelu", TAIL,
        "nn.functional.layer_norm", SINGLE, "nn.functional.group_norm", SINGLE);

    /// What is known about the expected values of this call, or null.
    static Inexact inexact(Case c) { return INEXACT.get(c.call()); }
}
