package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The loops over `float[]` on the Vector API, bit for bit those of [FloatKernels]. Optimizer steps, whose
/// arrays are all indexed alike so that C2 vectorizes them by itself, stay inherited.
/// `DoubleVectorKernels` is generated from this file; its transcendental functions stay plain.
class FloatVectorKernels extends FloatKernels {
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    /// Lines that are copied sooner than [System#arraycopy] begins.
    private static final int SHORT = 32;

    FloatVectorKernels() {
        super(new FloatVectorParts(), new FloatVectorDistances());
    }

    @Override
    public void matmul(Form form, int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        FloatVectorMatmul.matmul(form, m, n, k, a, ao, b, bo, null, c, co);
    }

    @Override
    public Factor<float[]> factor(Form form, int m, int n, int k, float[] b, int bo) {
        return FloatVectorFactor.suits(m, n, k) ? FloatVectorFactor.of(form, m, n, k, b, bo) : super.factor(form, m, n, k, b, bo);
    }

    @Override
    public void linear(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
        FloatVectorMatmul.matmul(Form.NT, m, n, k, x, 0, w, 0, bias, y, 0);
    }

    @Override
    public void axpy(double a, float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.axpy((float) a, x, xo, y, yo, n);
    }

    @Override
    public void correlate(int m, float[] a, int ao, float[] z, int zo, Places at, int images, float[] b, int bo, int bs,
            int from, int to, float[] c, int co, int cs, int lc) {
        FloatVectorCorrelation.correlate(m, a, ao, z, zo, at, images, b, bo, bs, from, to, c, co, cs, lc);
    }

    @Override
    public void windowProducts(int m, float[] d, int xo, int ld, Places at, float[] b, int bo, int from, int to,
            float[] c, int co, float[] work) {
        if (m == 1 && FloatVectorWindowDots.fits(at, b, bo)) FloatVectorWindowDots.add(d, xo, at, b, bo, from, to, c, co, work);
        else if (m == 1) super.windowProducts(m, d, xo, ld, at, b, bo, from, to, c, co, work);
        else FloatVectorWindowProducts.products(m, d, xo, ld, at, b, bo, from, to, c, co, work);
    }

    @Override
    void unfold(float[] b, int bo, Places at, int p, int rows, int from, int to, float[] y, int ly) {
        FloatVectorWindowProducts.unfold(b, bo, at, p, rows, from, to, y, ly);
    }

    @Override
    public void copyLines(int lines, float[] x, int xo, int lx, int stride, float[] y, int yo, int ly, int n) {
        if (stride == 1 && n < S.length()) FloatVectorPanels.move(x, xo, lx, y, yo, ly, lines, n);
        else if (stride == 1 && n <= 2 * S.length()) FloatVectorPanels.copyPairs(x, xo, lx, lines, n, y, yo, ly);
        else if (stride == 1 && n <= SHORT) FloatVectorPanels.copy(x, xo, lx, lines, n, y, yo, ly);
        else if (stride == 0 && n >= S.length()) FloatVectorWindows.repeat(lines, x, xo, lx, y, yo, ly, n);
        else if (stride == -1 && n >= S.length()) FloatVectorWindows.reverse(lines, x, xo, lx, y, yo, ly, n);
        else if (stride == 2) FloatVectorWindows.everySecond(lines, x, xo, lx, y, yo, ly, n);
        else if (FloatVectorWindows.near(stride)) FloatVectorWindows.strided(lines, x, xo, lx, stride, y, yo, ly, n);
        else super.copyLines(lines, x, xo, lx, stride, y, yo, ly, n);
    }

    /// Lines too long to be copied in a loop begin soon enough in [System#arraycopy].
    @Override
    public void copyRows(float[] x, int xo, int[] row, float[] y, int yo, int n) {
        if (n > SHORT) super.copyRows(x, xo, row, y, yo, n);
        else FloatVectorWindows.copyRows(x, xo, row, y, yo, n);
    }

    @Override
    public void transpose(int m, int n, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        int v = S.length();
        if (v >= 8 && m >= v && n >= v) FloatVectorTranspose.transpose(m, n, x, xo, lx, y, yo, ly);
        else super.transpose(m, n, x, xo, lx, y, yo, ly);
    }

