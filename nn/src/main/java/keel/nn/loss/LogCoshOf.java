package keel.nn.loss;

import keel.array.NdArray;
import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

/// `ln cosh x`, with the derivative `tanh x`.
///
/// Far from 0 it is `|x| − ln 2 + ln(1 + e^(−2|x|))`. Near 0 that would cancel to nothing: there it is `ln(1 + 2·sinh²(x/2))`.
record LogCoshOf(Tensor x) implements Vjp {
    static Tensor of(Tensor x) {
        return Tensor.op(value(x.value()), new LogCoshOf(x));
    }

    private static NdArray value(NdArray x) {
        var a = x.abs();
        var far = a.mul(-2).exp().log1p().add(a).sub(StrictMath.log(2));
        var e = a.minimum(1).mul(0.5).expm1(); // sinh u = ½(e + e/(1 + e)) with e = eᵘ − 1
        var near = e.add(e.div(e.add(1))).square().mul(0.5).log1p();
        return NdArray.where(a.lt(1), near, far);
    }

    @Override
    public Tensor[] inputs() {
        return new Tensor[] {x};
    }

    @Override
    public void pull(Tensor y, Tensor dy, Inputs in) {
        in.give(x, () -> dy.mul(x.tanh()));
    }
}
