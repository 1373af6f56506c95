package keel.nn.norm;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Divides by the strength of neighbouring channels: `y = x/(k + α·mean of x² over size channels around)^β`,
/// `(n, c, …) → (n, c, …)` (Krizhevsky et al. 2012, sec. 3.3). Channels beyond the ends count as 0. As in PyTorch the window
/// begins `size/2` channels before (rounded down) and α multiplies the mean, where the paper's multiplies the sum.
public record LocalResponseNorm(int size, double alpha, double beta, double k) implements Layer {
    /// @throws IllegalArgumentException if the window holds no channel
    public LocalResponseNorm {
        if (size < 1) throw new IllegalArgumentException("LocalResponseNorm: size is " + size + "; give 1 channel or more");
    }

    /// Over `size` channels: α 1e-4, β ¾, k 1.
    public static LocalResponseNorm of(int size) {
        return new LocalResponseNorm(size, 1e-4, 0.75, 1);
    }

    /// With another factor of the mean square.
    public LocalResponseNorm alpha(double alpha) {
        return new LocalResponseNorm(size, alpha, beta, k);
    }

    /// With another exponent.
    public LocalResponseNorm beta(double beta) {
        return new LocalResponseNorm(size, alpha, beta, k);
    }

    /// With another constant in the denominator.
    public LocalResponseNorm k(double k) {
        return new LocalResponseNorm(size, alpha, beta, k);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() < 3) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.shape()
                + "; give (n, c, …) of 3 axes or more");
        }
        int channels = x.extent(1);
        if (x.size() == 0) return x;
        var padded = x.square().embed(1, size / 2, channels + size - 1);
        var sum = padded.slice(1, 0, channels);
        for (int i = 1; i < size; i++) sum = sum.add(padded.slice(1, i, i + channels));
        return x.div(sum.div(size).mul(alpha).add(k).pow(beta));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "LocalResponseNorm(" + size + ")";
    }
}
