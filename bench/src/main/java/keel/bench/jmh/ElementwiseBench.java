package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does a function of every element take, in the first cache, beyond it, and from memory?
@State(Scope.Thread)
public class ElementwiseBench extends FamilyBench {
    /// What is called: a name of [Family#ELEMENTWISE].
    @Param({
        "relu 1e3", "relu 1e5", "relu 1e7", "sqrt 1e3", "sqrt 1e5", "sqrt 1e7", "rsqrt 1e3", "rsqrt 1e5", "rsqrt 1e7",
        "exp 1e3", "exp 1e5", "exp 1e7", "expm1 1e3", "expm1 1e5", "expm1 1e7", "log 1e3", "log 1e5", "log 1e7",
        "log1p 1e3", "log1p 1e5", "log1p 1e7", "sin 1e3", "sin 1e5", "sin 1e7", "cos 1e3", "cos 1e5", "cos 1e7",
        "tanh 1e3", "tanh 1e5", "tanh 1e7", "sigmoid 1e3", "sigmoid 1e5", "sigmoid 1e7", "silu 1e3", "silu 1e5",
        "silu 1e7", "softplus 1e3", "softplus 1e5", "softplus 1e7", "erf 1e3", "erf 1e5", "erf 1e7", "gelu 1e3",
        "gelu 1e5", "gelu 1e7", "gelu tanh 1e3", "gelu tanh 1e5", "gelu tanh 1e7", "pow 2.5 1e3", "pow 2.5 1e5",
        "pow 2.5 1e7", "add 1e3", "add 1e5", "add 1e7", "mul 1e5", "div 1e5", "tanh grad 1e5"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.ELEMENTWISE.work(kernel);
    }
}
