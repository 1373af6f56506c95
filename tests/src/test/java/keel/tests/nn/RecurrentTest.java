package keel.tests.nn;

import static keel.tests.nn.Golden.assertGolden;
import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Recurrence;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Recording;
import keel.autograd.Recurrences;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;
import keel.nn.recurrent.Cell;
import keel.nn.recurrent.CellInit;
import keel.nn.recurrent.GruCell;
import keel.nn.recurrent.LstmCell;
import keel.nn.recurrent.Recurrent;
import keel.nn.recurrent.RecurrentOptions;
import keel.nn.recurrent.RnnCell;
import keel.nn.recurrent.State;
import org.junit.jupiter.api.Test;

class RecurrentTest {
    private static final RecurrentOptions F64 = RecurrentOptions.defaults().dtype(DType.F64);

    private static SplittableRandom random() {
        return new SplittableRandom(7);
    }

    private static Recurrent rnn(Activation f, RecurrentOptions o) {
        return Recurrent.rnn(2, 3, f, o, random());
    }

    // ---- PyTorch's numbers: those of sequence.py

    /// Calls a net whose parameters are ramps halved, and compares outputs and all gradients.
    private static void assertNet(String name, Layer net, int[] shape, int[]... state) {
        int k = 1;
        for (var p : net.parameters()) p.value().copyInPlace(ramp(k++, p.tensor().shape().extents()).mul(0.5));
        var x = parameter(30, shape);
        var s = new Tensor[state.length];
        for (int i = 0; i < s.length; i++) s[i] = parameter(31 + i, state[i]);
        var start = s.length == 0 ? null : new State(s[0], s.length == 2 ? s[1] : null);
        var out = new ArrayList<Tensor>();
        State last;
        if (net instanceof Recurrent r) {
            var y = r.run(x, start, training());
            out.add(y.y());
            last = y.last();
        } else {
            last = ((Cell) net).forward(x, start, training());
        }
        out.add(last.h());
        if (last.c() != null) out.add(last.c());
        Tensor sum = null;
        for (int i = 0; i < out.size(); i++) {
            assertGolden(name + " y" + i, out.get(i).value());
            var part = out.get(i).mul(Tensor.of(ramp(40 + i, out.get(i).shape().extents()))).sum();
            sum = sum == null ? part : sum.add(part);
        }
        var g = sum.backward();
        assertGolden(name + " dx", g.of(x));
        for (int i = 0; i < s.length; i++) assertGolden(name + " ds" + i, g.of(s[i]));
        for (var p : net.parameters()) assertGolden(name + " " + p.name(), g.of(p.tensor()));
    }

    @Test
    void netsAreThoseOfPyTorch() {
        assertNet("rnn", rnn(Activation.tanh(), F64.layers(2)), new int[] {4, 2, 2}, new int[] {2, 2, 3});
        assertNet("rnn relu", rnn(Activation.relu(), F64.inBothDirections()), new int[] {3, 2, 2});
        var four = new int[] {4, 2, 3};
        assertNet("lstm", Recurrent.lstm(2, 3, F64.layers(2).inBothDirections(), random()), new int[] {3, 2, 2}, four, four);
        assertNet("lstm projected", Recurrent.lstm(2, 3, F64.projection(2).withBatchFirst(), random()), new int[] {2, 4, 2},
            new int[] {1, 2, 2}, new int[] {1, 2, 3});
        assertNet("gru", Recurrent.gru(2, 3, F64.layers(2).inBothDirections(), random()), new int[] {3, 2, 2}, four);
        assertNet("gru plain", Recurrent.gru(2, 3, F64.withoutBias().withBatchFirst(), random()), new int[] {2, 4, 2});
    }

    @Test
    void cellsAreThoseOfPyTorch() {
        var s = new int[] {4, 3};
        var start = CellInit.pytorch();
        assertNet("lstm cell", LstmCell.of(DType.F64, 2, 3, 0, true, start, random()), new int[] {4, 2}, s, s);
        assertNet("gru cell", GruCell.of(DType.F64, 2, 3, true, start, random()), new int[] {4, 2}, s);
        assertNet("rnn cell", RnnCell.of(DType.F64, 2, 3, Activation.tanh(), true, start, random()), new int[] {4, 2});
    }

