package keel.nn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import keel.nn.init.Fans;
import keel.nn.init.Init;

/// Starts a whole model anew, by the types of its layers.
///
/// ```java
/// ByType.of().when(Linear.class, Init.xavierNormal()).when(Conv2d.class, Init.heNormal()).initialize(model, random);
/// ```
/// A rule concerns the parameters `weight` and `bias` of layers of its type; the first rule that fits counts, and what no rule
/// fits stays as it is. Each array is drawn by itself, in visiting order: blocks that repeat do not start alike.
public record ByType(List<Rule> rules) {
    /// What the weights and biases of a type of layer start from.
    public record Rule(Class<? extends Layer> type, Init weight, Init bias) {}

    /// Copies the list.
    public ByType {
        rules = List.copyOf(rules);
    }

    /// No rule yet.
    public static ByType of() {
        return new ByType(List.of());
    }

    /// And for layers of this type this weight, and biases of 0.
    public ByType when(Class<? extends Layer> type, Init weight) {
        return when(type, weight, Init.zeros());
    }

    /// And for layers of this type this weight and bias; the bias gets the fans of the weight.
    public ByType when(Class<? extends Layer> type, Init weight, Init bias) {
        var more = new ArrayList<>(rules);
        more.add(new Rule(type, weight, bias));
        return new ByType(more);
    }

    /// Overwrites the parameters of `model` in place.
    public void initialize(Layer model, RandomGenerator random) {
        var parameters = model.parameters();
        for (var p : parameters) {
            var rule = rule(p.owner());
            if (rule == null) continue;
            switch (p.role()) {
                case "weight" -> start(p, rule.weight(), p, random);
                case "bias" -> start(p, rule.bias(), weightOf(p, parameters), random);
                default -> { }
            }
        }
    }

    private Rule rule(Layer owner) {
        for (var rule : rules) if (rule.type().isInstance(owner)) return rule;
        return null;
    }

    private static Parameter weightOf(Parameter bias, Parameters parameters) {
        for (var p : parameters) if (p.owner() == bias.owner() && p.role().equals("weight")) return p;
        return bias;
    }

    private static void start(Parameter p, Init init, Parameter weight, RandomGenerator random) {
        var shape = weight.tensor().shape();
        var fans = shape.rank() < 2 ? Fans.none() : Fans.of(shape);
        p.value().copyInPlace(init.create(p.tensor().dtype(), p.tensor().shape(), fans, random));
    }
}
