package keel.kernel;

/// The loops of one floating type over dense arrays; `A` is `float[]` or `double[]`. [FloatKernels] states in plain Java what
/// every loop computes, `FloatVectorKernels` computes the same bits faster. Extents are trusted here: they were checked at the
/// public door.
///
/// The order of operations is part of the contract, so that a result never depends on vector width, thread count or the
/// presence of SIMD:
///
/// - **elementwise**: every element by itself; only correctly rounded operations (+ − × ÷ √ fma min max and integer arithmetic
///   on the bits);
/// - **sum** over a contiguous extent: blocks of [#BLOCK] elements; in a block, element `i` is added (or fused) to lane
///   `i mod` [#LANES], lanes start at +0; lanes fold by halves (`l[j] += l[j + 8]`, then 4, 2, 1); the block sums `s₀ … sₙ₋₁`
///   fold pairwise: `s[j] = s[2j] + s[2j+1]`, an odd last one is carried, until one is left;
/// - **sum** over a strided extent (`inner > 1`): blocks of [#STRIDED_BLOCK] rows, each added in index order starting from +0;
///   block sums fold pairwise as above;
/// - **product** over a contiguous extent: as a sum, from lanes that start at 1; over a strided extent in index order;
/// - **matmul**: each element is one chain `c = fma(a, b, c)` in increasing `k`, starting from +0;
/// - **optimizer steps**: elementwise.
public interface Kernels<A> {
    /// Virtual lanes of a contiguous sum.
    int LANES = 16;
    /// Elements of one block of a contiguous sum.
    int BLOCK = 1024;
    /// Virtual lanes of a sum in double.
    int WIDE = 512;
    /// Rows of one block of a strided sum.
    int STRIDED_BLOCK = 32;
    /// Rows of windows that are unfolded at a time.
    int WINDOW_ROWS = 128;

    /// A new array of `n` zeros.
    A allocate(int n);

    /// Element `i` as a double.
    double get(A x, int i);

    /// Sets element `i`, rounding to the type.
    void set(A x, int i, double value);

    /// `y[yo + i] = value`, `i < n`.
    void fill(A y, int yo, int n, double value);

    /// `y[yo + i] = x[xo + i·stride]`, `i < n`; `stride` may be 0 or negative.
    void copyStrided(A x, int xo, int stride, A y, int yo, int n);

    /// `y[yo + h·ly + i] = x[xo + h·lx + i·stride]`, `h < lines`, `i < n`.
    void copyLines(int lines, A x, int xo, int lx, int stride, A y, int yo, int ly, int n);

    /// `y[yo + i·n + j] = x[xo + row[i]·n + j]`, `j < n`, for every row named.
    void copyRows(A x, int xo, int[] row, A y, int yo, int n);

    /// `y[yo + i·stride] = x[xo + i]`, `i < n`.
    void spread(A x, int xo, A y, int yo, int stride, int n);

    /// `y[yo + i] = x[xo + index[io + i]]`, or +0 where the index is negative; `i < n`.
    void gather(A x, int xo, int[] index, int io, A y, int yo, int n);

    /// `y[yo + index[io + i]] += x[xo + i]`, in increasing `i < n`; nothing where the index is negative.
    void scatterAdd(A x, int xo, int[] index, int io, A y, int yo, int n);

    /// `Y (n, inner) = W·X`, `W` a sparse matrix: row `i` of `Y` is the chain `y = fma(w[t], x[column[t]], y)`,
    /// `start[i] ≤ t < start[i + 1]`, from +0.
    void sparse(int n, int[] start, int[] column, double[] w, A x, int xo, int inner, A y, int yo);

    /// Weighted sums of windows at even steps: `y[yo + i]` is the chain `y = fma(w, x[xo + i·stride + t], y)`, `0 ≤ t < taps`,
    /// from +0; `i < n`.
    void slide(int n, int stride, int taps, double w, A x, int xo, A y, int yo);

