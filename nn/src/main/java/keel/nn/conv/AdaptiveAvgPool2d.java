package keel.nn.conv;

import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The average of each window, as many as asked for, which cover the input evenly:
/// `(n, c, height, width) → (n, c, height, width)`.
public record AdaptiveAvgPool2d(int height, int width) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Pooling.adaptiveAvgPool2d(x, height, width);
    }
}
