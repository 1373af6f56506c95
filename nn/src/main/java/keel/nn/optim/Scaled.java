package keel.nn.optim;

import java.util.Map;
import keel.array.NdArray;
import keel.autograd.Gradients;

/// An optimizer that steps at a multiple of the rate it is given.
final class Scaled extends Base {
    private final Base inner;
    private final double factor;

    Scaled(Base inner, double factor) {
        super(inner.name, inner.rate, inner.parameters);
        Check.notNegative("Optimizer.rateFactor", "factor", factor);
        this.inner = inner;
        this.factor = factor;
    }

    @Override
    void update(Gradients gradients, double rate) {
        inner.step(gradients, rate * factor);
    }

    @Override
    void stepAtOwnRate(Gradients gradients, double factor) {
        inner.stepAtOwnRate(gradients, factor * this.factor);
    }

    @Override
    public Map<String, NdArray> state() {
        return inner.state();
    }

    @Override
    Runnable read(Reading reading) {
        return inner.read(reading);
    }
}
