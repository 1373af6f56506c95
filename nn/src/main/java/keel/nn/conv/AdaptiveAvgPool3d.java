package keel.nn.conv;

import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The average of each window, as many as asked for, which cover the input evenly:
/// `(n, c, depth, height, width) → (n, c, depth, height, width)`.
public record AdaptiveAvgPool3d(int depth, int height, int width) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Pooling.adaptiveAvgPool3d(x, depth, height, width);
    }
}
