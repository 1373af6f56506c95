package keel.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import keel.array.Grid;
import keel.array.Shape;

/// Einstein's summation: letters name axes; those that are not in the result are summed over. Operands are contracted from left
/// to right, each pair as one product of matrices, or elementwise where no sum joins several lines.
final class Einsum {
    private Einsum() {}

    /// A tensor and the letter of each of its axes. Capital greek letters from Ω on stand for the axes of an ellipsis, counted
    /// from its end.
    private record Term(Tensor x, String letters) {}

    private static final char ELLIPSIS = 'Ω';

    static Tensor einsum(String equation, Tensor... operands) {
        var sides = equation.replace(" ", "").split("->", -1);
        var inputs = sides[0].split(",", -1);
        if (sides.length > 2 || inputs.length != operands.length) {
            throw wrong(equation, inputs.length + " terms for " + operands.length + " tensors; give one each");
        }
        var terms = new ArrayList<Term>();
        int dots = 0;
        for (int i = 0; i < operands.length; i++) {
            int named = inputs[i].replace("...", "").length();
            int own = inputs[i].contains("...") ? operands[i].rank() - named : 0;
            if (own < 0 || named + own != operands[i].rank()) {
                throw wrong(equation, "term " + inputs[i] + " names " + named + " axes, the tensor has shape "
                    + operands[i].shape());
            }
            dots = Math.max(dots, own);
            terms.add(diagonal(equation, new Term(operands[i], inputs[i].replace("...", ellipsis(own)))));
        }
        var output = sides.length == 2 ? sides[1].replace("...", ellipsis(dots)) : implied(terms, dots);
        var extents = extents(equation, terms);
        for (int i = 0; i < output.length(); i++) {
            if (!extents.containsKey(output.charAt(i)) || output.indexOf(output.charAt(i)) != i) {
                throw wrong(equation, "the result " + output + " repeats a letter or names one that no term has");
            }
        }
        var sum = reduce(terms.getFirst(), needed(terms, 1, output));
        for (int i = 1; i < terms.size(); i++) {
            sum = contract(sum, reduce(terms.get(i), needed(terms, i + 1, output) + sum.letters), needed(terms, i + 1, output),
                extents);
        }
        return arrange(sum, output, extents);
    }

    private static String ellipsis(int n) {
        var s = new StringBuilder();
        for (int i = n; i > 0; i--) {
            s.append((char) (ELLIPSIS + i));
        }
        return s.toString();
    }

    // Without an arrow: the ellipsis, then letters that occur once, in order.
    private static String implied(List<Term> terms, int dots) {
        var count = new TreeMap<Character, Integer>();
        for (var t : terms) {
            t.letters.chars().filter(c -> c < ELLIPSIS).forEach(c -> count.merge((char) c, 1, Integer::sum));
        }
        var s = new StringBuilder(ellipsis(dots));
        count.forEach((letter, n) -> s.append(n == 1 ? letter.toString() : ""));
        return s.toString();
    }

    // Letters that the result or a later term names.
    private static String needed(List<Term> terms, int from, String output) {
        var s = new StringBuilder(output);
        terms.subList(from, terms.size()).forEach(t -> s.append(t.letters));
        return s.toString();
    }

    private static TreeMap<Character, Integer> extents(String equation, List<Term> terms) {
        var y = new TreeMap<Character, Integer>();
        for (var t : terms) {
            for (int i = 0; i < t.letters.length(); i++) {
                int n = t.x.extent(i);
                int before = y.getOrDefault(t.letters.charAt(i), 1);
                if (before != 1 && n != 1 && n != before) {
                    throw wrong(equation, "axis " + t.letters.charAt(i) + " has extents " + before + " and " + n);
                }
                y.put(t.letters.charAt(i), before == 1 ? n : before);
            }
        }
        return y;
    }

    // A letter that occurs twice in one term means its diagonal.
    private static Term diagonal(String equation, Term t) {
        for (int i = 0; i < t.letters.length(); i++) {
            int j = t.letters.indexOf(t.letters.charAt(i), i + 1);
            if (j < 0) {
                continue;
            }
            if (t.x.extent(i) != t.x.extent(j)) {
                throw wrong(equation, "axis " + t.letters.charAt(i) + " has extents " + t.x.extent(i) + " and " + t.x.extent(j));
            }
            var rest = new StringBuilder(t.letters).deleteCharAt(j).deleteCharAt(i).append(t.letters.charAt(i)).toString();
            return diagonal(equation, new Term(t.x.pick(Grid.diagonal(t.x.shape(), 0, i, j)), rest));
        }
        return t;
    }

