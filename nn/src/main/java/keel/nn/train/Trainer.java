package keel.nn.train;

import java.util.ArrayList;
import java.util.List;
import keel.nn.clip.Clip;
import keel.nn.clip.Clipper;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.io.Checkpoint;
import keel.nn.io.Checkpoints;
import keel.nn.layer.Layer;
import keel.nn.optim.Optimizer;
import keel.nn.optim.WeightAverage;
import keel.nn.schedule.PlateauRate;
import keel.nn.schedule.Schedule;

/// A loop over epochs for runs that need none of their own.
///
/// ```java
/// var report = Trainer.of(model, AdamW.defaults().over(model.parameters()), Objective.crossEntropy())
///     .epochs(20).seed(42)
///     .rate(Schedule.warmup(100, 3e-3).then(Schedule.cosine(3e-3, 1e-5, 400))).clip(Clip.globalNorm(1))
///     .evaluate(digits.test(), Metric.accuracy()).patience(5)
///     .saves(Checkpoints.in(folder)).listen(Progress.to(System.out))
///     .run(Batches.seeded(digits.train(), 64, 42).prefetch(2));
/// ```
/// A trainer is its options: each method returns another trainer. The results of a step are given up with it where the objective
/// [says so][Objective#forgets()]. What a run draws comes from seeds and the number of the
/// step, so that a run that is taken up from its checkpoints has the bits of one that was never interrupted.
///
/// With [#saves], Ctrl-C and SIGTERM end the run after its current step, with a checkpoint, before the process ends.
public final class Trainer {
    final Layer model;
    final Optimizer optimizer;
    final Objective objective;
    int epochs = 1;
    int accumulate = 1;
    long seed;
    Schedule schedule;
    PlateauRate plateau;
    Clip clip;
    WeightAverage average;
    Dataset held;
    Metric metric;
    int evaluateEvery = 1;
    int patience = Integer.MAX_VALUE;
    double leastGain;
    Checkpoints saves;
    long saveEvery = Long.MAX_VALUE;
    boolean endsWithBest;
    List<Listener> listeners = List.of();

    private Trainer(Layer model, Optimizer optimizer, Objective objective) {
        this.model = model;
        this.optimizer = optimizer;
        this.objective = objective;
    }

    private Trainer copy() {
        var y = new Trainer(model, optimizer, objective);
        y.epochs = epochs;
        y.accumulate = accumulate;
        y.seed = seed;
        y.schedule = schedule;
        y.plateau = plateau;
        y.clip = clip;
        y.average = average;
        y.held = held;
        y.metric = metric;
        y.evaluateEvery = evaluateEvery;
        y.patience = patience;
        y.leastGain = leastGain;
        y.saves = saves;
        y.saveEvery = saveEvery;
        y.endsWithBest = endsWithBest;
        y.listeners = listeners;
        return y;
    }

    /// One epoch at the optimizer's own rate, seed 0, without anything else.
    public static Trainer of(Layer model, Optimizer optimizer, Objective objective) {
        return new Trainer(model, optimizer, objective);
    }

    // ---- options

    /// How often every sample is looked at, ≥ 1.
    public Trainer epochs(int epochs) {
        var y = copy();
        y.epochs = (int) atLeastOne("epochs", epochs);
        return y;
    }

    /// Steps once for so many batches, ≥ 1, by the gradient of the mean over all their samples: that of one large batch, in the
    /// memory of a small one (layers that look at the whole batch, such as `BatchNorm`, still see the small ones).
    public Trainer accumulate(int batches) {
        var y = copy();
        y.accumulate = (int) atLeastOne("accumulate", batches);
        return y;
    }

    /// Decides the random numbers of the layers, such as dropout; those of the data come from the seed of the batches.
    public Trainer seed(long seed) {
        var y = copy();
        y.seed = seed;
        return y;
    }

    /// The rate of each step, in place of the optimizer's.
    public Trainer rate(Schedule schedule) {
        var y = copy();
        y.schedule = schedule;
        y.plateau = null;
        return y;
    }

