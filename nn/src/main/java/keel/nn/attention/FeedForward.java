package keel.nn.attention;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// What a transformer does to each place by itself: `down(φ(up(x)))`, or gated, `down(φ(gate(x))·up(x))`, `(…, width) → (…,
/// width)`.
///
/// The gated forms reach a lower loss with as many parameters (Shazeer 2020, arXiv:2002.05202): SwiGLU with φ silu, GEGLU gelu,
/// ReGLU relu. Three matrices instead of two: for as many parameters the hidden width is 2/3 of the plain one's.
/// Children under Llama's names: `gate_proj`, where there is one, `up_proj` and `down_proj`.
///
/// @param gate (…, width) → (…, hidden), or null
/// @param up (…, width) → (…, hidden)
/// @param activation φ
/// @param down (…, hidden) → (…, width)
public record FeedForward(Linear gate, Linear up, Activation activation, Linear down) implements Layer {
    /// @throws IllegalArgumentException if the widths do not fit
    public FeedForward {
        if (down.in() != up.out() || gate != null && (gate.in() != up.in() || gate.out() != up.out())) {
            throw new IllegalArgumentException("FeedForward: gate " + gate + ", up " + up + " and down " + down
                + "; give width → hidden for the first two, hidden → width for the last");
        }
    }

    /// Two layers with an activation between them; biases 0. A usual hidden width is `4·width`.
    public static FeedForward of(DType dtype, int width, int hidden, Activation activation, Init weight, RandomGenerator random) {
        return new FeedForward(null, Linear.of(dtype, width, hidden, weight, random), activation,
            Linear.of(dtype, hidden, width, weight, random));
    }

    /// `down(φ(gate(x))·up(x))` without biases, as in the paper. A usual hidden width is `8/3·width`.
    public static FeedForward gated(DType dtype, int width, int hidden, Activation activation, Init weight,
        RandomGenerator random) {
        return new FeedForward(Linear.withoutBias(dtype, width, hidden, weight, random),
            Linear.withoutBias(dtype, width, hidden, weight, random), activation,
            Linear.withoutBias(dtype, hidden, width, weight, random));
    }

    /// [#gated] by silu: SwiGLU.
    public static FeedForward swiGlu(DType dtype, int width, int hidden, Init weight, RandomGenerator random) {
        return gated(dtype, width, hidden, Activation.silu(), weight, random);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var u = pass.run("up_proj", up, x);
        var h = gate == null ? activation.forward(u, pass) : activation.forward(pass.run("gate_proj", gate, x), pass).mul(u);
        return pass.run("down_proj", down, h);
    }

    @Override
    public void visit(Visitor visitor) {
        if (gate != null) visitor.child("gate_proj", gate);
        visitor.child("up_proj", up);
        visitor.child("down_proj", down);
    }

    @Override
    public String toString() {
        return "FeedForward(" + up.in() + " → " + up.out() + ", " + activation + (gate == null ? ")" : ", gated)");
    }
}
