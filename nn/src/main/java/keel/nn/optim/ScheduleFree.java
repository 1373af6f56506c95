package keel.nn.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keel.array.NdArray;
import keel.nn.layer.Parameters;

/// An optimizer whose result is an average of its steps: while it trains, the model holds the points where gradients are to be
/// taken. Made by [ScheduleFreeAdamW] and [ScheduleFreeSGD].
///
/// ```java
/// try (var _ = optimizer.applied()) {
///     evaluate(model);
/// }
/// ```
public final class ScheduleFree extends Stepper {
    private final double share;

    ScheduleFree(String name, double rate, Parameters parameters, boolean maximize, List<Slot> slots, double share,
        UpdateRule rule) {
        super(name, rate, parameters, maximize, slots, rule);
        this.share = share;
    }

    /// `z ← z − rate·u` and the average, in terms of `y`: memory starts with z, the sum of weights and the largest rate.
    static void move(NdArray y, NdArray u, NdArray[] memory, double rate, int step, double share, double power) {
        var z = memory[0];
        double largest = Math.max(memory[2].item(), rate);
        double weight = StrictMath.pow(step, power) * largest * largest;
        double sum = memory[1].item() + weight;
        memory[1].fillInPlace(sum);
        memory[2].fillInPlace(largest);
        double c = sum == 0 ? 0 : weight / sum;
        y.blendInPlace(1 - c, c, z).axpyInPlace(rate * (share * (1 - c) - 1), u);
        z.axpyInPlace(-rate, u);
    }

    /// The averages by path; a parameter that was never stepped is its own. Copies.
    public Map<String, NdArray> average() {
        return exclusively(() -> {
            var average = new LinkedHashMap<String, NdArray>();
            for (var parameter : parameters) {
                var memory = memories.get(parameter);
                var x = parameter.value().copy();
                if (memory != null) x.blendInPlace(1 / share, 1 - 1 / share, memory.arrays[0]);
                average.put(parameter.name(), x);
            }
            return average;
        });
    }

    /// Puts the averages into the model, to evaluate or save it, until what is returned is closed.
    public Applied applied() {
        return new Applied(parameters, average());
    }
}