    /// Largest elements of `n` windows: window `j` has the `taps ≥ 1` elements `x[xo + j·stride + t·step]`. The first largest
    /// counts, and the last NaN before everything; `at[ao + j]` is its `j·stride + t·step` plus `base`.
    void maxWindows(A x, int xo, int stride, int taps, int step, int base, A y, int yo, int[] at, int ao, int n);

    /// Largest elements of tiles of 2 × 2 in `x (planes, 2h, 2w)`: `y (planes, h, w)`, and in `at` the row-major index of each in
    /// its plane; which one counts as in [#maxWindows].
    void maxTiles(A x, int xo, int planes, int h, int w, A y, int yo, int[] at, int ao);

    /// Sums of tiles of 2 × 2 in `x (2h, 2w)`, from +0 down each column, then of both columns: `y (h, w)`.
    void sumTiles(A x, int xo, int h, int w, A y, int yo);

    /// Fills each tile of 2 × 2 in `y (2h, 2w)` with one element of `x (h, w)`, plus +0.
    void spreadTiles(A x, int xo, int h, int w, A y, int yo);

    /// Takes `x[xo + i]` and its `from[fo + i]` over into `y` and `at` where it is larger than what is there, or NaN; `i < n`.
    void maxInto(A x, int xo, int[] from, int fo, A y, int yo, int[] at, int ao, int n);

    /// `y = f(x)`, elementwise; `x` and `y` may be the same array at the same offset.
    void unary(Unary f, double p, A x, int xo, A y, int yo, int n);

    /// `y = f(x, z)`, elementwise; `y` may be `x` or `z` at the same offset.
    void binary(Binary f, double p, A x, int xo, A z, int zo, A y, int yo, int n);

    /// `y = min(max(x, low), high)`, elementwise; NaN stays. `y` may be `x` at the same offset.
    void clamp(double low, double high, A x, int xo, A y, int yo, int n);

    /// Derivative of [#clamp]: `low ≤ x ≤ high ? z : 0`, or, `open`, `x ≤ low or x ≥ high ? 0 : z`, which differ at both ends and
    /// at NaN; `y` may be an operand at the same offset.
    void clampGrad(boolean open, double low, double high, A x, int xo, A z, int zo, A y, int yo, int n);

    /// Box and Muller's normal draws of uniform ones: `y[yo + i] = mean + std·√(−2·ln(1 − u))·cos(2π·v)` with `u[uo + i]` and
    /// `v[uo + i]`, `i < n`, in double by [StrictMath], rounded once.
    void normals(double mean, double std, double[] u, double[] v, int uo, A y, int yo, int n);

    /// `y = f(c, bound) ? x : z`, elementwise; `y` may be an operand at the same offset.
    void choose(Compare f, double bound, A c, int co, A x, int xo, A z, int zo, A y, int yo, int n);

    /// `y = x + w·(z − x)`, elementwise, in double from the nearer end; `y` may be an operand at the same offset.
    void lerp(A x, int xo, A z, int zo, A w, int wo, A y, int yo, int n);

    /// The same with one weight for all.
    void lerp(double w, A x, int xo, A z, int zo, A y, int yo, int n);

    /// `y[yo + h·n + i] = f(x[xo + h·lx + i], z[zo + h])`, `h < lines`, `i < n`, the bits of [#binary], where there is a loop for
    /// it; false where there is none, and nothing has happened. `y` is neither `x` nor `z`.
    default boolean columns(Binary f, int lines, int n, A x, int xo, int lx, A z, int zo, A y, int yo) {
        return false;
    }

    /// `y = x ? z`, elementwise.
    void compare(Compare f, A x, int xo, A z, int zo, boolean[] y, int yo, int n);

    /// `y[yo + j] +=` how many elements of column `j` of a mask `(n, inner)` are true.
    void countTrue(boolean[] x, int xo, int n, int inner, int[] y, int yo);

    /// `y = c ? x : z`, elementwise.
    void where(boolean[] c, int co, A x, int xo, A z, int zo, A y, int yo, int n);

    /// `y += a·x` as `fma(a, x, y)`.
    void axpy(double a, A x, int xo, A y, int yo, int n);

