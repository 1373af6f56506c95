package keel.tests.autograd;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Recurrences;
import keel.autograd.Recurrences.Weights;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;

/// Recurrent cells along sequences and step by step.
final class OperationsRecurrent {
    private OperationsRecurrent() {}

    /// What a run gives, of its weights, its input, and its state.
    @FunctionalInterface
    private interface Run {
        Tensor of(Weights w, Tensor x, Tensor h, Tensor c);
    }

    static void enter() {
        Operations.add("lstm", (_, random) -> sequence(4, true, random, (reverse, w, x, h, c) ->
            joined(Recurrences.lstm(x, w, h, c, reverse))));
        Operations.add("gru", (_, random) -> sequence(3, false, random, (reverse, w, x, h, _) ->
            joined(Recurrences.gru(x, w, h, reverse))));
        Operations.add("tanh along a sequence", (_, random) -> sequence(1, false, random, (reverse, w, x, h, _) ->
            joined(Recurrences.tanh(x, w, h, reverse))));
        Operations.add("relu along a sequence", (_, random) -> {
            var bias = random.nextBoolean() ? 6 : -6; // away from the bend
            return sequence(1, false, random, (reverse, w, x, h, _) -> {
                var shifted = w.ih().sum(false, 1).mul(0).add(bias);
                var weights = new Weights(w.ih(), w.hh().mul(0.1), shifted, shifted.mul(0.5), null);
                return joined(Recurrences.relu(x, weights, h, reverse));
            });
        });
        Operations.add("lstmStep", (_, random) -> made(4, true, random, (w, x, h, c) -> {
            var step = Recurrences.lstmStep(x.select(0, 0).linear(w.ih(), null), w, h, c);
            return Tensor.concat(1, step.h(), step.c());
        }));
        Operations.add("gruStep", (_, random) -> made(3, false, random, (w, x, h, _) ->
            Recurrences.gruStep(x.select(0, 0).linear(w.ih(), null), w, h)));
    }

    @FunctionalInterface
    private interface Directed {
        Tensor of(boolean reverse, Weights w, Tensor x, Tensor h, Tensor c);
    }

    private static Case sequence(int gates, boolean memory, SplittableRandom random, Directed f) {
        boolean reverse = random.nextBoolean();
        return made(gates, memory, random, (w, x, h, c) -> f.of(reverse, w, x, h, c));
    }

    private static Case made(int gates, boolean memory, SplittableRandom random, Run f) {
        int time = 1 + random.nextInt(3);
        int n = random.nextInt(3);
        int in = 1 + random.nextInt(2);
        int hidden = 1 + random.nextInt(3);
        boolean biased = random.nextBoolean();
        boolean projected = memory && hidden > 1 && random.nextBoolean();
        int out = projected ? hidden - 1 : hidden;
        var all = new ArrayList<NdArray>(List.of(between(random, time, n, in), between(random, gates * hidden, in),
            between(random, gates * hidden, out), between(random, n, out)));
        if (biased) all.addAll(List.of(between(random, gates * hidden), between(random, gates * hidden)));
        if (projected) all.add(between(random, out, hidden));
        if (memory) all.add(between(random, n, hidden));
        return new Case(inputs -> {
            Iterator<Tensor> t = List.of(inputs).iterator();
            var x = t.next();
            var ih = t.next();
            var hh = t.next();
            var h = t.next();
            var w = new Weights(ih, hh, biased ? t.next() : null, biased ? t.next() : null, projected ? t.next() : null);
            return f.of(w, x, h, memory ? t.next() : null);
        }, all.toArray(NdArray[]::new));
    }

    // All that a sequence gives, in one line.
    private static Tensor joined(Recurrences.Sequence s) {
        var y = Tensor.concat(0, line(s.y()), line(s.h()));
        return s.c() == null ? y : Tensor.concat(0, y, line(s.c()));
    }

    private static Tensor line(Tensor t) {
        return t.reshape(Shape.of(t.value().size()));
    }

    private static NdArray between(SplittableRandom random, int... extents) {
        return Operations.between(Shape.of(extents), -1, 1, random);
    }
}
