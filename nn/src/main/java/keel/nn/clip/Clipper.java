package keel.nn.clip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.internal.Saved;
import keel.nn.layer.Parameters;

/// A [Clip] that measures itself. Only parameters count and are clipped, all or those of [#over]; gradients of watched
/// activations pass as they are.
public final class Clipper implements Clip {
    private static final int WINDOW = 1000;

    private final String name;
    private final double order;
    private final Supplier<Rule> rules;
    private final Rule rule;
    private final NonFinite policy;
    private final Map<Tensor, String> names;
    private final Set<Tensor> chosen; // null: every parameter

    private final double[] window = new double[WINDOW];
    private long steps;
    private long active;
    private long nonFinite;
    private double norm;
    private double coefficient = 1;
    private double cosine = 1;

    private Clipper(String name, double order, Supplier<Rule> rules, NonFinite policy, Map<Tensor, String> names,
            Set<Tensor> chosen) {
        this.name = name;
        this.order = order;
        this.rules = rules;
        this.rule = rules.get();
        this.policy = policy;
        this.names = names;
        this.chosen = chosen;
    }

    /// A clip by a rule that remembers nothing; its common norm is the Euclidean one.
    static Clipper of(String name, Rule rule) {
        return of(name, 2, () -> rule);
    }

    /// A clip by a rule made anew for each clipper, with common norms of this order.
    static Clipper of(String name, double order, Supplier<Rule> rules) {
        return new Clipper(name, order, rules, NonFinite.ERROR, Map.of(), null);
    }

    /// The same bound, counting and remembering anew, with another answer to NaN and infinity than an error.
    public Clipper onNonFinite(NonFinite policy) {
        return new Clipper(name, order, rules, policy, names, chosen);
    }

    /// The same bound, counting and remembering anew, that calls parameters by their paths where it complains.
    public Clipper naming(Parameters parameters) {
        return new Clipper(name, order, rules, policy, names(parameters), chosen);
    }

    /// The same bound, counting and remembering anew, for these parameters only; the others count for nothing and pass as they
    /// are, but what is not finite is answered for in all of them. Complaints call these parameters by their paths.
    public Clipper over(Parameters parameters) {
        var names = names(parameters);
        return new Clipper(name, order, rules, policy, names, Set.copyOf(names.keySet()));
    }

    private static Map<Tensor, String> names(Parameters parameters) {
        var names = new HashMap<Tensor, String>();
        for (var parameter : parameters) names.put(parameter.tensor(), parameter.name());
        return Map.copyOf(names);
    }

    /// The bounded gradients; the ones given stay as they are.
    ///
    /// Throws [IllegalArgumentException] that names the parameter if a gradient is not finite, unless told otherwise by
    /// [#onNonFinite].
    @Override
    public synchronized Gradients apply(Gradients gradients) {
        var counted = part(gradients, t -> t.isLeaf() && (chosen == null || chosen.contains(t)));
        double norm = Magnitude.norm(counted, order);
        boolean finite = Double.isFinite(norm) && (chosen == null || isFinite(part(gradients, Tensor::isLeaf)));
        if (!finite) {
            nonFinite++;
            if (policy == NonFinite.ERROR) throw new IllegalArgumentException(complaint(part(gradients, Tensor::isLeaf)));
            if (policy == NonFinite.SKIP) return count(norm, new Rule.Clipped(Gradients.of(Map.of()), false, 0, Double.NaN));
        }
        var clipped = rule.clip(counted, norm);
        var after = count(norm, clipped);
        if (!clipped.active()) return gradients;
        return counted == gradients ? after : gradients.map((t, g) -> after.has(t) ? after.of(t) : g);
    }

    private static boolean isFinite(Gradients gradients) {
        return Double.isFinite(Magnitude.norm(gradients, 2));
    }

    private static Gradients part(Gradients gradients, Predicate<Tensor> wanted) {
        if (gradients.tensors().stream().allMatch(wanted)) return gradients;
        var y = new HashMap<Tensor, NdArray>();
        for (var t : gradients.tensors()) if (wanted.test(t)) y.put(t, gradients.of(t));
        return Gradients.of(y);
    }

    private Gradients count(double norm, Rule.Clipped clipped) {
        window[(int) (steps % WINDOW)] = norm;
        steps++;
        if (clipped.active()) active++;
        this.norm = norm;
        coefficient = clipped.coefficient();
        cosine = clipped.cosine();
        return clipped.gradients();
    }

    /// What was seen so far.
    public synchronized ClipStats stats() {
        var norms = Arrays.stream(window, 0, (int) Math.min(steps, WINDOW)).filter(Double::isFinite).sorted().toArray();
        double median = norms.length == 0 ? Double.NaN : norms[norms.length / 2];
        double largest = norms.length == 0 ? Double.NaN : norms[norms.length - 1];
        return new ClipStats(steps, active, nonFinite, norm, coefficient, cosine, median, largest);
    }

    /// What later steps depend on: the norms that [Clip#autoClip] and [Clip#zClip] have seen; nothing for a bound that does not
    /// change. [#stats] are not part of it.
    public synchronized Map<String, NdArray> state() {
        return rule.state();
    }

    /// Takes over what [#state] once gave, so that a run goes on with the same bits.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrong entry; then nothing was changed.
    public synchronized void load(Map<String, NdArray> state) {
        rule.load(new Saved(name, state));
    }

    @Override
    public String toString() {
        return name;
    }

    private String complaint(Gradients gradients) {
        var tensors = gradients.tensors();
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
}
