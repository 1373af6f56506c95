// Generated from FloatKernels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// The loops over `double[]` in plain Java: the specification that every other implementation matches bit for bit.
public class DoubleKernels implements Kernels<double[]> {
    private final DoubleParts parts;
    private final DoubleDistances distances;

    /// Plain kernels; they keep no state.
    public DoubleKernels() {
        this(new DoubleParts(), new DoubleDistances());
    }

    DoubleKernels(DoubleParts parts, DoubleDistances distances) {
        this.parts = parts;
        this.distances = distances;
    }

    @Override
    public double[] allocate(int n) {
        return new double[n];
    }

    @Override
    public double get(double[] x, int i) {
        return x[i];
    }

    @Override
    public void set(double[] x, int i, double value) {
        x[i] = value;
    }

    @Override
    public void fill(double[] y, int yo, int n, double value) {
        Arrays.fill(y, yo, yo + n, value);
    }

    @Override
    public void copyStrided(double[] x, int xo, int stride, double[] y, int yo, int n) {
        if (stride == 1) {
            System.arraycopy(x, xo, y, yo, n);
        } else if (stride == 0 && n > 0) {
            Arrays.fill(y, yo, yo + n, x[xo]);
        } else {
            for (int i = 0; i < n; i++) y[yo + i] = x[xo + i * stride];
        }
    }

    @Override
    public void copyLines(int lines, double[] x, int xo, int lx, int stride, double[] y, int yo, int ly, int n) {
        for (int h = 0; h < lines; h++) copyStrided(x, xo + h * lx, stride, y, yo + h * ly, n);
    }

    @Override
    public void copyRows(double[] x, int xo, int[] row, double[] y, int yo, int n) {
        for (int i = 0; i < row.length; i++) System.arraycopy(x, xo + row[i] * n, y, yo + i * n, n);
    }

    @Override
    public void spread(double[] x, int xo, double[] y, int yo, int stride, int n) {
        if (stride == 1) System.arraycopy(x, xo, y, yo, n);
        else for (int i = 0; i < n; i++) y[yo + i * stride] = x[xo + i];
    }

    @Override
    public void gather(double[] x, int xo, int[] index, int io, double[] y, int yo, int n) {
        DoubleWindows.gather(x, xo, index, io, y, yo, n);
    }

    @Override
    public void scatterAdd(double[] x, int xo, int[] index, int io, double[] y, int yo, int n) {
        DoubleWindows.scatterAdd(x, xo, index, io, y, yo, n);
    }

    @Override
    public void sparse(int n, int[] start, int[] column, double[] w, double[] x, int xo, int inner, double[] y, int yo) {
        if (inner == 1) DoubleWindows.sparse(n, start, column, w, x, xo, y, yo);
        else for (int i = 0; i < n; i++) DoubleWindows.sparseRow(start[i], start[i + 1], column, w, x, xo, inner, y, yo
                + i * inner);
    }

    @Override
    public void slide(int n, int stride, int taps, double w, double[] x, int xo, double[] y, int yo) {
        DoubleWindows.slide(n, stride, taps, w, x, xo, y, yo);
    }

    @Override
    public void maxWindows(double[] x, int xo, int stride, int taps, int step, int base, double[] y, int yo,
            int[] at, int ao, int n) {
        DoubleWindows.first(x, xo, stride, base, y, yo, at, ao, n);
        for (int t = 1; t < taps; t++) DoubleWindows.tap(x, xo + t * step, stride, base + t * step, y, yo, at, ao, n);
    }

    @Override
    public void maxTiles(double[] x, int xo, int planes, int h, int w, double[] y, int yo, int[] at, int ao) {
        DoubleWindows.maxTiles(x, xo, 0, planes, h, w, y, yo, at, ao);
    }

    @Override
    public void sumTiles(double[] x, int xo, int h, int w, double[] y, int yo) {
        DoubleWindows.sumTiles(x, xo, 0, h, w, y, yo);
    }

    @Override
    public void spreadTiles(double[] x, int xo, int h, int w, double[] y, int yo) {
        DoubleWindows.spreadTiles(x, xo, 0, h, w, y, yo);
    }

    @Override
    public void maxInto(double[] x, int xo, int[] from, int fo, double[] y, int yo, int[] at, int ao, int n) {
        DoubleWindows.maxInto(x, xo, from, fo, y, yo, at, ao, n);
    }

