package keel.nn.optim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;

/// Several optimizers over different parameters as one.
final class Groups extends Base {
    private static final String NAME = "Optimizer.groups";

    private final List<Base> parts;

    /// `whole` may be null: then any parameters will do.
    Groups(Parameters whole, List<Optimizer> parts) {
        super(parts.stream().map(part -> Base.joinable(NAME, part).name).collect(Collectors.joining(" + ")),
            parts.isEmpty() ? 0 : parts.getFirst().rate(), union(parts));
        this.parts = parts.stream().map(part -> Base.joinable(NAME, part)).toList();
        if (whole != null) requireSame(whole, parameters);
    }

    private static Parameters union(List<Optimizer> parts) {
        if (parts.isEmpty()) throw new IllegalArgumentException(NAME + ": there are none; give at least one optimizer");
        var all = new ArrayList<Parameter>();
        var names = new HashSet<String>();
        var tensors = new HashSet<Tensor>();
        var twice = new ArrayList<String>();
        for (var part : parts) {
            for (var p : part.parameters()) {
                if (names.add(p.name()) & tensors.add(p.tensor())) all.add(p);
                else twice.add(p.name());
            }
        }
        if (twice.isEmpty()) return new Parameters(all);
        throw new IllegalArgumentException(NAME + ": in two groups: " + String.join(", ", twice)
            + "; give each parameter to one optimizer, under a name of its own");
    }

    private static void requireSame(Parameters whole, Parameters parts) {
        var left = without(whole, parts);
        var strange = without(parts, whole);
        if (left.isEmpty() && strange.isEmpty()) return;
        throw new IllegalArgumentException(NAME + ": " + (left.isEmpty() ? "" : "in no group: " + String.join(", ", left)
            + (strange.isEmpty() ? "" : "; ")) + (strange.isEmpty() ? "" : "not of these parameters: "
                + String.join(", ", strange)) + "; give each parameter to one optimizer");
    }

    private static List<String> without(Parameters some, Parameters others) {
        var known = others.stream().map(Parameter::tensor).collect(Collectors.toSet());
        return some.stream().filter(p -> !known.contains(p.tensor())).map(Parameter::name).toList();
    }

    @Override
    void update(Gradients gradients, double rate) {
        for (var part : parts) if (concerns(gradients, part)) part.step(gradients, rate);
    }

    @Override
    void stepAtOwnRate(Gradients gradients, double factor) {
        exclusively(() -> {
            if (!has(gradients)) return null;
            for (var part : parts) if (concerns(gradients, part)) part.stepAtOwnRate(gradients, factor);
            return null;
        });
    }

    private static boolean concerns(Gradients gradients, Base part) {
        return part.parameters.stream().anyMatch(p -> gradients.has(p.tensor()));
    }

    @Override
    public Map<String, NdArray> state() {
        var state = new LinkedHashMap<String, NdArray>();
        parts.forEach(part -> state.putAll(part.state()));
        return state;
    }

    @Override
    Runnable read(Reading reading) {
        var takeOver = parts.stream().map(part -> part.read(reading)).toList();
        return () -> takeOver.forEach(Runnable::run);
    }
}
