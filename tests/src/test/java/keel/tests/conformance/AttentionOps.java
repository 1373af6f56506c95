package keel.tests.conformance;

import keel.array.AttentionOptions;
import keel.autograd.Attention;
import keel.autograd.Tensor;

/// Attention and transformer layers.
final class AttentionOps {
    private AttentionOps() {}

    static void in(Table t) {
        t.op("nn.functional.scaled_dot_product_attention", AttentionOps::scaledDotProduct);
    }

    private static Tensor scaledDotProduct(Args a) {
        if (a.number("dropout_p", 0) != 0) throw new Unsupported("dropout drawn from another generator");
        var options = AttentionOptions.defaults().scale(a.number("scale", Double.NaN));
        if (a.flag("is_causal", false)) options = options.causal();
        if (a.flag("enable_gqa", false)) options = options.grouped();
        return Attention.scaledDotProduct(a.tensor("query"), a.tensor("key"), a.tensor("value"), a.tensorOrNull("attn_mask"),
            options);
    }
}
