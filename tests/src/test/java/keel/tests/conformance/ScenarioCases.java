package keel.tests.conformance;

import java.util.Arrays;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Recording;
import keel.autograd.Tensor;

/// Protocols in words, such as what a second backward does. A scenario is known by its name; it is true, false, or not for Keel.
final class ScenarioCases {
    private ScenarioCases() {}

    /// Null, or what is wrong.
    static String judge(Case c) { return holds(c.op()) ? null : "does not hold: " + c.text("text"); }

    private static Tensor x() { return Tensor.parameter(NdArray.of(1f, 2f, 3f)); }

    private static boolean holds(String name) {
        return switch (name) {
            case "backward_nonscalar" -> refused(() -> x().mul(2).backward());
            case "backward_twice" -> {
                var y = x().square().sum();
                y.backward();
                yield refused(y::backward);
            }
            case "backward_twice_retain" -> {
                var x = x();
                var y = x.square().sum();
                var first = Backward.from(y).retainGraph().run();
                yield equal(first.plus(y.backward()).of(x), 4, 8, 12);
            }
            case "grad_accumulates" -> {
                var x = x();
                yield equal(x.mul(2).sum().backward().plus(x.mul(3).sum().backward()).of(x), 5, 5, 5);
            }
            case "inplace_saved" -> {
                var y = x().exp();
                y.value().mulInPlace(2);
                yield refused(() -> y.sum().backward());
            }
            case "inplace_saved_input" -> {
                var a = x().mul(1);
                var b = a.mul(a);
                a.value().addInPlace(NdArray.of(1f, 1f, 1f));
                yield refused(() -> b.sum().backward());
            }
            case "inplace_ok" -> {
                var x = x();
                var a = x.mul(2);
                a.value().addInPlace(NdArray.of(1f, 1f, 1f));
                yield equal(a.sum().backward().of(x), 2, 2, 2);
            }
            case "no_grad" -> refused(() -> Recording.off(() -> x().mul(2)).sum().backward());
            case "detach" -> !x().detach().mul(2).wantsGradient();
            case "detach_shares_storage" -> {
                var x = x();
                x.detach().value().fillInPlace(7);
                yield equal(x.value(), 7, 7, 7);
            }
            case "grad_of_unused" -> {
                var unused = x();
                yield !x().sum().backward().has(unused);
            }
            case "grad_shape" -> {
                var b = Tensor.parameter(NdArray.of(1f));
                yield equal(x().add(b).sum().backward().of(b), 3);
            }
            case "int_requires_grad" -> refused(() -> Tensor.parameter(NdArray.of(1)));
            case "deep_chain_no_overflow" -> {
                var x = x();
                var y = x;
                for (int i = 0; i < DEEP; i++) y = y.add(0.0);
                yield equal(y.sum().backward().of(x), 1, 1, 1);
            }
            case "shape_error_atomic" -> {
                var a = NdArray.zeros(DType.F32, 3);
                yield refused(() -> a.addInPlace(NdArray.ones(DType.F32, 2))) && equal(a, 0, 0, 0) && a.version() == 0;
            }
            default -> RunScenarios.holds(name);
        };
    }

    private static final int DEEP = 20_000;

    private static boolean refused(Runnable call) {
        try {
            call.run();
            return false;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getMessage() != null;
        }
    }

    private static boolean equal(NdArray got, double... want) { return Arrays.equals(got.toDoubles(), want); }
}
