// Generated from FloatVectorShares.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Shares the products of [DoubleVectorMatmul] among threads: each computes some of the rows of `C`, or of its columns, in memory
/// of its own. `DoubleVectorShares` is generated from this file.
///
/// Panels are not shared, though each thread lays out what the others lay out too: fetching what another has just written takes
/// longer than copying what nobody writes.
final class DoubleVectorShares {
    private DoubleVectorShares() {}

    private static final int NR = DoubleVectorMatmul.NR;
    /// Multiply-adds worth a thread of their own: half as many take as long as handing them over and fetching what the other
    /// thread has in its cache.
    private static final int GRAIN = 3 << 16;
    private static final int GRAIN_OF_A_ROW = 3 << 15;
    /// Multiply-adds in the time of one step of [Parallel#threads(long)]; those of a single row wait for memory.
    private static final int A_STEP = 8;
    /// What it costs to copy a number into a panel, to turn it, and to write to a cache line that another thread writes to too,
    /// in multiply-adds.
    private static final int COPY = 6;
    private static final int TURN = 8;
    private static final int SHARED_LINE = 3400;

    /// `C (m, n) = op(A)·op(B)` and `bias`, as in [DoubleVectorMatmul#matmul].
    static void split(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] bias,
            double[] c, int co) {
        int la = form == Form.TN ? m : k;
        int lb = form == Form.NT ? k : n;
        int most = most(m, n, k);
        boolean byRows = most > 1 && byRows(form, m, n, k, most);
        int parts = Math.min(most, byRows ? m : (n + NR - 1) / NR);
        if (parts == 1) {
            DoubleVectorMatmul.block(form, m, n, k, a, ao, la, b, bo, lb, bias, 0, c, co, n);
        } else if (lacks(parts, byRows, form, m, n, k, la, lb)) {
            for (int t = 0; t < parts; t++) part(t, parts, byRows, form, m, n, k, a, ao, la, b, bo, lb, bias, c, co);
        } else {
            Parallel.run(parts, t -> part(t, parts, byRows, form, m, n, k, a, ao, la, b, bo, lb, bias, c, co));
        }
    }

    /// Whether loops of the first part are not compiled yet, which [DoubleVectorMatmul#block] sees to.
    private static boolean lacks(int parts, boolean byRows, Form form, int m, int n, int k, int la, int lb) {
        int rows = byRows ? m / parts : m;
        int columns = byRows ? n : Math.min(n, (n + NR - 1) / NR / parts * NR);
        return rows > 1 && !DoubleVectorSmall.suits(form, rows, columns, k, la)
                && DoubleVectorWarmUp.lacks(form, rows, columns, k, lb);
    }

    /// Threads that are worth it.
    static int most(int m, int n, int k) {
        long work = (long) m * n * k;
        int grain = m == 1 ? GRAIN_OF_A_ROW : GRAIN;
        return work < 2 * grain ? 1 : (int) Math.min(work / grain, Parallel.threads(m == 1 ? work : work / A_STEP));
    }

    /// Whether parts of rows take less time than parts of columns, in multiply-adds for each step of `k`: a thread's own, what it
    /// lays out that the others lay out too, and the lines in which parts of columns meet, which go from thread to thread.
    private static boolean byRows(Form form, int m, int n, int k, int parts) {
        long panels = (n + NR - 1) / NR;
        long rows = n * ((m + parts - 1L) / parts + (form == Form.NT ? TURN : COPY));
        long columns = m * ((panels + parts - 1) / parts * NR + (form == Form.TN ? TURN : COPY) + SHARED_LINE / k);
        return rows < columns;
    }

    private static void part(int t, int parts, boolean byRows, Form form, int m, int n, int k,
            double[] a, int ao, int la, double[] b, int bo, int lb, double[] bias, double[] c, int co) {
        if (byRows) {
            int from = (int) ((long) m * t / parts);
            int to = (int) ((long) m * (t + 1) / parts);
            int ai = form == Form.TN ? ao + from : ao + from * la;
            DoubleVectorMatmul.block(form, to - from, n, k, a, ai, la, b, bo, lb, bias, 0, c, co + from * n, n);
        } else {
            int panels = (n + NR - 1) / NR;
            int from = (int) ((long) panels * t / parts) * NR;
            int to = Math.min(n, (int) ((long) panels * (t + 1) / parts) * NR);
            int bj = form == Form.NT ? bo + from * lb : bo + from;
            if (m == 1) rowAside(form, to - from, k, a, ao, la, b, bj, lb, bias, from, c, co + from);
            else DoubleVectorMatmul.block(form, m, to - from, k, a, ao, la, b, bj, lb, bias, from, c, co + from, n);
        }
    }

    /// Some columns of a single row. Each pass over them would write to the lines in which they meet another thread's.
    private static void rowAside(Form form, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] bias, int from, double[] c, int co) {
        var space = DoubleVectorSpace.take(n, 0);
        DoubleVectorMatmul.block(form, 1, n, k, a, ao, la, b, bo, lb, bias, from, space.a, 0, n);
        System.arraycopy(space.a, 0, c, co, n);
        space.giveBack();
    }
}