    @Override
    public void gather(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        FloatVectorWindows.gather(x, xo, index, io, y, yo, n);
    }

    @Override
    public void sparse(int n, int[] start, int[] column, double[] w, float[] x, int xo, int inner, float[] y, int yo) {
        if (inner == 1) super.sparse(n, start, column, w, x, xo, inner, y, yo);
        else FloatVectorWindows.sparse(n, start, column, w, x, xo, inner, y, yo);
    }

    @Override
    public void slide(int n, int stride, int taps, double w, float[] x, int xo, float[] y, int yo) {
        int done = stride == 2 ? FloatVectorWindows.slideByTwo(n, taps, (float) w, x, xo, y, yo) : 0;
        super.slide(n - done, stride, taps, w, x, xo + done * stride, y, yo + done);
    }

    @Override
    public void maxWindows(float[] x, int xo, int stride, int taps, int step, int base, float[] y, int yo,
            int[] at, int ao, int n) {
        FloatWindows.first(x, xo, stride, base, y, yo, at, ao, n);
        for (int t = 1; t < taps; t++) FloatVectorWindows.tap(x, xo + t * step, stride, base + t * step, y, yo, at, ao, n);
    }

    @Override
    public void maxTiles(float[] x, int xo, int planes, int h, int w, float[] y, int yo, int[] at, int ao) {
        FloatVectorTiles.max(x, xo, planes, h, w, y, yo, at, ao);
    }

    @Override
    public void sumTiles(float[] x, int xo, int h, int w, float[] y, int yo) {
        FloatVectorTiles.sum(x, xo, h, w, y, yo);
    }

    @Override
    public void spreadTiles(float[] x, int xo, int h, int w, float[] y, int yo) {
        FloatVectorTiles.spread(x, xo, h, w, y, yo);
    }

    @Override
    public void maxInto(float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at, int ao, int n) {
        FloatVectorWindows.maxInto(x, xo, from, fo, y, yo, at, ao, n);
    }

    // only float: a row of doubles has sums of two vectors
    @Override
    public void softmax(boolean log, float[] x, int xo, float[] y, int yo, int rows, int n) {
        if (rows > 1 && FloatVectorRows.fit(n)) FloatVectorRows.softmax(log, x, xo, y, yo, rows, n);
        else super.softmax(log, x, xo, y, yo, rows, n);
    }

    @Override
    public void pickedLogSoftmax(float[] x, int xo, int[] places, int po, float[] y, int yo, int rows, int n) {
        if (rows > 1 && FloatVectorRows.fit(n)) FloatVectorRows.pickedLogSoftmax(x, xo, places, po, y, yo, rows, n);
        else super.pickedLogSoftmax(x, xo, places, po, y, yo, rows, n);
    }

    @Override
    public void crossEntropyGrad(float[] x, int xo, int[] places, int po, double on, double off, double dy, float[] dx, int dxo,
            int rows, int n) {
        if (rows < 2 || !FloatVectorRows.fit(n)) super.crossEntropyGrad(x, xo, places, po, on, off, dy, dx, dxo, rows, n);
        else FloatVectorRows.crossEntropyGrad(x, xo, places, po, (float) on, (float) off, (float) dy, dx, dxo, rows, n);
    }

    @Override
    public void softmaxGrad(boolean log, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        if (rows < 2 || !FloatVectorRows.fit(n)) super.softmaxGrad(log, y, yo, dy, dyo, dx, dxo, rows, n);
        else if (log) FloatVectorRows.logSoftmaxGrad(y, yo, dy, dyo, dx, dxo, rows, n);
        else FloatVectorRows.softmaxGrad(y, yo, dy, dyo, dx, dxo, rows, n);
    }
    // end

