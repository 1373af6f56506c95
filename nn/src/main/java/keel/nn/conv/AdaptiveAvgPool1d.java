package keel.nn.conv;

import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The average of each window, as many as asked for, which cover the input evenly: `(n, c, length) → (n, c, out)`.
public record AdaptiveAvgPool1d(int out) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Pooling.adaptiveAvgPool1d(x, out);
    }
}
