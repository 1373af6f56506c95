package keel.tests.conformance;

import java.util.function.BiFunction;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.loss.BinaryCrossEntropy;
import keel.nn.loss.BinaryCrossEntropyWithLogits;
import keel.nn.loss.CosineEmbedding;
import keel.nn.loss.CrossEntropy;
import keel.nn.loss.Ctc;
import keel.nn.loss.Distance;
import keel.nn.loss.GaussianNll;
import keel.nn.loss.HingeEmbedding;
import keel.nn.loss.Huber;
import keel.nn.loss.KlDivergence;
import keel.nn.loss.L1;
import keel.nn.loss.MarginRanking;
import keel.nn.loss.MultiLabelMargin;
import keel.nn.loss.MultiLabelSoftMargin;
import keel.nn.loss.MultiMargin;
import keel.nn.loss.Nll;
import keel.nn.loss.PoissonNll;
import keel.nn.loss.Reduction;
import keel.nn.loss.SmoothL1;
import keel.nn.loss.SoftMargin;
import keel.nn.loss.SquaredError;
import keel.nn.loss.TripletMargin;

/// Losses: one table for functions and modules. `o` holds the options, `a` the tensors; of a function both are the same.
final class LossOps {
    private LossOps() {}

    static void in(Table t) {
        both(t, "l1_loss", "L1Loss", (o, a) -> L1.defaults().reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "mse_loss", "MSELoss", (o, a) -> SquaredError.defaults().reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "smooth_l1_loss", "SmoothL1Loss", (o, a) -> SmoothL1.defaults().beta(o.number("beta", 1)).reduction(reduction(o))
            .loss(a.input(), target(a)));
        both(t, "huber_loss", "HuberLoss", (o, a) -> Huber.defaults().delta(o.number("delta", 1)).reduction(reduction(o))
            .loss(a.input(), target(a)));
        both(t, "soft_margin_loss", "SoftMarginLoss", (o, a) -> SoftMargin.defaults().reduction(reduction(o))
            .loss(a.input(), target(a)));
        both(t, "poisson_nll_loss", "PoissonNLLLoss", LossOps::poisson);
        both(t, "gaussian_nll_loss", "GaussianNLLLoss", (o, a) -> GaussianNll.defaults().full(o.flag("full", false))
            .eps(o.number("eps", 1e-6)).reduction(reduction(o))
            .loss(a.input(), target(a).expand(a.input().shape()), a.tensor("var")));
        both(t, "binary_cross_entropy", "BCELoss", (o, a) -> BinaryCrossEntropy.defaults().weight(o.tensorOrNull("weight"))
            .reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "binary_cross_entropy_with_logits", "BCEWithLogitsLoss", (o, a) -> BinaryCrossEntropyWithLogits.defaults()
            .weight(o.tensorOrNull("weight")).positiveWeight(o.tensorOrNull("pos_weight")).reduction(reduction(o))
            .loss(a.input(), target(a)));
        both(t, "kl_div", "KLDivLoss", (o, a) -> KlDivergence.defaults().logTarget(o.flag("log_target", false))
            .reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "hinge_embedding_loss", "HingeEmbeddingLoss", (o, a) -> HingeEmbedding.defaults().margin(o.number("margin", 1))
            .reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "cosine_embedding_loss", "CosineEmbeddingLoss", (o, a) -> CosineEmbedding.defaults().margin(o.number("margin", 0))
            .reduction(reduction(o)).loss(a.tensor("input1"), a.tensor("input2"), like(a.tensor("input1"), a.tensor("target"))));
        both(t, "margin_ranking_loss", "MarginRankingLoss", (o, a) -> MarginRanking.defaults().margin(o.number("margin", 0))
            .reduction(reduction(o)).loss(a.tensor("input1"), a.tensor("input2"), like(a.tensor("input1"), a.tensor("target"))));
        both(t, "triplet_margin_loss", "TripletMarginLoss", (o, a) -> TripletMargin.defaults().margin(o.number("margin", 1))
            .p(o.number("p", 2)).eps(o.number("eps", 1e-6)).swap(o.flag("swap", false)).reduction(reduction(o))
            .loss(a.tensor("anchor"), a.tensor("positive"), a.tensor("negative")));
        both(t, "multi_margin_loss", "MultiMarginLoss", (o, a) -> MultiMargin.defaults().p(o.integer("p", 1))
            .margin(o.number("margin", 1)).weight(arrayOrNull(o, "weight")).reduction(reduction(o))
            .loss(a.input(), a.array("target")));
        both(t, "multilabel_margin_loss", "MultiLabelMarginLoss", (o, a) -> MultiLabelMargin.defaults().reduction(reduction(o))
            .loss(a.input(), a.array("target")));
        both(t, "multilabel_soft_margin_loss", "MultiLabelSoftMarginLoss", (o, a) -> MultiLabelSoftMargin.defaults()
            .weight(o.tensorOrNull("weight")).reduction(reduction(o)).loss(a.input(), target(a)));
        both(t, "nll_loss", "NLLLoss", (o, a) -> Nll.defaults().weight(arrayOrNull(o, "weight"))
            .ignore(o.integer("ignore_index", -100)).reduction(reduction(o)).loss(a.input(), a.array("target")));
        both(t, "cross_entropy", "CrossEntropyLoss", LossOps::crossEntropy);
        both(t, "ctc_loss", "CTCLoss", LossOps::ctc);
        t.op("nn.functional.cosine_similarity", a -> Distance.cosineSimilarity(a.tensor("x1"), a.tensor("x2"),
            a.integer("dim", 1), a.number("eps", 1e-8)));
        t.op("nn.functional.pairwise_distance", LossOps::pairwise);
    }

