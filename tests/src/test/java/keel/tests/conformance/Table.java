package keel.tests.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import keel.autograd.Tensor;

/// Which call of Keel's answers which operation. Entries translate arguments and results, and compute nothing that a user could
/// not call.
final class Table {
    /// One operation: arguments in, a Tensor, NdArray, number, truth value or a list of these out.
    interface Op {
        Object apply(Args args);
    }

    private final Map<String, Op> ops = new HashMap<>();

    /// All families.
    static Table all() {
        var t = new Table();
        UnaryOps.in(t);
        BinaryOps.in(t);
        CompareOps.in(t);
        ReduceOps.in(t);
        MatmulOps.in(t);
        SoftmaxOps.in(t);
        ShapeOps.in(t);
        IndexOps.in(t);
        ScanOps.in(t);
        ActivationOps.in(t);
        DropoutOps.in(t);
        LossOps.in(t);
        NormOps.in(t);
        GraphOps.in(t);
        AttentionOps.in(t);
        ConvOps.in(t);
        PoolOps.in(t);
        ResampleOps.in(t);
        ImageLayers.in(t);
        ModuleOps.in(t);
        EmbeddingOps.in(t);
        RecurrentOps.in(t);
        InitCases.in(t);
        OptimOps.in(t);
        ClipOps.in(t);
        ScheduleOps.in(t);
        return t;
    }

    /// Enters an operation.
    Table op(String name, Op op) {
        if (ops.put(name, op) != null) throw new IllegalStateException(name + " is there twice");
        return this;
    }

    /// Enters a function of `input`.
    Table unary(String name, UnaryOperator<Tensor> f) { return op(name, a -> f.apply(a.input())); }

    /// Enters a function of `input` and `other`.
    Table binary(String name, BinaryOperator<Tensor> f) { return op(name, a -> f.apply(a.input(), a.tensor("other"))); }

    /// The operation of this name.
    ///
    /// @throws Unsupported if there is none
    Op get(String name) {
        var op = ops.get(name);
        if (op == null) throw new Unsupported("no call for " + name);
        return op;
    }
}
