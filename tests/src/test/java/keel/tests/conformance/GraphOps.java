package keel.tests.conformance;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// What only programs call.
final class GraphOps {
    private GraphOps() {}

    static void in(Table t) {
        t.op("full_like", a -> Tensor.of(NdArray.full(a.input().dtype(), a.input().shape(), a.number("fill_value"))));
        t.op("zeros_like", a -> Tensor.of(NdArray.zeros(a.input().dtype(), a.input().shape())));
        t.op("ones_like", a -> Tensor.of(NdArray.full(a.input().dtype(), a.input().shape(), 1)));
    }
}
