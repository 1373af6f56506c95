package keel.array;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import keel.array.Term.Choice;
import keel.array.Term.Clamped;
import keel.array.Term.Constant;
import keel.array.Term.Inside;
import keel.array.Term.One;
import keel.array.Term.Operand;
import keel.array.Term.Two;
import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Reduce;

/// An elementwise function of several steps, taken by some thousand elements at a time: what passes from step to step stays in
/// the first-level cache, and only the result is written to memory. The bits are those of the steps taken one after the other
/// over whole arrays.
///
/// ```java
/// var x = Term.operand(0);
/// var mish = Formula.of(x.mul(x.softplus().tanh()));
/// var y = mish.of(array);      // (…) → (…)
/// ```
/// Operands have one type and one shape; one of a single element counts for all elements.
public final class Formula {
    /// Elements at a time: two blocks of a sum, and half a dozen arrays of them fit the first-level cache.
    private static final int TILE = 2 * Kernels.BLOCK;
    /// Rough cost of one element of a transcendental function, in elements of a copy.
    private static final int COST = 8;

    /// `to = term(a, b, c)`; all four are slots: first the operands, then constants, then the tiles of results, whose first is
    /// where the last result goes.
    private record Step(Term term, int a, int b, int c, int to) {}

    private final Term term;
    private final int operands;
    private final List<Constant> constants = new ArrayList<>();
    private final Step[] steps;
    private final int tiles; // of results, the first included
    private final int cost;

    private Formula(Term term) {
        var order = new ArrayList<Term>();
        order(term, order);
        int most = 0;
        for (var t : order) {
            if (t instanceof Operand x) most = Math.max(most, x.number() + 1);
            else if (t instanceof Constant c) constants.add(c);
        }
        this.term = term;
        operands = most;
        var computed = order.stream().filter(t -> !(t instanceof Operand || t instanceof Constant)).toList();
        if (computed.isEmpty()) {
            throw new IllegalArgumentException("Formula: " + term + " computes nothing; give a function of it");
        }
        var at = new int[computed.size()];
        tiles = place(computed, at);
        steps = new Step[at.length];
        int sum = 0;
        for (int i = 0; i < at.length; i++) {
            var parts = parts(computed.get(i));
            var slots = new int[3];
            for (int p = 0; p < parts.length; p++) slots[p] = slot(parts[p], computed, at);
            steps[i] = new Step(computed.get(i), slots[0], slots[1], slots[2], first() + at[i]);
            sum += isTranscendental(computed.get(i)) ? COST : 1;
        }
        cost = sum;
    }

    /// The formula whose last step is `term`.
    ///
    /// @throws IllegalArgumentException if that is an operand or a constant
    public static Formula of(Term term) { return new Formula(term); }

    /// Its last step.
    public Term term() { return term; }

    /// How many operands it has at least: one more than the largest number of one.
    public int operands() { return operands; }

    // ---- steps

    // Each term once, those that it needs before it; equal terms are one only if they are the same object.
    private static void order(Term t, List<Term> order) {
        if (position(t, order) >= 0) return;
        for (var part : parts(t)) order(part, order);
        order.add(t);
    }

