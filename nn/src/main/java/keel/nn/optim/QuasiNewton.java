package keel.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameters;

/// [LBFGS] over parameters, all of them as one vector.
final class QuasiNewton extends Base {
    /// Least curvature along a step for it to enter the history.
    private static final double LEAST_CURVATURE = 1e-10;

    /// What one iteration leaves to the next; arrays are never modified, lists only by taking over.
    private static final class State {
        NdArray direction;
        double t;
        final List<NdArray> gradientSteps = new ArrayList<>();
        final List<NdArray> steps = new ArrayList<>();
        final List<Double> inverses = new ArrayList<>();
        double diagonal = 1;
        NdArray gradient;
        double loss;
        int evaluations;
        int iterations;
    }

    private final LBFGS options;
    private final DType dtype;
    private final int size;
    private State state = new State();

    QuasiNewton(LBFGS options, Parameters parameters) {
        super("LBFGS", options.rate(), parameters);
        this.options = options;
        dtype = parameters.stream().anyMatch(p -> p.tensor().dtype() == DType.F64) ? DType.F64 : DType.F32;
        size = Math.toIntExact(parameters.count());
    }

    @Override
    boolean computesLosses() {
        return true;
    }

    @Override
    void update(Gradients gradients, double rate) {
        throw new AssertionError("gradients alone are not enough");
    }

    @Override
    public Tensor step(Supplier<Tensor> loss) {
        return step(loss, rate);
    }

    @Override
    public Tensor step(Supplier<Tensor> loss, double rate) {
        checkRate(rate);
        return exclusively(() -> {
            var before = loss.get();
            iterate(loss, before.item(), flat(before.backward()), rate);
            return before;
        });
    }

    private void iterate(Supplier<Tensor> losses, double loss, NdArray g, double rate) {
        state.evaluations++;
        int most = options.evaluations() != null ? options.evaluations() : options.iterations() * 5 / 4;
        if (largest(g) <= options.gradientTolerance()) return;
        int evaluations = 1;
        for (int i = 1; i <= options.iterations(); i++) {
            state.iterations++;
            boolean first = state.iterations == 1;
            if (!first) remember(g);
            var d = first ? g.neg() : direction(g);
            state.direction = d;
            state.gradient = g;
            state.loss = loss;
            state.t = first ? Math.min(1, 1 / g.abs().sum().item()) * rate : rate;
            double slope = g.dot(d);
            if (slope > -options.changeTolerance()) return;
            int used = 0;
            if (options.strongWolfe()) {
                var start = new StrongWolfe.Point(0, loss, g, slope);
                var search = new StrongWolfe(t -> probe(losses, t, d), start, most - evaluations, largest(d),
                    options.changeTolerance());
                var found = search.search(state.t);
                state.t = found.t();
                loss = found.loss();
                g = found.gradient();
                used = search.evaluations();
                move(state.t, d);
            } else {
                move(state.t, d);
                if (i < options.iterations()) {
                    var now = losses.get();
                    loss = now.item();
                    g = flat(now.backward());
                    used = 1;
                }
            }
            evaluations += used;
            state.evaluations += used;
            if (evaluations >= most || largest(g) <= options.gradientTolerance()
                || largest(d) * Math.abs(state.t) <= options.changeTolerance()
                || Math.abs(loss - state.loss) < options.changeTolerance()) return;
        }
    }

    private void remember(NdArray g) {
        var y = g.sub(state.gradient);
        var s = state.direction.mul(state.t);
        double curvature = y.dot(s);
        if (!(curvature > LEAST_CURVATURE)) return;
        if (state.steps.size() == options.history()) {
            state.gradientSteps.removeFirst();
            state.steps.removeFirst();
            state.inverses.removeFirst();
        }
        state.gradientSteps.add(y);
        state.steps.add(s);
        state.inverses.add(1 / curvature);
        state.diagonal = curvature / y.dot(y);
    }

