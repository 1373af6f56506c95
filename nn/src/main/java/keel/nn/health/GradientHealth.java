package keel.nn.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.nn.layer.Layer;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;

/// The gradient of every parameter of a model, judged against its like.
///
/// A gradient is [Verdict#NON_FINITE] if an element is; [Verdict#ZERO] if all are; [Verdict#EXPLODING] if its norm is above 1e3,
/// [Verdict#VANISHING] if it is below 1e-7; and one of these two if its root mean square is more than [#RATIO] times that of its
/// like nearest to the loss, or less than a [#RATIO]th of it: there the loss sets the size, and what differs from it was made on
/// the way back.
///
/// Its like are: weight matrices outside residual blocks; biases there; scales there; inside a residual block, the parameters at
/// the same place in the other blocks, because a block may contribute little and still be sound. Root mean squares are compared,
/// not norms, so that extents do not matter.
///
/// Two gradients are excluded: that of a bias directly in front of a batch normalization, which takes the bias away, so that it
/// is zero but for rounding; and one that is zero because a single weight behind it, in its residual block or in the trunk,
/// started at zero.
///
/// Gradients tell only half: a ReLU net whose signal dies on the way forward has weight gradients of one size. [Doctor] looks at
/// both.
///
/// @param entries one for each parameter, in visiting order
/// @param fix     what to change, in a sentence; empty if nothing is bad
public record GradientHealth(List<Entry> entries, String fix) {
    /// How many times larger or smaller than its like nearest to the loss a root mean square may be.
    public static final double RATIO = 1000;
    /// The smallest and largest norm that is not flagged: the guide's thresholds.
    public static final double SMALLEST_NORM = 1e-7;
    /// See [#SMALLEST_NORM].
    public static final double LARGEST_NORM = 1e3;

    /// What a parameter is for: gradients of different kinds have different sizes.
    public enum Kind {
        /// A matrix, or more axes.
        WEIGHT,
        /// Added.
        BIAS,
        /// Multiplied, element by element.
        SCALE
    }

    /// One parameter.
    ///
    /// @param name    its path
    /// @param layer   the layer it belongs to, as that prints itself
    /// @param norm    `√Σg²`, in F64; NaN if there is no gradient
    /// @param rms     `norm/√size`
    /// @param ratio   `rms` over that of its like nearest to the loss; NaN if there is none
    /// @param reason  why it was excluded or flagged; may be empty
    public record Entry(
        String name, String layer, Shape shape, Kind kind, double norm, double rms, double ratio, Verdict verdict,
        String reason) {}

    /// Keeps its own copy of the list.
    public GradientHealth {
        entries = List.copyOf(entries);
    }

    /// Judges the gradients of a backward pass through `model`.
    ///
    /// Throws [IllegalArgumentException] if the model has no parameters, or if none has a gradient.
    public static GradientHealth of(Layer model, Gradients gradients) {
        var parameters = model.parameters();
        if (parameters.stream().noneMatch(p -> gradients.has(p.tensor()))) {
            throw new IllegalArgumentException("GradientHealth: none of the " + parameters.size()
                + " parameters has a gradient; give the model and the gradients of one backward pass");
        }
        var anatomy = Anatomy.of(model);
        var references = new LinkedHashMap<String, Double>();
        for (var p : parameters) {
            // The last one stays: visiting order goes from the input to the loss.
            double rms = rms(p, gradients);
            if (rms > 0 && rms < Double.POSITIVE_INFINITY && !cancelled(p, anatomy)) references.put(like(p, anatomy), rms);
        }
        var entries = new ArrayList<Entry>();
        for (var p : parameters) {
            double reference = references.getOrDefault(like(p, anatomy), Double.NaN);
            entries.add(judge(p, parameters, gradients, anatomy, reference));
        }
        return new GradientHealth(entries, Fixes.of(entries, anatomy));
    }