    // Sums over letters that nobody else names.
    private static Term reduce(Term t, String needed) {
        var axes = t.letters.chars().filter(c -> needed.indexOf(c) < 0).map(t.letters::indexOf).toArray();
        if (axes.length == 0) {
            return t;
        }
        var rest = new StringBuilder();
        t.letters.chars().filter(c -> needed.indexOf(c) >= 0).forEach(c -> rest.append((char) c));
        return new Term(t.x.sum(false, axes), rest.toString());
    }

    // Batch letters are in both and needed, k letters in both and not. The product has the form that copies no operand, or one at
    // most: (batch, left, k) or (batch, k, left) by (batch, k, right) or (batch, right, k); where both would be transposed,
    // the product with its operands exchanged is none of that.
    private static Term contract(Term a, Term b, String needed, TreeMap<Character, Integer> extents) {
        var batch = letters(a, c -> b.letters.indexOf(c) >= 0 && needed.indexOf(c) >= 0);
        var k = letters(a, c -> b.letters.indexOf(c) >= 0 && needed.indexOf(c) < 0);
        var left = letters(a, c -> b.letters.indexOf(c) < 0);
        var right = letters(b, c -> a.letters.indexOf(c) < 0);
        if (left.isEmpty() && right.isEmpty() || k.isEmpty()) {
            return elementwise(a, b, batch, k, left, right, extents);
        }
        boolean kFirstInA = !a.letters.equals(batch + left + k) && a.letters.equals(batch + k + left);
        boolean kLastInB = !b.letters.equals(batch + k + right) && b.letters.equals(batch + right + k);
        if (kFirstInA && kLastInB) {
            return contract(b, a, needed, extents);
        }
        var x = arrange(a, batch + (kFirstInA ? k + left : left + k), extents);
        var y = arrange(b, batch + (kLastInB ? right + k : k + right), extents);
        int nb = size(batch, extents);
        int nk = size(k, extents);
        int m = size(left, extents);
        int n = size(right, extents);
        var p = kFirstInA ? matrices(x, nb, nk, m).matmulTN(matrices(y, nb, nk, n))
            : kLastInB ? matrices(x, nb, m, nk).matmulNT(matrices(y, nb, n, nk))
            : matrices(x, nb, m, nk).matmul(matrices(y, nb, nk, n));
        if (!p.wantsGradient()) {
            giveUp(x, a.x);
            giveUp(y, b.x);
        }
        var letters = batch + left + right;
        return new Term(p.reshape(shape(letters, extents)), letters);
    }

    // Nothing is summed, or a line of one operand meets one of the other only: products by themselves, then sums.
    private static Term elementwise(Term a, Term b, String batch, String k, String left, String right,
            TreeMap<Character, Integer> extents) {
        var x = arrange(a, batch + left + k, extents);
        var y = arrange(b, batch + right + k, extents);
        int nb = size(batch, extents);
        int nk = size(k, extents);
        var p = k.isEmpty() ? matrices(x, nb, size(left, extents), 1).mul(matrices(y, nb, 1, size(right, extents)))
            : matrices(x, 1, nb, nk).mul(matrices(y, 1, nb, nk));
        var sum = k.isEmpty() ? p : p.sum(false, -1);
        if (!sum.wantsGradient()) {
            giveUp(x, a.x);
            giveUp(y, b.x);
            giveUp(p, sum);
        }
        var letters = batch + left + right;
        return new Term(sum.reshape(shape(letters, extents)), letters);
    }

    private static String letters(Term t, IntPredicate which) {
        var s = new StringBuilder();
        t.letters.chars().filter(which).forEach(c -> s.append((char) c));
        return s.toString();
    }

    private static Tensor matrices(Tensor x, int batch, int rows, int columns) {
        return x.reshape(batch == 1 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns));
    }

    // A copy that nobody else has seen.
    private static void giveUp(Tensor copy, Tensor of) {
        if (copy != of) {
            copy.release();
        }
    }

    // The axes in the order of the letters, extents of 1 expanded; itself where that changes nothing.
    private static Tensor arrange(Term t, String letters, TreeMap<Character, Integer> extents) {
        var order = letters.chars().map(t.letters::indexOf).toArray();
        return (t.letters.equals(letters) ? t.x : t.x.permute(order)).expand(shape(letters, extents));
    }

    private static Shape shape(String letters, TreeMap<Character, Integer> extents) {
        return Shape.of(letters.chars().map(c -> extents.get((char) c)).toArray());
    }

    private static int size(String letters, TreeMap<Character, Integer> extents) {
        return shape(letters, extents).size();
    }

    private static IllegalArgumentException wrong(String equation, String what) {
        return new IllegalArgumentException("einsum: " + equation + ": " + what);
    }
}
