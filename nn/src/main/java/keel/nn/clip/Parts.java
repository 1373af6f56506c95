package keel.nn.clip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import keel.autograd.Gradients;
import keel.autograd.Tensor;

/// Clipping of parts, each by itself: the tensors to which `part` gives one key are scaled alike.
record Parts(Function<Tensor, Object> part, ToDoubleFunction<Part> coefficient) implements Rule {
    /// The norm of one part and how many elements it has.
    record Part(double norm, long size) {}

    @Override
    public Clipped clip(Gradients gradients, double norm) {
        var parts = new LinkedHashMap<Object, List<Tensor>>();
        for (var t : gradients.tensors()) parts.computeIfAbsent(part.apply(t), _ -> new ArrayList<>()).add(t);
        var coefficients = new HashMap<Tensor, Double>();
        parts.values().forEach(tensors -> measure(gradients, tensors, coefficients));
        if (coefficients.isEmpty()) return Clipped.unchanged(gradients);
        var after = gradients.map((t, g) -> coefficients.containsKey(t) ? Magnitude.scaled(g, coefficients.get(t)) : g);
        return Clipped.measured(gradients, after, norm, 2);
    }

    // Enters the tensors of this part if it is above its bound.
    private void measure(Gradients gradients, List<Tensor> tensors, Map<Tensor, Double> coefficients) {
        double norm = Magnitude.norm(tensors.stream().mapToDouble(t -> gradients.of(t).norm()).toArray(), 2);
        double c = coefficient.applyAsDouble(new Part(norm, tensors.stream().mapToLong(Tensor::size).sum()));
        if (c < 1 && Double.isFinite(norm)) tensors.forEach(t -> coefficients.put(t, c));
    }
}