    private static Entry judge(Parameter p, Parameters parameters, Gradients gradients, Anatomy anatomy, double reference) {
        if (!gradients.has(p.tensor())) return entry(p, Double.NaN, Double.NaN, Verdict.ABSENT, "took no part in the loss");
        var g = gradients.of(p.tensor());
        double norm = g.norm();
        double ratio = rms(p, gradients) / reference;
        if (!Double.isFinite(norm) && !g.isFinite()) return entry(p, norm, ratio, Verdict.NON_FINITE, share(g));
        if (cancelled(p, anatomy)) return entry(p, norm, Double.NaN, Verdict.EXCLUDED, "a batch normalization takes it away");
        if (norm == 0) {
            var zero = zeroBehind(p, parameters, anatomy);
            if (!zero.isEmpty()) return entry(p, norm, ratio, Verdict.EXCLUDED, zero + " is still all zero");
            var barrier = barrierBehind(p, parameters, gradients, anatomy);
            if (!barrier.isEmpty()) return entry(p, norm, ratio, Verdict.EXCLUDED, barrier + " was all zero then");
            return entry(p, norm, ratio, Verdict.ZERO, "nothing arrives here");
        }
        if (norm > LARGEST_NORM) return entry(p, norm, ratio, Verdict.EXPLODING, "norm above " + LARGEST_NORM);
        if (norm < SMALLEST_NORM) return entry(p, norm, ratio, Verdict.VANISHING, "norm below " + SMALLEST_NORM);
        if (ratio > RATIO) return entry(p, norm, ratio, Verdict.EXPLODING, "far above its like near the loss");
        if (ratio < 1 / RATIO) return entry(p, norm, ratio, Verdict.VANISHING, "far below its like near the loss");
        return entry(p, norm, ratio, Verdict.HEALTHY, "");
    }

    private static Entry entry(Parameter p, double norm, double ratio, Verdict verdict, String reason) {
        return new Entry(p.name(), p.owner().toString(), p.tensor().shape(), kind(p), norm, rms(p, norm), ratio, verdict, reason);
    }

    private static double rms(Parameter p, Gradients gradients) {
        return gradients.has(p.tensor()) ? rms(p, gradients.of(p.tensor()).norm()) : Double.NaN;
    }

    private static double rms(Parameter p, double norm) {
        return norm / Math.sqrt(Math.max(1, p.tensor().size()));
    }

    private static Kind kind(Parameter p) {
        return p.tensor().rank() >= 2 ? Kind.WEIGHT : p.role().contains("bias") ? Kind.BIAS : Kind.SCALE;
    }

    private static String like(Parameter p, Anatomy anatomy) {
        var block = anatomy.block(p.name());
        return block == null ? kind(p).name() : p.name().substring(block.length());
    }

    private static String layerPath(Parameter p) {
        return p.name().substring(0, Math.max(0, p.name().lastIndexOf('.')));
    }

    private static boolean cancelled(Parameter p, Anatomy anatomy) {
        return kind(p) == Kind.BIAS && anatomy.isBeforeBatchNorm(layerPath(p));
    }

    // Where the only all-zero weight of a block, or of the trunk, lies behind this parameter, it is meant to be zero at first:
    // its name. Several would never leave zero, and are not excused.
    private static String zeroBehind(Parameter p, Parameters parameters, Anatomy anatomy) {
        for (var block : Arrays.asList(anatomy.block(p.name()), null)) {
            var zeros = parameters.stream().filter(q -> kind(q) != Kind.BIAS && Objects.equals(anatomy.block(q.name()), block))
                .filter(q -> q.value().norm() == 0).toList();
            boolean one = zeros.size() == 1;
            if (one && parameters.list().indexOf(zeros.getFirst()) > parameters.list().indexOf(p)) return zeros.getFirst().name();
        }
        return "";
    }

