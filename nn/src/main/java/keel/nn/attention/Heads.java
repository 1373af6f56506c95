package keel.nn.attention;

import keel.array.AttentionOptions;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;

/// What layers of several heads share.
final class Heads {
    private Heads() {}

    /// `(…, l, heads·d) → (…, heads, l, d)`
    static Tensor split(Tensor x, int heads) {
        return x.unflatten(-1, heads, x.extent(-1) / heads).transpose(-3, -2);
    }

    /// `(…, heads, l, d) → (…, l, heads·d)`
    static Tensor merge(Tensor x) {
        var y = x.transpose(-3, -2);
        return y.reshape(y.shape().removed(y.rank() - 1).with(y.rank() - 2, y.extent(-2) * y.extent(-1)));
    }

    /// These options, with dropout of the weights of `q` (…, l, d) for `s` keys where the pass trains.
    static AttentionOptions dropout(AttentionOptions options, Tensor q, int s, double p, Pass pass) {
        if (!pass.isTraining() || p == 0) return options;
        return options.dropout(NdArray.bernoulli(q.shape().with(q.rank() - 1, s), 1 - p, pass.random()), p);
    }

    static void check(String layer, int width, int heads, double dropout) {
        if (heads < 1 || width < heads || width % heads != 0) {
            throw new IllegalArgumentException(layer + ": " + width + " features for " + heads
                + " heads; give a multiple of the heads");
        }
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException(layer + ": dropout is " + dropout + "; give a probability in 0 … 1");
        }
    }
}
