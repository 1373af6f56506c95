package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How near to the bandwidth of memory does a sum in fixed order come, and an extreme?
@State(Scope.Thread)
public class ReductionBench extends FamilyBench {
    /// What is called: a name of [Family#REDUCTIONS].
    @Param({
        "sum 1e3", "sum 1e5", "sum 1e7", "sum squares 1e5", "max 1e5", "sum columns 1000x100", "max columns 1000x100",
        "mean axis 0 of 1000", "var axis 0 of 1000", "norm axis 0 of 1000", "amax axis 0 of 1000",
        "logsumexp axis 0 of 1000", "mean axis 0 of 100000", "var axis 0 of 100000", "norm axis 0 of 100000",
        "amax axis 0 of 100000", "logsumexp axis 0 of 100000", "mean axis 0 of 1000x100", "mean axis 1 of 1000x100",
        "var axis 0 of 1000x100", "var axis 1 of 1000x100", "norm axis 0 of 1000x100", "norm axis 1 of 1000x100",
        "amax axis 0 of 1000x100", "amax axis 1 of 1000x100", "logsumexp axis 0 of 1000x100",
        "logsumexp axis 1 of 1000x100", "mean axis 0 of 100x1000", "mean axis 1 of 100x1000", "var axis 0 of 100x1000",
        "var axis 1 of 100x1000", "norm axis 0 of 100x1000", "norm axis 1 of 100x1000", "amax axis 0 of 100x1000",
        "amax axis 1 of 100x1000", "logsumexp axis 0 of 100x1000", "logsumexp axis 1 of 100x1000",
        "mean axis 1 of 16x64x100", "var axis 1 of 16x64x100", "norm axis 1 of 16x64x100", "amax axis 1 of 16x64x100",
        "logsumexp axis 1 of 16x64x100", "dot 1e5", "argmax 1e5"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.REDUCTIONS.work(kernel);
    }
}