    /// `y = fma(a, y, b·x)`, elementwise.
    void blend(double a, A y, int yo, double b, A x, int xo, int n);

    /// `y = fma(a·x, z, y)`, elementwise.
    void addMul(double a, A x, int xo, A z, int zo, A y, int yo, int n);

    /// `y = fma(a, x/z, y)`, elementwise.
    void addDiv(double a, A x, int xo, A z, int zo, A y, int yo, int n);

    /// Reduces the middle extent of `x (n, inner)` into `y (inner)`.
    void reduce(Reduce f, A x, int xo, int n, int inner, A y, int yo);

    /// [#reduce] of each of `rows` rows of `n` elements: `y[yo + i]`.
    void reduceRows(Reduce f, A x, int xo, int rows, int n, A y, int yo);

    /// `Σ x²` in double, so that floats neither overflow nor vanish: element `i` is added to lane `i mod` [#WIDE] of as many, or
    /// of the power of two that holds all `n`; lanes start at +0 and fold by halves.
    double sumSquares(A x, int xo, int n);

    /// Mean and biased variance of each of `channels` of `x (outer, channels, inner)`, as [#normalizeRows] takes them: into
    /// `mean[to + i]` and `variance[to + i]`.
    void moments(A x, int xo, int outer, int channels, int inner, A mean, A variance, int to);

    /// Running sums (or products) over the middle extent of `x (…, n, inner)`, from the end if `backward`: in double from 0 (or
    /// 1), in order, each rounded once. Sums of floats over a contiguous extent (`inner = 1`) are in groups of eight: of pairs,
    /// of fours and of eights the sum of the first half is added to each of the second, and last the sum of all before. The
    /// blocks `from … to − 1` of `n·inner` elements.
    void scan(boolean product, boolean backward, int from, int to, int n, int inner, A x, A y);

    /// Running `ln Σeˣ` over the middle extent of `x (…, n, inner)`, from the end if `backward`; the lines `from … to − 1`,
    /// counted as elements of `(…, inner)`. Sums are relative to the largest so far, in double.
    void logScan(boolean backward, int from, int to, int n, int inner, A x, A y);

    /// `Σ x·z` over a contiguous extent, in the order of a sum with `fma(x, z, lane)`.
    double dot(A x, int xo, A z, int zo, int n);

    /// Index of the first largest (or smallest) element of `x[xo + i·stride]`, `i < n`; the first NaN wins.
    int argExtreme(boolean largest, A x, int xo, int stride, int n);

    /// [#argExtreme] of each column of `x (n, inner)`, `n ≥ 1`: `y[yo + j]`, `j < inner`.
    void argExtremes(boolean largest, A x, int xo, int n, int inner, int[] y, int yo);

    /// `Y (m, n)`, `yᵢⱼ = Σ|aᵢₜ − bⱼₜ|ᵖ` over rows of `A (m, k)` and `B (n, k)`, `k ≥ 1`, the largest for `p = ∞`, the number
    /// of those that are not 0 for `p = 0`. Differences are rounded. Chains of 64 elements, in order, from +0 (for `p = 2` of
    /// fused multiply-adds), and then of these; powers of other orders are those of [Unary#POW_SCALAR]. `work` has room for
    /// [#ROOM_FOR_DIFFERENCES].
    void differences(double p, int m, int n, int k, A a, int ao, A b, int bo, A y, int yo, A work);

    /// What [#differences] needs: a panel, four rows of sums, and a panel of powers.
    int ROOM_FOR_DIFFERENCES = (2 * FloatDistances.DEPTH + FloatDistances.ROWS) * FloatDistances.WIDTH;

    /// `yᵢₜ += Σⱼ wᵢⱼ·f(aᵢₜ − bⱼₜ)` for rows of `W (m, n)`, `A (m, k)`, `B (n, k)` and `Y (m, k)`, as a chain
    /// `y = fma(f(a − b), w, y)` in increasing `j`: for `p = 2` f is nothing, for `p = 1` the sign, for `p = ∞` 1 and −1 where
    /// the difference is `dᵢⱼ` or `−dᵢⱼ`, from `d[from]` on, and 0 elsewhere.
    void addWeighted(double p, int m, int n, int k, A w, int wo, A d, int from, A a, int ao, A b, int bo, A y, int yo);