    private static void both(Table t, String function, String module, BiFunction<Args, Args, Object> f) {
        t.op("nn.functional." + function, a -> f.apply(a, a));
        ModuleOps.call(t, module, f);
    }

    static Reduction reduction(Args o) {
        return switch (o.text("reduction", "mean")) {
            case "mean" -> Reduction.MEAN;
            case "sum" -> Reduction.SUM;
            case "none" -> Reduction.NONE;
            case "batchmean" -> Reduction.BATCH_MEAN;
            default -> throw new Unwritable("reduction " + o.text("reduction"));
        };
    }

    private static Tensor target(Args a) { return like(a.input(), a.tensor("target")); }

    // Labels of 1 and −1 may come as integers.
    private static Tensor like(Tensor x, Tensor target) {
        return target.dtype().isFloat() ? target : Tensor.of(target.value().cast(x.dtype()));
    }

    private static NdArray arrayOrNull(Args o, String name) { return o.has(name) ? o.array(name) : null; }

    private static Object poisson(Args o, Args a) {
        return PoissonNll.defaults().logInput(o.flag("log_input", true)).full(o.flag("full", false)).eps(o.number("eps", 1e-8))
            .reduction(reduction(o)).loss(a.tensor(a.isTensor("log_input") ? "log_input" : "input"), poissonTarget(a));
    }

    private static Tensor poissonTarget(Args a) { return like(a.tensor(a.isTensor("log_input") ? "log_input" : "input"),
        a.tensor("target")); }

    private static Object crossEntropy(Args o, Args a) {
        var loss = CrossEntropy.defaults().weight(arrayOrNull(o, "weight")).ignore(o.integer("ignore_index", -100))
            .smoothing(o.number("label_smoothing", 0)).reduction(reduction(o));
        return a.tensor("target").dtype() == DType.I32 ? loss.loss(a.input(), a.array("target"))
            : loss.loss(a.input(), a.tensor("target"));
    }

    private static Object ctc(Args o, Args a) {
        return Ctc.defaults().blank(o.integer("blank", 0)).zeroInfinity(o.flag("zero_infinity", false)).reduction(reduction(o))
            .loss(a.tensor("log_probs"), a.array("targets"), lengths(a, "input_lengths"), lengths(a, "target_lengths"));
    }

    private static int[] lengths(Args a, String name) { return a.isTensor(name) ? a.array(name).toInts() : a.integers(name); }

    private static Tensor pairwise(Args a) {
        var y = Distance.pairwise(a.tensor("x1"), a.tensor("x2"), a.number("p", 2), a.number("eps", 1e-6));
        return a.flag("keepdim", false) ? y.unsqueeze(-1) : y;
    }
}
