package keel.nn.clip;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;

/// Adaptive clipping: each output unit's gradient against that unit's own weights.
record Units(double factor, double eps) implements Rule {
    // Brock et al.'s reference implementation and timm: keeps a gradient of 0 from dividing.
    private static final double SMALLEST_NORM = 1e-6;

    @Override
    public Clipped clip(Gradients gradients, double norm) {
        var after = gradients.map(this::clip);
        boolean active = gradients.tensors().stream().anyMatch(t -> after.of(t) != gradients.of(t));
        return active ? Clipped.measured(gradients, after, norm, 2) : Clipped.unchanged(gradients);
    }

    // The gradient itself if no unit is above its bound.
    private NdArray clip(Tensor t, NdArray g) {
        int units = g.rank() < 2 ? 1 : g.extent(0);
        int size = units == 0 ? 0 : g.size() / units;
        var y = g;
        for (int i = 0; i < units; i++) {
            double norm = Magnitude.norm(g, i * size, size);
            double max = factor * Math.max(Magnitude.norm(t.value(), i * size, size), eps);
            if (!(norm > max) || !Double.isFinite(norm) || !Double.isFinite(max)) continue;
            if (y == g) y = g.copy();
            scale(y, i * size, size, max / Math.max(norm, SMALLEST_NORM));
        }
        return y;
    }

    private static void scale(NdArray y, int from, int n, double factor) {
        if (y.dtype() == DType.F32) {
            var v = y.floats();
            for (int i = from; i < from + n; i++) v[i] = (float) (v[i] * factor);
        } else {
            var v = y.doubles();
            for (int i = from; i < from + n; i++) v[i] *= factor;
        }
    }
}
