package keel.tests.conformance;

import java.util.List;
import java.util.Map;
import keel.nn.layer.Parameters;
import keel.nn.optim.ASGD;
import keel.nn.optim.Adadelta;
import keel.nn.optim.Adafactor;
import keel.nn.optim.Adagrad;
import keel.nn.optim.Adam;
import keel.nn.optim.AdamW;
import keel.nn.optim.Adamax;
import keel.nn.optim.Adan;
import keel.nn.optim.Adopt;
import keel.nn.optim.LBFGS;
import keel.nn.optim.LaProp;
import keel.nn.optim.Lamb;
import keel.nn.optim.Lars;
import keel.nn.optim.Lion;
import keel.nn.optim.Madgrad;
import keel.nn.optim.Muon;
import keel.nn.optim.NAdam;
import keel.nn.optim.NAdamW;
import keel.nn.optim.Optimizer;
import keel.nn.optim.RAdam;
import keel.nn.optim.RMSProp;
import keel.nn.optim.Rprop;
import keel.nn.optim.SGD;

/// Optimizers by the names and hyperparameters of PyTorch and timm.
final class Optimizers {
    private Optimizers() {}

    /// Makes an optimizer of hyperparameters.
    interface Maker {
        Optimizer over(Args hyper, Parameters parameters);
    }

    static final Map<String, Maker> MAKERS = Map.ofEntries(
        Map.entry("SGD", Optimizers::sgd), Map.entry("Adam", Optimizers::adam), Map.entry("AdamW", Optimizers::adamW),
        Map.entry("RMSprop", Optimizers::rmsProp), Map.entry("Adamax", Optimizers::adamax), Map.entry("NAdam", Optimizers::nAdam),
        Map.entry("RAdam", Optimizers::rAdam), Map.entry("Adagrad", Optimizers::adagrad),
        Map.entry("Adadelta", Optimizers::adadelta), Map.entry("Adafactor", Optimizers::adafactor),
        Map.entry("Rprop", Optimizers::rprop), Map.entry("ASGD", Optimizers::asgd),
        Map.entry("LBFGS", Optimizers::lbfgs), Map.entry("Muon", Optimizers::muon), Map.entry("timm.Lion", Optimizers::lion),
        Map.entry("timm.Adopt", Optimizers::adopt), Map.entry("timm.LaProp", Optimizers::laProp),
        Map.entry("timm.NAdamW", Optimizers::nAdamW), Map.entry("timm.MADGRAD", Optimizers::madgrad),
        Map.entry("timm.Lars", Optimizers::lars), Map.entry("timm.Lamb", Optimizers::lamb),
        Map.entry("timm.Adan", Optimizers::adan));

    private static double lr(Args h, double otherwise) { return h.number("lr", otherwise); }

    private static double eps(Args h, double otherwise) { return h.number("eps", otherwise); }

    private static double decay(Args h, double otherwise) { return h.number("weight_decay", otherwise); }

    // How PyTorch loops over its tensors makes no difference.
    private static boolean maximize(Args h) {
        for (var name : List.of("foreach", "fused", "capturable", "differentiable")) h.raw(name);
        return h.flag("maximize", false);
    }

    private static double part(Args h, String name, int i, double otherwise) {
        return h.has(name) ? (Double) ((List<?>) h.raw(name)).get(i) : otherwise;
    }

    private static double beta(Args h, int i, double otherwise) { return part(h, "betas", i, otherwise); }

    private static Optimizer sgd(Args h, Parameters p) {
        return new SGD(lr(h, 1e-3), h.number("momentum", 0), h.number("dampening", 0), decay(h, 0), h.flag("nesterov", false),
            maximize(h)).over(p);
    }

