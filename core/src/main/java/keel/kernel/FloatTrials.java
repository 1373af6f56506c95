package keel.kernel;

import java.util.function.Supplier;

/// [FloatVectorKernels] for a program that has just begun. Until C2 has compiled a loop, its vectors are objects, and it takes
/// some hundred times as long; plain loops are compiled within milliseconds. So kernels that take much of a program's first
/// second are computed by plain loops for as long as those for vectors are not compiled, see [VectorTrial]; all others at once
/// with vectors.
///
/// C2 counts calls: attempts are small parts.
final class FloatTrials extends FloatVectorKernels {
    private static final Kernels<float[]> PLAIN = new FloatKernels();
    private static final Kernels<float[]> VECTORS = new FloatVectorKernels();
    /// Elements of an attempt, and how many times as many go to a plain loop.
    private static final int PART = 24 * VectorWidth.BITS / Float.SIZE;
    private static final int PLAIN_PARTS = 8;
    /// Outputs of a convolution of which attempts are a multiple.
    private static final int OUTPUTS = 64;
    /// Multiply-adds of products that count as an element.
    private static final int STEPS = 8;
    /// Shapes of products that are told apart, if their hashes differ.
    private static final int SHAPES = 256;

    private static final VectorTrial[] UNARY = VectorTrial.of(Unary.values().length);
    private static final VectorTrial[] BINARY = VectorTrial.of(Binary.values().length);
    private static final VectorTrial[] PRODUCT = VectorTrial.of(SHAPES);
    private static final VectorTrial[] CORRELATE = VectorTrial.of(SHAPES);
    private static final VectorTrial[] WINDOWS = VectorTrial.of(SHAPES);
    // by the number of bits of the length of a row, for rows of other lengths take other loops
    private static final VectorTrial[] SOFTMAX = VectorTrial.of(Integer.SIZE);
    private static final VectorTrial[] SOFTMAX_GRAD = VectorTrial.of(Integer.SIZE);
    private static final VectorTrial[] LINES = VectorTrial.of(2);

    /// `n` units of a call, from one on.
    private interface Part {
        void run(Kernels<float[]> kernels, int from, int n);
    }

    /// Runs `n` units of `size` elements, a multiple of `step` at a time for as long as vectors do not count.
    private static void run(VectorTrial trial, int n, int step, long size, Part part) {
        for (int i = 0, here; i < n; i += here) {
            if (trial.counts()) {
                part.run(VECTORS, i, n - i);
                return;
            }
            boolean attempt = trial.attempts();
            here = (int) Math.min(n - i, Math.max(1, PART / (step * size)) * step * (attempt ? 1 : PLAIN_PARTS));
            long from = System.nanoTime();
            part.run(attempt ? VECTORS : PLAIN, i, here);
            trial.note(attempt, here * size, from, System.nanoTime());
        }
    }

    private static VectorTrial of(VectorTrial[] trials, int n) {
        return trials[Integer.SIZE - 1 - Integer.numberOfLeadingZeros(n | 1)];
    }

    private static VectorTrial of(VectorTrial[] trials, Form form, int m, int n, int k) {
        return trials[(((form.ordinal() * 31 + m) * 31 + n) * 31 + k) * 0x9e3779b9 >>> Integer.numberOfLeadingZeros(SHAPES - 1)];
    }

    /// Whether a product is not tried here, for it is small, or [FloatVectorWarmUp] sees to it.
    private static boolean none(Form form, int m, int n, int k) {
        return VectorTrial.none((long) m * n * k / STEPS) || FloatVectorWarmUp.sees(form, m, n, k);
    }

    /// Whether rows are not tried: `FloatRows` is not shared, for loops that see two kinds of [FloatParts] are slower for good.
    private static boolean none(int rows, int n) {
        return VectorTrial.none((long) rows * n) || !FloatVectorRows.fit(n);
    }

    @Override
    public void unary(Unary f, double p, float[] x, int xo, float[] y, int yo, int n) {
        if (VectorTrial.none(n)) super.unary(f, p, x, xo, y, yo, n);
        else run(UNARY[f.ordinal()], n, PART, 1, (k, i, here) -> k.unary(f, p, x, xo + i, y, yo + i, here));
    }

    @Override
    public void binary(Binary f, double p, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (VectorTrial.none(n)) super.binary(f, p, x, xo, z, zo, y, yo, n);
        else run(BINARY[f.ordinal()], n, PART, 1, (k, i, here) -> k.binary(f, p, x, xo + i, z, zo + i, y, yo + i, here));
    }

    @Override
    public void matmul(Form form, int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        if (none(form, m, n, k)) super.matmul(form, m, n, k, a, ao, b, bo, c, co);
        else run(of(PRODUCT, form, m, n, k), 1, 1, (long) m * n * k / STEPS,
            (kernels, _, _) -> kernels.matmul(form, m, n, k, a, ao, b, bo, c, co));
    }

