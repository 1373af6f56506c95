package keel.tests.conformance;

import java.util.List;
import keel.autograd.Linalg;
import keel.autograd.Tensor;

/// Products of vectors, matrices and more.
final class MatmulOps {
    private MatmulOps() {}

    static void in(Table t) {
        t.op("matmul", a -> a.input().matmul(a.tensor("other")));
        t.op("mm", a -> a.input().mm(a.tensor("mat2")));
        t.op("bmm", a -> a.input().bmm(a.tensor("mat2")));
        t.op("mv", a -> a.input().mv(a.tensor("vec")));
        t.op("dot", a -> a.input().dot(a.tensor("tensor")));
        t.op("vdot", a -> a.input().dot(a.tensor("other")));
        t.op("outer", a -> a.input().outer(a.tensor("vec2")));
        t.op("inner", MatmulOps::inner);
        t.op("linalg.vecdot", a -> a.tensor("x").mul(a.tensor("y")).sum(false, a.integer("dim", -1)));
        t.op("linalg.cross", a -> a.input().cross(a.tensor("other"), a.integer("dim", -1)));
        t.op("trace", a -> a.input().diagonal(0, 0, 1).sum());
        t.op("addmm", a -> add(a, "mat1", "mat2"));
        t.op("addmv", a -> add(a, "mat", "vec"));
        t.op("baddbmm", a -> add(a, "batch1", "batch2"));
        t.op("addbmm", a -> a.input().mul(a.number("beta", 1)).add(a.tensor("batch1").bmm(a.tensor("batch2")).sum(false,
            0).mul(a.number("alpha", 1))));
        t.op("einsum", a -> Tensor.einsum(a.text("equation"), a.tensors("operands")));
        t.op("tensordot", MatmulOps::tensordot);
        t.op("linalg.inv", a -> Linalg.inverse(a.tensor("A")));
        t.op("linalg.solve", a -> Linalg.solve(a.tensor("A"), a.tensor("B")));
        t.op("linalg.det", a -> Linalg.det(a.tensor("A")));
        t.op("linalg.slogdet", a -> {
            var y = Linalg.slogdet(a.tensor("A"));
            return List.of(y.sign(), y.logAbs());
        });
        t.op("linalg.cholesky", a -> Linalg.cholesky(a.input()));
        t.op("linalg.svdvals", a -> Linalg.singularValues(a.tensor("A")));
        t.op("linalg.qr", a -> {
            var y = Linalg.qr(a.tensor("A"));
            if (!a.text("mode", "reduced").equals("reduced")) throw new Unsupported("linalg.qr in mode " + a.text("mode"));
            return List.of(y.q(), y.r());
        });
        t.op("nn.functional.linear", a -> a.input().linear(a.tensor("weight"), a.tensorOrNull("bias")));
        t.op("nn.functional.bilinear", a -> a.tensor("input1").bilinear(a.tensor("input2"), a.tensor("weight"),
            a.tensorOrNull("bias")));
    }

    private static Tensor add(Args a, String first, String second) {
        return a.input().addMatmul(a.number("beta", 1), a.tensor(first), a.tensor(second), a.number("alpha", 1));
    }

    private static Tensor inner(Args a) {
        var x = a.input();
        var y = a.tensor("other");
        return x.rank() == 0 || y.rank() == 0 ? x.mul(y) : x.tensordot(new int[] {-1}, y, -1);
    }

    private static Tensor tensordot(Args a) {
        if (a.isNumber("dims")) return a.tensor("a").tensordot(a.tensor("b"), a.integer("dims"));
        var dims = (List<?>) a.raw("dims");
        return a.tensor("a").tensordot(axes(dims.get(0)), a.tensor("b"), axes(dims.get(1)));
    }

    private static int[] axes(Object list) { return ((List<?>) list).stream().mapToInt(d -> ((Double) d).intValue()).toArray(); }
}
