package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How near to the bandwidth of memory does a step of an optimizer come?
@State(Scope.Thread)
public class StepBench extends FamilyBench {
    /// What is called: a name of [Family#STEPS].
    @Param({
        "adamw 1e3", "adamw 1e5", "adamw 1e7", "sgd momentum 1e5", "rmsprop 1e5", "axpy 1e5"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.STEPS.work(kernel);
    }
}
