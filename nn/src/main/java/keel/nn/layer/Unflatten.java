package keel.nn.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import keel.autograd.Tensor;

/// One axis becomes several: `(n, 64) → (n, 8, 8)`; the reverse of [Flatten]. One extent may be −1: what is left.
public record Unflatten(int axis, List<Integer> extents) implements Layer {
    /// Copies the list.
    public Unflatten {
        extents = List.copyOf(extents);
    }

    /// Axis `axis` in these extents; negative axes count from the end.
    public static Unflatten of(int axis, int... extents) {
        return new Unflatten(axis, Arrays.stream(extents).boxed().toList());
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        try {
            return x.unflatten(axis, extents.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Unflatten(" + axis + " → " + extents.stream().map(Object::toString).collect(Collectors.joining("×")) + ")";
    }
}
