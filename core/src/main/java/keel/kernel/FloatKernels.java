package keel.kernel;

import java.util.Arrays;

/// The loops over `float[]` in plain Java: the specification that every other implementation matches bit for bit.
/// `DoubleKernels` is generated from this file.
public class FloatKernels implements Kernels<float[]> {
    private final FloatParts parts;
    private final FloatDistances distances;

    /// Plain kernels; they keep no state.
    public FloatKernels() {
        this(new FloatParts(), new FloatDistances());
    }

    FloatKernels(FloatParts parts, FloatDistances distances) {
        this.parts = parts;
        this.distances = distances;
    }

    @Override
    public float[] allocate(int n) {
        return new float[n];
    }

    @Override
    public double get(float[] x, int i) {
        return x[i];
    }

    @Override
    public void set(float[] x, int i, double value) {
        x[i] = (float) value;
    }

    @Override
    public void fill(float[] y, int yo, int n, double value) {
        Arrays.fill(y, yo, yo + n, (float) value);
    }

    @Override
    public void copyStrided(float[] x, int xo, int stride, float[] y, int yo, int n) {
        if (stride == 1) {
            System.arraycopy(x, xo, y, yo, n);
        } else if (stride == 0 && n > 0) {
            Arrays.fill(y, yo, yo + n, x[xo]);
        } else {
            for (int i = 0; i < n; i++) y[yo + i] = x[xo + i * stride];
        }
    }

    @Override
    public void copyLines(int lines, float[] x, int xo, int lx, int stride, float[] y, int yo, int ly, int n) {
        for (int h = 0; h < lines; h++) copyStrided(x, xo + h * lx, stride, y, yo + h * ly, n);
    }

    @Override
    public void copyRows(float[] x, int xo, int[] row, float[] y, int yo, int n) {
        for (int i = 0; i < row.length; i++) System.arraycopy(x, xo + row[i] * n, y, yo + i * n, n);
    }

    @Override
    public void spread(float[] x, int xo, float[] y, int yo, int stride, int n) {
        if (stride == 1) System.arraycopy(x, xo, y, yo, n);
        else for (int i = 0; i < n; i++) y[yo + i * stride] = x[xo + i];
    }

    @Override
    public void gather(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        FloatWindows.gather(x, xo, index, io, y, yo, n);
    }

    @Override
    public void scatterAdd(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        FloatWindows.scatterAdd(x, xo, index, io, y, yo, n);
    }

    @Override
    public void sparse(int n, int[] start, int[] column, double[] w, float[] x, int xo, int inner, float[] y, int yo) {
        if (inner == 1) FloatWindows.sparse(n, start, column, w, x, xo, y, yo);
        else for (int i = 0; i < n; i++) FloatWindows.sparseRow(start[i], start[i + 1], column, w, x, xo, inner, y, yo
                + i * inner);
    }

    @Override
    public void slide(int n, int stride, int taps, double w, float[] x, int xo, float[] y, int yo) {
        FloatWindows.slide(n, stride, taps, (float) w, x, xo, y, yo);
    }

    @Override
    public void maxWindows(float[] x, int xo, int stride, int taps, int step, int base, float[] y, int yo,
            int[] at, int ao, int n) {
        FloatWindows.first(x, xo, stride, base, y, yo, at, ao, n);
        for (int t = 1; t < taps; t++) FloatWindows.tap(x, xo + t * step, stride, base + t * step, y, yo, at, ao, n);
    }

    @Override
    public void maxTiles(float[] x, int xo, int planes, int h, int w, float[] y, int yo, int[] at, int ao) {
        FloatWindows.maxTiles(x, xo, 0, planes, h, w, y, yo, at, ao);
    }

    @Override
    public void sumTiles(float[] x, int xo, int h, int w, float[] y, int yo) {
        FloatWindows.sumTiles(x, xo, 0, h, w, y, yo);
    }

    @Override
    public void spreadTiles(float[] x, int xo, int h, int w, float[] y, int yo) {
        FloatWindows.spreadTiles(x, xo, 0, h, w, y, yo);
    }

    @Override
    public void maxInto(float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at, int ao, int n) {
        FloatWindows.maxInto(x, xo, from, fo, y, yo, at, ao, n);
    }