    @Test
    void parametersHavePyTorchsNamesAndOrder() {
        assertEquals(List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_hr_l0",
            "weight_ih_l0_reverse", "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse", "weight_hr_l0_reverse"),
            Recurrent.lstm(2, 3, F64.projection(1).inBothDirections(), random()).parameters().names());
        assertEquals(List.of("weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "weight_hh_l1"),
            Recurrent.gru(2, 3, F64.layers(2).withoutBias(), random()).parameters().names());
    }

    // ---- derivatives

    @Test
    void everyCellIsDifferentiableTwice() {
        var start = CellInit.pytorch();
        for (var cell : List.of(RnnCell.of(DType.F64, 2, 3, Activation.tanh(), true, start, random()),
            LstmCell.of(DType.F64, 2, 3, 2, true, start, random()), GruCell.of(DType.F64, 2, 3, true, start, random()))) {
            var net = new Recurrent(List.of(cell), false, 0, false);
            var inputs = new ArrayList<NdArray>(List.of(normal(random(), 3, 2, 2)));
            cell.parameters().forEach(p -> inputs.add(p.value()));
            assertDifferentiable(x -> along(cell, x, net).square().sum(), inputs.toArray(NdArray[]::new));
        }
    }

    private static Tensor along(Cell like, Tensor[] x, Recurrent net) {
        Cell cell = switch (like) {
            case LstmCell _ -> new LstmCell(x[1], x[2], x[3], x[4], x[5]);
            case GruCell _ -> new GruCell(x[1], x[2], x[3], x[4]);
            default -> new RnnCell(x[1], x[2], x[3], x[4], Activation.tanh());
        };
        var out = new Recurrent(List.of(cell), false, 0, net.batchFirst()).run(x[0], null, training());
        return Tensor.concat(0, out.y(), out.last().h());
    }

    // ---- layouts and states

    @Test
    void theBatchMayComeFirstAndASequenceAlone() {
        var net = Recurrent.lstm(2, 3, F64.layers(2).inBothDirections(), random());
        var first = new Recurrent(net.cells(), true, 0, true);
        var x = Tensor.of(normal(random(), 5, 4, 2));
        var y = net.forward(x).value();
        assertEquals(Shape.of(5, 4, 6), y.shape());
        assertSameBits(y.transpose(0, 1), first.forward(x.transpose(0, 1)).value());
        var one = Tensor.of(x.value().slice(1, 2, 3).reshape(5, 2));
        assertSameBits(y.slice(1, 2, 3).reshape(5, 6), net.forward(one).value());
        assertSameBits(net.forward(one).value(), first.forward(one).value());
        assertEquals(Shape.of(4, 3), net.run(one, null, Pass.inference()).last().c().shape());
    }

    @Test
    void aSequenceInTwoPiecesIsThatInOne() {
        for (var net : List.of(rnn(Activation.tanh(), F64.layers(2)), Recurrent.lstm(2, 3, F64.layers(2), random()),
            Recurrent.gru(2, 3, F64.layers(2), random()))) {
            var x = Tensor.of(normal(random(), 7, 2, 2));
            var whole = net.run(x, null, Pass.inference());
            var a = net.run(x.slice(0, 0, 3), null, Pass.inference());
            var b = net.run(x.slice(0, 3, 7), a.last().detach(), Pass.inference());
            assertSameBits(whole.y().value(), Tensor.concat(0, a.y(), b.y()).value());
            assertSameBits(whole.last().h().value(), b.last().h().value());
        }
    }

    @Test
    void oneStepOneSequenceAndAnEmptyBatch() {
        var net = Recurrent.gru(2, 3, random());
        assertEquals(Shape.of(1, 1, 3), net.forward(Tensor.of(NdArray.zeros(DType.F32, 1, 1, 2))).shape());
        assertEquals(Shape.of(4, 0, 3), net.forward(Tensor.of(NdArray.zeros(DType.F32, 4, 0, 2))).shape());
        var lstm = LstmCell.of(2, 3, random());
        assertEquals(Shape.of(3), lstm.forward(Tensor.of(NdArray.zeros(DType.F32, 2))).shape());
    }

    @Test
    void extremesSaturateAndNaNStaysInItsSequence() {
        var net = Recurrent.lstm(2, 3, random());
        var x = NdArray.zeros(DType.F32, 2, 3, 2);
        x.set(1e30, 0, 0, 0).set(Float.NEGATIVE_INFINITY, 0, 1, 1).set(Float.NaN, 0, 2, 0);
        var y = net.forward(Tensor.of(x)).value();
        assertTrue(y.slice(1, 0, 2).isFinite());
        assertTrue(y.slice(1, 2, 3).hasNaN());
    }