    /// `yᵢⱼ`, how many `|aᵢₜ − bⱼₜ|` are `dᵢⱼ`, for rows of `A (m, k)`, `B (n, k)`, and `D`, `Y (m, n)`.
    void countLargest(int m, int n, int k, A d, int from, A a, int ao, A b, int bo, A y, int yo);

    /// `C (m, n) = op(A)·op(B)`, dense row-major, `C` overwritten; `k = 0` gives zeros.
    void matmul(Form form, int m, int n, int k, A a, int ao, A b, int bo, A c, int co);

    /// The matrix `op(B) (k, n)` laid out for products with many matrices `A` of up to `m` rows, in form NN or NT; `B` must not
    /// change until it is given back.
    default Factor<A> factor(Form form, int m, int n, int k, A b, int bo) {
        if (form == Form.NN) return (rows, a, ao, c, co) -> matmul(Form.NN, rows, n, k, a, ao, b, bo, c, co);
        A turned = allocate(n * k);
        transpose(n, k, b, bo, turned, 0);
        return (rows, a, ao, c, co) -> matmul(Form.NN, rows, n, k, a, ao, turned, 0, c, co);
    }

    /// `Y (m, n) = X (m, k)·W (n, k)ᵀ + bias (n)`: the chains of [#matmul], and to each finished one its bias is added.
    void linear(int m, int n, int k, A x, A w, A bias, A y);

    /// Sums over windows of some images: `c[co + q·cs + i·lc + o] = Σ a[ao + i·k + p]·b[bo + q·bs + (p, o)] + z[zo + i]` for rows
    /// `i < m` of `A`, images `q < images` and outputs `from ≤ o < to`; `(p, o)` is the place that `at` names and `k` its number
    /// of rows. The chains are those of [#matmul]; `z` is added last, or is null.
    void correlate(int m, A a, int ao, A z, int zo, Places at, int images, A b, int bo, int bs, int from, int to, A c, int co,
        int cs, int lc);

    /// Products with windows of one image: `c[co + p·m + i] += Σ b[bo + (p, o)]·d[xo + i·ld + o]` over outputs `from ≤ o < to`
    /// for every row `p` that `at` names and `i < m`. Each sum is one chain in increasing `o`, or, with `m = 1`, a sum in the
    /// order of [#dot]; it is added to `C` as a whole. `work` has room for [#roomForWindows].
    void windowProducts(int m, A d, int xo, int ld, Places at, A b, int bo, int from, int to, A c, int co, A work);

    /// What [#windowProducts] needs for `m` rows of `D`, and up to `n` outputs.
    static int roomForWindows(int m, int n) {
        return m * n + WINDOW_ROWS * (n + m + LANES);
    }

    /// `(m, n) → (n, m)`.
    default void transpose(int m, int n, A x, int xo, A y, int yo) {
        transpose(m, n, x, xo, n, y, yo, m);
    }

    /// `y[yo + j·ly + i] = x[xo + i·lx + j]`, `i < m`, `j < n`.
    void transpose(int m, int n, A x, int xo, int lx, A y, int yo, int ly);

    /// `y = f(x + b)` of each of `rows` rows of `n`, b (n).
    void biased(Unary f, A x, int xo, A b, A y, int yo, int rows, int n);

    /// `dx = f(x + b, dy)` of each of `rows` rows of `n`, for derivatives `f`; b (n).
    void biasedGrad(Binary f, A x, int xo, A b, A dy, int dyo, A dx, int dxo, int rows, int n);

    /// Softmax (or its logarithm) of each of `rows` rows of `n`: `y = e^(x−max)/Σ`, or `x − max − ln Σ`.
    void softmax(boolean log, A x, int xo, A y, int yo, int rows, int n);

    /// The logarithm of the softmax of rows of `n` at one place of `x` in each: `y[yo + i]` at `places[po + i]`.
    void pickedLogSoftmax(A x, int xo, int[] places, int po, A y, int yo, int rows, int n);

