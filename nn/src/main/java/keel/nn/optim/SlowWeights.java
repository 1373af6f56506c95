package keel.nn.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;

/// [Lookahead] around another optimizer.
final class SlowWeights extends Base {
    private static final String SLOW = ".lookahead_slow";
    private static final String STEP = ".lookahead_step";

    private final Lookahead options;
    private final Base fast;
    private final Map<String, NdArray> slow = new LinkedHashMap<>();
    private int step;

    SlowWeights(Lookahead options, Base fast) {
        super("Lookahead of " + fast.name, fast.rate, fast.parameters);
        if (fast instanceof SlowWeights) {
            throw new IllegalArgumentException("Lookahead.around: " + fast.name + " is followed already; follow it once");
        }
        this.options = options;
        this.fast = fast;
        for (var p : parameters) slow.put(p.name(), p.value().copy());
    }

    @Override
    void update(Gradients gradients, double rate) {
        fast.step(gradients, rate);
        follow();
    }

    @Override
    void stepAtOwnRate(Gradients gradients, double factor) {
        exclusively(() -> {
            if (!has(gradients)) return null;
            fast.stepAtOwnRate(gradients, factor);
            follow();
            return null;
        });
    }

    private void follow() {
        if (++step % options.steps() != 0) return;
        for (var p : parameters) {
            var s = slow.get(p.name());
            p.value().copyInPlace(s.blendInPlace(1 - options.alpha(), options.alpha(), p.value()));
        }
    }

    @Override
    public Map<String, NdArray> state() {
        var state = new LinkedHashMap<>(fast.state());
        slow.forEach((path, s) -> state.put(path + SLOW, s));
        state.put(first() + STEP, NdArray.of(Shape.of(), new int[] {step}));
        return state;
    }

    @Override
    Runnable read(Reading reading) {
        var takeOver = fast.read(reading);
        var loaded = new LinkedHashMap<String, NdArray>();
        slow.forEach((path, s) -> loaded.put(path, reading.array(path + SLOW, s.dtype(), s.shape())));
        int was = reading.count(first() + STEP, 0);
        return () -> {
            takeOver.run();
            slow.putAll(loaded);
            step = was;
        };
    }
}