    // ---- sequences in one operation

    /// A cell that does what another does, step by step.
    private record Stepwise(Cell of) implements Cell {
        @Override
        public int in() {
            return of.in();
        }

        @Override
        public int out() {
            return of.out();
        }

        @Override
        public int memory() {
            return of.memory();
        }

        @Override
        public DType dtype() {
            return of.dtype();
        }

        @Override
        public Tensor project(Tensor x) {
            return of.project(x);
        }

        @Override
        public State step(Tensor projected, State state) {
            return of.step(projected, state);
        }

        @Override
        public void visit(Visitor visitor) {
            of.visit(visitor);
        }
    }

    private static List<Cell> cells(DType type, int in, int hidden, boolean bias) {
        var start = CellInit.pytorch();
        return List.of(LstmCell.of(type, in, hidden, 0, bias, start, random()),
            GruCell.of(type, in, hidden, bias, start, random()),
            LstmCell.of(type, in, hidden, Math.max(1, hidden / 2), bias, start, random()),
            RnnCell.of(type, in, hidden, Activation.tanh(), bias, start, random()),
            RnnCell.of(type, in, hidden, Activation.relu(), bias, start, random()),
            RnnCell.of(type, in, hidden, Activation.softsign(), bias, start, random()));
    }

    @Test
    void aSequenceHasTheBitsOfItsSteps() {
        int[][] sizes = {{1, 1, 1, 2}, {3, 0, 2, 2}, {5, 2, 3, 7}, {4, 3, 16, 33}, {6, 16, 20, 64}, {2, 100, 5, 40}};
        for (var type : List.of(DType.F32, DType.F64)) {
            for (int[] s : sizes) {
                for (var cell : cells(type, s[2], s[3], s[3] != 33)) {
                    for (boolean reverse : new boolean[] {false, true}) {
                        var x = Tensor.of(NdArray.normal(type, Shape.of(s[0], s[1], s[2]), 0, 1, random()));
                        var start = new State(Tensor.of(NdArray.normal(type, Shape.of(s[1], cell.out()), 0, 1, random())),
                            cell.memory() == 0 ? null
                            : Tensor.of(NdArray.normal(type, Shape.of(s[1], cell.memory()), 0, 1, random())));
                        var steps = new Stepwise(cell).along(x, start, reverse);
                        var kept = cell.along(x, start, reverse);
                        var forgotten = Recording.off(() -> cell.along(x, start, reverse));
                        for (var y : List.of(kept, forgotten)) {
                            assertSameBits(steps.y().value(), y.y().value());
                            assertSameBits(steps.last().h().value(), y.last().h().value());
                            if (cell.memory() > 0) assertSameBits(steps.last().c().value(), y.last().c().value());
                        }
                    }
                }
            }
        }
    }

    @Test
    void gradientsAlongASequenceAreThoseOfItsSteps() {
        int[][] sizes = {{1, 1, 1, 2}, {3, 0, 2, 2}, {5, 2, 3, 7}, {4, 3, 16, 33}, {6, 16, 20, 64}};
        for (int[] s : sizes) {
            for (var cell : cells(DType.F64, s[2], s[3], s[3] != 33)) {
                for (boolean reverse : new boolean[] {false, true}) {
                    var x = Tensor.parameter(normal(random(), s[0], s[1], s[2]));
                    var start = new State(Tensor.parameter(normal(random(), s[1], cell.out())),
                        cell.memory() == 0 ? null : Tensor.parameter(normal(random(), s[1], cell.memory())));
                    var expected = gradients(new Stepwise(cell), x, start, reverse);
                    var actual = gradients(cell, x, start, reverse);
                    assertEquals(expected.tensors().size(), actual.tensors().size());
                    for (var t : expected.tensors()) {
                        double scale = expected.of(t).size() == 0 ? 1 : 1 + expected.of(t).abs().max().item();
                        assertArrayEquals(expected.of(t).doubles(), actual.of(t).doubles(), 1e-13 * scale, cell + " " + t);
                    }
                }
            }
        }
    }

