package keel.kernel;

/// A matrix whose panels are laid out once for many products, to the same bits. Each thread has those of its own columns.
/// `DoubleVectorFactor` is generated from this file.
final class FloatVectorFactor implements Factor<float[]> {
    private static final int NR = FloatVectorMatmul.NR;
    /// Rows of other matrices that are laid out at a time.
    private static final int ROWS = FloatVectorMatmul.MC;
    private static final int LA = FloatVectorPanels.LA;

    private final int m;
    private final int n;
    private final int k;
    private final FloatVectorSpace[] parts;

    private FloatVectorFactor(int m, int n, int k, int parts) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.parts = new FloatVectorSpace[parts];
    }

    /// Whether panels pay: not for single rows, nor where `B` stays in the first-level cache, nor where it takes several blocks.
    static boolean suits(int m, int n, int k) {
        return m > 1 && n > 1 && k > 0 && k <= FloatVectorPanels.KC && !FloatVectorSmall.suits(Form.NN, m, n, k, k);
    }

    /// Of `op(B) (k, n)`, by which up to `m` rows are multiplied at a time.
    static FloatVectorFactor of(Form form, int m, int n, int k, float[] b, int bo) {
        var y = new FloatVectorFactor(m, n, k, Math.min(FloatVectorShares.most(m, n, k), (n + NR - 1) / NR));
        Parallel.run(y.parts.length, t -> y.layOut(t, form, b, bo));
        return y;
    }

    private void layOut(int t, Form form, float[] b, int bo) {
        int from = from(t);
        int columns = from(t + 1) - from;
        parts[t] = FloatVectorSpace.take(Math.min(m, ROWS) * LA, (columns + NR) * (k + 1));
        if (form == Form.NT) FloatVectorMatmul.panels(form, b, bo + from * k, k, k, columns, parts[t]);
        else FloatVectorMatmul.panels(form, b, bo + from, n, k, columns, parts[t]);
    }

    // The first column of a part.
    private int from(int part) {
        int panels = (n + NR - 1) / NR;
        return Math.min(n, (int) ((long) panels * part / parts.length) * NR);
    }

    @Override
    public void multiply(int rows, float[] a, int ao, float[] c, int co) {
        if (parts.length == 1) part(0, rows, a, ao, c, co);
        else Parallel.run(parts.length, t -> part(t, rows, a, ao, c, co));
    }

    private void part(int t, int rows, float[] a, int ao, float[] c, int co) {
        int from = from(t);
        int columns = from(t + 1) - from;
        for (int i = 0; i < rows; i += ROWS) {
            FloatVectorMatmul.byPanels(Math.min(ROWS, rows - i), columns, k, a, ao + i * k, parts[t], c, co + i * n + from, n);
        }
    }

    @Override
    public void giveBack() {
        for (var space : parts) space.giveBack();
    }
}