    @Override
    public void linear(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
        if (none(Form.NT, m, n, k)) super.linear(m, n, k, x, w, bias, y);
        else run(of(PRODUCT, Form.NT, m, n, k), 1, 1, (long) m * n * k / STEPS,
            (kernels, _, _) -> kernels.linear(m, n, k, x, w, bias, y));
    }

    @Override
    public Factor<float[]> factor(Form form, int m, int n, int k, float[] b, int bo) {
        var trial = of(PRODUCT, form, m, n, k);
        boolean tried = FloatVectorFactor.suits(m, n, k) && !VectorTrial.none((long) m * n * k / STEPS) && !trial.counts();
        return tried ? new TriedFactor(trial, form, m, n, k, b, bo) : super.factor(form, m, n, k, b, bo);
    }

    /// Lays its panels out when they are tried first.
    private static final class TriedFactor implements Factor<float[]> {
        private final VectorTrial trial;
        private final long size;
        private final Supplier<Factor<float[]>> laidOut;
        private final Factor<float[]> plain;
        private Factor<float[]> vectors;

        TriedFactor(VectorTrial trial, Form form, int m, int n, int k, float[] b, int bo) {
            this.trial = trial;
            size = (long) n * k / STEPS + 1;
            laidOut = () -> VECTORS.factor(form, m, n, k, b, bo);
            plain = PLAIN.factor(form, m, n, k, b, bo);
        }

        @Override
        public void multiply(int rows, float[] a, int ao, float[] c, int co) {
            if (trial.counts()) vectors().multiply(rows, a, ao, c, co);
            else FloatTrials.run(trial, 1, 1, rows * size,
                (kernels, _, _) -> (kernels == VECTORS ? vectors() : plain).multiply(rows, a, ao, c, co));
        }

        private Factor<float[]> vectors() {
            if (vectors == null) vectors = laidOut.get();
            return vectors;
        }

        @Override
        public void giveBack() {
            plain.giveBack();
            if (vectors != null) vectors.giveBack();
        }
    }

    @Override
    public void correlate(int m, float[] a, int ao, float[] z, int zo, Places at, int images, float[] b, int bo, int bs,
            int from, int to, float[] c, int co, int cs, int lc) {
        int k = at.rows().length;
        long size = (long) images * m * k / STEPS + 1;
        if (VectorTrial.none((to - from) * size)) {
            super.correlate(m, a, ao, z, zo, at, images, b, bo, bs, from, to, c, co, cs, lc);
        } else {
            run(of(CORRELATE, Form.NN, m, at.width(), k), to - from, OUTPUTS, size, (kernels, i, n) -> kernels.correlate(m, a,
                ao, z, zo, at, images, b, bo, bs, from + i, from + i + n, c, co, cs, lc));
        }
    }

    @Override
    public void windowProducts(int m, float[] d, int xo, int ld, Places at, float[] b, int bo, int from, int to,
            float[] c, int co, float[] work) {
        int k = at.rows().length;
        long size = (long) (to - from) * m * k / STEPS;
        if (VectorTrial.none(size)) super.windowProducts(m, d, xo, ld, at, b, bo, from, to, c, co, work);
        else run(of(WINDOWS, Form.NN, m, at.width(), k), 1, 1, size,
            (kernels, _, _) -> kernels.windowProducts(m, d, xo, ld, at, b, bo, from, to, c, co, work));
    }

    @Override
    public void copyLines(int lines, float[] x, int xo, int lx, int stride, float[] y, int yo, int ly, int n) {
        if (stride != 1 && stride != 2 || VectorTrial.over()) super.copyLines(lines, x, xo, lx, stride, y, yo, ly, n);
        else run(LINES[stride - 1], 1, 1, (long) lines * n, (k, _, _) -> k.copyLines(lines, x, xo, lx, stride, y, yo, ly, n));
    }

    @Override
    public void softmax(boolean log, float[] x, int xo, float[] y, int yo, int rows, int n) {
        if (none(rows, n)) super.softmax(log, x, xo, y, yo, rows, n);
        else run(of(SOFTMAX, n), rows, 1, n, (k, r, here) -> k.softmax(log, x, xo + r * n, y, yo + r * n, here, n));
    }

    @Override
    public void pickedLogSoftmax(float[] x, int xo, int[] places, int po, float[] y, int yo, int rows, int n) {
        if (none(rows, n)) super.pickedLogSoftmax(x, xo, places, po, y, yo, rows, n);
        else run(of(SOFTMAX, n), rows, 1, n, (k, r, here) -> k.pickedLogSoftmax(x, xo + r * n, places, po + r,
            y, yo + r, here, n));
    }

    @Override
    public void softmaxGrad(boolean log, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        if (none(rows, n)) super.softmaxGrad(log, y, yo, dy, dyo, dx, dxo, rows, n);
        else run(of(SOFTMAX_GRAD, n), rows, 1, n, (k, r, here) -> k.softmaxGrad(log, y, yo + r * n, dy, dyo + r * n,
            dx, dxo + r * n, here, n));
    }
}
