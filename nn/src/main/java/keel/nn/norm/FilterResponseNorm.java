package keel.nn.norm;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Filter response normalization with its thresholded linear unit: `y = max(x/√(mean x² + eps)·w + b, τ)`, the mean over the
/// positions of each channel of each sample, `(n, c, …) → (n, c, …)` (Singh and Krishnan 2019, arXiv:1911.09737). It stands for
/// the normalization and for the relu behind it: because no mean is taken away, the threshold τ is learned too.
///
/// `weight (c)` starts at 1, `bias (c)` and `tau (c)` at 0; eps 1e-6.
public record FilterResponseNorm(Tensor weight, Tensor bias, Tensor tau, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-6; // the paper's

    /// @throws IllegalArgumentException if the parameters do not have one value a channel each, or `eps` is negative
    public FilterResponseNorm {
        Channels.checkParameters("FilterResponseNorm", weight.size(), weight, bias, tau);
        Channels.checkEps("FilterResponseNorm", eps);
    }

    /// For `channels` channels in F32.
    public static FilterResponseNorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels.
    public static FilterResponseNorm of(DType dtype, int channels) {
        Channels.checkType("FilterResponseNorm", dtype);
        Channels.checkParameters("FilterResponseNorm", channels);
        return new FilterResponseNorm(Channels.ones(dtype, channels), Channels.zeros(dtype, channels),
            Channels.zeros(dtype, channels), DEFAULT_EPS);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Channels.check(this, pass, x, weight.size(), 3, weight.dtype());
        var hat = x.rmsNorm(x.rank() - 2, null, eps);
        return Channels.affine(hat, weight, bias).maximum(tau.reshape(Channels.shape(x, tau.size())));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        visitor.parameter("bias", bias);
        visitor.parameter("tau", tau);
    }

    @Override
    public String toString() {
        return "FilterResponseNorm(" + weight.size() + ")";
    }
}