    private static int position(Term t, List<? extends Term> terms) {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i) == t || t instanceof Operand && terms.get(i).equals(t)) return i;
        }
        return -1;
    }

    private static Term[] parts(Term t) {
        return switch (t) {
            case Operand _, Constant _ -> new Term[0];
            case One(var _, var _, var x) -> new Term[] {x};
            case Clamped(var x, var _, var _) -> new Term[] {x};
            case Two(var _, var x, var z) -> new Term[] {x, z};
            case Inside(var x, var _, var _, var dy) -> new Term[] {x, dy};
            case Choice(var _, var c, var _, var x, var z) -> new Term[] {c, x, z};
        };
    }

    private static boolean isTranscendental(Term t) {
        return t instanceof One one && switch (one.f()) {
            case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, POW_SCALAR -> true;
            default -> false;
        };
    }

    // A tile for each result, free again after its last use, even for the result of that very step; the last one gets number 0.
    private static int place(List<Term> computed, int... at) {
        int last = at.length - 1;
        var idle = new ArrayDeque<Integer>();
        int tiles = 0;
        for (int i = 0; i <= last; i++) {
            var freed = new ArrayList<Integer>();
            for (var part : parts(computed.get(i))) {
                int p = position(part, computed);
                if (p >= 0 && !isUsed(part, computed, i + 1) && !freed.contains(at[p])) freed.add(at[p]);
            }
            freed.forEach(idle::push);
            at[i] = idle.isEmpty() ? tiles++ : idle.pop();
        }
        int end = at[last];
        for (int i = 0; i <= last; i++) at[i] = at[i] == end ? 0 : at[i] == 0 ? end : at[i];
        return tiles;
    }

    private static boolean isUsed(Term t, List<Term> computed, int from) {
        for (int i = from; i < computed.size(); i++) {
            for (var part : parts(computed.get(i))) {
                if (part == t) return true;
            }
        }
        return false;
    }

    private int first() { return operands + constants.size(); }

    private int slot(Term t, List<Term> computed, int... at) {
        return switch (t) {
            case Operand x -> x.number();
            case Constant _ -> operands + position(t, constants);
            default -> first() + at[position(t, computed)];
        };
    }

    // ---- computing

    /// The value of each element.
    ///
    /// @throws IllegalArgumentException if the number, types or shapes of the operands do not fit
    public NdArray of(NdArray... x) {
        var shape = check(x);
        var y = NdArray.empty(x[0].dtype(), shape);
        Object to = y.data();
        Parallel.ranges((long) y.size() * cost, y.size(), TILE, (lo, hi) -> new Run(x, shape.size(), to).all(lo, hi));
        return y;
    }

    /// The sum of the values, rank 0: the bits of `of(x).sum()`.
    ///
    /// @throws IllegalArgumentException as [#of(NdArray...)]
    public NdArray sum(NdArray... x) {
        int n = check(x).size();
        var k = x[0].kernels();
        int blocks = (n + Kernels.BLOCK - 1) / Kernels.BLOCK;
        Object sums = k.allocate(Math.max(1, blocks));
        Parallel.ranges((long) n * (cost + 1), n, TILE, (lo, hi) -> new Run(x, n, null).sums(lo, hi, sums));
        for (int m = blocks; m > 1; m = m + 1 >> 1) { // neighbors, an odd last one is carried
            for (int i = 0; 2 * i < m; i++) {
                k.set(sums, i, 2 * i + 1 < m ? k.get(sums, 2 * i) + k.get(sums, 2 * i + 1) : k.get(sums, 2 * i));
            }
        }
        var y = NdArray.empty(x[0].dtype(), Shape.of());
        k.set(y.data(), 0, k.get(sums, 0));
        return y;
    }

    private Shape check(NdArray... x) {
        if (x.length < Math.max(1, operands)) {
            throw new IllegalArgumentException("formula: " + x.length + " operands for " + Math.max(1, operands) + "; give all");
        }
        var shape = x[0].shape();
        for (var v : x) {
            Elementwise.requireSame("formula", x[0], v);
            if (shape.size() == 1) shape = v.size() == 1 ? shape : v.shape();
            if (v.size() != 1 && !v.shape().equals(shape)) {
                throw new IllegalArgumentException("formula: shapes differ, " + shape + " and " + v.shape()
                    + "; reshape or expand one");
            }
        }
        return shape;
    }

    /// A range of the elements, on one thread.
    private final class Run {
        private final Kernels<Object> k;
        private final Object[] array = new Object[first() + tiles];
        private final int[] from = new int[array.length];
        private final boolean[] moves = new boolean[array.length]; // with the elements; others are tiles
        private final Object work;

        Run(NdArray[] x, int n, Object to) {
            k = x[0].kernels();
            work = Buffers.take(k, x[0].data(), array.length * TILE);
            for (int i = 0; i < array.length; i++) {
                moves[i] = i < operands && (x[i].size() != 1 || n == 1) || i == first() && to != null;
                array[i] = !moves[i] ? work : i < operands ? x[i].data() : to;
                from[i] = moves[i] ? 0 : i * TILE;
                if (!moves[i] && i < first()) {
                    double value = i < operands ? k.get(x[i].data(), 0) : constants.get(i - operands).value();
                    k.fill(work, from[i], Math.min(n, TILE), value);
                }
            }
        }

        void all(int lo, int hi) {
            for (int i = lo; i < hi; i += TILE) {
                for (var step : steps) take(step, i, Math.min(TILE, hi - i));
            }
            Buffers.giveBack(work);
        }

        void sums(int lo, int hi, Object sums) {
            for (int i = lo; i < hi; i += TILE) {
                int n = Math.min(TILE, hi - i);
                for (var step : steps) take(step, i, n);
                for (int j = 0; j < n; j += Kernels.BLOCK) {
                    int block = (i + j) / Kernels.BLOCK;
                    k.reduce(Reduce.SUM, work, from[first()] + j, Math.min(Kernels.BLOCK, n - j), 1, sums, block);
                }
            }
            Buffers.giveBack(work);
        }

        private int at(int slot, int i) { return moves[slot] ? i : from[slot]; }

        private void take(Step s, int i, int n) {
            var a = array[s.a];
            int ao = at(s.a, i);
            var y = array[s.to];
            int yo = at(s.to, i);
            switch (s.term) {
                case One(var f, var p, var _) -> k.unary(f, p, a, ao, y, yo, n);
                case Two(var f, var _, var _) -> k.binary(f, 0, a, ao, array[s.b], at(s.b, i), y, yo, n);
                case Clamped(var _, var low, var high) -> k.clamp(low, high, a, ao, y, yo, n);
                case Inside(var _, var low, var high, var _) ->
                    k.clampGrad(true, low, high, a, ao, array[s.b], at(s.b, i), y, yo, n);
                case Choice(var f, var _, var bound, var _, var _) ->
                    k.choose(f, bound, a, ao, array[s.b], at(s.b, i), array[s.c], at(s.c, i), y, yo, n);
                case Operand _, Constant _ -> throw new AssertionError(s);
            }
        }
    }
}