    // A user may look after the step, when a weight that started at zero no longer is. Its mark stays: it has a gradient, so its
    // input is alive, and nothing before it in the block has one. Its name. Behind dead units it would have none itself.
    private static String barrierBehind(Parameter p, Parameters parameters, Gradients gradients, Anatomy anatomy) {
        var block = anatomy.block(p.name());
        if (block == null) return "";
        var siblings = parameters.stream().filter(q -> block.equals(anatomy.block(q.name()))
            && gradients.has(q.tensor())).toList();
        var alive = siblings.stream().filter(q -> gradients.of(q.tensor()).norm() != 0).findFirst();
        boolean marked = alive.isPresent() && kind(alive.get()) == Kind.WEIGHT
            && siblings.indexOf(alive.get()) > siblings.indexOf(p);
        return marked ? alive.get().name() : "";
    }

    private static String share(NdArray g) {
        long bad = Arrays.stream(g.toDoubles()).filter(x -> !Double.isFinite(x)).count();
        return bad + " of " + g.size() + " elements are NaN or infinite";
    }

    /// Whether no gradient is bad.
    public boolean isHealthy() {
        return entries.stream().noneMatch(entry -> entry.verdict.isBad());
    }

    /// The worst verdict there is; those of gradients that were not judged do not count.
    public Verdict verdict() {
        return entries.stream().map(Entry::verdict).filter(Verdict::isBad).max(Verdict::compareTo).orElse(Verdict.HEALTHY);
    }

    /// Where the worst begins, coming back from the loss: the last entry of that verdict in visiting order; null if none is bad.
    public Entry firstBad() {
        return isHealthy() ? null : all(verdict()).getLast();
    }

    /// The entries of this verdict.
    public List<Entry> all(Verdict verdict) {
        return entries.stream().filter(entry -> entry.verdict == verdict).toList();
    }

    /// Largest over smallest root mean square of the weight matrices that were judged; NaN if there are none.
    public double weightRatio() {
        var judged = entries.stream().filter(e -> e.verdict != Verdict.EXCLUDED && e.verdict != Verdict.ABSENT);
        var rms = judged.filter(e -> e.kind == Kind.WEIGHT).mapToDouble(Entry::rms).toArray();
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double x : rms) {
            low = Math.min(low, x);
            high = Math.max(high, x);
        }
        return rms.length == 0 ? Double.NaN : high / low;
    }

    /// The verdict in one line: where it begins, how far it goes, what to change.
    public String summary() {
        var bad = firstBad();
        if (bad == null) return "gradients: healthy, " + entries.size() + " parameters";
        var all = all(bad.verdict);
        var others = all.size() == 1 ? "" : " and " + (all.size() - 1) + " more, back to " + all.getFirst().name;
        return "gradients: " + bad.verdict + " at " + bad.name + others + " (norm " + number(bad.norm) + ", "
            + bad.reason + "); " + fix;
    }

    /// The summary, and a table of all parameters.
    @Override
    public String toString() {
        int width = entries.stream().mapToInt(entry -> entry.name.length()).max().orElse(0);
        var columns = "\n%-" + width + "s  %-6s  %9s  %9s  %9s  %s";
        var out = new StringBuilder(summary());
        out.append(String.format(Locale.ROOT, columns, "parameter", "kind", "norm", "rms", "ratio", "verdict"));
        for (var e : entries) {
            var said = e.verdict + (e.reason.isEmpty() ? "" : ": " + e.reason);
            out.append(String.format(Locale.ROOT, columns, e.name, e.kind, number(e.norm), number(e.rms), number(e.ratio), said));
        }
        return out.toString();
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.2e", x);
    }

    /// What the guide's own check prints: [GuideCheck], as text.
    public static String guide(Layer model, Gradients gradients) {
        return GuideCheck.of(model, gradients).toString();
    }

    /// The same from norms by name.
    public static String guide(Map<String, Double> norms) {
        return new GuideCheck(norms).toString();
    }
}