    private static Optimizer adam(Args h, Parameters p) {
        if (h.flag("decoupled_weight_decay", false)) return adamW(h, p, 0);
        return new Adam(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, 0), h.flag("amsgrad", false),
            maximize(h)).over(p);
    }

    private static Optimizer adamW(Args h, Parameters p) { return adamW(h, p, 0.01); }

    private static Optimizer adamW(Args h, Parameters p, double decay) {
        return new AdamW(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, decay),
            h.flag("amsgrad", false), maximize(h)).over(p);
    }

    private static Optimizer rmsProp(Args h, Parameters p) {
        return new RMSProp(lr(h, 0.01), h.number("alpha", 0.99), eps(h, 1e-8), decay(h, 0), h.number("momentum", 0),
            h.flag("centered", false), maximize(h)).over(p);
    }

    private static Optimizer adamax(Args h, Parameters p) {
        return new Adamax(lr(h, 2e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, 0), maximize(h)).over(p);
    }

    private static Optimizer nAdam(Args h, Parameters p) {
        return new NAdam(lr(h, 2e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, 0),
            h.number("momentum_decay", 4e-3), h.flag("decoupled_weight_decay", false), maximize(h)).over(p);
    }

    private static Optimizer rAdam(Args h, Parameters p) {
        return new RAdam(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, 0),
            h.flag("decoupled_weight_decay", false), maximize(h)).over(p);
    }

    private static Optimizer adagrad(Args h, Parameters p) {
        return new Adagrad(lr(h, 0.01), h.number("lr_decay", 0), decay(h, 0), h.number("initial_accumulator_value", 0),
            eps(h, 1e-10), maximize(h)).over(p);
    }

    private static Optimizer adadelta(Args h, Parameters p) {
        return new Adadelta(lr(h, 1), h.number("rho", 0.9), eps(h, 1e-6), decay(h, 0), maximize(h)).over(p);
    }

    private static Optimizer adafactor(Args h, Parameters p) {
        var eps1 = h.has("eps") ? (Double) ((List<?>) h.raw("eps")).get(0) : null;
        return new Adafactor(lr(h, 0.01), h.number("beta2_decay", -0.8), eps1, part(h, "eps", 1, 1e-3), h.number("d", 1),
            decay(h, 0), maximize(h)).over(p);
    }

    private static Optimizer rprop(Args h, Parameters p) {
        return new Rprop(lr(h, 0.01), part(h, "etas", 0, 0.5), part(h, "etas", 1, 1.2), part(h, "step_sizes", 0, 1e-6),
            part(h, "step_sizes", 1, 50), maximize(h)).over(p);
    }

    private static Optimizer asgd(Args h, Parameters p) {
        return new ASGD(lr(h, 0.01), h.number("lambd", 1e-4), h.number("alpha", 0.75), h.number("t0", 1e6), decay(h, 0),
            maximize(h)).over(p);
    }

    private static Optimizer lbfgs(Args h, Parameters p) {
        if (h.has("line_search_fn") && !h.text("line_search_fn").equals("strong_wolfe")) throw new Unsupported("line search");
        return new LBFGS(lr(h, 1), h.integer("max_iter", 20), h.has("max_eval") ? h.integer("max_eval") : null,
            h.number("tolerance_grad", 1e-7), h.number("tolerance_change", 1e-9), h.integer("history_size", 100),
            h.has("line_search_fn")).over(p);
    }

    private static Optimizer muon(Args h, Parameters p) {
        var adjust = h.has("adjust_lr_fn") ? Muon.Adjust.valueOf(h.text("adjust_lr_fn").toUpperCase()) : Muon.Adjust.ORIGINAL;
        return new Muon(lr(h, 1e-3), decay(h, 0.1), h.number("momentum", 0.95), h.flag("nesterov", true),
            part(h, "ns_coefficients", 0, 3.4445), part(h, "ns_coefficients", 1, -4.775), part(h, "ns_coefficients", 2, 2.0315),
            eps(h, 1e-7), h.integer("ns_steps", 5), adjust, true, maximize(h)).over(p);
    }

    private static Optimizer lion(Args h, Parameters p) {
        return new Lion(lr(h, 1e-4), beta(h, 0, 0.9), beta(h, 1, 0.99), decay(h, 0), maximize(h)).over(p);
    }

    private static Optimizer adopt(Args h, Parameters p) {
        return new Adopt(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.9999), eps(h, 1e-6), h.number("clip_exp", 0.333),
            decay(h, 0), h.flag("decoupled", false), maximize(h)).over(p);
    }

    private static Optimizer laProp(Args h, Parameters p) {
        return new LaProp(lr(h, 4e-4), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-15), decay(h, 0), false).over(p);
    }

    private static Optimizer nAdamW(Args h, Parameters p) {
        return new NAdamW(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-8), decay(h, 0.01), maximize(h)).over(p);
    }

    private static Optimizer madgrad(Args h, Parameters p) {
        return new Madgrad(lr(h, 0.01), h.number("momentum", 0.9), decay(h, 0), eps(h, 1e-6),
            h.flag("decoupled_decay", false), false).over(p);
    }

    private static Optimizer lars(Args h, Parameters p) {
        return new Lars(lr(h, 1), h.number("momentum", 0), h.number("dampening", 0), decay(h, 0), h.flag("nesterov", false),
            h.number("trust_coeff", 1e-3), eps(h, 1e-8), h.flag("trust_clip", false), h.flag("always_adapt", false),
            false).over(p);
    }

    private static Optimizer lamb(Args h, Parameters p) {
        double largest = h.isGiven("max_grad_norm") ? h.number("max_grad_norm", Double.POSITIVE_INFINITY) : 1;
        return new Lamb(lr(h, 1e-3), beta(h, 0, 0.9), beta(h, 1, 0.999), eps(h, 1e-6), decay(h, 0.01), largest,
            h.flag("trust_clip", false), h.flag("always_adapt", false), false).over(p);
    }

    private static Optimizer adan(Args h, Parameters p) {
        return new Adan(lr(h, 1e-3), beta(h, 0, 0.98), beta(h, 1, 0.92), beta(h, 2, 0.99), eps(h, 1e-8), decay(h, 0),
            h.flag("no_prox", false), false).over(p);
    }
}
