// Generated from FloatVectorKernels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The loops over `double[]` on the Vector API, bit for bit those of [DoubleKernels]. Optimizer steps, whose
/// arrays are all indexed alike so that C2 vectorizes them by itself, stay inherited.
/// `DoubleVectorKernels` is generated from this file; its transcendental functions stay plain.
class DoubleVectorKernels extends DoubleKernels {
    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    /// Lines that are copied sooner than [System#arraycopy] begins.
    private static final int SHORT = 32;

    DoubleVectorKernels() {
        super(new DoubleVectorParts(), new DoubleVectorDistances());
    }

    @Override
    public void matmul(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        DoubleVectorMatmul.matmul(form, m, n, k, a, ao, b, bo, null, c, co);
    }

    @Override
    public Factor<double[]> factor(Form form, int m, int n, int k, double[] b, int bo) {
        return DoubleVectorFactor.suits(m, n, k) ? DoubleVectorFactor.of(form, m, n, k, b, bo) : super.factor(form, m, n, k, b, bo);
    }

    @Override
    public void linear(int m, int n, int k, double[] x, double[] w, double[] bias, double[] y) {
        DoubleVectorMatmul.matmul(Form.NT, m, n, k, x, 0, w, 0, bias, y, 0);
    }

    @Override
    public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.axpy(a, x, xo, y, yo, n);
    }

    @Override
    public void correlate(int m, double[] a, int ao, double[] z, int zo, Places at, int images, double[] b, int bo, int bs,
            int from, int to, double[] c, int co, int cs, int lc) {
        DoubleVectorCorrelation.correlate(m, a, ao, z, zo, at, images, b, bo, bs, from, to, c, co, cs, lc);
    }

    @Override
    public void windowProducts(int m, double[] d, int xo, int ld, Places at, double[] b, int bo, int from, int to,
            double[] c, int co, double[] work) {
        if (m == 1 && DoubleVectorWindowDots.fits(at, b, bo)) DoubleVectorWindowDots.add(d, xo, at, b, bo, from, to, c, co, work);
        else if (m == 1) super.windowProducts(m, d, xo, ld, at, b, bo, from, to, c, co, work);
        else DoubleVectorWindowProducts.products(m, d, xo, ld, at, b, bo, from, to, c, co, work);
    }

    @Override
    void unfold(double[] b, int bo, Places at, int p, int rows, int from, int to, double[] y, int ly) {
        DoubleVectorWindowProducts.unfold(b, bo, at, p, rows, from, to, y, ly);
    }

    @Override
    public void copyLines(int lines, double[] x, int xo, int lx, int stride, double[] y, int yo, int ly, int n) {
        if (stride == 1 && n < S.length()) DoubleVectorPanels.move(x, xo, lx, y, yo, ly, lines, n);
        else if (stride == 1 && n <= 2 * S.length()) DoubleVectorPanels.copyPairs(x, xo, lx, lines, n, y, yo, ly);
        else if (stride == 1 && n <= SHORT) DoubleVectorPanels.copy(x, xo, lx, lines, n, y, yo, ly);
        else if (stride == 0 && n >= S.length()) DoubleVectorWindows.repeat(lines, x, xo, lx, y, yo, ly, n);
        else if (stride == -1 && n >= S.length()) DoubleVectorWindows.reverse(lines, x, xo, lx, y, yo, ly, n);
        else if (stride == 2) DoubleVectorWindows.everySecond(lines, x, xo, lx, y, yo, ly, n);
        else if (DoubleVectorWindows.near(stride)) DoubleVectorWindows.strided(lines, x, xo, lx, stride, y, yo, ly, n);
        else super.copyLines(lines, x, xo, lx, stride, y, yo, ly, n);
    }

    /// Lines too long to be copied in a loop begin soon enough in [System#arraycopy].
    @Override
    public void copyRows(double[] x, int xo, int[] row, double[] y, int yo, int n) {
        if (n > SHORT) super.copyRows(x, xo, row, y, yo, n);
        else DoubleVectorWindows.copyRows(x, xo, row, y, yo, n);
    }

    @Override
    public void transpose(int m, int n, double[] x, int xo, int lx, double[] y, int yo, int ly) {
        int v = S.length();
        if (v >= 8 && m >= v && n >= v) DoubleVectorTranspose.transpose(m, n, x, xo, lx, y, yo, ly);
        else super.transpose(m, n, x, xo, lx, y, yo, ly);
    }

    @Override
    public void gather(double[] x, int xo, int[] index, int io, double[] y, int yo, int n) {
        DoubleVectorWindows.gather(x, xo, index, io, y, yo, n);
    }

    @Override
    public void sparse(int n, int[] start, int[] column, double[] w, double[] x, int xo, int inner, double[] y, int yo) {
        if (inner == 1) super.sparse(n, start, column, w, x, xo, inner, y, yo);
        else DoubleVectorWindows.sparse(n, start, column, w, x, xo, inner, y, yo);
    }

    @Override
    public void slide(int n, int stride, int taps, double w, double[] x, int xo, double[] y, int yo) {
        int done = stride == 2 ? DoubleVectorWindows.slideByTwo(n, taps, w, x, xo, y, yo) : 0;
        super.slide(n - done, stride, taps, w, x, xo + done * stride, y, yo + done);
    }

    @Override
    public void maxWindows(double[] x, int xo, int stride, int taps, int step, int base, double[] y, int yo,
            int[] at, int ao, int n) {
        DoubleWindows.first(x, xo, stride, base, y, yo, at, ao, n);
        for (int t = 1; t < taps; t++) DoubleVectorWindows.tap(x, xo + t * step, stride, base + t * step, y, yo, at, ao, n);
    }

    @Override
    public void maxTiles(double[] x, int xo, int planes, int h, int w, double[] y, int yo, int[] at, int ao) {
        DoubleVectorTiles.max(x, xo, planes, h, w, y, yo, at, ao);
    }

    @Override
    public void sumTiles(double[] x, int xo, int h, int w, double[] y, int yo) {
        DoubleVectorTiles.sum(x, xo, h, w, y, yo);
    }

    @Override
    public void spreadTiles(double[] x, int xo, int h, int w, double[] y, int yo) {
        DoubleVectorTiles.spread(x, xo, h, w, y, yo);
    }

    @Override
    public void maxInto(double[] x, int xo, int[] from, int fo, double[] y, int yo, int[] at, int ao, int n) {
        DoubleVectorWindows.maxInto(x, xo, from, fo, y, yo, at, ao, n);
    }

    @Override
    public void unary(Unary f, double p, double[] x, int xo, double[] y, int yo, int n) {
        double a = p;
        switch (f) {
            case NEG -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.neg(x, y, yo, yo + n);
                else DoubleVectorLoops.neg(x, xo, y, yo, n);
            }
            case ABS -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.abs(x, y, yo, yo + n);
                else DoubleVectorLoops.abs(x, xo, y, yo, n);
            }
            case SIGN -> DoubleVectorLoops.sign(x, xo, y, yo, n);
            case SQUARE -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.square(x, y, yo, yo + n);
                else DoubleVectorLoops.square(x, xo, y, yo, n);
            }
            case SQRT -> DoubleVectorLoops.sqrt(x, xo, y, yo, n);
            case RSQRT -> DoubleVectorLoops.rsqrt(x, xo, y, yo, n);
            case RELU -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.relu(x, y, yo, yo + n);
                else DoubleVectorLoops.relu(x, xo, y, yo, n);
            }
            case RECIPROCAL -> DoubleVectorLoops.rdiv(1.0, x, xo, y, yo, n);
            case LEAKY_RELU -> DoubleVectorLoops.leakyRelu(a, x, xo, y, yo, n);
            case ADD_SCALAR -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.add(a, x, y, yo, yo + n);
                else DoubleVectorLoops.add(a, x, xo, y, yo, n);
            }
            case MUL_SCALAR -> {
                if (xo == yo && DoubleLong.one(n)) DoubleLong.mul(a, x, y, yo, yo + n);
                else DoubleVectorLoops.mul(a, x, xo, y, yo, n);
            }
            case HARD_SIGMOID -> DoubleVectorLoops.hardSigmoid(x, xo, y, yo, n);
            case HARD_SWISH -> DoubleVectorLoops.hardSwish(x, xo, y, yo, n);
            case RSUB_SCALAR -> DoubleVectorLoops.rsub(a, x, xo, y, yo, n);
            case RDIV_SCALAR -> DoubleVectorLoops.rdiv(a, x, xo, y, yo, n);
            case MAX_SCALAR -> DoubleVectorLoops.max(a, x, xo, y, yo, n);
            case MIN_SCALAR -> DoubleVectorLoops.min(a, x, xo, y, yo, n);
            default -> super.unary(f, p, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (xo == yo && zo == yo && DoubleVectorQuarters.fit(f, n)) {
            int done = DoubleVectorQuarters.run(f, x, z, y, yo, n);
            binary(f, p, x, xo + done, z, zo + done, y, yo + done, n - done);
            return;
        }
        switch (f) {
            case ADD -> {
                if (xo == yo && zo == yo && DoubleLong.two(n)) DoubleLong.add(x, z, y, yo, yo + n);
                else DoubleVectorLoops.add(x, xo, z, zo, y, yo, n);
            }
            case SUB -> {
                if (xo == yo && zo == yo && DoubleLong.two(n)) DoubleLong.sub(x, z, y, yo, yo + n);
                else DoubleVectorLoops.sub(x, xo, z, zo, y, yo, n);
            }
            case MUL -> {
                if (xo == yo && zo == yo && DoubleLong.two(n)) DoubleLong.mul(x, z, y, yo, yo + n);
                else DoubleVectorLoops.mul(x, xo, z, zo, y, yo, n);
            }
            case DIV -> DoubleVectorLoops.div(x, xo, z, zo, y, yo, n);
            case MIN -> DoubleVectorLoops.min(x, xo, z, zo, y, yo, n);
            case MAX -> DoubleVectorLoops.max(x, xo, z, zo, y, yo, n);
            case TANH_GRAD -> DoubleVectorLoops.tanhGrad(x, xo, z, zo, y, yo, n);
            case SIGMOID_GRAD -> DoubleVectorLoops.sigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SIGMOID_GRAD -> DoubleVectorLoops.hardSigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SWISH_GRAD -> DoubleVectorLoops.hardSwishGrad(x, xo, z, zo, y, yo, n);
            case RELU_GRAD -> DoubleVectorLoops.reluGrad(x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> DoubleVectorLoops.leakyReluGrad(p, x, xo, z, zo, y, yo, n);
            default -> super.binary(f, p, x, xo, z, zo, y, yo, n);
        }
    }

    @Override
    public void gates(int rows, int n, int all, int gates, double[] s, int so, double[] b, int bo, double[] z, int zo,
            double[] c, double[] y, int yo) {
        for (int g = 0, to = yo; g < gates; g++) {
            for (int i = 0; i < rows; i++, to += n) {
                int at = (i * all + g) * n;
                if (z == null) DoubleVectorLoops.add(s, so + at, b, bo + g * n, y, to, n);
                else DoubleVectorCells.sum(s, so + at, b, bo + g * n, z, zo + at, c, g * n, y, to, n);
            }
        }
    }

    @Override
    public void lstmMemory(int n, double[] z, int zo, double[] before, int bo, double[] c, int co) {
        DoubleVectorCells.memory(n, z, zo, before, bo, c, co);
    }

    @Override
    public void lstmGrad(int rows, int n, double[] z, int zo, double[] before, int bo, double[] m, int mo, double[] dh, int dho,
            double[] dc, double[] dz, int dzo) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            DoubleVectorCells.lstmGrad(n, rows * n, z, zo + at, before, bo + at, m, mo + at, dh, dho + at, dc, at,
                dz, dzo + 4 * at);
        }
    }

    @Override
    public void gruGrad(int rows, int n, double[] z, int zo, double[] q, int qo, double[] before, int bo, double[] dh,
            double[] dz, int dzo, double[] ds, int dso) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            DoubleVectorCells.gruGrad(n, rows * n, z, zo + at, q, qo + at, before, bo + at, dh, at, dz,
                dzo + 3 * at, ds, dso + 3 * at);
        }
    }

    @Override
    public void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.clamp(low, high, x, xo, y, yo, n);
    }

    @Override
    public void clampGrad(boolean open, double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (open) DoubleVectorLoops.inside(low, high, x, xo, z, zo, y, yo, n);
        else DoubleVectorLoops.within(low, high, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void choose(Compare f, double bound, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo,
            int n) {
        double a = bound;
        switch (f) {
            case EQ -> DoubleVectorLoops.eq(a, c, co, x, xo, z, zo, y, yo, n);
            case LT -> DoubleVectorLoops.lt(a, c, co, x, xo, z, zo, y, yo, n);
            case LE -> DoubleVectorLoops.le(a, c, co, x, xo, z, zo, y, yo, n);
            case GT -> DoubleVectorLoops.gt(a, c, co, x, xo, z, zo, y, yo, n);
            case GE -> DoubleVectorLoops.ge(a, c, co, x, xo, z, zo, y, yo, n);
            case NE -> DoubleVectorLoops.eq(a, c, co, z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void lerp(double[] x, int xo, double[] z, int zo, double[] w, int wo, double[] y, int yo, int n) {
        DoubleVectorLerp.lerp(x, xo, z, zo, w, wo, y, yo, n);
    }

    @Override
    public void lerp(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (Math.abs(w) < 0.5) DoubleVectorLerp.near(w, x, xo, z, zo, y, yo, n);
        else DoubleVectorLerp.far(w, x, xo, z, zo, y, yo, n);
    }

    @Override
    public boolean columns(Binary f, int lines, int n, double[] x, int xo, int lx, double[] z, int zo, double[] y, int yo) {
        return DoubleVectorLines.columns(f, lines, n, x, xo, lx, z, zo, y, yo);
    }

    @Override
    public void compare(Compare f, double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> DoubleVectorLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> DoubleVectorLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> DoubleVectorLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> DoubleVectorLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> DoubleVectorLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> DoubleVectorLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void countTrue(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner == 1) y[yo] += VectorMasks.count(x, xo, n);
        else VectorMasks.countColumns(x, xo, n, inner, y, yo);
    }

    @Override
    public void where(boolean[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleVectorLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    @Override
    public int argExtreme(boolean largest, double[] x, int xo, int stride, int n) {
        if (stride != 1 || n < 2 * S.length()) return super.argExtreme(largest, x, xo, stride, n);
        return DoubleVectorSearch.argExtreme(largest, x, xo, n);
    }

    @Override
    public void argExtremes(boolean largest, double[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner < S.length()) super.argExtremes(largest, x, xo, n, inner, y, yo);
        else DoubleVectorSearch.argExtremes(largest, x, xo, n, inner, y, yo);
    }
}
