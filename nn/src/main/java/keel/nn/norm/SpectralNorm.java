package keel.nn.norm;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A weight divided by its largest singular value σ, so that the layer stretches nothing (Miyato et al. 2018,
/// arXiv:1802.05957): `W/(uᵀWv)`, `W` as a matrix `(out, rest)`.
///
/// `u (out)` and `v (rest)` approach the singular vectors by power iteration, `iterations` a training pass (1):
/// `u = Wv/‖Wv‖`, `v = Wᵀu/‖Wᵀu‖`. They are state, and constants for the gradient: `∂σ/∂W = u·vᵀ`. They start from noise and
/// 15 iterations.
public record SpectralNorm(Tensor weight, NdArray u, NdArray v, int iterations, double eps) implements Reparametrized.Weight {
    private static final int FIRST_ITERATIONS = 15; // PyTorch's
    private static final double DEFAULT_EPS = 1e-12; // PyTorch's: the least length divided by

    /// @throws IllegalArgumentException if the shapes do not fit, or the iterations are negative
    public SpectralNorm {
        int out = weight.rank() < 2 ? 0 : weight.extent(0);
        if (out == 0 || weight.size() == 0 || u.size() != out || v.size() != weight.size() / out || iterations < 0) {
            throw new IllegalArgumentException("SpectralNorm: weight " + weight.shape() + ", u " + u.shape() + ", v "
                + v.shape() + ", "
                + iterations + " iterations; give (out, …) without empty axes, (out), (the product of the rest), and 0 or more");
        }
    }

    /// The weight over its largest singular value, one iteration a training pass.
    public static SpectralNorm of(Tensor weight, RandomGenerator random) {
        int out = weight.extent(0);
        var u = NdArray.normal(weight.dtype(), Shape.of(out), 0, 1, random);
        var v = NdArray.normal(weight.dtype(), Shape.of(weight.size() / Math.max(1, out)), 0, 1, random);
        var y = new SpectralNorm(weight, u, v, 1, DEFAULT_EPS);
        y.iterate(FIRST_ITERATIONS);
        return y;
    }

    /// The same state with another number of iterations a training pass.
    public SpectralNorm iterations(int iterations) {
        return new SpectralNorm(weight, u, v, iterations, eps);
    }

    private void iterate(int times) {
        var w = weight.value().reshape(u.size(), v.size());
        for (int i = 0; i < times; i++) {
            u.copyInPlace(unit(w.matmul(v.reshape(v.size(), 1)).reshape(u.shape())));
            v.copyInPlace(unit(w.matmulTN(u.reshape(u.size(), 1)).reshape(v.shape())));
        }
    }

    private NdArray unit(NdArray x) {
        double length = Math.max(x.norm(), eps);
        return x.div(x.dtype() == DType.F32 ? (float) length : length);
    }

    @Override
    public Tensor of(Pass pass) {
        if (pass.isTraining()) iterate(iterations);
        var outer = u.reshape(u.size(), 1).matmul(v.reshape(1, v.size())); // a copy: later passes change u and v
        var sigma = weight.reshape(u.size(), v.size()).mul(Tensor.of(outer)).sum();
        return weight.div(sigma);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight_orig", weight);
        visitor.state("weight_u", u);
        visitor.state("weight_v", v);
    }
}