    /// A rate that falls when the score stops getting better: it is shown every score, of which larger is better, so make it with
    /// `Plateau.defaults().maximizing()`.
    public Trainer rate(PlateauRate plateau) {
        var y = copy();
        y.plateau = plateau;
        y.schedule = null;
        return y;
    }

    /// Bounds the gradients of each step.
    public Trainer clip(Clip clip) {
        var y = copy();
        y.clip = clip;
        return y;
    }

    /// Updates this average after each step, and evaluates with it in the place of the parameters.
    public Trainer average(WeightAverage average) {
        var y = copy();
        y.average = average;
        return y;
    }

    /// Scores the model on this data after each epoch.
    public Trainer evaluate(Dataset data, Metric metric) {
        var y = copy();
        y.held = data;
        y.metric = metric;
        return y;
    }

    /// Scores it after every `epochs` ≥ 1 epochs only, and after the last.
    public Trainer evaluateEvery(int epochs) {
        var y = copy();
        y.evaluateEvery = (int) atLeastOne("evaluateEvery", epochs);
        return y;
    }

    /// Ends the run when so many evaluations in a row, ≥ 1, were no better than the best.
    public Trainer patience(int evaluations) {
        var y = copy();
        y.patience = (int) atLeastOne("patience", evaluations);
        return y;
    }

    /// How much more than the best a score must be to count as better for the patience, ≥ 0.
    public Trainer leastGain(double gain) {
        if (!(gain >= 0)) throw new IllegalArgumentException("Trainer: leastGain is " + gain + "; give 0 or more");
        var y = copy();
        y.leastGain = gain;
        return y;
    }

    /// Saves here after each epoch and when the run is stopped, and takes the newest checkpoint up that is there at the start.
    /// The batches must be `Batches.seeded` or in order.
    public Trainer saves(Checkpoints saves) {
        var y = copy();
        y.saves = saves;
        return y;
    }

    /// Saves after every so many steps too, ≥ 1.
    public Trainer saveEvery(long steps) {
        var y = copy();
        y.saveEvery = atLeastOne("saveEvery", steps);
        return y;
    }

    /// Takes the best checkpoint over when the run has ended, unless it was stopped: the model of the best score, not the last.
    public Trainer endWithBest() {
        var y = copy();
        y.endsWithBest = true;
        return y;
    }

    /// Tells this one too how it goes.
    public Trainer listen(Listener listener) {
        var y = copy();
        y.listeners = new ArrayList<>(listeners);
        y.listeners.add(listener);
        return y;
    }

    private static long atLeastOne(String option, long value) {
        if (value < 1) throw new IllegalArgumentException("Trainer: " + option + " is " + value + "; give 1 or more");
        return value;
    }

    // ---- running

    /// Trains the model on these batches, from where they are, in place. On the thread that calls; one run at a time.
    ///
    /// @throws IllegalArgumentException if options do not fit each other, or a checkpoint does not fit this trainer or the
    ///                                  batches
    /// @throws IllegalStateException    if the loss is not finite and there is no clip to decide what then, or if batches whose
    ///                                  order a generator draws are to be saved
    /// @throws java.io.UncheckedIOException if a checkpoint cannot be written or read
    public Report run(Batches batches) {
        require(patience == Integer.MAX_VALUE || metric != null, "patience needs scores; say what to evaluate");
        require(plateau == null || metric != null, "a rate that falls by the score needs scores; say what to evaluate");
        require(!endsWithBest || saves != null && metric != null, "endWithBest needs scores and saves; give both");
        return new Run(this, batches).run();
    }

    private static void require(boolean right, String complaint) {
        if (!right) throw new IllegalArgumentException("Trainer.run: " + complaint);
    }

    /// What a run changes, but for where it is.
    Checkpoint checkpoint() {
        var y = Checkpoint.of(model).with(optimizer);
        if (plateau != null) y = y.with("rate", plateau::state, plateau::load);
        if (clip instanceof Clipper c) y = y.with("clip", c::state, c::load);
        if (average != null) y = y.with("average", average::state, average::load);
        return y;
    }
}
