package keel.nn.layer;

import keel.autograd.Tensor;

/// All axes from `fromAxis` on become one: `(n, 8, 8) → (n, 64)`.
public record Flatten(int fromAxis) implements Layer {
    /// Keeps the batch axis, flattens the rest.
    public static Flatten of() {
        return of(1);
    }

    /// Flattens from this axis on; negative axes count from the end.
    public static Flatten of(int fromAxis) {
        return new Flatten(fromAxis);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (fromAxis < -x.rank() || fromAxis >= x.rank()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input " + x.shape() + " has no axis " + fromAxis
                + "; give it a batch axis, or flatten from an axis it has");
        }
        return x.flatten(fromAxis);
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Flatten(" + fromAxis + ")";
    }
}
