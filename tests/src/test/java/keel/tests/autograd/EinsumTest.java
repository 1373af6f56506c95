package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import org.junit.jupiter.api.Test;

/// Einstein's summation against its definition: a loop over all letters.
class EinsumTest {
    private static final String[] EQUATIONS = {"ij,jk->ik", "ij,kj->ik", "ji,jk->ik", "ji,kj->ik", "ij,jk->ki", "ij,kj->ki",
        "ji,jk->ki", "ji,kj->ki", "bij,bjk->bik", "bij,bkj->bik", "bji,bkj->bik", "ibj,bjk->kbi", "bij,bkj->ibk", "ij,ij->ij",
        "ij,ji->ij", "ij,ij->i", "ij,ji->j", "ij,ij->", "i,i->", "i,j->ij", "i,j->ji", "bi,bj->bij", "i,jk->kij", "ij,k->j",
        "ij,jk,kl->il", "ij,jk,kl->li", "ab,abc,bd->cd", "i,ij,j->", ",ij->ji", ",->", "iij,jk->ik",
        "ijkl,klij->ij", "i->", "ij->ji", "abcd,cdef->abef", "abcd,cdef->efab", "abcd,efcd->abef", "cdab,cdef->abef",
        "bhqd,bhkd->bhqk", "bqhd,bkhd->bhqk"};

    @Test
    void everyEquationIsItsLoop() {
        var random = new SplittableRandom(3);
        for (var equation : EQUATIONS) {
            for (int i = 0; i < 12; i++) {
                var sizes = random.ints(26, i < 2 ? 0 : 1, 5).toArray();
                var dtype = i % 2 == 0 ? DType.F32 : DType.F64;
                var terms = equation.split("->")[0].split(",", -1);
                var x = new Tensor[terms.length];
                var before = new NdArray[terms.length];
                for (int t = 0; t < x.length; t++) {
                    var extents = terms[t].chars().map(c -> sizes[c - 'a']).toArray();
                    int axis = extents.length > 1 && i > 7 && distinct(terms[t]) ? random.nextInt(extents.length) : -1;
                    if (axis >= 0 && x.length > 1) {
                        extents[axis] = 1; // repeats
                    }
                    before[t] = Samples.between(dtype, Shape.of(extents), -2, 2, random);
                    x[t] = i % 3 == 0 ? Tensor.parameter(before[t].copy()) : Tensor.of(before[t].copy());
                }
                var y = Tensor.einsum(equation, x);
                var said = equation + " of " + Arrays.stream(x).map(Tensor::shape).toList();
                var output = equation.split("->", -1)[1];
                var all = equation.replaceAll("[^a-z]", "").chars().distinct().toArray();
                for (int c : all) { // an extent that is 1 in every term is 1
                    boolean repeats = true;
                    for (int t = 0; t < x.length; t++) {
                        repeats &= terms[t].indexOf(c) < 0 || x[t].extent(terms[t].indexOf(c)) == 1;
                    }
                    sizes[c - 'a'] = repeats ? 1 : sizes[c - 'a'];
                }
                assertEquals(Shape.of(output.chars().map(c -> sizes[c - 'a']).toArray()), y.shape(), said);
                assertArrayEquals(loop(terms, output, all, sizes, before), y.value().toDoubles(), 1e-4, said);
                for (int t = 0; t < x.length; t++) {
                    assertArrayEquals(before[t].toDoubles(), x[t].value().toDoubles(), said);
                }
            }
        }
    }

    private static boolean distinct(String letters) {
        return letters.chars().distinct().count() == letters.length();
    }

    private static double[] loop(String[] terms, String output, int[] letters, int[] sizes, NdArray... x) {
        var y = new double[output.chars().map(c -> sizes[c - 'a']).reduce(1, (a, b) -> a * b)];
        var index = new int[26];
        int steps = Arrays.stream(letters).map(c -> sizes[c - 'a']).reduce(1, (a, b) -> a * b);
        for (int s = 0; s < steps; s++) {
            int rest = s;
            for (int c : letters) {
                index[c - 'a'] = rest % sizes[c - 'a'];
                rest /= sizes[c - 'a'];
            }
            double product = 1;
            for (int t = 0; t < terms.length; t++) {
                int at = 0;
                for (int axis = 0; axis < terms[t].length(); axis++) {
                    int n = x[t].extent(axis);
                    at = at * n + (n == 1 ? 0 : index[terms[t].charAt(axis) - 'a']);
                }
                product *= x[t].toDoubles()[at];
            }
            int to = 0;
            for (int axis = 0; axis < output.length(); axis++) {
                to = to * sizes[output.charAt(axis) - 'a'] + index[output.charAt(axis) - 'a'];
            }
            y[to] += product;
        }
        return y;
    }

    /// A row of a result has the same bits alone and among others, since products of matrices have.
    @Test
    void rowsDoNotDependOnTheirNeighbours() {
        var random = new SplittableRandom(4);
        var x = Tensor.of(Samples.between(DType.F32, Shape.of(33, 70), -1, 1, random));
        var w = Tensor.of(Samples.between(DType.F32, Shape.of(19, 70), -1, 1, random));
        for (var equation : new String[] {"ij,kj->ik", "ij,kj->ki"}) {
            var all = Tensor.einsum(equation, x, w);
            int axis = equation.indexOf('i', 3) == equation.length() - 2 ? 0 : 1;
            for (int i = 0; i < 33; i += 8) {
                assertArrayEquals(all.slice(axis, i, i + 1).value().floats(),
                    Tensor.einsum(equation, x.slice(0, i, i + 1), w).value().floats());
            }
        }
    }
}
