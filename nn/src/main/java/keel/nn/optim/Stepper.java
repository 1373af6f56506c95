package keel.nn.optim;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.layer.Parameters;

/// An optimizer that treats each parameter by itself.
class Stepper extends Base {
    final Memories memories;
    private final boolean maximize;
    private final UpdateRule rule;

    Stepper(String name, double rate, Parameters parameters, boolean maximize, List<Slot> slots, UpdateRule rule) {
        this(name, rate, parameters, maximize, _ -> slots, rule);
    }

    Stepper(String name, double rate, Parameters parameters, boolean maximize, Function<NdArray, List<Slot>> slots,
        UpdateRule rule) {
        super(name, rate, parameters);
        this.memories = new Memories(slots);
        this.maximize = maximize;
        this.rule = rule;
    }

    @Override
    void update(Gradients gradients, double rate) {
        for (var parameter : parameters) {
            if (!gradients.has(parameter.tensor())) continue;
            var g = gradients.of(parameter.tensor());
            var memory = memories.next(parameter, rate);
            rule.apply(parameter.value(), maximize ? g.neg() : g, memory.arrays, rate, memory.step);
        }
    }

    /// `g + decay·p`: weight decay that is scaled like the gradient.
    static NdArray decayed(NdArray g, NdArray p, double decay) {
        return decay == 0 ? g : g.copy().axpyInPlace(decay, p);
    }

    /// `v ← beta·v + (1 − beta)·g²`
    static void square(NdArray v, double beta, NdArray g) {
        v.mulInPlace(beta).addMulInPlace(1 - beta, g, g);
    }

    /// `1 − betaᵗ`: what a running mean that starts at 0 has gathered of its weights by step t.
    static double gathered(double beta, int step) {
        return 1 - StrictMath.pow(beta, step);
    }

    @Override
    public Map<String, NdArray> state() {
        return memories.state(parameters);
    }

    @Override
    Runnable read(Reading reading) {
        return memories.read(parameters, reading);
    }
}
