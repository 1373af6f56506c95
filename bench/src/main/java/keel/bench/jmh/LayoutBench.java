package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How near to the bandwidth of memory do transposes, gathers and pools come?
@State(Scope.Thread)
public class LayoutBench extends FamilyBench {
    /// What is called: a name of [Family#LAYOUT].
    @Param({
        "transpose 1000x1000", "gather 1e5", "heads 16x64x4x32", "embedding 4096 of 10000x128", "concat 2 of 1000x100",
        "max pool 64x16x28x28", "avg pool 64x16x28x28"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.LAYOUT.work(kernel);
    }
}
