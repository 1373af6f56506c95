package keel.nn.recurrent;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Recurrences;
import keel.autograd.Tensor;
import keel.nn.layer.Visitor;

/// The gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): `r = σ(x_r + h_r)`, `z = σ(x_z + h_z)`,
/// `n = tanh(x_n + r·h_n)`, `h′ = (1 − z)·n + z·h`, where `x = W_ih·x + b_ih` and `h = W_hh·h + b_hh` are cut into r, z, n.
///
/// The reset gate multiplies `h_n` with its bias, as in PyTorch, and not the state before the product, as in the paper: so all
/// gates come from one product.
///
/// @param weightIh `(3·hidden, in)`, gates in the order r, z, n
/// @param weightHh `(3·hidden, hidden)`
/// @param biasIh `(3·hidden)`, or null for none
/// @param biasHh `(3·hidden)`, or null for none
public record GruCell(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh) implements Cell {
    private static final int GATES = 3;

    /// A cell around these very tensors.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit each other
    public GruCell {
        new CellWeights(weightIh, weightHh, biasIh, biasHh).check("GruCell", GATES);
        if (weightHh.extent(0) != GATES * weightHh.extent(1)) {
            throw new IllegalArgumentException("GruCell: the weight of the state is " + weightHh.shape()
                + "; give (3·hidden, hidden)");
        }
    }

    /// In F32, everything U(±1/√hidden).
    public static GruCell of(int in, int hidden, RandomGenerator random) {
        return of(DType.F32, in, hidden, true, CellInit.pytorch(), random);
    }

    /// With biases or none.
    public static GruCell of(DType dtype, int in, int hidden, boolean bias, CellInit init, RandomGenerator random) {
        var w = init.draw("GruCell", dtype, GATES, in, hidden, hidden, bias, random);
        return new GruCell(w.ih(), w.hh(), w.biasIh(), w.biasHh());
    }

    private CellWeights weights() {
        return new CellWeights(weightIh, weightHh, biasIh, biasHh);
    }

    @Override
    public int in() {
        return weightIh.extent(1);
    }

    @Override
    public int out() {
        return weightHh.extent(1);
    }

    @Override
    public int memory() {
        return 0;
    }

    @Override
    public DType dtype() {
        return weightIh.dtype();
    }

    @Override
    public Tensor project(Tensor x) {
        return x.linear(weightIh, biasIh);
    }

    @Override
    public State step(Tensor projected, State state) {
        return State.of(Recurrences.gruStep(projected, weights().with(null), state.h()));
    }

    @Override
    public Steps along(Tensor x, State start, boolean reverse) {
        var y = Recurrences.gru(x, weights().with(null), start.h(), reverse);
        return new Steps(y.y(), State.of(y.h()));
    }

    @Override
    public void visit(Visitor visitor) {
        weights().visit(visitor);
    }

    @Override
    public String toString() {
        return weights().describe("GruCell", out());
    }
}
