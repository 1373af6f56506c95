package keel.tests.autograd;

import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;

/// Products that are made of matrix products.
final class OperationsProduct {
    private OperationsProduct() {}

    static void enter() {
        of("dot", Tensor::dot, new int[] {K}, K);
        of("outer", Tensor::outer, new int[] {M}, N);
        of("mv", Tensor::mv, new int[] {M, K}, K);
        of("mm", Tensor::mm, new int[] {M, K}, K, N);
        of("bmm", Tensor::bmm, new int[] {B, M, K}, B, K, N);
        of("matmul of a vector and a batch", Tensor::matmul, new int[] {K}, B, K, N);
        of("matmul of a batch and a vector", Tensor::matmul, new int[] {B, M, K}, K);
        of("tensordot(int)", (a, b) -> a.tensordot(b, 2), new int[] {M, K, N}, K, N, B);
        of("tensordot", (a, b) -> a.tensordot(new int[] {0, 2}, b, -1, 0), new int[] {K, M, N}, N, B, K);
        of("cross", (a, b) -> a.cross(b, 1), new int[] {M, 3}, M, 3);
        of("einsum of two", (a, b) -> Tensor.einsum("bij,kjb->ikb", a, b), new int[] {B, M, K}, N, K, B);
        of("einsum of rows and rows", (a, b) -> Tensor.einsum("ij,kj->ki", a, b), new int[] {M, K}, N, K);
        of("einsum of columns and rows", (a, b) -> Tensor.einsum("ji,kj->ik", a, b), new int[] {K, M}, N, K);
        of("einsum of lines", (a, b) -> Tensor.einsum("ij,ij->i", a, b), new int[] {M, K}, M, K);
        of("einsum without a sum", (a, b) -> Tensor.einsum("bi,jb->bij", a, b), new int[] {B, M}, N, B);
        of("einsum with a diagonal and a sum", (a, b) -> Tensor.einsum("iij,k->jk", a, b), new int[] {M, M, K}, N);
        of("einsum with an ellipsis", (a, b) -> Tensor.einsum("...i,...i->...", a, b), new int[] {B, M, K}, M, K);
        Operations.add("addMatmul", (_, random) -> new Case(x -> x[0].addMatmul(0.5, x[1], x[2], 2), between(random, N),
            between(random, M, K),
            between(random, K, N)));
        Operations.add("bilinear", (_, random) -> new Case(x -> x[0].bilinear(x[1], x[2], x[3]), between(random, B, M),
            between(random, B, K),
            between(random, N, M, K), between(random, N)));
    }

    private static final int B = 2;
    private static final int M = 3;
    private static final int K = 2;
    private static final int N = 4;

    private static void of(String name, BinaryOperator<Tensor> f, int[] a, int... b) {
        Operations.add(name, (_, random) -> new Case(x -> f.apply(x[0], x[1]), between(random, a), between(random, b)));
    }

    private static NdArray between(SplittableRandom random, int... extents) {
        return Operations.between(Shape.of(extents), -1, 1, random);
    }
}
