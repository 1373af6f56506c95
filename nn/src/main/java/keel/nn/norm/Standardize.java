package keel.nn.norm;

import keel.array.NdArray;
import keel.autograd.Inputs;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

/// `x̂ = (x − mean)·r` over axes, `r = 1/√(var + eps)` with the biased variance: what most normalizations are made of. Not
/// `centered`, it leaves the mean in: `x̂ = x·r`, `r = 1/√(mean x² + eps)`.
///
/// `dx = r·(dy − mean(dy) − x̂·mean(dy·x̂))`, without the first mean where it is not centered. `hat` and `r` are those of the
/// forward pass; where the derivative itself is recorded they are written out again.
record Standardize(Tensor x, boolean centered, double eps, NdArray hat, NdArray r, int... axes) implements Vjp {
    /// What came out, with the statistics, axes kept as 1; `mean` is null where it is not centered.
    record Result(Tensor y, NdArray mean, NdArray variance) {}

    static Result of(Tensor x, boolean centered, double eps, int... axes) {
        var v = x.value();
        var mean = centered ? v.mean(true, axes) : null;
        var deviation = centered ? v.sub(mean) : v; // squared after the mean is gone: E[x²] − E[x]² has no digits left
        double count = Math.max(1, (double) v.size() / Math.max(1, v.sum(true, axes).size()));
        var variance = deviation.sumSquares(true, axes).div(count);
        var r = variance.add(eps).rsqrt();
        var hat = deviation.mul(r);
        return new Result(Tensor.op(hat, new Standardize(x, centered, eps, hat, r, axes)), mean, variance);
    }

    @Override
    public Tensor[] inputs() {
        return new Tensor[] {x};
    }

    @Override
    public void pull(Tensor y, Tensor dy, Inputs in) {
        in.give(x, () -> {
            boolean again = Recording.isOn();
            var scale = again ? scale() : Tensor.of(r);
            var out = again ? deviation().mul(scale) : Tensor.of(hat);
            var g = centered ? dy.sub(dy.mean(true, axes)) : dy;
            return g.sub(out.mul(dy.mul(out).mean(true, axes))).mul(scale);
        });
    }

    private Tensor deviation() {
        return centered ? x.sub(x.mean(true, axes)) : x;
    }

    private Tensor scale() {
        return deviation().square().mean(true, axes).add(eps).rsqrt();
    }
}
