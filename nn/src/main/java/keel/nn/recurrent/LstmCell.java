package keel.nn.recurrent;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Recurrences;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Visitor;

/// Long short-term memory (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000): gates
/// `i, f, g, o = W_ih·x + b_ih + W_hh·h + b_hh`, memory `c′ = σ(f)·c + σ(i)·tanh(g)`, output `h′ = σ(o)·tanh(c′)`.
///
/// The gradient of the memory passes a step times σ(f) and nothing else, so it survives as long as the forget gate is open;
/// start it open: [CellInit#forgetBias(double)]. With a projection, `h′ = W_hr·(σ(o)·tanh(c′))` is narrower than the memory
/// (Sak et al. 2014, arXiv:1402.1128).
///
/// @param weightIh `(4·hidden, in)`, gates in the order i, f, g, o
/// @param weightHh `(4·hidden, out)`, `out` is `hidden` without a projection
/// @param biasIh `(4·hidden)`, or null for none
/// @param biasHh `(4·hidden)`, or null for none
/// @param weightHr `(out, hidden)`, or null for no projection
public record LstmCell(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh, Tensor weightHr) implements Cell {
    private static final int GATES = 4;
    private static final int FORGET = 1; // i, f, g, o

    /// A cell around these very tensors.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit each other
    public LstmCell {
        new CellWeights(weightIh, weightHh, biasIh, biasHh).check("LstmCell", GATES);
        int hidden = weightIh.extent(0) / GATES;
        int out = weightHh.extent(1);
        if (weightHr == null ? out != hidden
            : weightHr.dtype() != weightIh.dtype() || !weightHr.shape().equals(Shape.of(out, hidden))) {
            throw new IllegalArgumentException("LstmCell: the weight of the state is " + weightHh.shape()
                + " and the projection " + (weightHr == null ? "none" : weightHr.dtype() + " " + weightHr.shape()) + "; give ("
                + GATES * hidden + ", " + hidden + ") and none, or a projection " + weightIh.dtype() + " (out, " + hidden + ")");
        }
    }

    /// In F32, everything U(±1/√hidden).
    public static LstmCell of(int in, int hidden, RandomGenerator random) {
        return of(DType.F32, in, hidden, 0, true, CellInit.pytorch(), random);
    }

    /// With a projection to so many features, 0 for none; biases or none.
    public static LstmCell of(DType dtype, int in, int hidden, int projection, boolean bias, CellInit init,
            RandomGenerator random) {
        if (projection < 0 || projection >= Math.max(1, hidden)) {
            throw new IllegalArgumentException("LstmCell: a projection to " + projection + " of hidden " + hidden
                + "; give 0 for none, or fewer than hidden");
        }
        int out = projection == 0 ? hidden : projection;
        var w = init.draw("LstmCell", dtype, GATES, in, hidden, out, bias, random);
        if (bias && !Double.isNaN(init.forgetBias())) {
            setForget(w.biasIh().value(), hidden, init.forgetBias());
            setForget(w.biasHh().value(), hidden, 0);
        }
        var bound = 1 / Math.sqrt(hidden);
        var hr = projection == 0 ? null : Tensor.parameter(Init.uniform(-bound, bound).create(dtype, Shape.of(out, hidden),
            random));
        return new LstmCell(w.ih(), w.hh(), w.biasIh(), w.biasHh(), hr);
    }

    private static void setForget(NdArray bias, int hidden, double value) {
        for (int j = 0; j < hidden; j++) bias.set(value, FORGET * hidden + j);
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
        return weightIh.extent(0) / GATES;
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
        var next = Recurrences.lstmStep(projected, weights().with(weightHr), state.h(), state.c());
        return new State(next.h(), next.c());
    }

    @Override
    public Steps along(Tensor x, State start, boolean reverse) {
        var y = Recurrences.lstm(x, weights().with(weightHr), start.h(), start.c(), reverse);
        return new Steps(y.y(), new State(y.h(), y.c()));
    }

    @Override
    public void visit(Visitor visitor) {
        weights().visit(visitor);
        if (weightHr != null) visitor.parameter("weight_hr", weightHr);
    }

    @Override
    public String toString() {
        return weights().describe("LstmCell", out());
    }
}
