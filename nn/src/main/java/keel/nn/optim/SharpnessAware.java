package keel.nn.optim;

import java.util.Map;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;

/// [Sam] around another optimizer. One call does it all, `optimizer.step(() -> loss, rate)`, or two do, with anything between,
/// such as clipping:
///
/// ```java
/// optimizer.ascend(loss(model, batch).backward());
/// optimizer.descend(clip.apply(loss(model, batch).backward()), rate);
/// ```
public final class SharpnessAware extends Base {
    /// Keeps a norm of 0 from dividing; PyTorch implementations agree on it.
    private static final double NORM_FLOOR = 1e-12;

    private final Sam options;
    private final Base base;
    // The parameters' own values while they stand at the worst point, else null.
    private NdArray[] own;

    SharpnessAware(Sam options, Base base) {
        super("Sam of " + base.name, base.rate, base.parameters);
        this.options = options;
        this.base = base;
    }

    @Override
    boolean computesLosses() {
        return true;
    }

    /// Moves the parameters to the worst point near by. Throws [IllegalStateException] if they are there already.
    public void ascend(Gradients gradients) {
        exclusively(() -> {
            climb(gradients);
            return null;
        });
    }

    /// Moves the parameters back, and then one step along gradients that were taken at the worst point.
    ///
    /// Throws [IllegalStateException] if they are not there, [IllegalArgumentException] as [Optimizer#step(Gradients, double)].
    public void descend(Gradients gradients, double rate) {
        checkRate(rate);
        exclusively(() -> {
            if (own == null) {
                throw new IllegalStateException(name + ".descend: the parameters are not at the worst point; ascend first");
            }
            putBack();
            base.step(gradients, rate);
            return null;
        });
    }

    /// Both moves; `loss` is called twice and must see the same batch both times. Returns the loss before.
    @Override
    public Tensor step(Supplier<Tensor> loss, double rate) {
        checkRate(rate);
        return exclusively(() -> {
            var before = loss.get();
            climb(before.backward());
            Gradients worst;
            try {
                worst = loss.get().backward();
            } finally {
                putBack();
            }
            base.step(worst, rate);
            return before;
        });
    }

    @Override
    public Tensor step(Supplier<Tensor> loss) {
        return step(loss, rate);
    }

    private void climb(Gradients gradients) {
        if (own != null) throw new IllegalStateException(name + ".ascend: the parameters are at the worst point; descend first");
        if (!has(gradients)) gradients = Gradients.of(Map.of());
        double sum = 0;
        for (var p : parameters) {
            if (!gradients.has(p.tensor())) continue;
            double norm = scaled(p.value(), gradients.of(p.tensor())).norm();
            sum += norm * norm;
        }
        double length = options.rho() / (Math.sqrt(sum) + NORM_FLOOR);
        own = parameters.stream().map(p -> p.value().copy()).toArray(NdArray[]::new);
        for (var p : parameters) {
            if (!gradients.has(p.tensor())) continue;
            var g = scaled(p.value(), gradients.of(p.tensor()));
            p.value().axpyInPlace(length, options.adaptive() ? g.mul(p.value()) : g);
        }
    }

    private NdArray scaled(NdArray p, NdArray g) {
        return options.adaptive() ? p.mul(g) : g;
    }

    private void putBack() {
        for (int i = 0; i < own.length; i++) parameters.list().get(i).value().copyInPlace(own[i]);
        own = null;
    }

    @Override
    void update(Gradients gradients, double rate) {
        throw new AssertionError("gradients alone are not enough");
    }

    /// That of the optimizer inside. Throws [IllegalStateException] between the two moves.
    @Override
    public Map<String, NdArray> state() {
        if (own != null) throw new IllegalStateException(name + ".state: the parameters are at the worst point; descend first");
        return base.state();
    }

    @Override
    Runnable read(Reading reading) {
        return base.read(reading);
    }
}