    @Override
    public void unary(Unary f, double p, double[] x, int xo, double[] y, int yo, int n) {
        double a = p;
        switch (f) {
            case NEG -> DoubleLoops.neg(x, xo, y, yo, n);
            case ABS -> DoubleLoops.abs(x, xo, y, yo, n);
            case SIGN -> DoubleLoops.sign(x, xo, y, yo, n);
            case SQUARE -> DoubleLoops.square(x, xo, y, yo, n);
            case SQRT -> DoubleLoops.sqrt(x, xo, y, yo, n);
            case RSQRT -> DoubleLoops.rsqrt(x, xo, y, yo, n);
            case RECIPROCAL -> DoubleLoops.rdiv(1.0, x, xo, y, yo, n);
            case EXP -> DoubleLoops.exp(0.0, x, xo, y, yo, n);
            case EXPM1 -> DoubleLoops.expm1(x, xo, y, yo, n);
            case LOG -> DoubleLoops.log(x, xo, y, yo, n);
            case LOG1P -> DoubleLoops.log1p(x, xo, y, yo, n);
            case SIN -> DoubleLoops.sin(x, xo, y, yo, n);
            case COS -> DoubleLoops.cos(x, xo, y, yo, n);
            case TANH -> DoubleLoops.tanh(x, xo, y, yo, n);
            case SIGMOID -> DoubleLoops.sigmoid(x, xo, y, yo, n);
            case ERF -> DoubleLoops.erf(x, xo, y, yo, n);
            case RELU -> DoubleLoops.relu(x, xo, y, yo, n);
            case LEAKY_RELU -> DoubleLoops.leakyRelu(a, x, xo, y, yo, n);
            case GELU -> DoubleLoops.gelu(x, xo, y, yo, n);
            case GELU_TANH -> DoubleLoops.geluTanh(x, xo, y, yo, n);
            case SILU -> DoubleLoops.silu(x, xo, y, yo, n);
            case SOFTPLUS -> DoubleLoops.softplus(x, xo, y, yo, n);
            case ADD_SCALAR -> DoubleLoops.add(a, x, xo, y, yo, n);
            case MUL_SCALAR -> DoubleLoops.mul(a, x, xo, y, yo, n);
            case HARD_SIGMOID -> DoubleLoops.hardSigmoid(x, xo, y, yo, n);
            case HARD_SWISH -> DoubleLoops.hardSwish(x, xo, y, yo, n);
            case RSUB_SCALAR -> DoubleLoops.rsub(a, x, xo, y, yo, n);
            case RDIV_SCALAR -> DoubleLoops.rdiv(a, x, xo, y, yo, n);
            case POW_SCALAR -> {
                if (a == 2) DoubleLoops.square(x, xo, y, yo, n);
                else if (a == -1) DoubleLoops.rdiv(1.0, x, xo, y, yo, n);
                else if (a == 0.5) unary(Unary.SQRT, 0, x, xo, y, yo, n);
                else if (a == -0.5) unary(Unary.RSQRT, 0, x, xo, y, yo, n);
                else DoubleLoops.pow(a, x, xo, y, yo, n);
            }
            case MAX_SCALAR -> DoubleLoops.max(a, x, xo, y, yo, n);
            case MIN_SCALAR -> DoubleLoops.min(a, x, xo, y, yo, n);
            default -> DoubleCalls.unary(f, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        switch (f) {
            case ADD -> DoubleLoops.add(x, xo, z, zo, y, yo, n);
            case SUB -> DoubleLoops.sub(x, xo, z, zo, y, yo, n);
            case MUL -> DoubleLoops.mul(x, xo, z, zo, y, yo, n);
            case DIV -> DoubleLoops.div(x, xo, z, zo, y, yo, n);
            case MIN -> DoubleLoops.min(x, xo, z, zo, y, yo, n);
            case MAX -> DoubleLoops.max(x, xo, z, zo, y, yo, n);
            case POW -> DoubleLoops.pow(x, xo, z, zo, y, yo, n);
            case HARD_SIGMOID_GRAD -> DoubleLoops.hardSigmoidGrad(x, xo, z, zo, y, yo, n);
            case HARD_SWISH_GRAD -> DoubleLoops.hardSwishGrad(x, xo, z, zo, y, yo, n);
            case RELU_GRAD -> DoubleLoops.reluGrad(x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> DoubleLoops.leakyReluGrad(p, x, xo, z, zo, y, yo, n);
            case TANH_GRAD -> DoubleLoops.tanhGrad(x, xo, z, zo, y, yo, n);
            case SIGMOID_GRAD -> DoubleLoops.sigmoidGrad(x, xo, z, zo, y, yo, n);
            case GELU_GRAD -> DoubleLoops.geluGrad(x, xo, z, zo, y, yo, n);
            case GELU_TANH_GRAD -> DoubleLoops.geluTanhGrad(x, xo, z, zo, y, yo, n);
            case SILU_GRAD -> DoubleLoops.siluGrad(x, xo, z, zo, y, yo, n);
            default -> DoubleCalls.binary(f, x, xo, z, zo, y, yo, n);
        }
    }

    @Override
    public void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.clamp(low, high, x, xo, y, yo, n);
    }

    @Override
    public void normals(double mean, double std, double[] u, double[] v, int uo, double[] y, int yo, int n) {
        DoubleLoops.normals(mean, std, u, v, uo, y, yo, n);
    }

    @Override
    public void clampGrad(boolean open, double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (open) DoubleLoops.inside(low, high, x, xo, z, zo, y, yo, n);
        else DoubleLoops.within(low, high, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void choose(Compare f, double bound, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo,
            int n) {
        double a = bound;
        switch (f) {
            case EQ -> DoubleLoops.eq(a, c, co, x, xo, z, zo, y, yo, n);
            case LT -> DoubleLoops.lt(a, c, co, x, xo, z, zo, y, yo, n);
            case LE -> DoubleLoops.le(a, c, co, x, xo, z, zo, y, yo, n);
            case GT -> DoubleLoops.gt(a, c, co, x, xo, z, zo, y, yo, n);
            case GE -> DoubleLoops.ge(a, c, co, x, xo, z, zo, y, yo, n);
            case NE -> DoubleLoops.eq(a, c, co, z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void lerp(double[] x, int xo, double[] z, int zo, double[] w, int wo, double[] y, int yo, int n) {
        DoubleLoops.lerp(x, xo, z, zo, w, wo, y, yo, n);
    }

    @Override
    public void lerp(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (Math.abs(w) < 0.5) DoubleLoops.near(w, x, xo, z, zo, y, yo, n);
        else DoubleLoops.far(w, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void compare(Compare f, double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> DoubleLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> DoubleLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> DoubleLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> DoubleLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> DoubleLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> DoubleLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void countTrue(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner == 1) y[yo] += Counts.count(x, xo, n);
        else Counts.countColumns(x, xo, n, inner, y, yo);
    }

    @Override
    public void where(boolean[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.axpy(a, x, xo, y, yo, n);
    }

    @Override
    public void reduce(Reduce f, double[] x, int xo, int n, int inner, double[] y, int yo) {
        if (inner == 1) {
            y[yo] = switch (f) {
                case SUM -> parts.sum(x, xo, n);
                case SUM_SQUARES -> parts.dot(x, xo, x, xo, n);
                case PROD -> parts.prod(x, xo, n);
                case MAX -> parts.max(x, xo, n);
                case MIN -> parts.min(x, xo, n);
            };
        } else {
            DoubleSums.strided(parts, f, x, xo, n, inner, y, yo);
        }
    }

    @Override
    public void reduceRows(Reduce f, double[] x, int xo, int rows, int n, double[] y, int yo) {
        if (f == Reduce.SUM) parts.sums(x, xo, rows, n, y, yo);
        else if (f == Reduce.SUM_SQUARES) parts.squares(x, xo, rows, n, y, yo);
        else if (f != Reduce.PROD) parts.extremes(f == Reduce.MAX, x, xo, rows, n, y, yo);
        else for (int i = 0; i < rows; i++) reduce(f, x, xo + i * n, n, 1, y, yo + i);
    }

    @Override
    public double sumSquares(double[] x, int xo, int n) {
        return DoubleSums.squares(parts, x, xo, n);
    }

    @Override
    public void moments(double[] x, int xo, int outer, int channels, int inner, double[] mean, double[] variance, int to) {
        if (outer == 1) DoubleNorms.moments(parts, x, xo, inner, mean, variance, to, channels);
        else if (inner == 1) DoubleColumns.moments(parts, x, xo, outer, channels, mean, variance, to);
        else DoubleNorms.moments(parts, x, xo, outer, channels, inner, mean, variance, to);
    }

    @Override
    public void scan(boolean product, boolean backward, int from, int to, int n, int inner, double[] x, double[] y) {
        DoubleScans.scan(product, backward, from, to, n, inner, x, y);
    }

    @Override
    public void logScan(boolean backward, int from, int to, int n, int inner, double[] x, double[] y) {
        DoubleScans.logScan(backward, from, to, n, inner, x, y);
    }

    @Override
    public double dot(double[] x, int xo, double[] z, int zo, int n) {
        return parts.dot(x, xo, z, zo, n);
    }

    @Override
    public int argExtreme(boolean largest, double[] x, int xo, int stride, int n) {
        int best = 0;
        for (int i = 0; i < n; i++) {
            double v = x[xo + i * stride];
            if (v != v) return i;
            double b = x[xo + best * stride];
            if (largest ? v > b : v < b) best = i;
        }
        return best;
    }

    @Override
    public void argExtremes(boolean largest, double[] x, int xo, int n, int inner, int[] y, int yo) {
        for (int j = 0; j < inner; j++) y[yo + j] = argExtreme(largest, x, xo + j, inner, n);
    }

    @Override
    public void differences(double p, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] y, int yo,
            double[] work) {
        distances.sums(this, p, m, n, k, a, ao, b, bo, y, yo, work);
    }

    @Override
    public void addWeighted(double p, int m, int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao,
            double[] b, int bo, double[] y, int yo) {
        distances.addWeighted(p, m, n, k, w, wo, d, from, a, ao, b, bo, y, yo);
    }

    @Override
    public void countLargest(int m, int n, int k, double[] d, int from, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        distances.countLargest(m, n, k, d, from, a, ao, b, bo, y, yo);
    }

    @Override
    public void matmul(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        DoubleMatmul.matmul(form, m, n, k, a, ao, b, bo, c, co);
    }

    @Override
    public void linear(int m, int n, int k, double[] x, double[] w, double[] bias, double[] y) {
        matmul(Form.NT, m, n, k, x, 0, w, 0, y, 0);
        for (int i = 0; i < m; i++) DoubleLoops.add(y, i * n, bias, 0, y, i * n, n);
    }

    @Override
    public void correlate(int m, double[] a, int ao, double[] z, int zo, Places at, int images, double[] b, int bo, int bs,
            int from, int to, double[] c, int co, int cs, int lc) {
        for (int q = 0; q < images; q++) {
            for (int o = from, n; o < to; o += n) {
                n = Math.min(to - o, at.width() - o % at.width());
                int y = co + q * cs + o;
                DoubleMatmul.matmulRows(m, n, at.rows().length, a, ao, b, bo + q * bs + at.of(o), at.rows(), c, y, lc);
                for (int i = 0; z != null && i < m; i++) DoubleLoops.add(z[zo + i], c, y + i * lc, c, y + i * lc, n);
            }
        }
    }

    @Override
    public void windowProducts(int m, double[] d, int xo, int ld, Places at, double[] b, int bo, int from, int to,
            double[] c, int co, double[] work) {
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
                DoubleMatmul.matmul(Form.NT, rows, m, n, work, 0, work, turned, work, product);
                DoubleLoops.add(c, y, work, product, c, y, rows * m);
            } else {
                unfold(b, bo, at, p, rows, from, to, work, ly);
                for (int i = 0; i < rows; i++) c[y + i] += parts.dot(work, i * ly, d, xo + from, n);
            }
        }
    }

    /// What outputs `from … to − 1` read in rows `p … p + rows − 1`, to rows `ly` apart; what follows a row may be lost.
    void unfold(double[] b, int bo, Places at, int p, int rows, int from, int to, double[] y, int ly) {
        for (int i = 0; i < rows; i++) DoubleWindows.unfold(b, bo + at.rows()[p + i], at, from, to, y, i * ly);
    }

    @Override
    public void transpose(int m, int n, double[] x, int xo, int lx, double[] y, int yo, int ly) {
        for (int i0 = 0; i0 < m; i0 += 16) {
            for (int j0 = 0; j0 < n; j0 += 16) {
                DoubleLoops.transposeTile(lx, ly, i0, Math.min(i0 + 16, m), j0, Math.min(j0 + 16, n), x, xo, y, yo);
            }
        }
    }

    @Override
    public void biased(Unary f, double[] x, int xo, double[] b, double[] y, int yo, int rows, int n) {
        int width = Math.min(n, DoubleRows.TOGETHER);
        int group = DoubleRows.wholeVectors(n);
        double[] t = DoubleRows.scratch(DoubleRows.TOGETHER);
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
    public void biasedGrad(Binary f, double[] x, int xo, double[] b, double[] dy, int dyo, double[] dx, int dxo, int rows, int n) {
        int width = Math.min(n, DoubleRows.TOGETHER);
        int group = DoubleRows.wholeVectors(n);
        double[] t = DoubleRows.scratch(DoubleRows.TOGETHER);
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
    public void softmax(boolean log, double[] x, int xo, double[] y, int yo, int rows, int n) {
        DoubleRows.softmax(parts, log, x, xo, y, yo, rows, n);
    }

    @Override
    public void pickedLogSoftmax(double[] x, int xo, int[] places, int po, double[] y, int yo, int rows, int n) {
        DoubleRows.pickedLogSoftmax(parts, x, xo, places, po, y, yo, rows, n);
    }

    @Override
    public void crossEntropyGrad(double[] x, int xo, int[] places, int po, double on, double off, double dy, double[] dx, int dxo,
            int rows, int n) {
        int group = Math.min(DoubleRows.wholeVectors(n), DoubleRows.GROUP);
        double[] s = DoubleRows.perRow();
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            int at = dxo + r0 * n;
            softmax(false, x, xo + r0 * n, dx, at, here, n);
            for (int r = 0; r < here; r++) s[r] = dx[dxo + (places[po + r0 + r] - xo)];
            if (off != 0) unary(Unary.ADD_SCALAR, -off, dx, at, dx, at, here * n);
            unary(Unary.MUL_SCALAR, dy, dx, at, dx, at, here * n);
            for (int r = 0; r < here; r++) dx[dxo + (places[po + r0 + r] - xo)] = (s[r] - on) * dy;
        }
    }

    @Override
    public void softmaxColumns(boolean log, double[] x, int xo, int n, int inner, double[] y, int yo) {
        DoubleExponents.softmaxColumns(parts, log, x, xo, n, inner, y, yo);
    }

    @Override
    public void logSumExp(double[] x, int xo, int outer, int n, int inner, double[] y, int yo) {
        if (inner == 1) DoubleExponents.logSumExp(parts, x, xo, outer, n, y, yo);
        else for (int i = 0; i < outer; i++) {
            DoubleExponents.logSumExpColumns(parts, x, xo + i * n * inner, n, inner, y, yo + i * inner);
        }
    }

    @Override
    public void softmaxGrad(boolean log, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int rows, int n) {
        DoubleRows.softmaxGrad(parts, log, y, yo, dy, dyo, dx, dxo, rows, n);
    }

    @Override
    public void gates(int rows, int n, int all, int gates, double[] s, int so, double[] b, int bo, double[] z, int zo,
            double[] c, double[] y, int yo) {
        for (int g = 0, to = yo; g < gates; g++) {
            for (int i = 0; i < rows; i++, to += n) {
                int at = (i * all + g) * n;
                if (z == null) DoubleLoops.add(s, so + at, b, bo + g * n, y, to, n);
                else DoubleCells.sum(s, so + at, b, bo + g * n, z, zo + at, c, g * n, y, to, n);
            }
        }
    }

    @Override
    public void lstmMemory(int n, double[] z, int zo, double[] before, int bo, double[] c, int co) {
        DoubleCells.memory(n, n, z, zo, before, bo, c, co);
    }

    @Override
    public void lstmGrad(int rows, int n, double[] z, int zo, double[] before, int bo, double[] m, int mo, double[] dh, int dho,
            double[] dc, double[] dz, int dzo) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            DoubleCells.lstmGrad(0, n, rows * n, z, zo + at, before, bo + at, m, mo + at, dh, dho + at, dc, at,
                dz, dzo + 4 * at);
        }
    }

    @Override
    public void gruGrad(int rows, int n, double[] z, int zo, double[] q, int qo, double[] before, int bo, double[] dh,
            double[] dz, int dzo, double[] ds, int dso) {
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            DoubleCells.gruGrad(0, n, rows * n, z, zo + at, q, qo + at, before, bo + at, dh, at, dz,
                dzo + 3 * at, ds, dso + 3 * at);
        }
    }

    @Override
    public void normalizeRows(boolean centered, double[] x, int xo, double[] w, double[] b, int inner, int period, double eps,
            double[] y, int yo, double[] mean, double[] variance, double[] rstd, int row, int rows, int n) {
        DoubleNorms.rows(parts, centered, x, xo, w, b, inner, period, eps, y, yo, mean, variance, rstd, row, rows, n);
    }

    @Override
    public void normalizeRowsGrad(boolean centered, double[] x, double[] w, int inner, int period, double[] mean, double[] rstd,
            int row, double[] dy, double[] dx, int o, double[] sums, double[] slopes, int rows, int n) {
        DoubleNorms.rowsGrad(parts, centered, x, w, inner, period, mean, rstd, row, dy, dx, o, sums, slopes, rows, n);
    }

    @Override
    public void normalizeRowsSums(double[] x, double[] mean, double[] rstd, int period, double[] dy, double[] dw, double[] db,
            int rows, int n, int from, int to) {
        DoubleColumns.rowsSums(parts, x, mean, rstd, period, dy, dw, db, rows, n, from, to);
    }

    @Override
    public void normalizeChannels(boolean given, double[] x, double[] w, double[] b, double eps, double[] y, double[] mean,
            double[] variance, double[] rstd, int outer, int channels, int inner, int from, int to) {
        if (inner == 1) {
            DoubleColumns.normalize(parts, given, x, w, b, eps, y, mean, variance, rstd, outer, channels, from, to);
        } else {
            DoubleNorms.channels(parts, given, x, w, b, eps, y, mean, variance, rstd, outer, channels, inner, from, to);
        }
    }

    @Override
    public void normalizeChannelsGrad(boolean given, double[] x, double[] w, double[] mean, double[] rstd, double[] dy,
            double[] dx, double[] dw, double[] db, int outer, int channels, int inner, int from, int to) {
        if (inner == 1) {
            DoubleColumns.normalizeGrad(parts, given, x, w, mean, rstd, dy, dx, dw, db, outer, channels, from, to);
        } else {
            DoubleNorms.channelsGrad(parts, given, x, w, mean, rstd, dy, dx, dw, db, outer, channels, inner, from, to);
        }
    }

    @Override
    public void sgd(double[] p, double[] g, double[] v, int o, int n, double rate, double momentum, double dampening,
            double decay, boolean nesterov, boolean first) {
        DoubleSteps.sgd(p, g, v, o, n, rate, momentum, dampening, decay, nesterov, first);
    }

    @Override
    public void adam(double[] p, double[] g, double[] m, double[] v, int o, int n, double rate, double b1, double b2, double eps,
            double decay, double decoupledDecay, int step) {
        DoubleSteps.adam(p, g, m, v, o, n, rate, b1, b2, eps, decay, decoupledDecay, step);
    }

    @Override
    public void rmsprop(double[] p, double[] g, double[] v, double[] a, double[] b, int o, int n, double rate, double alpha,
            double eps, double decay, double momentum) {
        DoubleSteps.rmsprop(p, g, v, a, b, o, n, rate, alpha, eps, decay, momentum);
    }

    @Override
    public void lion(double[] p, double[] g, double[] m, int o, int n, double rate, double b1, double b2, double decay) {
        DoubleSteps.lion(p, g, m, o, n, rate, b1, b2, decay);
    }

    @Override
    public void adan(double[] p, double[] g, double[] last, double[] m, double[] w, double[] v, int o, int n, double rate, double b1,
            double b2, double b3, double eps, double before, double after, int step) {
        DoubleSteps.adan(p, g, last, m, w, v, o, n, rate, b1, b2, b3, eps, before, after, step);
    }

    @Override
    public void blend(double a, double[] y, int yo, double b, double[] x, int xo, int n) {
        DoubleSteps.blend(a, y, yo, b, x, xo, n);
    }

    @Override
    public void addMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleSteps.addMul(a, x, xo, z, zo, y, yo, n);
    }

    @Override
    public void addDiv(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleSteps.addDiv(a, x, xo, z, zo, y, yo, n);
    }
}