    /// `dx = (softmax(x) − target)·dy` of rows of `n`: the target is `on` at one place of `x` in each row, `places[po + i]`, and
    /// `off` elsewhere.
    void crossEntropyGrad(A x, int xo, int[] places, int po, double on, double off, double dy, A dx, int dxo, int rows, int n);

    /// [#softmax] of each column of `x (n, inner)`.
    void softmaxColumns(boolean log, A x, int xo, int n, int inner, A y, int yo);

    /// `ln Σeˣ` over the middle extent of `x (outer, n, inner)`, into `y (outer, inner)`: what is largest is subtracted before
    /// and added after, if it is finite.
    void logSumExp(A x, int xo, int outer, int n, int inner, A y, int yo);

    /// `dx` of softmax: `y·(dy − Σ dy·y)`; of log-softmax: `dy − e^y·Σ dy`; `y` is the output.
    void softmaxGrad(boolean log, A y, int yo, A dy, int dyo, A dx, int dxo, int rows, int n);

    /// What goes into `gates` of the `all` gates of a recurrent cell, for `rows` rows of `n` units: `(z + c) + (s + b)`, or
    /// `s + b` where `z` is null. In a row of `z` and `s`, and in `b` and `c`, gates lie side by side; in `y` one behind the
    /// other, each (rows, n): `y[yo + (g·rows + i)·n + j]` of `z[zo + (i·all + g)·n + j]`, `g < gates`.
    void gates(int rows, int n, int all, int gates, A s, int so, A b, int bo, A z, int zo, A c, A y, int yo);

    /// What an LSTM remembers: `c = f·before + i·g` for `n` units, whose gates `i, f, g` lie `n` apart in `z`. `c` may be
    /// `before` at the same offset.
    void lstmMemory(int n, A z, int zo, A before, int bo, A c, int co);

    /// The derivative of a step of an LSTM, `c = f·before + i·g`, `m = tanh c`, `h = o·m`, for `rows` rows of `n` units, whose
    /// gates `σ(i), σ(f), tanh(g), σ(o)` lie in `z` one behind the other, each (rows, n). With `d = dc + dh·o·(1 − m²)`: what
    /// went into the gates has `dz` = `d·g·i(1 − i)`, `d·before·f(1 − f)`, `d·i·(1 − g²)`, `dh·m·o(1 − o)`, side by side in rows
    /// of 4n, and `dc` becomes `d·f`. `1 − m²` is one fused operation.
    void lstmGrad(int rows, int n, A z, int zo, A before, int bo, A m, int mo, A dh, int dho, A dc, A dz, int dzo);

    /// The derivative of a step of a GRU, `t = tanh(z + r·q)`, `h = t + u·(before − t)`, for `rows` rows of `n` units, whose
    /// gates `σ(r), σ(u), t` lie in `z` one behind the other, each (rows, n). With `d = dh·(1 − u)·(1 − t²)`: what came from the
    /// input has `dz` = `d·q·r(1 − r)`, `dh·(before − t)·u(1 − u)`, `d`, side by side in rows of 3n, what came from the state has
    /// the same in `ds` but for `d·r` at last, and `dh` becomes `dh·u`.
    void gruGrad(int rows, int n, A z, int zo, A q, int qo, A before, int bo, A dh, A dz, int dzo, A ds, int dso);

    /// Normalizes rows of `n` elements, from row `row` on: `x̂ = (x − mean)·rstd`, `rstd = 1/√(variance + eps)`, the variance
    /// biased; not `centered`, the mean is 0 and the variance that about 0. `y = x̂·w + b`, where `w` and `b` (or null) have one
    /// number for `inner` elements, and those of `period` rows one behind another. Keeps mean, variance and `rstd` of each row.
    void normalizeRows(boolean centered, A x, int xo, A w, A b, int inner, int period, double eps, A y, int yo,
        A mean, A variance, A rstd, int row, int rows, int n);

