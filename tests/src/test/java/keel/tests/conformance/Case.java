package keel.tests.conformance;

import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;

/// One line of the manifest. `expected` and the like are names of tensors.
record Case(Suite suite, Map<?, ?> line) {
    String id() { return text("id"); }

    String family() { return text("family"); }

    String kind() { return text("kind"); }

    String op() { return text("op"); }

    /// Name of what is called, with the class where the case names one: `module nn.Linear`, `optim_traj Adam`.
    String call() {
        var cls = kwargs().get("cls");
        return cls == null ? op() : op() + " " + cls;
    }

    DType dtype() { return "float64".equals(text("dtype")) ? DType.F64 : DType.F32; }

    Map<?, ?> kwargs() { return (Map<?, ?>) line.get("kwargs"); }

    List<String> inputs() { return names("inputs"); }

    List<String> requiresGrad() { return names("requires_grad"); }

    List<String> expected() { return names("expected"); }

    List<String> gradOutput() { return names("grad_output"); }

    List<String> expectedGrads() { return names("expected_grads"); }

    /// Whether the call must fail.
    boolean expectsError() { return line.get("expects_error") != null; }

    /// The kind of choice that the expected value is, or null: [Conventions].
    String convention() { return text("convention"); }

    double rtol() { return number("rtol"); }

    double gradRtol() { return number("grad_rtol"); }

    double atol(int i) { return (Double) ((List<?>) line.get("atol")).get(i); }

    double gradAtol(int i) { return (Double) ((List<?>) line.get("grad_atol")).get(i); }

    /// Input name → what it must hold after the call.
    Map<?, ?> expectedAfter() { return line.get("expected_after") instanceof Map<?, ?> m ? m : Map.of(); }

    NdArray tensor(String name) { return suite.tensor(family(), text("key") + "/" + name); }

    /// The second acceptable tensor for an expected one, or null.
    NdArray alternative(String name) {
        return line.get("alt") instanceof Map<?, ?> m && m.get(name) instanceof String alt ? tensor(alt) : null;
    }

    double number(String field) { return (Double) line.get(field); }

    String text(String field) { return (String) line.get(field); }

    @SuppressWarnings("unchecked")
    private List<String> names(String field) { return line.get(field) instanceof List<?> l ? (List<String>) l : List.of(); }
}
