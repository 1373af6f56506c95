package keel.nn.layer;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// A differentiable draw from a categorical distribution: `softmax((x + g)/τ)` along an axis, `g` independent Gumbel noise
/// `−ln(−ln u)` from [Pass#random], `(…) → (…)` (Jang et al. 2016, arXiv:1611.01144; Maddison et al. 2016, arXiv:1611.00712).
///
/// `hard` gives the one-hot row of the largest entry, with the gradient of the soft one. In inference there is no noise.
public record GumbelSoftmax(double temperature, boolean hard, int axis) implements Layer {
    // The smallest step of nextDouble: keeps ln u finite.
    private static final double LEAST = 0x1p-53;

    /// @throws IllegalArgumentException if the temperature is not above 0
    public GumbelSoftmax {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("GumbelSoftmax: the temperature is " + temperature
                + "; give a finite one above 0");
        }
    }

    /// Temperature 1, soft, along the last axis.
    public static GumbelSoftmax of() {
        return new GumbelSoftmax(1, false, -1);
    }

    /// With this temperature: near 0 almost one-hot, with gradients of large variance.
    public GumbelSoftmax temperature(double temperature) {
        return new GumbelSoftmax(temperature, hard, axis);
    }

    /// One-hot forward, soft backward.
    public GumbelSoftmax hard(boolean hard) {
        return new GumbelSoftmax(temperature, hard, axis);
    }

    /// Along another axis.
    public GumbelSoftmax axis(int axis) {
        return new GumbelSoftmax(temperature, hard, axis);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var noisy = x;
        if (pass.isTraining()) {
            var u = NdArray.uniform(DType.F64, x.shape(), LEAST, 1, pass.random());
            noisy = x.add(Tensor.of(u.log().neg().log().neg().cast(x.dtype())));
        }
        var soft = noisy.div(temperature).softmax(axis);
        return hard ? soft.add(Tensor.of(oneHot(soft.value()).sub(soft.value()))) : soft;
    }

    private NdArray oneHot(NdArray p) {
        var largest = p.argmax(axis).unsqueeze(axis);
        return NdArray.ones(p.dtype(), largest.shape().extents()).scatterAdd(axis, largest, p.extent(axis));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "GumbelSoftmax(" + temperature + (hard ? ", hard)" : ")");
    }
}
