package keel.bench.lab;

import java.util.ArrayList;
import java.util.List;
import keel.nn.clip.Clip;
import keel.nn.clip.Clipper;
import keel.nn.clip.NonFinite;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Parameters;
import keel.nn.optim.Adam;
import keel.nn.optim.Optimizer;
import keel.nn.optim.SGD;
import keel.nn.schedule.Schedule;

/// Everything in which two experiments can differ. The withers say what one changes.
///
/// @param activation of every layer but the last
/// @param start      name of `init`
/// @param init       what weights are drawn from
/// @param bias       what biases are drawn from
/// @param norm       what normalizes
/// @param wiring     how layers are joined
/// @param adam       Adam instead of gradient descent with momentum 0.9
/// @param rate       learning rate, after the warmup
/// @param warmup     share of the steps in which the rate climbs, 0 for none
/// @param clip       largest norm of all gradients together, infinite for no bound
public record Parts(
    Activation activation, String start, Init init, Init bias, Norm norm, Wiring wiring, boolean adam, double rate,
    double warmup, double clip) {
    private static final double MOMENTUM = 0.9;
    // Every network without a note on it gets this one: small enough that none breaks by its rate alone.
    private static final double RATE = 0.01;

    /// The network that the guides begin with: sigmoid, Xavier, a plain chain, gradient descent, nothing else.
    static Parts plain() {
        return new Parts(Activation.sigmoid(), "Xavier", Init.xavierNormal(), Init.zeros(), Norm.NONE, Wiring.CHAIN, false,
            RATE, 0,
            Double.POSITIVE_INFINITY);
    }

    Parts activation(Activation activation) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts weights(String start, Init init) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts biases(Init bias) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts norm(Norm norm) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts wiring(Wiring wiring) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts adam(double rate) {
        return new Parts(activation, start, init, bias, norm, wiring, true, rate, warmup, clip);
    }

    Parts warmup(double warmup) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Parts clip(double clip) {
        return new Parts(activation, start, init, bias, norm, wiring, adam, rate, warmup, clip);
    }

    Optimizer optimizer(Parameters parameters) {
        return adam ? Adam.defaults().over(parameters) : SGD.defaults().momentum(MOMENTUM).over(parameters);
    }

    Schedule schedule(int steps) {
        int climb = (int) (warmup * steps);
        return climb == 0 ? Schedule.constant(rate) : Schedule.warmup(climb, rate);
    }

    // Gradients that are not finite go on to the parameters: the lab is about what comes of that.
    Clipper clipper() {
        return Clip.globalNorm(clip).onNonFinite(NonFinite.PASS);
    }

    boolean clips() {
        return clip < Double.POSITIVE_INFINITY;
    }

    /// The parts by name, for the reader.
    List<String> names() {
        var names = new ArrayList<>(List.of(activation.name(), start));
        if (norm != Norm.NONE) names.add(norm.label);
        if (wiring != Wiring.CHAIN) names.add(wiring.label);
        names.add((adam ? "Adam " : "SGD ") + rate);
        if (clips()) names.add("clip " + clip);
        if (warmup > 0) names.add("warmup " + StrictMath.round(100 * warmup) + " %");
        return names;
    }
}