    @Override
    public void unary(Unary f, double p, float[] x, int xo, float[] y, int yo, int n) {
        float a = (float) p;
        switch (f) {
            case NEG -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.neg(x, y, yo, yo + n);
                else FloatVectorLoops.neg(x, xo, y, yo, n);
            }
            case ABS -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.abs(x, y, yo, yo + n);
                else FloatVectorLoops.abs(x, xo, y, yo, n);
            }
            case SIGN -> FloatVectorLoops.sign(x, xo, y, yo, n);
            case SQUARE -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.square(x, y, yo, yo + n);
                else FloatVectorLoops.square(x, xo, y, yo, n);
            }
            case SQRT -> FloatVectorLoops.sqrt(x, xo, y, yo, n);
            case RSQRT -> FloatVectorLoops.rsqrt(x, xo, y, yo, n);
            case RELU -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.relu(x, y, yo, yo + n);
                else FloatVectorLoops.relu(x, xo, y, yo, n);
            }
            case RECIPROCAL -> FloatVectorLoops.rdiv((float) 1.0, x, xo, y, yo, n);
            case LEAKY_RELU -> FloatVectorLoops.leakyRelu(a, x, xo, y, yo, n);
            case ADD_SCALAR -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.add(a, x, y, yo, yo + n);
                else FloatVectorLoops.add(a, x, xo, y, yo, n);
            }
            case MUL_SCALAR -> {
                if (xo == yo && FloatLong.one(n)) FloatLong.mul(a, x, y, yo, yo + n);
                else FloatVectorLoops.mul(a, x, xo, y, yo, n);
            }
            case HARD_SIGMOID -> FloatVectorLoops.hardSigmoid(x, xo, y, yo, n);
            case HARD_SWISH -> FloatVectorLoops.hardSwish(x, xo, y, yo, n);
            case RSUB_SCALAR -> FloatVectorLoops.rsub(a, x, xo, y, yo, n);
            case RDIV_SCALAR -> FloatVectorLoops.rdiv(a, x, xo, y, yo, n);
            case MAX_SCALAR -> FloatVectorLoops.max(a, x, xo, y, yo, n);
            case MIN_SCALAR -> FloatVectorLoops.min(a, x, xo, y, yo, n);
            // only float: functions
            case EXP, EXPM1, LOG, LOG1P, EXP2, LOG2, LOG10, TAN, ASIN, ACOS, ATAN, ERFC, SIN, COS, TANH, SIGMOID, ERF, GELU,
                GELU_TANH, SILU, SOFTPLUS ->
                    FloatVectorMath.all(f, x, xo, y, yo, n);
            case FLOOR -> FloatVectorWhole.floor(0, x, xo, y, yo, n);
            case CEIL -> FloatVectorWhole.floor(0x80000000, x, xo, y, yo, n);
            case ROUND -> FloatVectorWhole.round(x, xo, y, yo, n);
            case TRUNC -> FloatVectorWhole.trunc(x, xo, y, yo, n);
            case SINH -> FloatVectorHyperbolic.sinh(x, xo, y, yo, n);
            case COSH -> FloatVectorHyperbolic.cosh(x, xo, y, yo, n);
            case ASINH -> FloatVectorHyperbolic.asinh(x, xo, y, yo, n);
            case ACOSH -> FloatVectorHyperbolic.acosh(x, xo, y, yo, n);
            case ATANH -> FloatVectorHyperbolic.atanh(x, xo, y, yo, n);
            case POW_SCALAR -> {
                if (a == 2) unary(Unary.SQUARE, 0, x, xo, y, yo, n);
                else if (a == -1) FloatVectorLoops.rdiv(1, x, xo, y, yo, n);
                else if (a == 0.5) unary(Unary.SQRT, 0, x, xo, y, yo, n);
                else if (a == -0.5) unary(Unary.RSQRT, 0, x, xo, y, yo, n);
                else if (a == 3) FloatVectorLerp.cube(x, xo, y, yo, n);
                else FloatVectorPow.pow(a, x, xo, y, yo, n);
            }
            // end
            default -> super.unary(f, p, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (xo == yo && zo == yo && FloatVectorQuarters.fit(f, n)) {
            int done = FloatVectorQuarters.run(f, x, z, y, yo, n);
            binary(f, p, x, xo + done, z, zo + done, y, yo + done, n - done);
            return;
        }
        switch (f) {
            case ADD -> {
                if (xo == yo && zo == yo && FloatLong.two(n)) FloatLong.add(x, z, y, yo, yo + n);
                else FloatVectorLoops.add(x, xo, z, zo, y, yo, n);
            }
            case SUB -> {
                if (xo == yo && zo == yo && FloatLong.two(n)) FloatLong.sub(x, z, y, yo, yo + n);
                else FloatVectorLoops.sub(x, xo, z, zo, y, yo, n);
            }
            case MUL -> {
                if (xo == yo && zo == yo && FloatLong.two(n)) FloatLong.mul(x, z, y, yo, yo + n);
                else FloatVectorLoops.mul(x, xo, z, zo, y, yo, n);
            }
            case DIV -> FloatVectorLoops.div(x, xo, z, zo, y, yo, n);
            case MIN -> FloatVectorLoops.min(x, xo, z, zo, y, yo, n);
            case MAX -> FloatVectorLoops.max(x, xo, z, zo, y, yo, n);
            case TANH_GRAD -> FloatVectorLoops.tanhGrad(x, xo, z, zo, y, yo, n);
            case SIGMOID_GRAD -> FloatVectorLoops.sigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SIGMOID_GRAD -> FloatVectorLoops.hardSigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SWISH_GRAD -> FloatVectorLoops.hardSwishGrad(x, xo, z, zo, y, yo, n);
            case RELU_GRAD -> FloatVectorLoops.reluGrad(x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> FloatVectorLoops.leakyReluGrad((float) p, x, xo, z, zo, y, yo, n);
            // only float: functions
            case POW -> FloatVectorPow.pow(x, xo, z, zo, y, yo, n);
            case LOG_ADD_EXP -> FloatVectorHyperbolic.logAddExp(x, xo, z, zo, y, yo, n);
            case COPY_SIGN -> FloatVectorWhole.copySign(x, xo, z, zo, y, yo, n);
            case ATAN2, HYPOT, FMOD, REMAINDER, FLOOR_DIVIDE, GELU_GRAD, GELU_TANH_GRAD, SILU_GRAD ->
                    FloatVectorMath.all(f, x, xo, z, zo, y, yo, n);
            // end
            default -> super.binary(f, p, x, xo, z, zo, y, yo, n);
        }
    }

    // only float: functions
    @Override
    public void biased(Unary f, float[] x, int xo, float[] b, float[] y, int yo, int rows, int n) {
        if (f != Unary.GELU || S.length() < 8) {
            super.biased(f, x, xo, b, y, yo, rows, n);
            return;
        }
        int width = Math.min(n, FloatRows.TOGETHER);
        int group = FloatRows.wholeVectors(n);
        for (int j = 0; j < n; j += width) {
            int piece = Math.min(width, n - j);
            float[] t = FloatVectorGelu.bias(b, j, Math.min(group, rows), piece);
            for (int r = 0, at = j; r < rows; r += group, at += group * n) {
                FloatVectorGelu.biased(x, xo + at, t, y, yo + at, Math.min(group, rows - r) * piece);
            }
        }
    }

    @Override
    public void biasedGrad(Binary f, float[] x, int xo, float[] b, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        if (f != Binary.GELU_GRAD || S.length() < 8) {
            super.biasedGrad(f, x, xo, b, dy, dyo, dx, dxo, rows, n);
            return;
        }
        int width = Math.min(n, FloatRows.TOGETHER);
        int group = FloatRows.wholeVectors(n);
        for (int j = 0; j < n; j += width) {
            int piece = Math.min(width, n - j);
            float[] t = FloatVectorGelu.bias(b, j, Math.min(group, rows), piece);
            for (int r = 0, at = j; r < rows; r += group, at += group * n) {
                int all = Math.min(group, rows - r) * piece;
                FloatVectorGelu.biasedGrad(x, xo + at, t, dy, dyo + at, dx, dxo + at, all);
            }
        }
    }
    // end

    @Override
    public void gates(int rows, int n, int all, int gates, float[] s, int so, float[] b, int bo, float[] z, int zo,
            float[] c, float[] y, int yo) {
        for (int g = 0, to = yo; g < gates; g++) {
            for (int i = 0; i < rows; i++, to += n) {
                int at = (i * all + g) * n;
                if (z == null) FloatVectorLoops.add(s, so + at, b, bo + g * n, y, to, n);
                else FloatVectorCells.sum(s, so + at, b, bo + g * n, z, zo + at, c, g * n, y, to, n);
            }
        }
    }

    @Override
    public void lstmMemory(int n, float[] z, int zo, float[] before, int bo, float[] c, int co) {
        FloatVectorCells.memory(n, z, zo, before, bo, c, co);
    }

    @Override
    public void lstmGrad(int rows, int n, float[] z, int zo, float[] before, int bo, float[] m, int mo, float[] dh, int dho,
            float[] dc, float[] dz, int dzo) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            FloatVectorCells.lstmGrad(n, rows * n, z, zo + at, before, bo + at, m, mo + at, dh, dho + at, dc, at,
                dz, dzo + 4 * at);
        }
    }

    @Override
    public void gruGrad(int rows, int n, float[] z, int zo, float[] q, int qo, float[] before, int bo, float[] dh,
            float[] dz, int dzo, float[] ds, int dso) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            FloatVectorCells.gruGrad(n, rows * n, z, zo + at, q, qo + at, before, bo + at, dh, at, dz,
                dzo + 3 * at, ds, dso + 3 * at);
        }
    }

    @Override
    public void clamp(double low, double high, float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.clamp((float) low, (float) high, x, xo, y, yo, n);
    }

    // only float: rounded from double
    @Override
    public void normals(double mean, double std, double[] u, double[] v, int uo, float[] y, int yo, int n) {
        if (FloatVectorNormals.few(n)) super.normals(mean, std, u, v, uo, y, yo, n);
        else FloatVectorNormals.normals(mean, std, u, v, uo, y, yo, n);
    }
    // end

    @Override
    public void clampGrad(boolean open, double low, double high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (open) FloatVectorLoops.inside((float) low, (float) high, x, xo, z, zo, y, yo, n);
        else FloatVectorLoops.within((float) low, (float) high, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void choose(Compare f, double bound, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo,
            int n) {
        float a = (float) bound;
        switch (f) {
            case EQ -> FloatVectorLoops.eq(a, c, co, x, xo, z, zo, y, yo, n);
            case LT -> FloatVectorLoops.lt(a, c, co, x, xo, z, zo, y, yo, n);
            case LE -> FloatVectorLoops.le(a, c, co, x, xo, z, zo, y, yo, n);
            case GT -> FloatVectorLoops.gt(a, c, co, x, xo, z, zo, y, yo, n);
            case GE -> FloatVectorLoops.ge(a, c, co, x, xo, z, zo, y, yo, n);
            case NE -> FloatVectorLoops.eq(a, c, co, z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void lerp(float[] x, int xo, float[] z, int zo, float[] w, int wo, float[] y, int yo, int n) {
        FloatVectorLerp.lerp(x, xo, z, zo, w, wo, y, yo, n);
    }

    @Override
    public void lerp(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (Math.abs(w) < 0.5) FloatVectorLerp.near(w, x, xo, z, zo, y, yo, n);
        else FloatVectorLerp.far(w, x, xo, z, zo, y, yo, n);
    }

    @Override
    public boolean columns(Binary f, int lines, int n, float[] x, int xo, int lx, float[] z, int zo, float[] y, int yo) {
        return FloatVectorLines.columns(f, lines, n, x, xo, lx, z, zo, y, yo);
    }

    // only float: doubles are in order
    @Override
    public void scan(boolean product, boolean backward, int from, int to, int n, int inner, float[] x, float[] y) {
        if (product || inner > 1 || !FloatVectorScans.FITS) super.scan(product, backward, from, to, n, inner, x, y);
        else FloatVectorScans.sums(backward, from, to, n, x, y);
    }
    // end

    @Override
    public void compare(Compare f, float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> FloatVectorLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> FloatVectorLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> FloatVectorLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> FloatVectorLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> FloatVectorLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> FloatVectorLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void countTrue(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner == 1) y[yo] += VectorMasks.count(x, xo, n);
        else VectorMasks.countColumns(x, xo, n, inner, y, yo);
    }

    @Override
    public void where(boolean[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatVectorLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    @Override
    public int argExtreme(boolean largest, float[] x, int xo, int stride, int n) {
        if (stride != 1 || n < 2 * S.length()) return super.argExtreme(largest, x, xo, stride, n);
        return FloatVectorSearch.argExtreme(largest, x, xo, n);
    }

    @Override
    public void argExtremes(boolean largest, float[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner < S.length()) super.argExtremes(largest, x, xo, n, inner, y, yo);
        else FloatVectorSearch.argExtremes(largest, x, xo, n, inner, y, yo);
    }
}
