package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long do softmax, normalization, bias with GELU and dropout of a thousand elements take, and of a hundred thousand?
@State(Scope.Thread)
public class RowsBench extends FamilyBench {
    /// What is called: a name of [Family#ROWS].
    @Param({
        "softmax 10000x10", "softmax 10x100", "softmax 1000x100", "softmax 100x1000", "log softmax 10x100",
        "softmax grad 10x100", "bias gelu 10x100", "bias gelu grad 10x100", "dropout 10x100", "cross entropy 10x100",
        "cross entropy grad 10x100", "log softmax 1000x100", "softmax grad 1000x100", "bias gelu 1000x100",
        "bias gelu grad 1000x100", "dropout 1000x100", "cross entropy 1000x100", "cross entropy grad 1000x100",
        "layer norm 10x100", "layer norm grad 10x100", "layer norm sums 10x100", "rms norm 10x100", "rms norm grad 10x100",
        "rms norm sums 10x100", "layer norm 1000x100", "layer norm grad 1000x100", "layer norm sums 1000x100",
        "rms norm 1000x100", "rms norm grad 1000x100", "rms norm sums 1000x100", "layer norm 100x1000",
        "layer norm grad 100x1000", "layer norm sums 100x1000", "rms norm 100x1000", "rms norm grad 100x1000",
        "rms norm sums 100x1000", "group norm 4x16x16", "group norm grad 4x16x16", "batch norm 4x16x16",
        "batch norm grad 4x16x16", "batch norm eval 4x16x16", "group norm 16x64x100", "group norm grad 16x64x100",
        "batch norm 16x64x100", "batch norm grad 16x64x100", "batch norm eval 16x64x100", "batch norm 10x100",
        "batch norm grad 10x100", "batch norm eval 10x100", "batch norm 1000x100", "batch norm grad 1000x100",
        "batch norm eval 1000x100"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.ROWS.work(kernel);
    }
}
