package keel.nn.conv;

import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The largest of each window, as many as asked for, which cover the input evenly:
/// `(n, c, depth, height, width) → (n, c, depth, height, width)`.
public record AdaptiveMaxPool3d(int depth, int height, int width) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Pooling.adaptiveMaxPool3d(x, depth, height, width).y();
    }
}