    // −H·g by two loops over the history: Nocedal and Wright 2006, algorithm 7.4.
    private NdArray direction(NdArray g) {
        int n = state.steps.size();
        var shares = new double[n];
        var q = g.neg();
        for (int i = n - 1; i >= 0; i--) {
            shares[i] = state.steps.get(i).dot(q) * state.inverses.get(i);
            q.axpyInPlace(-shares[i], state.gradientSteps.get(i));
        }
        q.mulInPlace(state.diagonal);
        for (int i = 0; i < n; i++) {
            double share = state.gradientSteps.get(i).dot(q) * state.inverses.get(i);
            q.axpyInPlace(shares[i] - share, state.steps.get(i));
        }
        return q;
    }

    private StrongWolfe.Point probe(Supplier<Tensor> losses, double t, NdArray d) {
        var own = parameters.stream().map(p -> p.value().copy()).toArray(NdArray[]::new);
        move(t, d);
        try {
            var loss = losses.get();
            var g = flat(loss.backward());
            return new StrongWolfe.Point(t, loss.item(), g, g.dot(d));
        } finally {
            for (int i = 0; i < own.length; i++) parameters.list().get(i).value().copyInPlace(own[i]);
        }
    }

    private void move(double t, NdArray d) {
        int from = 0;
        for (var p : parameters) {
            int to = from + p.value().size();
            p.value().axpyInPlace(t, d.slice(0, from, to).reshape(p.value().shape()).cast(p.value().dtype()));
            from = to;
        }
    }

    private NdArray flat(Gradients gradients) {
        has(gradients);
        return NdArray.concat(0, parameters.stream().map(p -> {
            int n = p.value().size();
            return gradients.has(p.tensor()) ? gradients.of(p.tensor()).reshape(n).cast(dtype) : NdArray.zeros(dtype, n);
        }).toArray(NdArray[]::new));
    }

    private static double largest(NdArray x) {
        return x.size() == 0 ? 0 : x.abs().max().item();
    }

    @Override
    public Map<String, NdArray> state() {
        var y = new LinkedHashMap<String, NdArray>();
        if (state.evaluations == 0) return y;
        y.put(first() + ".func_evals", NdArray.of(Shape.of(), new int[] {state.evaluations}));
        y.put(first() + ".n_iter", NdArray.of(Shape.of(), new int[] {state.iterations}));
        if (state.iterations == 0) return y;
        y.put(first() + ".d", state.direction);
        y.put(first() + ".t", NdArray.full(DType.F64, Shape.of(), state.t));
        y.put(first() + ".old_dirs", rows(state.gradientSteps));
        y.put(first() + ".old_stps", rows(state.steps));
        y.put(first() + ".ro", NdArray.of(state.inverses.stream().mapToDouble(Double::doubleValue).toArray()));
        y.put(first() + ".H_diag", NdArray.full(DType.F64, Shape.of(), state.diagonal));
        y.put(first() + ".prev_flat_grad", state.gradient);
        y.put(first() + ".prev_loss", NdArray.full(DType.F64, Shape.of(), state.loss));
        return y;
    }

    private NdArray rows(List<NdArray> vectors) {
        return vectors.isEmpty() ? NdArray.zeros(dtype, 0, size) : NdArray.stack(0, vectors.toArray(NdArray[]::new));
    }

    @Override
    Runnable read(Reading reading) {
        var y = new State();
        if (reading.hasAny(parameters)) {
            y.evaluations = reading.count(first() + ".func_evals", 1);
            y.iterations = reading.count(first() + ".n_iter", 0);
        }
        if (y.iterations > 0) {
            y.direction = reading.array(first() + ".d", dtype, Shape.of(size));
            y.t = reading.number(first() + ".t");
            var dirs = reading.rows(first() + ".old_dirs", dtype, options.history(), size);
            int n = dirs == null ? 0 : dirs.extent(0);
            var steps = reading.array(first() + ".old_stps", dtype, Shape.of(n, size));
            var inverses = reading.array(first() + ".ro", DType.F64, Shape.of(n));
            for (int i = 0; i < n && steps != null && inverses != null; i++) {
                y.gradientSteps.add(dirs.slice(0, i, i + 1).reshape(size));
                y.steps.add(steps.slice(0, i, i + 1).reshape(size));
                y.inverses.add(inverses.get(i));
            }
            y.diagonal = reading.number(first() + ".H_diag");
            y.gradient = reading.array(first() + ".prev_flat_grad", dtype, Shape.of(size));
            y.loss = reading.number(first() + ".prev_loss");
        }
        return () -> state = y;
    }
}
