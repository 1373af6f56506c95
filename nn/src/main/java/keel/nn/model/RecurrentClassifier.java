package keel.nn.model;

import java.util.random.RandomGenerator;

import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Embedding;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;
import keel.nn.recurrent.Recurrent;
import keel.nn.recurrent.RecurrentOptions;

/// Reads a sequence and says what it is: `(n, time, in) → (n, classes)`, or `I32 (n, time) → (n, classes)` of symbols that are
/// embedded first. The last layer's state behind the last step, of both directions, goes through a linear map.
///
/// Children: `embedding`, where there is one, `rnn` and `fc`.
///
/// @param embedding of symbols, or null
/// @param rnn what reads, with the batch first
/// @param fc from its state to the classes
public record RecurrentClassifier(Embedding embedding, Recurrent rnn, Linear fc) implements Layer {
    /// @throws IllegalArgumentException if the batch does not come first, or widths do not follow from each other
    public RecurrentClassifier {
        var first = rnn.cells().getFirst();
        int out = first.out() * (rnn.bidirectional() ? 2 : 1);
        if (!rnn.batchFirst() || fc.in() != out || embedding != null && embedding.weight().extent(1) != first.in()) {
            throw new IllegalArgumentException("RecurrentClassifier: " + (embedding == null ? "" : embedding + " → ") + rnn
                + (rnn.batchFirst() ? "" : " with the time first") + " → " + fc + " do not follow from each other; give the batch"
                + " first, and widths that agree");
        }
    }

    /// A plain recurrent net with this activation.
    public static RecurrentClassifier rnn(int in, int hidden, int classes, Activation f, RecurrentOptions o,
            RandomGenerator random) {
        return of(Recurrent.rnn(in, hidden, f, o.withBatchFirst(), random), classes, random);
    }

    /// An LSTM.
    public static RecurrentClassifier lstm(int in, int hidden, int classes, RecurrentOptions o, RandomGenerator random) {
        return of(Recurrent.lstm(in, hidden, o.withBatchFirst(), random), classes, random);
    }

    /// A GRU.
    public static RecurrentClassifier gru(int in, int hidden, int classes, RecurrentOptions o, RandomGenerator random) {
        return of(Recurrent.gru(in, hidden, o.withBatchFirst(), random), classes, random);
    }

    private static RecurrentClassifier of(Recurrent rnn, int classes, RandomGenerator random) {
        var first = rnn.cells().getFirst();
        return new RecurrentClassifier(null, rnn, Linear.of(first.dtype(), first.out() * (rnn.bidirectional() ? 2 : 1), classes,
            Init.xavierNormal(), random));
    }

    /// The same net reading `n` symbols, embedded N(0, 1).
    public RecurrentClassifier withSymbols(int n, RandomGenerator random) {
        var first = rnn.cells().getFirst();
        return new RecurrentClassifier(Embedding.of(first.dtype(), n, first.in(), Init.normal(1), random), rnn, fc);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var y = embedding == null ? x : pass.run("embedding", embedding, x);
        var h = rnn.run(y, null, pass.enter("rnn")).last().h(); // (layers·directions, n, out)
        int cells = rnn.cells().size();
        var last = rnn.bidirectional() ? Tensor.concat(-1, h.select(0, cells - 2), h.select(0, cells - 1))
            : h.select(0, cells - 1);
        return pass.run("fc", fc, last);
    }

    @Override
    public void visit(Visitor visitor) {
        if (embedding != null) visitor.child("embedding", embedding);
        visitor.child("rnn", rnn);
        visitor.child("fc", fc);
    }

    @Override
    public String toString() {
        return "RecurrentClassifier(" + (embedding == null ? "" : embedding + ", ") + rnn + ", " + fc + ")";
    }
}
