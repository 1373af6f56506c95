package keel.nn.optim;

import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.nn.layer.Parameters;

/// [Prodigy] over parameters: one estimate of the distance for all of them, so that all are looked at before any is moved.
final class Distance extends Base {
    private final Prodigy options;
    private final Memories memories;
    private double d;
    private double largest;
    private double numerator;
    private int step;

    Distance(Prodigy options, Parameters parameters) {
        super("Prodigy", options.rate(), parameters);
        this.options = options;
        double eps = options.eps();
        var slots = List.of(Slot.zeros("s").fading(eps), Slot.copy("p0"), Slot.zeros("exp_avg").fading(eps),
            Slot.zeros("exp_avg_sq").fading(eps));
        this.memories = new Memories(_ -> slots);
        this.d = options.d0();
        this.largest = d;
    }

    @Override
    void update(Gradients gradients, double rate) {
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        double correction = options.corrected()
            ? Math.sqrt(Stepper.gathered(beta2, step + 1)) / Stepper.gathered(beta1, step + 1) : 1;
        double size = d * rate * correction;
        double denominator = look(gradients, rate, size);
        if (denominator == 0) return;
        double estimate = options.coefficient() * numerator / denominator;
        if (rate > 0) {
            if (d == options.d0()) d = Math.max(d, estimate);
            largest = Math.max(largest, estimate);
            d = Math.min(largest, d * options.growth());
        }
        for (var parameter : parameters) {
            if (!gradients.has(parameter.tensor())) continue;
            var memory = memories.get(parameter).arrays;
            var p = parameter.value();
            p.mulInPlace(1 - options.weightDecay() * size);
            p.addDivInPlace(-size, memory[2], memory[3].sqrt().addInPlace(d * options.eps()));
        }
        step++;
    }

    // Takes the gradients into the memories and the numerator, and returns ‖s‖₁.
    private double look(Gradients gradients, double rate, double size) {
        double beta3 = Math.sqrt(options.beta2());
        double share = d / options.d0() * size;
        double denominator = 0;
        numerator *= beta3;
        for (var parameter : parameters) {
            if (!gradients.has(parameter.tensor())) continue;
            var given = gradients.of(parameter.tensor());
            var g = options.maximize() ? given.neg() : given;
            var memory = memories.next(parameter, rate).arrays;
            numerator += share * g.dot(memory[1].sub(parameter.value()));
            memory[0].blendInPlace(beta3, share, g);
            memory[2].blendInPlace(options.beta1(), d * (1 - options.beta1()), g);
            memory[3].mulInPlace(options.beta2()).addMulInPlace(d * d * (1 - options.beta2()), g, g);
            denominator += memory[0].abs().sum().item();
        }
        return denominator;
    }

    @Override
    public Map<String, NdArray> state() {
        var state = memories.state(parameters);
        if (state.isEmpty()) return state;
        state.put(first() + ".d", NdArray.full(DType.F64, Shape.of(), d));
        state.put(first() + ".d_max", NdArray.full(DType.F64, Shape.of(), largest));
        state.put(first() + ".d_numerator", NdArray.full(DType.F64, Shape.of(), numerator));
        state.put(first() + ".k", NdArray.of(Shape.of(), new int[] {step}));
        return state;
    }

    @Override
    Runnable read(Reading reading) {
        var takeOver = memories.read(parameters, reading);
        boolean any = reading.hasAny(parameters);
        double wasD = any ? reading.number(first() + ".d") : options.d0();
        double wasLargest = any ? reading.number(first() + ".d_max") : options.d0();
        double wasNumerator = any ? reading.number(first() + ".d_numerator") : 0;
        int wasStep = any ? reading.count(first() + ".k", 0) : 0;
        return () -> {
            takeOver.run();
            d = wasD;
            largest = wasLargest;
            numerator = wasNumerator;
            step = wasStep;
        };
    }
}
