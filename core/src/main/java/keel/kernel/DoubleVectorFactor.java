// Generated from FloatVectorFactor.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// A matrix whose panels are laid out once for many products, to the same bits. Each thread has those of its own columns.
final class DoubleVectorFactor implements Factor<double[]> {
    private static final int NR = DoubleVectorMatmul.NR;
    /// Rows of other matrices that are laid out at a time.
    private static final int ROWS = DoubleVectorMatmul.MC;
    private static final int LA = DoubleVectorPanels.LA;

    private final int m;
    private final int n;
    private final int k;
    private final DoubleVectorSpace[] parts;

    private DoubleVectorFactor(int m, int n, int k, int parts) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.parts = new DoubleVectorSpace[parts];
    }

    /// Whether panels pay: not for single rows, nor where `B` stays in the first-level cache, nor where it takes several blocks.
    static boolean suits(int m, int n, int k) {
        return m > 1 && n > 1 && k > 0 && k <= DoubleVectorPanels.KC && !DoubleVectorSmall.suits(Form.NN, m, n, k, k);
    }

    /// Of `op(B) (k, n)`, by which up to `m` rows are multiplied at a time.
    static DoubleVectorFactor of(Form form, int m, int n, int k, double[] b, int bo) {
        var y = new DoubleVectorFactor(m, n, k, Math.min(DoubleVectorShares.most(m, n, k), (n + NR - 1) / NR));
        Parallel.run(y.parts.length, t -> y.layOut(t, form, b, bo));
        return y;
    }

    private void layOut(int t, Form form, double[] b, int bo) {
        int from = from(t);
        int columns = from(t + 1) - from;
        parts[t] = DoubleVectorSpace.take(Math.min(m, ROWS) * LA, (columns + NR) * (k + 1));
        if (form == Form.NT) DoubleVectorMatmul.panels(form, b, bo + from * k, k, k, columns, parts[t]);
        else DoubleVectorMatmul.panels(form, b, bo + from, n, k, columns, parts[t]);
    }

    // The first column of a part.
    private int from(int part) {
        int panels = (n + NR - 1) / NR;
        return Math.min(n, (int) ((long) panels * part / parts.length) * NR);
    }

    @Override
    public void multiply(int rows, double[] a, int ao, double[] c, int co) {
        if (parts.length == 1) part(0, rows, a, ao, c, co);
        else Parallel.run(parts.length, t -> part(t, rows, a, ao, c, co));
    }

    private void part(int t, int rows, double[] a, int ao, double[] c, int co) {
        int from = from(t);
        int columns = from(t + 1) - from;
        for (int i = 0; i < rows; i += ROWS) {
            DoubleVectorMatmul.byPanels(Math.min(ROWS, rows - i), columns, k, a, ao + i * k, parts[t], c, co + i * n + from, n);
        }
    }

    @Override
    public void giveBack() {
        for (var space : parts) space.giveBack();
    }
}
