package keel.nn.layer;

import keel.autograd.Tensor;

/// A gated unit: splits an axis into halves `a` and `b` and gives `a·gate(b)`, `(…, 2n, …) → (…, n, …)`.
///
/// With σ it is the GLU (Dauphin et al. 2016, arXiv:1612.08083); with silu, gelu, relu or nothing the variants of Shazeer 2020
/// (arXiv:2002.05202). The value comes first and the gate second, as in PyTorch's `glu`; a model whose gate comes first needs
/// its halves swapped.
public record Glu(Activation gate, int axis) implements Layer {
    private static final int LAST = -1;

    /// `a·σ(b)` along the last axis.
    public static Glu of() {
        return of(Activation.sigmoid());
    }

    /// `a·gate(b)` along the last axis.
    public static Glu of(Activation gate) {
        return new Glu(gate, LAST);
    }

    /// `a·silu(b)`
    public static Glu swiglu() {
        return of(Activation.silu());
    }

    /// `a·gelu(b)`
    public static Glu geglu() {
        return of(Activation.gelu());
    }

    /// `a·relu(b)`
    public static Glu reglu() {
        return of(Activation.relu());
    }

    /// `a·b`
    public static Glu bilinear() {
        return of(Activation.of("identity", b -> b));
    }

    /// Along another axis; negative axes count from the end.
    public Glu axis(int axis) {
        return new Glu(gate, axis);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (axis < -x.rank() || axis >= x.rank() || x.extent(axis) % 2 != 0) {
            throw new IllegalArgumentException(this + pass.at() + ": axis " + axis + " of the input " + x.shape()
                + " cannot be halved; give it an even extent, twice that of the output");
        }
        int n = x.extent(axis) / 2;
        return x.slice(axis, 0, n).mul(gate.forward(x.slice(axis, n, 2 * n), pass));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "Glu(" + gate + (axis == LAST ? ")" : ", axis " + axis + ")");
    }
}
