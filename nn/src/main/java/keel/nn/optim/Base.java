package keel.nn.optim;

import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameters;

/// What all optimizers share: which parameters they move, one thread at a time, and state that is loaded whole or not at all.
abstract class Base implements Optimizer {
    final String name;
    final double rate;
    final Parameters parameters;
    private final AtomicBoolean busy = new AtomicBoolean();

    Base(String name, double rate, Parameters parameters) {
        if (parameters.size() == 0) {
            throw new IllegalArgumentException(name + ".over: there are no parameters; give those of a model");
        }
        var names = new HashSet<String>();
        var tensors = new HashSet<Tensor>();
        for (var parameter : parameters) {
            if (!names.add(parameter.name()) || !tensors.add(parameter.tensor())) {
                throw new IllegalArgumentException(name + ".over: parameter " + parameter.name()
                    + " is there twice; give each once, under a name of its own");
            }
        }
        this.name = name;
        this.rate = rate;
        this.parameters = parameters;
    }

    /// Moves the parameters that have a gradient; some have.
    abstract void update(Gradients gradients, double rate);

    /// Looks for its entries and returns what takes them over once nothing was found wrong.
    abstract Runnable read(Reading reading);

    /// Whether gradients alone are not enough for a step.
    boolean computesLosses() {
        return false;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void step(Gradients gradients, double rate) {
        checkRate(rate);
        if (computesLosses()) {
            throw new UnsupportedOperationException(name + ".step: it computes the loss several times in a step; give it how: "
                + "step(() -> loss, rate)");
        }
        exclusively(() -> {
            if (has(gradients)) update(gradients, rate);
            return null;
        });
    }

    @Override
    public void step(Gradients gradients) {
        stepAtOwnRate(gradients, 1);
    }

    /// One step at `factor` times the rate of the options.
    void stepAtOwnRate(Gradients gradients, double factor) {
        step(gradients, rate * factor);
    }

    void checkRate(double rate) {
        Check.notNegative(name + ".step", "rate", rate);
    }

    /// Whether there is a gradient to step along. None at all is a step that was skipped; only those of others are a mistake.
    boolean has(Gradients gradients) {
        for (var parameter : parameters) if (gradients.has(parameter.tensor())) return true;
        if (gradients.tensors().isEmpty()) return false;
        throw new IllegalArgumentException(name + ".step: none of its " + parameters.size() + " parameters has a gradient here, "
            + gradients.tensors().size() + " other tensors have; give the gradients of this model");
    }

    /// The path under which stands what belongs to all parameters together.
    String first() {
        return parameters.list().getFirst().name();
    }

    <T> T exclusively(Supplier<T> work) {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException(name
                + ": another thread is in the middle of a step; give each thread a model and an optimizer of its own");
        }
        try {
            return work.get();
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void load(Map<String, NdArray> state) {
        exclusively(() -> {
            var reading = new Reading(state);
            var takeOver = read(reading);
            reading.finish(name);
            takeOver.run();
            return null;
        });
    }

    /// The optimizer as one that can be part of another.
    static Base joinable(String operation, Optimizer part) {
        if (!(part instanceof Base base)) {
            throw new IllegalArgumentException(operation + ": a " + part.getClass().getSimpleName()
                + " cannot be part of another optimizer; write it as an UpdateRule");
        }
        if (base.computesLosses()) {
            throw new IllegalArgumentException(operation + ": " + base.name
                + " computes the loss itself and cannot be part of another optimizer; let it have all parameters");
        }
        return base;
    }
}
