package keel.nn.loss;

import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

/// `−(t·ln p + (1 − t)·ln(1 − p))` with logarithms of at least −100; `∂p = (p − t)/max(p(1 − p), 1e-12)`, the bounds of
/// PyTorch's `binary_cross_entropy`.
record LogLikelihood(Tensor p, Tensor t) implements Vjp {
    private static final double LEAST_LOGARITHM = -100;
    private static final double LEAST_PRODUCT = 1e-12;

    static Tensor of(Tensor p, Tensor t) {
        var yes = t.value().mul(p.value().log().maximum(LEAST_LOGARITHM));
        var no = t.value().rsub(1).mul(p.value().neg().log1p().maximum(LEAST_LOGARITHM));
        return Tensor.op(yes.add(no).neg(), new LogLikelihood(p, t));
    }

    @Override
    public Tensor[] inputs() {
        return new Tensor[] {p, t};
    }

    @Override
    public void pull(Tensor y, Tensor dy, Inputs in) {
        in.give(p, () -> {
            var product = p.mul(p.neg().add(1)).clamp(LEAST_PRODUCT, Double.POSITIVE_INFINITY);
            return dy.mul(p.sub(t)).div(product);
        });
        in.give(t, () -> {
            var no = p.neg().log1p().clamp(LEAST_LOGARITHM, Double.POSITIVE_INFINITY);
            return dy.mul(no.sub(p.log().clamp(LEAST_LOGARITHM, Double.POSITIVE_INFINITY)));
        });
    }
}
