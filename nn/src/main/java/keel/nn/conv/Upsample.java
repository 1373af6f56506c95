package keel.nn.conv;

import keel.array.Resize;
import keel.autograd.Resampling;
import keel.autograd.Tensor;

/// The input at another resolution: `(n, c, …) → (n, c, …)`, nearest, linear, cubic or by area; see [Resize].
public record Upsample(Resize resize) implements Windowed {
    /// So many times the extents, nearest.
    public static Upsample by(double... factor) {
        return new Upsample(Resize.by(factor));
    }

    /// To these extents, nearest.
    public static Upsample to(int... size) {
        return new Upsample(Resize.to(size));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Resampling.interpolate(x, resize);
    }
}
