package keel.nn.recurrent;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Recurrences;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Visitor;

/// The plain recurrent cell (Elman 1990): `h′ = f(W_ih·x + b_ih + W_hh·h + b_hh)`, f tanh or relu.
///
/// Its gradient goes through `W_hh` and `f′` once a step: it vanishes where their product is below 1 and explodes where it is
/// above (Bengio et al. 1994; Pascanu et al. 2013, arXiv:1211.5063). [LstmCell] and [GruCell] are the remedy for the first,
/// clipping for the second.
///
/// @param weightIh `(hidden, in)`
/// @param weightHh `(hidden, hidden)`
/// @param biasIh `(hidden)`, or null for none
/// @param biasHh `(hidden)`, or null for none
/// @param activation f
public record RnnCell(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh, Activation activation) implements Cell {
    /// A cell around these very tensors.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit each other
    public RnnCell {
        new CellWeights(weightIh, weightHh, biasIh, biasHh).check("RnnCell", 1);
        if (weightHh.extent(0) != weightHh.extent(1)) {
            throw new IllegalArgumentException("RnnCell: the weight of the state is " + weightHh.shape() + "; give it square");
        }
    }

    /// With tanh, in F32, everything U(±1/√hidden).
    public static RnnCell of(int in, int hidden, RandomGenerator random) {
        return of(DType.F32, in, hidden, Activation.tanh(), true, CellInit.pytorch(), random);
    }

    /// With an activation of your choice, biases or none.
    public static RnnCell of(DType dtype, int in, int hidden, Activation activation, boolean bias, CellInit init,
            RandomGenerator random) {
        var w = init.draw("RnnCell", dtype, 1, in, hidden, hidden, bias, random);
        return new RnnCell(w.ih(), w.hh(), w.biasIh(), w.biasHh(), activation);
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
        return State.of(activation.function().apply(projected.add(state.h().linear(weightHh, biasHh))));
    }

    @Override
    public Steps along(Tensor x, State start, boolean reverse) {
        boolean relu = activation.equals(Activation.relu());
        if (!relu && !activation.equals(Activation.tanh())) return Cell.super.along(x, start, reverse);
        var w = weights().with(null);
        var y = relu ? Recurrences.relu(x, w, start.h(), reverse) : Recurrences.tanh(x, w, start.h(), reverse);
        return new Steps(y.y(), State.of(y.h()));
    }

    @Override
    public void visit(Visitor visitor) {
        weights().visit(visitor);
    }

    @Override
    public String toString() {
        return weights().describe("RnnCell", out());
    }
}
