package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long do softmax and layer normalization of 100,000 elements take, in rows of 10, 100 and 1000?
@State(Scope.Thread)
public class RowsBench extends FamilyBench {
    /// What is called: a name of [Family#ROWS].
    @Param({
        "softmax 10000x10", "softmax 1000x100", "softmax 100x1000", "log softmax 1000x100", "softmax grad 1000x100",
        "layer norm 1000x100", "layer norm grad 1000x100", "layer norm 100x1000", "layer norm grad 100x1000"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.ROWS.work(kernel);
    }
}