    @Override
    public void unary(Unary f, double p, float[] x, int xo, float[] y, int yo, int n) {
        float a = (float) p;
        switch (f) {
            case NEG -> FloatLoops.neg(x, xo, y, yo, n);
            case ABS -> FloatLoops.abs(x, xo, y, yo, n);
            case SIGN -> FloatLoops.sign(x, xo, y, yo, n);
            case SQUARE -> FloatLoops.square(x, xo, y, yo, n);
            case SQRT -> FloatLoops.sqrt(x, xo, y, yo, n);
            case RSQRT -> FloatLoops.rsqrt(x, xo, y, yo, n);
            case RECIPROCAL -> FloatLoops.rdiv((float) 1.0, x, xo, y, yo, n);
            case EXP -> FloatLoops.exp((float) 0.0, x, xo, y, yo, n);
            case EXPM1 -> FloatLoops.expm1(x, xo, y, yo, n);
            case LOG -> FloatLoops.log(x, xo, y, yo, n);
            case LOG1P -> FloatLoops.log1p(x, xo, y, yo, n);
            case SIN -> FloatLoops.sin(x, xo, y, yo, n);
            case COS -> FloatLoops.cos(x, xo, y, yo, n);
            case TANH -> FloatLoops.tanh(x, xo, y, yo, n);
            case SIGMOID -> FloatLoops.sigmoid(x, xo, y, yo, n);
            case ERF -> FloatLoops.erf(x, xo, y, yo, n);
            case RELU -> FloatLoops.relu(x, xo, y, yo, n);
            case LEAKY_RELU -> FloatLoops.leakyRelu(a, x, xo, y, yo, n);
            case GELU -> FloatLoops.gelu(x, xo, y, yo, n);
            case GELU_TANH -> FloatLoops.geluTanh(x, xo, y, yo, n);
            case SILU -> FloatLoops.silu(x, xo, y, yo, n);
            case SOFTPLUS -> FloatLoops.softplus(x, xo, y, yo, n);
            case ADD_SCALAR -> FloatLoops.add(a, x, xo, y, yo, n);
            case MUL_SCALAR -> FloatLoops.mul(a, x, xo, y, yo, n);
            case HARD_SIGMOID -> FloatLoops.hardSigmoid(x, xo, y, yo, n);
            case HARD_SWISH -> FloatLoops.hardSwish(x, xo, y, yo, n);
            case RSUB_SCALAR -> FloatLoops.rsub(a, x, xo, y, yo, n);
            case RDIV_SCALAR -> FloatLoops.rdiv(a, x, xo, y, yo, n);
            case POW_SCALAR -> {
                if (a == 2) FloatLoops.square(x, xo, y, yo, n);
                else if (a == -1) FloatLoops.rdiv((float) 1.0, x, xo, y, yo, n);
                else if (a == 0.5) unary(Unary.SQRT, 0, x, xo, y, yo, n);
                else if (a == -0.5) unary(Unary.RSQRT, 0, x, xo, y, yo, n);
                // only float: in double
                else if (a == 3) FloatLoops.cube(x, xo, y, yo, n);
                // end
                else FloatLoops.pow(a, x, xo, y, yo, n);
            }
            case MAX_SCALAR -> FloatLoops.max(a, x, xo, y, yo, n);
            case MIN_SCALAR -> FloatLoops.min(a, x, xo, y, yo, n);
            default -> FloatCalls.unary(f, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        switch (f) {
            case ADD -> FloatLoops.add(x, xo, z, zo, y, yo, n);
            case SUB -> FloatLoops.sub(x, xo, z, zo, y, yo, n);
            case MUL -> FloatLoops.mul(x, xo, z, zo, y, yo, n);
            case DIV -> FloatLoops.div(x, xo, z, zo, y, yo, n);
            case MIN -> FloatLoops.min(x, xo, z, zo, y, yo, n);
            case MAX -> FloatLoops.max(x, xo, z, zo, y, yo, n);
            case POW -> FloatLoops.pow(x, xo, z, zo, y, yo, n);
            case HARD_SIGMOID_GRAD -> FloatLoops.hardSigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SWISH_GRAD -> FloatLoops.hardSwishGrad(x, xo, z, zo, y, yo, n);
            case RELU_GRAD -> FloatLoops.reluGrad(x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> FloatLoops.leakyReluGrad((float) p, x, xo, z, zo, y, yo, n);
            case TANH_GRAD -> FloatLoops.tanhGrad(x, xo, z, zo, y, yo, n);
            case SIGMOID_GRAD -> FloatLoops.sigmoidGrad(x, xo, z, zo, y, yo, n);
            case GELU_GRAD -> FloatLoops.geluGrad(x, xo, z, zo, y, yo, n);
            case GELU_TANH_GRAD -> FloatLoops.geluTanhGrad(x, xo, z, zo, y, yo, n);
            case SILU_GRAD -> FloatLoops.siluGrad(x, xo, z, zo, y, yo, n);
            default -> FloatCalls.binary(f, x, xo, z, zo, y, yo, n);
        }
    }

    @Override
    public void clamp(double low, double high, float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.clamp((float) low, (float) high, x, xo, y, yo, n);
    }

    @Override
    public void normals(double mean, double std, double[] u, double[] v, int uo, float[] y, int yo, int n) {
        FloatLoops.normals(mean, std, u, v, uo, y, yo, n);
    }

    @Override
    public void clampGrad(boolean open, double low, double high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (open) FloatLoops.inside((float) low, (float) high, x, xo, z, zo, y, yo, n);
        else FloatLoops.within((float) low, (float) high, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void choose(Compare f, double bound, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo,
            int n) {
        float a = (float) bound;
        switch (f) {
            case EQ -> FloatLoops.eq(a, c, co, x, xo, z, zo, y, yo, n);
            case LT -> FloatLoops.lt(a, c, co, x, xo, z, zo, y, yo, n);
            case LE -> FloatLoops.le(a, c, co, x, xo, z, zo, y, yo, n);
            case GT -> FloatLoops.gt(a, c, co, x, xo, z, zo, y, yo, n);
            case GE -> FloatLoops.ge(a, c, co, x, xo, z, zo, y, yo, n);
            case NE -> FloatLoops.eq(a, c, co, z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void lerp(float[] x, int xo, float[] z, int zo, float[] w, int wo, float[] y, int yo, int n) {
        FloatLoops.lerp(x, xo, z, zo, w, wo, y, yo, n);
    }

    @Override
    public void lerp(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (Math.abs(w) < 0.5) FloatLoops.near(w, x, xo, z, zo, y, yo, n);
        else FloatLoops.far(w, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void compare(Compare f, float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> FloatLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> FloatLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> FloatLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> FloatLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> FloatLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> FloatLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void countTrue(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner == 1) y[yo] += Counts.count(x, xo, n);
        else Counts.countColumns(x, xo, n, inner, y, yo);
    }

    @Override
    public void where(boolean[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void axpy(double a, float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.axpy((float) a, x, xo, y, yo, n);
    }

    @Override
    public void reduce(Reduce f, float[] x, int xo, int n, int inner, float[] y, int yo) {
        if (inner == 1) {
            y[yo] = switch (f) {
                case SUM -> parts.sum(x, xo, n);
                case SUM_SQUARES -> parts.dot(x, xo, x, xo, n);
                case PROD -> parts.prod(x, xo, n);
                case MAX -> parts.max(x, xo, n);
                case MIN -> parts.min(x, xo, n);
            };
        } else {
            FloatSums.strided(parts, f, x, xo, n, inner, y, yo);
        }
    }

    @Override
    public void reduceRows(Reduce f, float[] x, int xo, int rows, int n, float[] y, int yo) {
        if (f == Reduce.SUM) parts.sums(x, xo, rows, n, y, yo);
        else if (f == Reduce.SUM_SQUARES) parts.squares(x, xo, rows, n, y, yo);
        else if (f != Reduce.PROD) parts.extremes(f == Reduce.MAX, x, xo, rows, n, y, yo);
        else for (int i = 0; i < rows; i++) reduce(f, x, xo + i * n, n, 1, y, yo + i);
    }

    @Override
    public double sumSquares(float[] x, int xo, int n) {
        return FloatSums.squares(parts, x, xo, n);
    }

    @Override
    public void moments(float[] x, int xo, int outer, int channels, int inner, float[] mean, float[] variance, int to) {
        if (outer == 1) FloatNorms.moments(parts, x, xo, inner, mean, variance, to, channels);
        else if (inner == 1) FloatColumns.moments(parts, x, xo, outer, channels, mean, variance, to);
        else FloatNorms.moments(parts, x, xo, outer, channels, inner, mean, variance, to);
    }

    @Override
    public void scan(boolean product, boolean backward, int from, int to, int n, int inner, float[] x, float[] y) {
        FloatScans.scan(product, backward, from, to, n, inner, x, y);
    }

    @Override
    public void logScan(boolean backward, int from, int to, int n, int inner, float[] x, float[] y) {
        FloatScans.logScan(backward, from, to, n, inner, x, y);
    }

    @Override
    public double dot(float[] x, int xo, float[] z, int zo, int n) {
        return parts.dot(x, xo, z, zo, n);
    }

    @Override
    public int argExtreme(boolean largest, float[] x, int xo, int stride, int n) {
        int best = 0;
        for (int i = 0; i < n; i++) {
            float v = x[xo + i * stride];
            if (v != v) return i;
            float b = x[xo + best * stride];
            if (largest ? v > b : v < b) best = i;
        }
        return best;
    }

    @Override
    public void argExtremes(boolean largest, float[] x, int xo, int n, int inner, int[] y, int yo) {
        for (int j = 0; j < inner; j++) y[yo + j] = argExtreme(largest, x, xo + j, inner, n);
    }

    @Override
    public void differences(double p, int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] y, int yo,
            float[] work) {
        distances.sums(this, p, m, n, k, a, ao, b, bo, y, yo, work);
    }

    @Override
    public void addWeighted(double p, int m, int n, int k, float[] w, int wo, float[] d, int from, float[] a, int ao,
            float[] b, int bo, float[] y, int yo) {
        distances.addWeighted(p, m, n, k, w, wo, d, from, a, ao, b, bo, y, yo);
    }

    @Override
    public void countLargest(int m, int n, int k, float[] d, int from, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        distances.countLargest(m, n, k, d, from, a, ao, b, bo, y, yo);
    }

    @Override
    public void matmul(Form form, int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        FloatMatmul.matmul(form, m, n, k, a, ao, b, bo, c, co);
    }

    @Override
    public void linear(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
        matmul(Form.NT, m, n, k, x, 0, w, 0, y, 0);
        for (int i = 0; i < m; i++) FloatLoops.add(y, i * n, bias, 0, y, i * n, n);
    }

    @Override
    public void correlate(int m, float[] a, int ao, float[] z, int zo, Places at, int images, float[] b, int bo, int bs,
            int from, int to, float[] c, int co, int cs, int lc) {
        for (int q = 0; q < images; q++) {
            for (int o = from, n; o < to; o += n) {
                n = Math.min(to - o, at.width() - o % at.width());
                int y = co + q * cs + o;
                FloatMatmul.matmulRows(m, n, at.rows().length, a, ao, b, bo + q * bs + at.of(o), at.rows(), c, y, lc);
                for (int i = 0; z != null && i < m; i++) FloatLoops.add(z[zo + i], c, y + i * lc, c, y + i * lc, n);
            }
        }
    }

    @Override
    public void windowProducts(int m, float[] d, int xo, int ld, Places at, float[] b, int bo, int from, int to,
            float[] c, int co, float[] work) {
        int n = to - from;
        int k = at.rows().length;
        int ly = n + LANES;
        int turned = WINDOW_ROWS * ly;
        int product = turned + m * n;
        if (m > 1) copyLines(m, d, xo + from, ld, 1, work, turned, n, n);
        for (int p = 0; p < k && m > 0; p += WINDOW_ROWS) {
            int rows = Math.min(WINDOW_ROWS, k - p);
            int y = co + p * m;
            if (m > 1) {
                unfold(b, bo, at, p, rows, from, to, work, n);
                FloatMatmul.matmul(Form.NT, rows, m, n, work, 0, work, turned, work, product);
                FloatLoops.add(c, y, work, product, c, y, rows * m);
            } else {
                unfold(b, bo, at, p, rows, from, to, work, ly);
                for (int i = 0; i < rows; i++) c[y + i] += parts.dot(work, i * ly, d, xo + from, n);
            }
        }
    }

    /// What outputs `from … to − 1` read in rows `p … p + rows − 1`, to rows `ly` apart; what follows a row may be lost.
    void unfold(float[] b, int bo, Places at, int p, int rows, int from, int to, float[] y, int ly) {
        for (int i = 0; i < rows; i++) FloatWindows.unfold(b, bo + at.rows()[p + i], at, from, to, y, i * ly);
    }

    @Override
    public void transpose(int m, int n, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        for (int i0 = 0; i0 < m; i0 += 16) {
            for (int j0 = 0; j0 < n; j0 += 16) {
                FloatLoops.transposeTile(lx, ly, i0, Math.min(i0 + 16, m), j0, Math.min(j0 + 16, n), x, xo, y, yo);
            }
        }
    }

    @Override
    public void biased(Unary f, float[] x, int xo, float[] b, float[] y, int yo, int rows, int n) {
        int width = Math.min(n, FloatRows.TOGETHER);
        int group = FloatRows.wholeVectors(n);
        float[] t = FloatRows.scratch(FloatRows.TOGETHER);
        for (int r = 0; n > 0 && r < rows; r += group) {
            int here = Math.min(group, rows - r);
            for (int j = 0; j < n; j += width) {
                int at = r * n + j;
                int piece = Math.min(width, n - j);
                parts.addBias(x, xo + at, b, j, t, here, piece);
                unary(f, 0, t, 0, y, yo + at, here * piece);
            }
        }
    }

    @Override
    public void biasedGrad(Binary f, float[] x, int xo, float[] b, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        int width = Math.min(n, FloatRows.TOGETHER);
        int group = FloatRows.wholeVectors(n);
        float[] t = FloatRows.scratch(FloatRows.TOGETHER);
        for (int r = 0; n > 0 && r < rows; r += group) {
            int here = Math.min(group, rows - r);
            for (int j = 0; j < n; j += width) {
                int at = r * n + j;
                int piece = Math.min(width, n - j);
                parts.addBias(x, xo + at, b, j, t, here, piece);
                binary(f, 0, t, 0, dy, dyo + at, dx, dxo + at, here * piece);
            }
        }
    }

    @Override
    public void softmax(boolean log, float[] x, int xo, float[] y, int yo, int rows, int n) {
        FloatRows.softmax(parts, log, x, xo, y, yo, rows, n);
    }

    @Override
    public void pickedLogSoftmax(float[] x, int xo, int[] places, int po, float[] y, int yo, int rows, int n) {
        FloatRows.pickedLogSoftmax(parts, x, xo, places, po, y, yo, rows, n);
    }

    @Override
    public void crossEntropyGrad(float[] x, int xo, int[] places, int po, double on, double off, double dy, float[] dx, int dxo,
            int rows, int n) {
        int group = Math.min(FloatRows.wholeVectors(n), FloatRows.GROUP);
        float[] s = FloatRows.perRow();
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            int at = dxo + r0 * n;
            softmax(false, x, xo + r0 * n, dx, at, here, n);
            for (int r = 0; r < here; r++) s[r] = dx[dxo + (places[po + r0 + r] - xo)];
            if (off != 0) unary(Unary.ADD_SCALAR, -off, dx, at, dx, at, here * n);
            unary(Unary.MUL_SCALAR, dy, dx, at, dx, at, here * n);
            for (int r = 0; r < here; r++) dx[dxo + (places[po + r0 + r] - xo)] = (s[r] - (float) on) * (float) dy;
        }
    }

    @Override
    public void softmaxColumns(boolean log, float[] x, int xo, int n, int inner, float[] y, int yo) {
        FloatExponents.softmaxColumns(parts, log, x, xo, n, inner, y, yo);
    }

    @Override
    public void logSumExp(float[] x, int xo, int outer, int n, int inner, float[] y, int yo) {
        if (inner == 1) FloatExponents.logSumExp(parts, x, xo, outer, n, y, yo);
        else for (int i = 0; i < outer; i++) {
            FloatExponents.logSumExpColumns(parts, x, xo + i * n * inner, n, inner, y, yo + i * inner);
        }
    }

    @Override
    public void softmaxGrad(boolean log, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        FloatRows.softmaxGrad(parts, log, y, yo, dy, dyo, dx, dxo, rows, n);
    }

    @Override
    public void gates(int rows, int n, int all, int gates, float[] s, int so, float[] b, int bo, float[] z, int zo,
            float[] c, float[] y, int yo) {
        for (int g = 0, to = yo; g < gates; g++) {
            for (int i = 0; i < rows; i++, to += n) {
                int at = (i * all + g) * n;
                if (z == null) FloatLoops.add(s, so + at, b, bo + g * n, y, to, n);
                else FloatCells.sum(s, so + at, b, bo + g * n, z, zo + at, c, g * n, y, to, n);
            }
        }
    }

    @Override
    public void lstmMemory(int n, float[] z, int zo, float[] before, int bo, float[] c, int co) {
        FloatCells.memory(n, n, z, zo, before, bo, c, co);
    }

    @Override
    public void lstmGrad(int rows, int n, float[] z, int zo, float[] before, int bo, float[] m, int mo, float[] dh, int dho,
            float[] dc, float[] dz, int dzo) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            FloatCells.lstmGrad(0, n, rows * n, z, zo + at, before, bo + at, m, mo + at, dh, dho + at, dc, at,
                dz, dzo + 4 * at);
        }
    }

    @Override
    public void gruGrad(int rows, int n, float[] z, int zo, float[] q, int qo, float[] before, int bo, float[] dh,
            float[] dz, int dzo, float[] ds, int dso) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            FloatCells.gruGrad(0, n, rows * n, z, zo + at, q, qo + at, before, bo + at, dh, at, dz,
                dzo + 3 * at, ds, dso + 3 * at);
        }
    }

    @Override
    public void normalizeRows(boolean centered, float[] x, int xo, float[] w, float[] b, int inner, int period, double eps,
            float[] y, int yo, float[] mean, float[] variance, float[] rstd, int row, int rows, int n) {
        FloatNorms.rows(parts, centered, x, xo, w, b, inner, period, eps, y, yo, mean, variance, rstd, row, rows, n);
    }

    @Override
    public void normalizeRowsGrad(boolean centered, float[] x, float[] w, int inner, int period, float[] mean, float[] rstd,
            int row, float[] dy, float[] dx, int o, float[] sums, float[] slopes, int rows, int n) {
        FloatNorms.rowsGrad(parts, centered, x, w, inner, period, mean, rstd, row, dy, dx, o, sums, slopes, rows, n);
    }

    @Override
    public void normalizeRowsSums(float[] x, float[] mean, float[] rstd, int period, float[] dy, float[] dw, float[] db,
            int rows, int n, int from, int to) {
        FloatColumns.rowsSums(parts, x, mean, rstd, period, dy, dw, db, rows, n, from, to);
    }

    @Override
    public void normalizeChannels(boolean given, float[] x, float[] w, float[] b, double eps, float[] y, float[] mean,
            float[] variance, float[] rstd, int outer, int channels, int inner, int from, int to) {
        if (inner == 1) {
            FloatColumns.normalize(parts, given, x, w, b, eps, y, mean, variance, rstd, outer, channels, from, to);
        } else {
            FloatNorms.channels(parts, given, x, w, b, eps, y, mean, variance, rstd, outer, channels, inner, from, to);
        }
    }

    @Override
    public void normalizeChannelsGrad(boolean given, float[] x, float[] w, float[] mean, float[] rstd, float[] dy,
            float[] dx, float[] dw, float[] db, int outer, int channels, int inner, int from, int to) {
        if (inner == 1) {
            FloatColumns.normalizeGrad(parts, given, x, w, mean, rstd, dy, dx, dw, db, outer, channels, from, to);
        } else {
            FloatNorms.channelsGrad(parts, given, x, w, mean, rstd, dy, dx, dw, db, outer, channels, inner, from, to);
        }
    }

    @Override
    public void sgd(float[] p, float[] g, float[] v, int o, int n, double rate, double momentum, double dampening,
            double decay, boolean nesterov, boolean first) {
        FloatSteps.sgd(p, g, v, o, n, rate, momentum, dampening, decay, nesterov, first);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int o, int n, double rate, double b1, double b2, double eps,
            double decay, double decoupledDecay, int step) {
        FloatSteps.adam(p, g, m, v, o, n, rate, b1, b2, eps, decay, decoupledDecay, step);
    }

    @Override
    public void rmsprop(float[] p, float[] g, float[] v, float[] a, float[] b, int o, int n, double rate, double alpha,
            double eps, double decay, double momentum) {
        FloatSteps.rmsprop(p, g, v, a, b, o, n, rate, alpha, eps, decay, momentum);
    }

    @Override
    public void lion(float[] p, float[] g, float[] m, int o, int n, double rate, double b1, double b2, double decay) {
        FloatSteps.lion(p, g, m, o, n, rate, b1, b2, decay);
    }

    @Override
    public void adan(float[] p, float[] g, float[] last, float[] m, float[] w, float[] v, int o, int n, double rate, double b1,
            double b2, double b3, double eps, double before, double after, int step) {
        FloatSteps.adan(p, g, last, m, w, v, o, n, rate, b1, b2, b3, eps, before, after, step);
    }

    @Override
    public void blend(double a, float[] y, int yo, double b, float[] x, int xo, int n) {
        FloatSteps.blend((float) a, y, yo, (float) b, x, xo, n);
    }

    @Override
    public void addMul(double a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatSteps.addMul((float) a, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void addDiv(double a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatSteps.addDiv((float) a, x, xo, z, zo, y, yo, n);
    }
}
