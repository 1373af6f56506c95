package keel.nn.conv;

import keel.autograd.Resampling;
import keel.autograd.Tensor;

/// Channels become pixels: `(…, c·factor², h, w) → (…, c, h·factor, w·factor)` (Shi et al. 2016, arXiv:1609.05158).
public record PixelShuffle(int factor) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Resampling.pixelShuffle(x, factor);
    }
}
