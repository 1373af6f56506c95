package keel.nn.clip;

import java.util.HashMap;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameters;

/// A bound on gradients, applied between backward and the optimizer's step: `optimizer.step(clip.apply(grads), rate)`. Any lambda
/// is one.
///
/// Those made here measure themselves: [Clipper#stats] says how often they were active and what to make of it.
@FunctionalInterface
public interface Clip {
    /// The bounded gradients; the ones given stay as they are. Whoever keeps some takes a copy: a trainer
    /// [releases][Gradients#release()] them after the step.
    Gradients apply(Gradients gradients);

    /// No bound.
    static Clip none() {
        return gradients -> gradients;
    }

    /// This bound, then `next` on what it leaves: `Clip.zClip().then(Clip.globalNorm(1))`.
    default Clip then(Clip next) {
        return gradients -> next.apply(apply(gradients));
    }

    /// Scales all gradients alike, so that their common norm is at most `max`; the direction stays. 1.0 is usual for recurrent
    /// nets and transformers, 0.5 … 5 for deep convolutional ones.
    ///
    /// `g ← g·min(1, max/(‖g‖ + 1e-6))` with `‖g‖ = √Σg²` over all parameters (Pascanu, Mikolov and Bengio 2012, arXiv:1211.5063,
    /// algorithm 1), PyTorch's `clip_grad_norm_` but for the norm: it is accumulated in F64 and scaled, so that it neither
    /// overflows nor vanishes. PyTorch's becomes infinite for a hundred gradients of 1e20, and then every gradient becomes 0.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0.
    static Clipper globalNorm(double max) {
        check("globalNorm", "max", max);
        return Clipper.of("Clip.globalNorm(" + max + ")", (gradients, norm) -> Rule.toNorm(gradients, norm, max));
    }

    /// [#globalNorm(double)] with the norm of order `p` > 0, `(Σ|g|ᵖ)^(1/p)`; infinity is the largest magnitude. PyTorch's
    /// `norm_type`.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0 and `p` > 0.
    static Clipper globalNorm(double max, double p) {
        check("globalNorm", "max", max);
        if (!(p > 0)) {
            throw new IllegalArgumentException("Clip.globalNorm: the order p is " + p + "; give a number above 0, or infinity");
        }
        return Clipper.of("Clip.globalNorm(" + max + ", " + p + ")", p,
            () -> (gradients, norm) -> Rule.toNorm(gradients, norm, max));
    }

    /// Cuts each element to [−limit, limit]: PyTorch's `clip_grad_value_`. It changes the direction; [ClipStats#cosine] says how
    /// much.
    ///
    /// Throws [IllegalArgumentException] unless `limit` ≥ 0.
    static Clipper value(double limit) {
        check("value", "limit", limit);
        return Clipper.of("Clip.value(" + limit + ")", (gradients, norm) -> {
            if (!Magnitude.exceeds(gradients.tensors().stream().map(gradients::of).toList(), limit)) {
                return Rule.Clipped.unchanged(gradients);
            }
            return Rule.Clipped.measured(gradients, gradients.map((_, g) -> g.clamp(-limit, limit)), norm, 2);
        });
    }

    /// Scales each parameter's gradient by itself, so that its norm is at most `max`: `g ← g·min(1, max/(‖g‖ + 1e-6))`. It
    /// turns the common direction; [ClipStats#cosine] says how much.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0.
    static Clipper perParameterNorm(double max) {
        check("perParameterNorm", "max", max);
        return Clipper.of("Clip.perParameterNorm(" + max + ")", new Parts(t -> t, part -> max / (part.norm() + Rule.NORM_FLOOR)));
    }

    /// Scales the gradients of each layer, such as weight and bias, alike, so that their common norm is at most `max`. Parameters
    /// belong to one layer if their paths differ in the last part only; those that are not among `parameters` pass as they are.
    ///
    /// `g ← g·min(1, max/(‖layer‖ + 1e-6))`. It turns the common direction; [ClipStats#cosine] says how much.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0.
    static Clipper perLayerNorm(double max, Parameters parameters) {
        check("perLayerNorm", "max", max);
        var layers = new HashMap<Tensor, Object>();
        for (var p : parameters) layers.put(p.tensor(), p.name().substring(0, Math.max(0, p.name().lastIndexOf('.'))));
        var rule = new Parts(layers::get, part -> max / (part.norm() + Rule.NORM_FLOOR));
        return Clipper.of("Clip.perLayerNorm(" + max + ")", rule).over(parameters);
    }

