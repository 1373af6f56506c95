package keel.nn.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import keel.array.NdArray;
import keel.nn.internal.Saved;

/// A rate that falls when a metric stops getting better; made by [Plateau#from]. It remembers, so it is no [Schedule]: show it
/// one metric after each evaluation, and multiply it with one if both are wanted. For one thread.
///
/// ```java
/// var rate = Plateau.defaults().patience(3).from(0.1);
/// for (…) { optimizer.step(grads, rate.rate()); … rate.observe(validationLoss); }
/// ```
public final class PlateauRate {
    private static final String RATE = "rate";
    private static final String BEST = "best";
    private static final String BAD = "bad";
    private static final String COOLDOWN = "cooldown";

    private final Plateau options;
    private double rate;
    private double best;
    private int bad;
    private int cooldown;

    PlateauRate(Plateau options, double rate) {
        this.options = options;
        this.rate = rate;
        this.best = options.maximize() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// The rate now.
    public double rate() {
        return rate;
    }

    /// The best metric so far; an infinity before the first.
    public double best() {
        return best;
    }

    /// Takes note of a metric; the rate after it. NaN is never better.
    public double observe(double metric) {
        if (options.isBetter(metric, best)) {
            best = metric;
            bad = 0;
        } else {
            bad++;
        }
        if (cooldown > 0) {
            cooldown--;
            bad = 0;
        }
        if (bad > options.patience()) {
            double lower = Math.max(rate * options.factor(), options.least());
            if (rate - lower > options.eps()) rate = lower;
            cooldown = options.cooldown();
            bad = 0;
        }
        return rate;
    }

    /// What later rates depend on: `rate`, `best`, `bad` metrics in a row and `cooldown` left.
    public Map<String, NdArray> state() {
        var state = new LinkedHashMap<String, NdArray>();
        state.put(RATE, Saved.number(rate));
        state.put(BEST, Saved.number(best));
        state.put(BAD, Saved.number(bad));
        state.put(COOLDOWN, Saved.number(cooldown));
        return state;
    }

    /// Takes over what [#state] once gave, so that a run goes on with the same rates.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrong entry; then nothing was changed.
    public void load(Map<String, NdArray> state) {
        var saved = new Saved("PlateauRate", state);
        double newRate = saved.number(RATE);
        double newBest = saved.number(BEST);
        long newBad = saved.whole(BAD, 0, Integer.MAX_VALUE);
        long newCooldown = saved.whole(COOLDOWN, 0, Integer.MAX_VALUE);
        saved.requireSound();
        rate = newRate;
        best = newBest;
        bad = (int) newBad;
        cooldown = (int) newCooldown;
    }

    /// The rate and the options.
    @Override
    public String toString() {
        return rate + " by " + options;
    }
}
