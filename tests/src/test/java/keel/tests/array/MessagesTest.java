package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import org.junit.jupiter.api.Test;

/// What an array says when it refuses: one line that names the operation, what is wrong with both shapes or the value, and what
/// to do.
class MessagesTest {
    private static final NdArray X = NdArray.zeros(DType.F32, 2, 3);
    private static final NdArray D = NdArray.zeros(DType.F64, 2, 3);
    private static final NdArray I = NdArray.of(0, 1);
    private static final NdArray SCALAR = NdArray.full(DType.F32, Shape.of(), 1);

    private static NdArray zeros(int... extents) {
        return NdArray.zeros(DType.F32, extents);
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void shapesThatDoNotFit() {
        refused("add: shapes (2, 3) and (3, 2) do not broadcast, extents 3 and 2 meet; reshape one so that matching axes are "
            + "equal or 1", () -> X.add(zeros(3, 2)));
        refused("lt: shapes (2, 3) and (4) do not broadcast, extents 3 and 4 meet; reshape one so that matching axes are "
            + "equal or 1", () -> X.lt(zeros(4)));
        refused("where: shapes (2) and (2, 3) do not broadcast, extents 2 and 3 meet; reshape one so that matching axes are "
            + "equal or 1",
            () -> NdArray.where(NdArray.of(true, false), X, X));
        refused("matmul: inner extents differ, (2, 3) · (2, 3); transpose one, or use matmulNT", () -> X.matmul(X));
        refused("linear: weight (2, 3) and bias (2, 3) do not fit (2, 3); give (m, k), (n, k) and (n)", () -> X.linear(X, X));
        refused("matmulNT: inner extents differ, (2, 3) · (3, 2); transpose one, or use matmul", () -> X.matmulNT(zeros(3, 2)));
        refused("matmulTN: inner extents differ, (2, 3) · (3, 2); transpose one, or use matmul", () -> X.matmulTN(zeros(3, 2)));
        refused("matmul: inner extents differ, (2, 3) · (5, 7); no form of the product fits; reshape one",
            () -> X.matmul(zeros(5, 7)));
        refused("matmul: inner extents differ, (2, 3) · (2, 1); transpose one, or use matmulTN", () -> X.matmul(zeros(2)));
        refused("matmul: a single value takes no part, got (2, 3) · (); use mul", () -> X.matmul(SCALAR));
        refused("matmulNT: needs two or more axes each, got (2, 3) · (3); unsqueeze the vector", () -> X.matmulNT(zeros(3)));
        refused("matmul (leading axes): shapes (2) and (3) do not broadcast, extents 2 and 3 meet; reshape one so that "
            + "matching axes are equal or 1",
            () -> zeros(2, 1, 1).matmul(zeros(3, 1, 1)));
        refused("dot: shapes differ, (2, 3) and (3, 2); reshape one", () -> X.dot(zeros(3, 2)));
        refused("expand: (2, 3) does not expand to (1, 3); only axes of extent 1 grow", () -> X.expand(Shape.of(1, 3)));
        refused("sumTo: (2, 2, 3) does not broadcast to (2, 3); give a shape that it was expanded from",
            () -> X.sumTo(Shape.of(2, 2, 3)));
        refused("concat: F32 (2, 2) does not join F32 (2, 3) along axis 0; all other axes and the type must agree",
            () -> NdArray.concat(0, X, zeros(2, 2)));
        refused("addSliceInPlace: (3) at 0 of axis 0 does not fit into (2, 3); give 0 ≤ from, and a part of that axis",
            () -> X.copy().addSliceInPlace(0, 0, zeros(3)));
        refused("addSliceInPlace: (1, 3) at 2 of axis 0 does not fit into (2, 3); give 0 ≤ from, and a part of that axis",
            () -> X.copy().addSliceInPlace(0, 2, zeros(1, 3)));
        refused("addInPlace: shapes differ, (2, 3) and (3); in place nothing broadcasts", () -> X.copy().addInPlace(zeros(3)));
        refused("copyInPlace: F64 (2, 3) does not fit F32 (2, 3); cast or reshape it", () -> X.copy().copyInPlace(D));
        refused("transpose: (3) has fewer than two axes; unsqueeze it", () -> zeros(3).transpose());
    }

    @Test
    void typesThatDoNotFit() {
        refused("add: types differ, F32 (2, 3) and F64 (2, 3); cast one", () -> X.add(D));
        refused("matmul: types differ, F32 (2, 3) and F64 (2, 3); cast one", () -> X.matmul(D));
        refused("exp: not defined for I32 (2); cast it to F32 or F64", () -> I.exp());
        refused("sum: not defined for I32 (2); cast it to F32 or F64", () -> I.sum());
        refused("eq: not defined for BOOL (1); cast it to F32 or F64", () -> NdArray.of(true).eq(1));
        refused("where: the condition is F32 (2, 3); use a comparison, which gives BOOL", () -> NdArray.where(X, X, X));
        refused("indexSelect: the index is F32 (2); cast it to I32", () -> X.indexSelect(0, zeros(2)));
        refused("elements: those of F64 (2, 3) are not F32; cast it first", () -> D.floats());
        refused("uniform: not defined for I32; use F32 or F64", () ->
            NdArray.uniform(DType.I32, Shape.of(2), 0, 1, new SplittableRandom(1)));
        refused("arange: BOOL cannot count; use I32, F32 or F64", () -> NdArray.arange(DType.BOOL, 3));
    }

    @Test
    void axesAndIndicesOutOfRange() {
        refused("sum: axis 2 is not in shape (2, 3); use -2 … 1", () -> X.sum(false, 2));
        refused("max: axis -1 of (2, 3) is named twice; name each once", () -> X.max(true, 1, -1));
        refused("softmax: axis 1 is not in shape (); use an array with axes", () -> SCALAR.softmax(1));
        refused("max: axis 0 of (0, 3) has no elements; give at least one", () -> zeros(0, 3).max());
        refused("argmax: axis -1 of (2, 0) has no elements; give at least one", () -> zeros(2, 0).argmax(-1));
        refused("slice: 1 … 4 is not in axis -1 of (2, 3); give 0 ≤ from ≤ to ≤ 3", () -> X.slice(-1, 1, 4));
        refused("slice: 2 … 1 is not in axis 1 of (2, 3); give 0 ≤ from ≤ to ≤ 3", () -> X.slice(1, 2, 1));
        refused("embed: axis 1 of (2, 3) does not fit at 2 into extent 4; give 0 ≤ from ≤ extent − 3", () -> X.embed(1, 2, 4));
        refused("permute: 1 axes named for shape (2, 3); name all 2", () -> X.permute(0));
        refused("permute: axis -1 of (2, 3) is named twice; name each once", () -> X.permute(1, -1));
        refused("squeeze: axis 0 of (2, 3) has extent 2; only 1 can go", () -> X.squeeze(0));
        refused("unsqueeze: axis 4 is not in shape (1, 2, 3); use -3 … 2", () -> X.unsqueeze(4));
        refused("indexSelect: index 2 at position 1 is not in 0 … 1", () -> X.indexSelect(0, NdArray.of(1, 2)));
        refused("indexSelect: index has shape (1, 2); flatten it to one axis", () -> X.indexSelect(0, I.unsqueeze(0)));
        refused("indexAdd: 3 indices for axis 0 of (2, 3); give one a slice", () -> X.indexAdd(0, NdArray.of(0, 0, 0), 2));
        refused("gather: index 0 at position 0 has nothing to point to: the axis has extent 0",
            () -> zeros(0).gather(0, NdArray.of(0)));
        refused("gather: index (2) does not fit (2, 3); it needs as many axes, none longer but axis 0", () -> X.gather(0, I));
        refused("scatterAdd: index (2) does not fit (3); give one for each element", () -> zeros(3).scatterAdd(0, I, 5));
        refused("get: 1 indices for shape (2, 3); give 2", () -> X.get(0));
        refused("set: index 3 is not in axis 1 of (2, 3); use 0 … 2", () -> X.copy().set(1, 0, 3));
        refused("oneHot: index 1 at position 1 is not in 0 … 0", () -> NdArray.oneHot(DType.F32, I, 1));
    }

    @Test
    void shapesThatCannotBe() {
        refused("reshape: (2, 3) has 6 elements, (4) has 4; their products must agree", () -> X.reshape(4));
        refused("reshape: (2, 3) with 6 elements does not divide by the given extents' product 4; give extents whose product "
            + "does", () -> X.reshape(4, -1));
        refused("reshape: two extents are −1; give all but one", () -> X.reshape(-1, -1));
        refused("reshape: (0) with 0 elements does not divide by the given extents' product 0; give extents whose product does",
            () -> zeros(0).reshape(0, -1));
        refused("shape: extent -2 in (3, -2) is negative; extents are 0 or more", () -> zeros(3, -2));
        refused("shape: (65536, 65536) has more than 2147483639 elements, the most one array can hold; split it",
            () -> zeros(65536, 65536));
        refused("shape: (0, 65536, 65536) would have, but for the 0, more than 2147483639 elements, the most one array can "
            + "hold; split it", () -> zeros(0, 65536, 65536));
        refused("shape: (2147483647) has more than 2147483639 elements, the most one array can hold; split it",
            () -> NdArray.arange(DType.I32, Integer.MAX_VALUE));
        refused("shape: (50000, 50000) has more than 2147483639 elements, the most one array can hold; split it",
            () -> zeros(50000, 1).add(zeros(1, 50000)));
        refused("shape: (50000, 50000) has more than 2147483639 elements, the most one array can hold; split it",
            () -> zeros(50000, 1).matmul(zeros(1, 50000)));
        refused("concat: nothing to join; give at least one array", () -> NdArray.concat(0));
        refused("of: 2 values for shape (3); give 3", () -> NdArray.of(Shape.of(3), new float[2]));
        refused("item: shape (2, 3) has 6 elements; reduce it to one or use get", () -> X.item());
    }

    @Test
    void arraysThatDoNotFitTheHeap() {
        var e = assertThrows(IllegalStateException.class, () -> NdArray.zeros(DType.F64, 46340, 46340)); // 16 GiB
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        assertEquals("allocate: F64 (46340, 46340) needs 16383 MiB, which a heap of " + heap
            + " MiB does not have free; use smaller arrays, or raise -Xmx", e.getMessage());
    }

    @Test
    void numbersThatMakeNoSense() {
        var random = new SplittableRandom(1);
        refused("uniform: 2.0 … 1.0 is no range; give low ≤ high, both finite",
            () -> NdArray.uniform(DType.F32, Shape.of(1), 2, 1, random));
        refused("normal: mean 0.0 and std -1.0; both must be finite, std 0 or more",
            () -> NdArray.normal(DType.F32, Shape.of(1), 0, -1, random));
        refused("bernoulli: probability NaN is not in 0 … 1", () -> NdArray.bernoulli(Shape.of(1), Double.NaN, random));
        refused("sgd: the running v of parameter (2, 3) is missing; start with zeros of that shape",
            () -> X.copy().sgdStepInPlace(X, null, 1, 0.9, 0, 0, false, true));
        refused("adam: step 0; steps count from 1", () -> X.copy().adamStepInPlace(X, X.copy(), X.copy(), 1, 0.9, 0.9, 1, 0, 0,
            0));
    }

    @Test
    void aRefusedCallModifiesNothing() {
        var x = X.copy();
        assertThrows(IllegalArgumentException.class, () -> x.addInPlace(zeros(3)));
        assertThrows(IllegalArgumentException.class, () -> x.set(1, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> x.copyInPlace(D));
        assertThrows(IllegalArgumentException.class, () -> x.sgdStepInPlace(X, null, 1, 0.9, 0, 0, false, true));
        assertThrows(IllegalArgumentException.class, () -> x.adamStepInPlace(X, X.copy(), null, 1, 0.9, 0.9, 1, 0, 0, 1));
        assertEquals(0, x.version());
        assertArrayEquals(new float[6], x.toFloats());
    }
}
