package keel.nn.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;

/// What an optimizer remembers of each parameter: its arrays, and the step counted for each by itself, as PyTorch does.
final class Memories {
    private static final String STEP = "step";
    /// Steps between two looks for what has decayed.
    private static final int OFTEN = 64;
    private static final double LEAST = 1024;

    /// Of one parameter: an array a slot, and the steps so far.
    static final class Memory {
        final NdArray[] arrays;
        int step;

        private Memory(NdArray[] arrays, int step) {
            this.arrays = arrays;
            this.step = step;
        }
    }

    private final Function<NdArray, List<Slot>> slots;
    private final Map<String, Memory> byName = new LinkedHashMap<>();

    Memories(Function<NdArray, List<Slot>> slots) {
        this.slots = slots;
    }

    /// That of a parameter, with this step counted.
    Memory next(Parameter parameter, double rate) {
        var memory = byName.computeIfAbsent(parameter.name(), _ -> {
            var p = parameter.value();
            return new Memory(slots.apply(p).stream().map(slot -> slot.start().of(p, rate)).toArray(NdArray[]::new), 0);
        });
        memory.step++;
        if (memory.step % OFTEN == 0) fade(memory, slots.apply(parameter.value()));
        return memory;
    }

    /// What is remembered of a dead weight decays until it is denormal, and stays so, for 0.9 of the four smallest numbers are
    /// rounded to four: a step with such numbers takes many times as long. Adding 1.5 times a number whose last place is `LEAST`
    /// times the smallest normal one, and taking it off again, leaves zeros and what stays normal until the next look.
    private static void fade(Memory memory, List<Slot> slots) {
        for (int i = 0; i < memory.arrays.length; i++) {
            if (!slots.get(i).fades()) continue;
            double tiny = 1.5 * LEAST * (memory.arrays[i].dtype() == DType.F32 ? Float.MIN_NORMAL / Math.ulp(1f)
                : Double.MIN_NORMAL / Math.ulp(1.0));
            memory.arrays[i].addInPlace(tiny).addInPlace(-tiny);
        }
    }

    /// That of a parameter, or null if it was never stepped.
    Memory get(Parameter parameter) {
        return byName.get(parameter.name());
    }

    Map<String, NdArray> state(Parameters parameters) {
        var state = new LinkedHashMap<String, NdArray>();
        for (var parameter : parameters) {
            var memory = get(parameter);
            if (memory == null) continue;
            var names = slots.apply(parameter.value());
            for (int i = 0; i < names.size(); i++) state.put(parameter.name() + "." + names.get(i).name(), memory.arrays[i]);
            state.put(parameter.name() + "." + STEP, NdArray.of(Shape.of(), new int[] {memory.step}));
        }
        return state;
    }

    Runnable read(Parameters parameters, Reading reading) {
        var loaded = new LinkedHashMap<String, Memory>();
        for (var parameter : parameters) {
            var p = parameter.value();
            var wanted = slots.apply(p);
            var prefix = parameter.name() + ".";
            if (!reading.has(prefix + STEP) && wanted.stream().noneMatch(slot -> reading.has(prefix + slot.name()))) continue;
            var arrays = wanted.stream().map(slot -> {
                var like = slot.start().of(p, 0);
                return reading.array(prefix + slot.name(), like.dtype(), like.shape());
            }).toArray(NdArray[]::new);
            loaded.put(parameter.name(), new Memory(arrays, reading.count(prefix + STEP, 1)));
        }
        return () -> {
            byName.clear();
            byName.putAll(loaded);
        };
    }
}
