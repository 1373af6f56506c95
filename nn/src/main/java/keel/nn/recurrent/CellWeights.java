package keel.nn.recurrent;

import keel.array.Shape;
import keel.autograd.Recurrences.Weights;
import keel.autograd.Tensor;
import keel.nn.layer.Visitor;

/// The tensors that every cell has: from the input `(gates·hidden, in)`, from the state `(gates·hidden, out)`, and a bias
/// `(gates·hidden)` with each, or none.
record CellWeights(Tensor ih, Tensor hh, Tensor biasIh, Tensor biasHh) {
    /// Refuses tensors that make no cell with so many gates.
    CellWeights check(String name, int gates) {
        boolean fits = ih.rank() == 2 && hh.rank() == 2 && ih.dtype().isFloat() && hh.dtype() == ih.dtype()
            && ih.extent(0) == hh.extent(0) && ih.extent(0) % gates == 0 && ih.size() > 0 && hh.size() > 0;
        if (!fits) {
            throw new IllegalArgumentException(name + ": the weights are " + ih.dtype() + " " + ih.shape() + " and " + hh.dtype()
                + " " + hh.shape() + "; give F32 or F64 (" + of(gates) + ", in) and (" + of(gates) + ", out)");
        }
        if ((biasIh == null) != (biasHh == null) || !isBias(biasIh) || !isBias(biasHh)) {
            throw new IllegalArgumentException(name + ": the biases are " + describe(biasIh) + " and " + describe(biasHh)
                + "; give " + ih.dtype() + " (" + ih.extent(0) + ") for both, or none");
        }
        return this;
    }

    private boolean isBias(Tensor b) {
        return b == null || b.dtype() == ih.dtype() && b.shape().equals(Shape.of(ih.extent(0)));
    }

    private static String describe(Tensor b) {
        return b == null ? "none" : b.dtype() + " " + b.shape();
    }

    private static String of(int gates) {
        return gates == 1 ? "hidden" : gates + "·hidden";
    }

    /// With a projection, or null.
    Weights with(Tensor hr) {
        return new Weights(ih, hh, biasIh, biasHh, hr);
    }

    /// Shows them under PyTorch's names.
    void visit(Visitor visitor) {
        visitor.parameter("weight_ih", ih);
        visitor.parameter("weight_hh", hh);
        if (biasIh == null) return;
        visitor.parameter("bias_ih", biasIh);
        visitor.parameter("bias_hh", biasHh);
    }

    /// What a cell shows itself as.
    String describe(String name, int hidden) {
        return name + "(" + ih.extent(1) + " → " + hidden + (biasIh == null ? ", no bias)" : ")");
    }
}
