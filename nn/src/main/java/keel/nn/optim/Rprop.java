package keel.nn.optim;

import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// Steps whose lengths depend only on the gradient's sign: longer while it stays, shorter where it turns. For whole batches,
/// not for samples of them. PyTorch's `Rprop`, number for number.
///
/// ```
/// sign = g·g' > 0 ? etaPlus : g·g' < 0 ? etaMinus : 1        (g' the gradient before; 0 at first and where it turned)
/// s ← min(max(s·sign, least), most)                           (starts at the rate)
/// g ← 0 where it turned
/// p ← p − s·sign(g)
/// ```
/// Riedmiller and Braun 1993, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm", without its
/// step back. The rate is only looked at in the first step.
///
/// @param rate     length of the first step; ≥ 0, 1e-2 by default
/// @param etaMinus factor of a step where the sign turned; 0 < etaMinus < 1, 0.5 by default
/// @param etaPlus  factor of a step where the sign stayed; > 1, 1.2 by default
/// @param least    shortest step; ≥ 0, 1e-6 by default
/// @param most     longest step; ≥ 0, 50 by default
/// @param maximize whether to climb: the gradient counts with the other sign
public record Rprop(double rate, double etaMinus, double etaPlus, double least, double most, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Rprop {
        Check.notNegative("Rprop", "rate", rate);
        Check.require(etaMinus > 0 && etaMinus < 1, "Rprop", "etaMinus", etaMinus, "a number between 0 and 1");
        Check.require(etaPlus > 1 && etaPlus < Double.POSITIVE_INFINITY, "Rprop", "etaPlus", etaPlus, "a finite number above 1");
        Check.notNegative("Rprop", "least", least);
        Check.notNegative("Rprop", "most", most);
    }

    /// PyTorch's defaults: rate 1e-2, factors 0.5 and 1.2, steps from 1e-6 to 50.
    public static Rprop defaults() {
        return new Rprop(1e-2, 0.5, 1.2, 1e-6, 50, false);
    }

    /// With this rate.
    public Rprop rate(double rate) {
        return new Rprop(rate, etaMinus, etaPlus, least, most, maximize);
    }

    /// With these factors where the sign turned and where it stayed.
    public Rprop etas(double etaMinus, double etaPlus) {
        return new Rprop(rate, etaMinus, etaPlus, least, most, maximize);
    }

    /// With this shortest and longest step.
    public Rprop steps(double least, double most) {
        return new Rprop(rate, etaMinus, etaPlus, least, most, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Rprop maximize(boolean maximize) {
        return new Rprop(rate, etaMinus, etaPlus, least, most, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = List.of(Slot.zeros("prev"), new Slot("step_size", (p, rate) -> NdArray.full(p.dtype(), p.shape(), rate)));
        return new Stepper("Rprop", rate, parameters, maximize, slots, (p, g, memory, _, _) -> {
            var before = memory[0];
            var length = memory[1];
            var turn = g.sign().mulInPlace(before.sign());
            var turned = turn.lt(0);
            length.mulInPlace(NdArray.where(turned, one(p, etaMinus), NdArray.where(turn.gt(0), one(p, etaPlus), one(p, 1))));
            length.clampInPlace(least, most);
            before.copyInPlace(NdArray.where(turned, one(p, 0), g));
            p.addMulInPlace(-1, before.sign(), length);
        });
    }

    private static NdArray one(NdArray p, double value) {
        return NdArray.full(p.dtype(), Shape.of(), value);
    }
}
