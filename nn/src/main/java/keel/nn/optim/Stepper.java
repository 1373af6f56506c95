package keel.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;

/// What all optimizers share: which parameters, what is remembered of each, and the step counted for each by itself, as PyTorch
/// does.
final class Stepper implements Optimizer {
    /// The update of one parameter `p` by its gradient `g`: `memory` has an array for each of the optimizer's names, `step`
    /// counts from 1.
    @FunctionalInterface
    interface Rule {
        void apply(NdArray p, NdArray g, NdArray[] memory, double rate, int step);
    }

    private static final String STEP = "step";

    /// What is remembered of one parameter.
    private record Memory(NdArray[] arrays, int step) {}

    private final String name;
    private final double rate;
    private final Parameters parameters;
    private final List<String> remembered;
    private final Rule rule;
    private final Map<String, Memory> memories = new LinkedHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    Stepper(String name, double rate, Parameters parameters, List<String> remembered, Rule rule) {
        if (parameters.size() == 0) {
            throw new IllegalArgumentException(name + ".over: there are no parameters; give those of a model");
        }
        this.name = name;
        this.rate = rate;
        this.parameters = parameters;
        this.remembered = remembered;
        this.rule = rule;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public void step(Gradients gradients, double rate) {
        Check.notNegative(name + ".step", "rate", rate);
        exclusively(() -> {
            boolean any = false;
            for (var parameter : parameters) {
                if (!gradients.has(parameter.tensor())) continue;
                step(parameter, gradients.of(parameter.tensor()), rate);
                any = true;
            }
            if (!any && !gradients.tensors().isEmpty()) {
                throw new IllegalArgumentException(name + ".step: none of its " + parameters.size()
                    + " parameters has a gradient here, " + gradients.tensors().size()
                    + " other tensors have; give the gradients of this model");
            }
        });
    }

    private void step(Parameter parameter, NdArray gradient, double rate) {
        var p = parameter.value();
        var memory = memories.get(parameter.name());
        var arrays = memory == null ? fresh(p) : memory.arrays;
        int step = memory == null ? 1 : memory.step + 1;
        rule.apply(p, gradient, arrays, rate, step);
        memories.put(parameter.name(), new Memory(arrays, step));
    }

    private NdArray[] fresh(NdArray p) {
        return remembered.stream().map(_ -> NdArray.zeros(p.dtype(), p.shape())).toArray(NdArray[]::new);
    }

    private void exclusively(Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException(name
                + ": another thread is in the middle of a step; give each thread a model and an optimizer of its own");
        }
        try {
            work.run();
        } finally {
            busy.set(false);
        }
    }

    @Override
    public Map<String, NdArray> state() {
        var state = new LinkedHashMap<String, NdArray>();
        for (var parameter : parameters) {
            var memory = memories.get(parameter.name());
            if (memory == null) continue;
            for (int i = 0; i < remembered.size(); i++) state.put(parameter.name() + "." + remembered.get(i), memory.arrays[i]);
            state.put(parameter.name() + "." + STEP, NdArray.of(Shape.of(), new int[] {memory.step}));
        }
        return state;
    }

    @Override
    public void load(Map<String, NdArray> state) {
        exclusively(() -> {
            var wrong = new ArrayList<String>();
            var unread = new LinkedHashSet<>(state.keySet());
            var loaded = new LinkedHashMap<String, Memory>();
            for (var parameter : parameters) {
                var memory = read(parameter, state, unread, wrong);
                if (memory != null) loaded.put(parameter.name(), memory);
            }
            unread.forEach(path -> wrong.add(path + " is unexpected"));
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(name + ".load: " + String.join("; ", wrong)
                    + "; give the state of an optimizer with the same options over the same model");
            }
            memories.clear();
            memories.putAll(loaded);
        });
    }

    // Null if there is nothing for this parameter, or nothing right.
    private Memory read(Parameter parameter, Map<String, NdArray> state, Set<String> unread, List<String> wrong) {
        var p = parameter.value();
        var prefix = parameter.name() + ".";
        var names = new ArrayList<>(remembered);
        names.add(STEP);
        if (names.stream().noneMatch(key -> state.containsKey(prefix + key))) return null;
        int before = wrong.size();
        var arrays = new ArrayList<NdArray>();
        for (var key : remembered) arrays.add(checked(prefix + key, state, p.dtype(), p.shape(), wrong));
        var step = checked(prefix + STEP, state, DType.I32, Shape.of(), wrong);
        names.forEach(key -> unread.remove(prefix + key));
        if (step != null && step.item() < 1) wrong.add(prefix + STEP + " is " + step.item() + ", wanted 1 or more");
        if (wrong.size() > before) return null;
        return new Memory(arrays.stream().map(NdArray::copy).toArray(NdArray[]::new), (int) step.item());
    }

    private static NdArray checked(String path, Map<String, NdArray> state, DType dtype, Shape shape, List<String> wrong) {
        var array = state.get(path);
        if (array == null) {
            wrong.add(path + " is missing");
        } else if (array.dtype() != dtype || !array.shape().equals(shape)) {
            wrong.add(path + " is " + array.dtype() + " " + array.shape() + ", wanted " + dtype + " " + shape);
        }
        return array;
    }
}
