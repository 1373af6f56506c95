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
        Map.entry("softmax_all_masked logsumexp",
        "where all elements are −∞ the gradient is 0, not NaN: a row that is masked out takes no part"));

    /// Why Keel differs, or null if nothing says that it should.
    static String reason(Case c) { return c.convention() == null ? null : REASONS.get(c.convention() + " " + c.call()); }
}
