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
        "relu 1e5", "sqrt 1e5", "rsqrt 1e5", "exp 1e3", "exp 1e5", "exp 1e7", "log 1e5", "tanh 1e3", "tanh 1e5", "tanh 1e7",
        "sigmoid 1e5", "silu 1e5", "softplus 1e5", "erf 1e5", "gelu 1e3", "gelu 1e5", "gelu 1e7", "gelu tanh 1e5", "add 1e3",
        "add 1e5", "add 1e7", "mul 1e5", "div 1e5", "tanh grad 1e5"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.ELEMENTWISE.work(kernel);
    }
}
