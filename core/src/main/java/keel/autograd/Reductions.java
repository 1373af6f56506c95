package keel.autograd;

import keel.array.NdArray;
import keel.array.Shape;

/// Derivatives of reductions that are not linear ([Rearrangements.Sum] is).
final class Reductions {
    private Reductions() {}

    /// Largest or smallest along axes; `kept` is the output's shape with the reduced axes kept as 1. Ties share the gradient
    /// equally.
    record Extreme(Tensor x, Shape kept) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var one = NdArray.ones(x.dtype());
                var ties = NdArray.where(x.value().eq(y.value().reshape(kept)), one, one.sub(1)); // 1 where extreme
                return dy.reshape(kept).mul(Tensor.of(ties.div(ties.sumTo(kept))));
            });
        }
    }
}