    /// `dx` of [#normalizeRows] with `g = dy·w`: `rstd·(g − mean(g) − x̂·mean(g·x̂))`, without the first mean if not `centered`.
    /// With `sums` and `slopes` (or null) also `Σ dy` and `Σ dy·x̂` over each `inner` elements; nothing but these if `dx` is
    /// null. Row `row` begins at element `o` of `x`, `dy` and `dx`.
    void normalizeRowsGrad(boolean centered, A x, A w, int inner, int period, A mean, A rstd, int row, A dy, A dx, int o,
        A sums, A slopes, int rows, int n);

    /// `dw = Σ dy·x̂`, `db = Σ dy` of [#normalizeRows] with `inner = 1`, over all rows with the same parameters: those from
    /// `from` to `to` of `period·n`. `rows` is a multiple of `period`.
    void normalizeRowsSums(A x, A mean, A rstd, int period, A dy, A dw, A db, int rows, int n, int from, int to);

    /// Normalizes the channels `from … to − 1` of `x (outer, channels, inner)`: as [#normalizeRows] over all elements of a
    /// channel, with one `w` and `b` (or null) a channel; by a `given` mean and `rstd`, or keeps mean, variance and `rstd`.
    void normalizeChannels(boolean given, A x, A w, A b, double eps, A y, A mean, A variance, A rstd,
        int outer, int channels, int inner, int from, int to);

    /// `dx` of [#normalizeChannels] and, unless these are null, `dw = Σ dy·x̂`, `db = Σ dy`; only they if `dx` is null. Where
    /// mean and `rstd` were given, they are constants: `dx = dy·w·rstd`.
    void normalizeChannelsGrad(boolean given, A x, A w, A mean, A rstd, A dy, A dx, A dw, A db,
        int outer, int channels, int inner, int from, int to);

    /// Stochastic gradient descent in place. `g' = g + decay·p`; with momentum
    /// `v = first ? g' : momentum·v + (1 − dampening)·g'`,
    /// `g' = nesterov ? g' + momentum·v : v`; `p −= rate·g'`. `v` may be null when `momentum = 0`.
    void sgd(A p, A g, A v, int o, int n, double rate, double momentum, double dampening, double decay,
        boolean nesterov, boolean first);

    /// Adam in place at `step` ≥ 1: `p` is first multiplied by `1 − rate·decoupledDecay`; `g' = g + decay·p`;
    /// `m = b1·m + (1−b1)·g'`; `v = b2·v + (1−b2)·g'²`;
    /// `p −= rate/(1−b1^step) · m / (√v/√(1−b2^step) + eps)`.
    void adam(A p, A g, A m, A v, int o, int n, double rate, double b1, double b2, double eps, double decay,
        double decoupledDecay, int step);

    /// RMSprop in place: `g' = g + decay·p`; `v = alpha·v + (1−alpha)·g'²`; `avg = √(centered ? v − a² : v) + eps` with
    /// `a = alpha·a + (1−alpha)·g'`;
    /// `u = g'/avg`; with momentum `b = momentum·b + u`, `u = b`; `p −= rate·u`. `a`, `b` may be null when unused.
    void rmsprop(A p, A g, A v, A a, A b, int o, int n, double rate, double alpha, double eps, double decay, double momentum);

    /// Lion in place: `p` is first multiplied by `1 − rate·decay`; `p −= rate·sign(b1·m + (1−b1)·g)`; `m = b2·m + (1−b2)·g`.
    void lion(A p, A g, A m, int o, int n, double rate, double b1, double b2, double decay);

    /// Adan in place at `step` ≥ 1: `d = g − last`, 0 at step 1; `last = g`; `m = b1·m + (1−b1)·g`; `w = b2·w + (1−b2)·d`;
    /// `v = b3·v + (1−b3)·(g + b2·d)²`;
    /// `p = (p·before − rate·(m/(1−b1^step) + b2·w/(1−b2^step)) / (√v/√(1−b3^step) + eps))·after`.
    void adan(A p, A g, A last, A m, A w, A v, int o, int n, double rate, double b1, double b2, double b3,
        double eps, double before, double after, int step);
}