    private static Gradients gradients(Cell cell, Tensor x, State start, boolean reverse) {
        var y = cell.along(x, start, reverse);
        var sum = weighed(y.y(), 1).add(weighed(y.last().h(), 2));
        if (y.last().c() != null) sum = sum.add(weighed(y.last().c(), 3));
        return Backward.from(sum).releaseGraph().run();
    }

    private static Tensor weighed(Tensor y, int seed) {
        return y.mul(Tensor.of(NdArray.normal(y.dtype(), y.shape(), 0, 1, new SplittableRandom(seed)))).sum();
    }

    @Test
    void stepsOfTrainingReuseWhatSequencesKeep() {
        var net = Recurrent.lstm(16, 32, RecurrentOptions.defaults().inBothDirections().layers(2), random());
        var x = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(7, 5, 16), 0, 1, random()));
        Gradients first = null;
        for (int i = 0; i < 3; i++) {
            var g = Backward.from(net.forward(x, training()).square().sum()).releaseGraph().run();
            if (first == null) {
                first = g;
                continue;
            }
            for (var t : g.tensors()) assertSameBits(first.of(t), g.of(t));
            g.release();
        }
    }

    @Test
    void aGraphThatIsRetainedIsDifferentiatedTwice() {
        for (var cell : cells(DType.F64, 2, 3, true)) {
            var x = Tensor.parameter(normal(random(), 4, 2, 2));
            var y = cell.along(x, cell.start(2), false).y().square().sum();
            var first = Backward.from(y).retainGraph().run();
            assertSameBits(first.of(x), Backward.from(y).run().of(x));
            assertThrows(IllegalStateException.class, () -> Backward.from(y).run());
        }
    }

    @Test
    void extremesComeThroughGradients() {
        for (var cell : cells(DType.F32, 2, 20, true)) {
            var x = NdArray.zeros(DType.F32, 3, 3, 2);
            x.set(1e30, 0, 0, 0).set(Float.NEGATIVE_INFINITY, 0, 1, 1).set(Float.NaN, 0, 2, 0).set(-0.0, 1, 0, 0);
            var t = Tensor.parameter(x);
            var g = cell.along(t, cell.start(3), false).y().sum().backward().of(t);
            var same = new Stepwise(cell).along(t, cell.start(3), false).y().sum().backward().of(t);
            assertArrayEquals(nans(same), nans(g), cell.toString());
            assertFalse(g.slice(1, 0, 1).hasNaN() && !same.slice(1, 0, 1).hasNaN());
        }
    }

    private static boolean[] nans(NdArray x) {
        return x.nanMask().booleans();
    }

    @Test
    void sequencesSayWhatDoesNotFit() {
        var w = new Recurrences.Weights(parameter(1, 12, 2), parameter(1, 12, 3), null, null, null);
        var x = parameter(1, 5, 4, 2);
        assertRefused(() -> Recurrences.lstm(x, w, parameter(1, 4, 3), null, false),
            "lstm: x F64 (5, 4, 2), weights F64 (12, 2) and F64 (12, 3), biases none and none, projection none, h F64 (4, 3), "
                + "c none do not fit; give F32 or F64 (time ≥ 1, n, in), (4·hidden, in), (4·hidden, out), (4·hidden) or null, "
                + "(out, hidden) or null, (n, out), (n, hidden)");
        assertRefused(() -> Recurrences.gru(x, w, parameter(1, 4, 3), false),
            "gru: x F64 (5, 4, 2), weights F64 (12, 2) and F64 (12, 3), biases none and none, h F64 (4, 3) do not fit; "
                + "give F32 or F64 (time ≥ 1, n, in), (3·hidden, in), (3·hidden, out), (3·hidden) or null, (n, out), "
                + "out = hidden");
        var projected = new Recurrences.Weights(parameter(1, 9, 2), parameter(1, 9, 3), null, null, parameter(1, 3, 3));
        assertRefused(() -> Recurrences.gru(x, projected, parameter(1, 4, 3), false), "projection F64 (3, 3)", "no projection");
        assertRefused(() -> Recurrences.tanh(parameter(1, 0, 4, 2), w, parameter(1, 4, 12), false), "tanh: x F64 (0, 4, 2)");
        assertRefused(() -> Recurrences.relu(parameter(1, 4, 2), w, parameter(1, 4, 12), true), "relu: x F64 (4, 2)");
    }

    /// Inputs without features may be as many as no array of gates holds.
    @Test
    void tooLongASequenceIsRefusedInWords() {
        var w = new Recurrences.Weights(parameter(1, 32, 0), parameter(1, 32, 8), null, null, null);
        var x = Tensor.of(NdArray.zeros(DType.F64, 1 << 16, 1 << 12, 0));
        var state = Tensor.of(NdArray.zeros(DType.F64, 1 << 12, 8));
        assertRefused(() -> Recurrences.lstm(x, w, state, state, false), "(65536, 4096, 32) has more than 2147483639 elements");
    }

    @Test
    void runsOfArraysRefuseWhatDoesNotFitToo() {
        var w = new Recurrence.Weights(ramp(1, 9, 2), ramp(1, 9, 3), null, null, null);
        var x = ramp(1, 5, 4, 2);
        assertRefused(() -> new Recurrence(Recurrence.Kind.GRU, false, x, w, ramp(1, 3, 3), null),
            "gru: x F64 (5, 4, 2)", "h F64 (3, 3)");
        var run = new Recurrence(Recurrence.Kind.GRU, false, x, w, ramp(1, 4, 3), null);
        assertRefused(() -> run.gradients(run.run(false), x, true), "gru: this run kept nothing");
        var kept = run.run(true);
        assertRefused(() -> run.gradients(kept, x, true), "gru: the gradient F64 (5, 4, 2) is not one of F64 (5, 4, 3)");
        var g = run.gradients(kept, kept.y(), false);
        assertNull(g.biasIh());
        assertNull(g.biasHh());
        assertNull(g.hr());
    }

    @Test
    void aModifiedWeightIsToldOfByTheNameOfTheCell() {
        var w = new Recurrences.Weights(parameter(1, 9, 2), parameter(1, 9, 3), null, null, null);
        var loss = Recurrences.gru(parameter(1, 5, 4, 2), w, parameter(1, 4, 3), false).y().sum();
        w.hh().value().mulInPlace(2);
        var e = assertThrows(IllegalStateException.class, loss::backward);
        assertTrue(e.getMessage().contains("gru along a sequence saved its input 2"), e.getMessage());
    }

    // ---- starting

    @Test
    void everythingStartsUniformWithinOneByTheRootOfHidden() {
        var net = Recurrent.lstm(40, 64, RecurrentOptions.defaults().layers(2), random());
        for (var p : net.parameters()) {
            double bound = 1 / Math.sqrt(64);
            assertTrue(p.value().abs().max().item() <= bound, p.name());
            assertEquals(bound / Math.sqrt(3), Math.sqrt(p.value().sumSquares().item() / p.value().size()), bound / 10, p.name());
        }
    }

    @Test
    void everyGateStartsOrthogonalAndTheForgetGateOpen() {
        var cell = LstmCell.of(DType.F64, 3, 5, 0, true, CellInit.orthogonal(), random());
        for (int gate = 0; gate < 4; gate++) {
            var w = cell.weightHh().value().slice(0, 5 * gate, 5 * gate + 5);
            var eye = NdArray.of(Shape.of(5, 5), Init.eye().create(DType.F64, Shape.of(5, 5), random()).doubles());
            assertArrayEquals(eye.doubles(), w.matmulNT(w).doubles(), 1e-12);
            var bias = cell.biasIh().value().add(cell.biasHh().value()).slice(0, 5 * gate, 5 * gate + 5);
            assertEquals(gate == 1 ? 5 : 0, bias.sum().item());
        }
        var three = LstmCell.of(DType.F64, 3, 5, 0, true, CellInit.pytorch().forgetBias(3), random());
        assertArrayEquals(new double[] {3, 3, 3, 3, 3},
            three.biasIh().value().add(three.biasHh().value()).slice(0, 5, 10).doubles());
        assertNotEquals(0, three.biasHh().value().slice(0, 0, 5).norm());
    }

    // Le et al. 2015: with the identity and relu the state stays what it is when nothing comes in.
    @Test
    void theIdentityKeepsTheState() {
        var net = rnn(Activation.relu(), F64.init(CellInit.identity()));
        var h = NdArray.of(0.5, 2, 3.0).reshape(1, 1, 3);
        var out = net.run(Tensor.of(NdArray.zeros(DType.F64, 50, 1, 2)), State.of(Tensor.of(h)), Pass.inference());
        assertSameBits(h, out.last().h().value());
    }

    // ---- dropout

    @Test
    void dropoutStandsBetweenLayersAndInTrainingOnly() {
        var x = Tensor.of(normal(random(), 6, 4, 2));
        var one = new Recurrent(Recurrent.gru(2, 3, F64, random()).cells(), false, 0.5, false);
        assertSameBits(one.forward(x).value(), one.forward(x, training()).value());
        var two = new Recurrent(Recurrent.gru(2, 3, F64.layers(2), random()).cells(), false, 0.5, false);
        assertFalse(Arrays.equals(two.forward(x).value().doubles(), two.forward(x, training()).value().doubles()));
        var all = new Recurrent(two.cells(), false, 1, false).run(x, null, training());
        var nothing = new Recurrent(two.cells().subList(1, 2), false, 0, false).run(Tensor.of(NdArray.zeros(DType.F64, 6, 4, 3)),
            null, training());
        assertSameBits(nothing.y().value(), all.y().value());
    }

    @Test
    void sameSeedSameBits() {
        var o = RecurrentOptions.defaults().layers(2).dropout(0.3);
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(6, 4, 2), 0, 1, random()));
        assertSameBits(Recurrent.lstm(2, 3, o, random()).forward(x, training()).value(),
            Recurrent.lstm(2, 3, o, random()).forward(x, training()).value());
    }

    // ---- errors

    @Test
    void errorsNameTheLayerAndWhatToGive() {
        var net = Recurrent.lstm(2, 3, random());
        assertRefused(() -> net.forward(Tensor.of(NdArray.zeros(DType.F32, 5, 4, 3))),
            "Recurrent(LstmCell(2 → 3)): the input is F32 (5, 4, 3); give F32 (time, n, 2) or (time, 2) with one step or more");
        assertRefused(() -> net.forward(Tensor.of(NdArray.zeros(DType.F32, 0, 4, 2))), "(0, 4, 2)", "one step or more");
        assertRefused(() -> net.forward(Tensor.of(NdArray.zeros(DType.F64, 5, 4, 2))), "F64 (5, 4, 2)");
        var x = Tensor.of(NdArray.zeros(DType.F32, 5, 4, 2));
        var h = Tensor.of(NdArray.zeros(DType.F32, 1, 4, 3));
        assertRefused(() -> net.run(x, State.of(h), Pass.inference()), "the state has no memory c; give h and c");
        assertRefused(() -> net.run(x, new State(h, Tensor.of(NdArray.zeros(DType.F32, 1, 3, 3))), Pass.inference()),
            "the state c is F32 (1, 3, 3); give F32 (1, 4, 3)");
        assertRefused(() -> Recurrent.gru(2, 3, random()).run(x, new State(h, h), Pass.inference()), "give h alone");
        assertRefused(() -> new Recurrent(List.of(GruCell.of(2, 3, random()), GruCell.of(2, 3, random())), false, 0, false),
            "cell 1 is GruCell(2 → 3) behind GruCell(2 → 3); give it 3 features in");
        assertRefused(() -> new Recurrent(List.of(), false, 0, false), "0 cells in 1 direction(s)");
        assertRefused(() -> RecurrentOptions.defaults().layers(0), "Recurrent: 0 layers; give 1 or more");
        assertRefused(() -> Recurrent.gru(2, 3, F64.projection(1), random()), "only an LSTM has one");
        assertRefused(() -> Recurrent.lstm(2, 3, F64.projection(3), random()), "a projection to 3 of hidden 3");
        assertRefused(() -> Recurrent.lstm(0, 3, random()), "LstmCell: 0 features, hidden 3, out 3");
        assertRefused(() -> new GruCell(parameter(1, 6, 2), parameter(1, 6, 3), null, null), "give (3·hidden, hidden)");
        assertRefused(() -> new RnnCell(parameter(1, 3, 2), parameter(1, 3, 3), parameter(1, 3), null, Activation.tanh()),
            "the biases are F64 (3) and none; give F64 (3) for both, or none");
        assertRefused(() -> new LstmCell(parameter(1, 12, 2), parameter(1, 12, 2), null, null, null),
            "give (12, 3) and none, or a projection F64 (out, 3)");
        assertRefused(() -> GruCell.of(2, 3, random()).forward(Tensor.of(NdArray.zeros(DType.F32, 4, 3))),
            "GruCell(2 → 3): the input is F32 (4, 3); give F32 (n, 2) or (2)");
    }
}
