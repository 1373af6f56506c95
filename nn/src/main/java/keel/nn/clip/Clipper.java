package keel.nn.clip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameters;

/// A [Clip] that measures itself. Only parameters count and are clipped; gradients of watched activations pass as they are.
public final class Clipper implements Clip {
    /// What one application did: the gradients after, whether they changed, the share of the norm that is left, and the cosine
    /// between before and after.
    record Clipped(Gradients gradients, boolean active, double coefficient, double cosine) {
        static Clipped unchanged(Gradients gradients) {
            return new Clipped(gradients, false, 1, 1);
        }
    }

    /// The bound itself, for finite gradients of this common norm.
    @FunctionalInterface
    interface Rule {
        Clipped clip(Gradients gradients, double norm);
    }

    /// PyTorch's: keeps a norm of 0 from dividing.
    static final double NORM_FLOOR = 1e-6;

    // Multiplying by less than this could leave the range where floats have all their digits, so it is done in several factors.
    private static final double SMALLEST_FACTOR = 0x1p-60;
    private static final int WINDOW = 1000;

    private final String name;
    private final Rule rule;
    private final NonFinite policy;
    private final Map<Tensor, String> names;

    private final double[] window = new double[WINDOW];
    private long steps;
    private long active;
    private long nonFinite;
    private double norm;
    private double coefficient = 1;
    private double cosine = 1;

    private Clipper(String name, Rule rule, NonFinite policy, Map<Tensor, String> names) {
        this.name = name;
        this.rule = rule;
        this.policy = policy;
        this.names = names;
    }

    static Clipper of(String name, Rule rule) {
        return new Clipper(name, rule, NonFinite.ERROR, Map.of());
    }

    /// The same bound, counting anew, with another answer to NaN and infinity than an error.
    public Clipper onNonFinite(NonFinite policy) {
        return new Clipper(name, rule, policy, names);
    }

    /// The same bound, counting anew, that calls parameters by their paths where it complains.
    public Clipper naming(Parameters parameters) {
        var names = new HashMap<Tensor, String>();
        for (var parameter : parameters) names.put(parameter.tensor(), parameter.name());
        return new Clipper(name, rule, policy, names);
    }

    /// The bounded gradients; the ones given stay as they are.
    ///
    /// Throws [IllegalArgumentException] that names the parameter if a gradient is not finite, unless told otherwise by
    /// [#onNonFinite].
    @Override
    public synchronized Gradients apply(Gradients gradients) {
        double norm = norm(gradients);
        if (Double.isFinite(norm)) return count(norm, rule.clip(gradients, norm));
        nonFinite++;
        return switch (policy) {
            case ERROR -> throw new IllegalArgumentException(complaint(gradients));
            case SKIP -> count(norm, new Clipped(Gradients.of(Map.of()), false, 0, Double.NaN));
            case PASS -> count(norm, rule.clip(gradients, norm));
        };
    }

    private Gradients count(double norm, Clipped clipped) {
        window[(int) (steps % WINDOW)] = norm;
        steps++;
        if (clipped.active) active++;
        this.norm = norm;
        coefficient = clipped.coefficient;
        cosine = clipped.cosine;
        return clipped.gradients;
    }

    /// What was seen so far.
    public synchronized ClipStats stats() {
        var norms = Arrays.stream(window, 0, (int) Math.min(steps, WINDOW)).filter(Double::isFinite).sorted().toArray();
        double median = norms.length == 0 ? Double.NaN : norms[norms.length / 2];
        double largest = norms.length == 0 ? Double.NaN : norms[norms.length - 1];
        return new ClipStats(steps, active, nonFinite, norm, coefficient, cosine, median, largest);
    }

    @Override
    public String toString() {
        return name;
    }

    private String complaint(Gradients gradients) {
        var tensors = leaves(gradients);
        var bad = tensors.stream().filter(t -> !gradients.of(t).isFinite()).toList();
        if (bad.isEmpty()) return name + ": the norm of all gradients is beyond the range of doubles; lower the rate";
        var values = gradients.of(bad.getFirst()).toDoubles();
        var wrong = Arrays.stream(values).filter(x -> !Double.isFinite(x)).toArray();
        return name + ": the gradient of " + name(tensors, bad.getFirst()) + " holds " + wrong[0] + " (" + wrong.length + " of "
            + values.length + " elements)" + (bad.size() == 1 ? "" : ", and " + (bad.size() - 1) + " more are not finite")
            + "; lower the rate, see GradientHealth.of(model, grads), or leave such steps out with onNonFinite(SKIP)";
    }

    private String name(List<Tensor> tensors, Tensor tensor) {
        var name = names.getOrDefault(tensor, "parameter " + (tensors.indexOf(tensor) + 1) + " of " + tensors.size());
        return name + " " + tensor.dtype() + " " + tensor.shape();
    }

    private static List<Tensor> leaves(Gradients gradients) {
        return gradients.tensors().stream().filter(Tensor::isLeaf).toList();
    }

    /// `√Σg²` over all parameters, in F64; the norms are added as shares of the largest, so that it is finite wherever the true
    /// value is.
    static double norm(Gradients gradients) {
        var norms = leaves(gradients).stream().mapToDouble(t -> gradients.of(t).norm()).toArray();
        double largest = 0;
        for (double norm : norms) largest = Math.max(largest, norm);
        if (largest == 0 || !Double.isFinite(largest)) return largest;
        double sum = 0;
        for (double norm : norms) sum += norm / largest * (norm / largest);
        return largest * Math.sqrt(sum);
    }

    static Gradients scaled(Gradients gradients, double coefficient) {
        return gradients.map((t, g) -> {
            if (!t.isLeaf()) return g;
            double left = coefficient;
            for (; left > 0 && left < SMALLEST_FACTOR; left /= SMALLEST_FACTOR) g = g.mul(SMALLEST_FACTOR);
            return g.mul(left);
        });
    }

    static boolean exceeds(Gradients gradients, double limit) {
        return leaves(gradients).stream().map(gradients::of)
            .anyMatch(g -> g.size() > 0 && (g.max().item() > limit || g.min().item() < -limit));
    }

    static double cosine(Gradients a, double aNorm, Gradients b, double bNorm) {
        double cosine = 0;
        for (var t : leaves(a)) cosine += unit(a.of(t), aNorm).dot(unit(b.of(t), bNorm));
        return cosine;
    }

    private static NdArray unit(NdArray g, double norm) {
        return g.cast(DType.F64).div(norm);
    }

    static void check(String clip, String what, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("Clip." + clip + ": " + what + " is " + value + "; give a number of 0 or more");
        }
    }
}
