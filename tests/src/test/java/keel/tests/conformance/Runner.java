package keel.tests.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.tests.conformance.Outcome.Kind;

/// Runs cases through a [Table] and judges what comes out. No case is known by its id, no tolerance is changed.
final class Runner {
    private final Table table;

    Runner(Table table) {
        this.table = table;
    }

    /// Runs every case of a suite.
    List<Outcome> run(Suite suite) { return suite.cases().stream().map(this::run).toList(); }

    /// Runs one case.
    Outcome run(Case c) {
        try {
            return switch (c.kind()) {
                case "init" -> outcome(c, InitCases.judge(c), null);
                case "scenario" -> outcome(c, ScenarioCases.judge(c), null);
                case "hostile_file" -> outcome(c, HostileCases.judge(c), null);
                case "ulp" -> outcome(c, ulps(c), null);
                default -> c.expectsError() ? outcome(c, refusal(c), null) : values(c);
            };
        } catch (Unsupported e) {
            return new Outcome(c, Kind.UNSUPPORTED, e.getMessage());
        } catch (Unwritable e) {
            return new Outcome(c, Kind.FAILED, "cannot be written: " + e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            var reason = e instanceof IllegalArgumentException ? Conventions.reason(c) : null; // Keel refuses, for a reason
            if (reason != null) return new Outcome(c, Kind.DEVIATION, reason);
            return new Outcome(c, Kind.FAILED, e + " at " + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
        }
    }

    private static Outcome outcome(Case c, String wrong, String wrongWithAlternative) {
        if (wrong == null) return new Outcome(c, Kind.PASSED, "");
        if (wrongWithAlternative == null && c.line().get("alt") != null) return new Outcome(c, Kind.ALTERNATIVE, wrong);
        var reason = Conventions.reason(c);
        return reason == null ? new Outcome(c, Kind.FAILED, wrong) : new Outcome(c, Kind.DEVIATION, reason);
    }

    // ---- one call

    private record Call(Map<String, Tensor> inputs, List<Object> results, Args args) {}

    private Call call(Case c, Map<String, Tensor> inputs) {
        var args = Args.of(c.dtype(), c.kwargs(), name -> inputs.computeIfAbsent(name, n -> {
            var value = c.tensor(n);
            return c.requiresGrad().contains(n) ? Tensor.parameter(value) : Tensor.of(value);
        }), null);
        var results = flat(c.op().equals("program") ? program(c, inputs) : table.get(c.call()).apply(args));
        if (!c.op().equals("program") && !args.unreadAnywhere().isEmpty()) throw new Unsupported(c.call() + " with "
            + args.unreadAnywhere());
        return new Call(inputs, results, args);
    }

    // A straight line of calls; each names its results, and arguments refer to earlier ones.
    private List<Object> program(Case c, Map<String, Tensor> inputs) {
        var named = new HashMap<String, Object>();
        Args.Lookup stored = name -> inputs.computeIfAbsent(name, n -> {
            var value = c.tensor(n);
            return c.requiresGrad().contains(n) ? Tensor.parameter(value) : Tensor.of(value);
        });
        ((Map<?, ?>) c.kwargs().get("inputs")).forEach((k, v) ->
            named.put((String) k, stored.get((String) ((Map<?, ?>) v).get("t"))));
        for (var step : (List<?>) c.kwargs().get("steps")) {
            var s = (Map<?, ?>) step;
            var args = Args.of(c.dtype(), (Map<?, ?>) s.get("args"), stored, named::get);
            var results = flat(table.get((String) s.get("op")).apply(args));
            if (!args.unreadAnywhere().isEmpty()) throw new Unsupported(s.get("op") + " with " + args.unreadAnywhere());
            var out = s.get("out") instanceof List<?> l ? l : List.of(s.get("out"));
            for (int i = 0; i < out.size(); i++) named.put((String) out.get(i), tensor(results.get(i)));
        }
        return ((List<?>) c.kwargs().get("outputs")).stream().map(named::get).toList();
    }

    private static List<Object> flat(Object result) {
        var y = new ArrayList<>();
        switch (result) {
            case null -> { }
            case Object[] many -> List.of(many).forEach(r -> y.addAll(flat(r)));
            case List<?> many -> many.forEach(r -> y.addAll(flat(r)));
            default -> y.add(result);
        }
        return y;
    }

    private static Tensor tensor(Object result) { return result instanceof Tensor t ? t : Tensor.of(array(result, null)); }

    // Numbers and truth values carry no type of their own: they take that of the expected value.
    private static NdArray array(Object result, NdArray want) {
        return switch (result) {
            case Tensor t -> t.value();
            case NdArray a -> a;
            case Boolean b -> NdArray.of(Shape.of(), new boolean[] {b});
            case Integer i -> NdArray.of(Shape.of(), new int[] {i});
            case Double d -> NdArray.full(want == null ? DType.F64 : want.dtype(), Shape.of(), d);
            default -> throw new IllegalStateException("a result of type " + result.getClass());
        };
    }

    // ---- values and gradients

    private Outcome values(Case c) {
        var call = call(c, new HashMap<>());
        var gradients = c.requiresGrad().isEmpty() ? null : gradients(c, call);
        var wrong = differences(c, call, gradients, false, 0);
        var inexact = Conventions.inexact(c);
        if (wrong != null && inexact != null && differences(c, call, gradients, false, inexact.absolute()) == null) {
            return new Outcome(c, Kind.DEVIATION, inexact.reason());
        }
        return outcome(c, wrong, differences(c, call, gradients, true, 0));
    }

    private static String differences(Case c, Call call, Gradients gradients, boolean alternative, double slack) {
        if (call.results.size() != c.expected().size()) return call.results.size() + " results, expected " + c.expected().size();
        for (int i = 0; i < c.expected().size(); i++) {
            var name = c.expected().get(i);
            var want = c.tensor(name);
            var d = Closeness.difference(array(call.results.get(i), want), want, alternative ? c.alternative(name)
                : null, c.rtol(), c.atol(i) + slack);
            if (d != null) return name + ": " + d;
        }
        for (int i = 0; gradients != null && i < c.requiresGrad().size(); i++) {
            var input = call.inputs.get(c.requiresGrad().get(i));
            var name = c.expectedGrads().get(i);
            var got = input != null && gradients.has(input) ? gradients.of(input) : null;
            if (name == null) {
                if (got != null && got.ne(0).toString().contains("true")) return "gradient of " + c.requiresGrad().get(i)
                    + " is neither absent nor zero";
                continue;
            }
            if (got == null) return name + ": no gradient";
            var d = Closeness.difference(got, c.tensor(name), alternative ? c.alternative(name)
                : null, c.gradRtol(), c.gradAtol(i) + slack);
            if (d != null) return name + ": " + d;
        }
        for (var input : call.inputs.entrySet()) {
            boolean may = !c.kind().equals("op") || c.expectedAfter().containsKey(input.getKey()); // a module has state
            if (!may && input.getValue().value().version() != 0) return input.getKey() + " was modified";
        }
        for (var e : c.expectedAfter().entrySet()) {
            var want = (Map<?, ?>) e.getValue();
            var got = call.args.after().get((String) e.getKey());
            if (got == null) throw new Unsupported("the value of " + e.getKey() + " after " + c.call());
            var d = Closeness.difference(got, c.tensor((String) want.get("name")), null, (Double) want.get("rtol"),
                (Double) want.get("atol"));
            if (d != null) return "after, " + e.getKey() + ": " + d;
        }
        return null;
    }

    // Of Σ dyᵢ·yᵢ over the results that take part. One result is seeded, several are joined by a sum of their products with dy.
    private static Gradients gradients(Case c, Call call) {
        var parts = new ArrayList<Tensor>();
        var seeds = new ArrayList<Tensor>();
        for (int i = 0; i < c.gradOutput().size(); i++) {
            if (c.gradOutput().get(i) == null || !(call.results.get(i) instanceof Tensor y) || !y.wantsGradient()) continue;
            parts.add(y);
            seeds.add(Tensor.of(c.tensor(c.gradOutput().get(i))));
        }
        if (parts.isEmpty()) return Gradients.of(Map.of());
        if (parts.size() == 1) return Backward.from(parts.getFirst()).seed(seeds.getFirst()).run();
        Tensor total = null;
        for (int i = 0; i < parts.size(); i++) {
            var product = parts.get(i).mul(seeds.get(i)).sum();
            total = total == null ? product : total.add(product);
        }
        return total.backward();
    }

    // ---- errors

    // An error counts when Keel itself raised it, on purpose, and changed nothing.
    private String refusal(Case c) {
        var inputs = new HashMap<String, Tensor>();
        try {
            var call = call(c, inputs);
            return "no error, " + call.results;
        } catch (IllegalArgumentException | IllegalStateException e) {
            for (var frame : e.getStackTrace()) {
                if (!frame.getClassName().startsWith("keel.")) continue;
                if (frame.getClassName().startsWith("keel.tests.")) return "the error is the test's own: " + e;
                break;
            }
            if (e.getMessage() == null || e.getMessage().isBlank()) return "an error without words: " + e;
        } catch (Unwritable _) {
            return null;
        }
        for (var input : inputs.entrySet()) {
            if (input.getValue().value().version() != 0) return "the error came after " + input.getKey() + " was modified";
        }
        return null;
    }

    // ---- units in the last place

    private String ulps(Case c) {
        var call = call(c, new HashMap<>());
        double worst = Closeness.ulps(array(call.results.getFirst(), null), c.tensor("out.0"));
        double allowed = c.number("max_ulp");
        return worst <= allowed * ULP_SLACK ? null : "largest error " + worst + " ulp, allowed " + allowed;
    }

    /// The checker that comes with the cases multiplies the bound by this.
    private static final double ULP_SLACK = 1.02;
}