    /// Scales each parameter's gradient by itself, so that its root mean square is at most `max`: `g ← g/max(1, rms(g)/max)`,
    /// `rms(g) = ‖g‖/√size`. What Adafactor does to its updates (Shazeer and Stern 2018, arXiv:1804.04235, section 6), optax'
    /// `clip_by_block_rms`.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0.
    static Clipper blockRms(double max) {
        check("blockRms", "max", max);
        return Clipper.of("Clip.blockRms(" + max + ")", new Parts(t -> t, part -> max / (part.norm() / Math.sqrt(part.size()))));
    }

    /// Adaptive gradient clipping with `eps` = 1e-3: [#adaptive(double, double)].
    static Clipper adaptive(double factor) {
        return adaptive(factor, 1e-3);
    }

    /// Adaptive gradient clipping (AGC): the gradient of each output unit may be at most `factor` times as long as that unit's
    /// weights; what lets nets without normalization train at large batches. 0.01 for batches of 4,096, more for small ones.
    ///
    /// `gᵢ ← gᵢ·λ·max(‖wᵢ‖, eps)/max(‖gᵢ‖, 1e-6)` where `‖gᵢ‖ > λ·max(‖wᵢ‖, eps)` (Brock et al. 2021, arXiv:2102.06171, eq. 3),
    /// timm's `adaptive_clip_grad`. A unit `i` is a place along axis 0: a row `(in)` of a weight `(out, in)`, a filter `(in,
    /// kh, kw)` of a convolution; a vector or scalar is one unit. A transposed convolution has its inputs along axis 0. `eps`
    /// keeps weights that start at zero from staying there.
    ///
    /// The authors leave the last layer out:
    ///
    /// ```java
    /// var clip = Clip.adaptive(0.01).over(model.parameters().only(p -> !p.name().startsWith("head.")));
    /// ```
    ///
    /// Throws [IllegalArgumentException] unless both are ≥ 0.
    static Clipper adaptive(double factor, double eps) {
        check("adaptive", "factor", factor);
        check("adaptive", "eps", eps);
        return Clipper.of("Clip.adaptive(" + factor + ", " + eps + ")", new Units(factor, eps));
    }

    /// AutoClip: [#globalNorm(double)] whose bound is the `percentile` (0 … 100) of the norms of all steps so far, this one too;
    /// 10 is the authors' choice, and active in about 90 % of the steps on purpose. It asks for no bound in advance.
    ///
    /// Between two norms the percentile is interpolated linearly, as NumPy does. It remembers every norm, 8 bytes a step, see
    /// [Clipper#state]. Source: Seetharaman et al. 2020, arXiv:2007.14469, algorithm 1.
    ///
    /// Throws [IllegalArgumentException] unless `percentile` is from 0 to 100.
    static Clipper autoClip(double percentile) {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException("Clip.autoClip: percentile is " + percentile + "; give a number from 0 to 100");
        }
        return Clipper.of("Clip.autoClip(" + percentile + ")", 2, () -> new Percentile(percentile));
    }

    /// ZClip with the paper's values: [#zClip(double, double, int)] of 2.5, 0.97 and 25.
    static Clipper zClip() {
        return zClip(2.5, 0.97, 25);
    }

    /// ZClip: cuts spikes of the common norm, and nothing else. A norm is a spike if it lies more than `threshold` standard
    /// deviations above its running mean; the further it does, the closer to the mean it is cut:
    ///
    /// `z = (‖g‖ − μ)/(σ + 1e-6)`; for `z > threshold` the norm becomes `n = μ + threshold²/z·σ`, otherwise `n = ‖g‖`. Then
    /// `μ ← decay·μ + (1 − decay)·n` and `σ² ← decay·σ² + (1 − decay)·(n − μ)²`, with the new `μ`. The first `warmup` steps are
    /// not cut and give the first mean and variance. Remembered: [Clipper#state]. The authors add a fixed bound:
    /// `Clip.zClip().then(Clip.globalNorm(1))`.
    /// Source: Kumar et al. 2025, arXiv:2504.02507, algorithm 1, and the authors' code.
    ///
    /// Throws [IllegalArgumentException] unless `threshold` > 0, 0 ≤ `decay` < 1 and `warmup` ≥ 1.
    static Clipper zClip(double threshold, double decay, int warmup) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("Clip.zClip: threshold is " + threshold + "; give a number above 0");
        }
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("Clip.zClip: decay is " + decay + "; give a number from 0 to below 1");
        }
        if (warmup < 1) throw new IllegalArgumentException("Clip.zClip: " + warmup + " steps of warmup; give 1 or more");
        return Clipper.of("Clip.zClip(" + threshold + ", " + decay + ", " + warmup + ")", 2,
            () -> new ZScore(threshold, decay, warmup));
    }

    private static void check(String clip, String what, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("Clip." + clip + ": " + what + " is " + value + "; give a number of 0 or more");
        }
    }
}
