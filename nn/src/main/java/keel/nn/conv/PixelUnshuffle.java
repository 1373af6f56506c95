package keel.nn.conv;

import keel.autograd.Resampling;
import keel.autograd.Tensor;

/// Pixels become channels: `(…, c, h, w) → (…, c·factor², h/factor, w/factor)`, the reverse of [PixelShuffle].
public record PixelUnshuffle(int factor) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Resampling.pixelUnshuffle(x, factor);
    }
}
