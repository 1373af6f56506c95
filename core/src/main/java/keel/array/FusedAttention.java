package keel.array;

import keel.kernel.Binary;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// `softmax(scale·q·kᵀ + mask)·v`, a few queries at a time, so that the weights of all of them never exist together: q (…, l, e),
/// k (…, s, e), v (…, s, d) → (…, l, d), with leading axes alike (but for the heads of grouped keys, axis −3).
///
/// Each weight is made by the loops of matmul and softmax, so it does not depend on how many queries are computed together, and
/// keys that a causal mask hides from all queries of a block are not even read. A query that sees no key gives zeros.
public final class FusedAttention {
    /// Most queries in work together, and most weights of them: what the caches hold, and no more memory for more keys.
    private static final int MOST_ROWS = 64;
    private static final int MOST_WEIGHTS = 1 << 20;

    private final Kernels<Object> kernels;
    private final NdArray q;
    private final NdArray k;
    private final NdArray v;
    private final NdArray mask;
    private final AttentionOptions options;
    private final int heads; // of queries, the whole batch
    private final int group; // heads of queries for each head of keys
    private final int l;
    private final int s;
    private final int e;
    private final int d;
    private final int block; // queries in work together; depends on the shapes only
    private final int[] maskAt; // where the mask of each head starts
    private final int maskRow; // distance of its rows, 0 where one serves all
    private final int maskColumn;
    private final Object hidden; // −∞ for each key

    private FusedAttention(NdArray q, NdArray k, NdArray v, NdArray mask, AttentionOptions options) {
        this.q = q;
        this.k = k;
        this.v = v;
        this.options = options;
        kernels = q.kernels();
        requireFit(q, k, v, mask, options);
        var leading = q.shape().leading(q.rank() - 2);
        heads = leading.size();
        l = q.extent(-2);
        s = k.extent(-2);
        e = q.extent(-1);
        d = v.extent(-1);
        block = Math.clamp(MOST_WEIGHTS / Math.max(1, s), 1, MOST_ROWS);
        int headsOfKeys = k.shape().product(0, k.rank() - 2);
        group = headsOfKeys == 0 ? 1 : heads / headsOfKeys;
        this.mask = mask == null ? null : atLeastTwo(mask);
        maskAt = mask == null ? null : Products.offsets(leading, this.mask.shape().leading(this.mask.rank() - 2),
            this.mask.extent(-2) * this.mask.extent(-1));
        maskRow = mask == null || this.mask.extent(-2) == 1 ? 0 : this.mask.extent(-1);
        maskColumn = mask == null || this.mask.extent(-1) == 1 ? 0 : 1;
        hidden = mask == null || mask.dtype() != DType.BOOL ? null : NdArray.full(q.dtype(), Shape.of(s),
            Double.NEGATIVE_INFINITY).data();
    }

    /// The result, (…, l, d).
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit
    public static NdArray of(NdArray q, NdArray k, NdArray v, NdArray mask, AttentionOptions options) {
        return new FusedAttention(q, k, v, mask, options).forward();
    }

    /// ∂loss/∂q, ∂loss/∂k and ∂loss/∂v from `dy`: null where not wanted. The weights are computed again.
    public static NdArray[] gradients(NdArray q, NdArray k, NdArray v, NdArray mask, AttentionOptions options, NdArray dy,
        boolean wantsQ, boolean wantsK, boolean wantsV) {
        return new FusedAttention(q, k, v, mask, options).backward(dy, wantsQ, wantsK, wantsV);
    }

    // ---- forward

    private NdArray forward() {
        var y = NdArray.zeros(q.dtype(), q.shape().with(q.rank() - 1, d));
        if (y.size() == 0) return y;
        int blocks = (l + block - 1) / block;
        long work = (long) heads * l * s * (e + d + 8);
        Parallel.ranges(work, heads * blocks, 1, (from, to) -> {
            for (int i = from; i < to; i++) forward(i / blocks, i % blocks * block, y.data());
        });
        return y;
    }

    private void forward(int head, int from, Object y) {
        int rows = Math.min(block, l - from);
        int keys = options.visible(from + rows - 1, s);
        if (keys == 0) return;
        var queries = queries(head, from, rows);
        var w = weights(head, from, rows, keys, queries);
        if (options.kept() != null) drop(head, from, rows, keys, w);
        kernels.matmul(Form.NN, rows, d, keys, w, 0, v.data(), head / group * s * d, y, (head * l + from) * d);
        Buffers.giveBack(queries);
        Buffers.giveBack(w);
    }

    private Object buffer(int n) { return Buffers.take(kernels, q.data(), n); }

    // Queries times the scale, (rows, e), in a buffer.
    private Object queries(int head, int from, int rows) {
        var y = buffer(rows * e);
        kernels.unary(Unary.MUL_SCALAR, options.scaleFor(e), q.data(), (head * l + from) * e, y, 0, rows * e);
        return y;
    }

    // (rows, keys) of softmax, before dropout, in a buffer.
    private Object weights(int head, int from, int rows, int keys, Object queries) {
        var w = buffer(rows * keys);
        kernels.matmul(Form.NT, rows, keys, e, queries, 0, k.data(), head / group * s * e, w, 0);
        for (int i = 0; i < rows; i++) {
            if (mask != null) mask(maskAt[head] + (from + i) * maskRow, w, i * keys, keys);
            int seen = options.visible(from + i, s);
            kernels.fill(w, i * keys + seen, keys - seen, Double.NEGATIVE_INFINITY);
        }
        var blind = mask == null && (!options.isCausal() || options.offset() >= 0) ? null : blind(rows, keys, w);
        kernels.softmax(false, w, 0, w, 0, rows, keys);
        for (int i = 0; blind != null && i < rows; i++) {
            if (blind[i]) kernels.fill(w, i * keys, keys, 0);
        }
        return w;
    }

    private void mask(int at, Object w, int wo, int keys) {
        if (mask.dtype() == DType.BOOL) {
            if (maskColumn == 1) kernels.where(mask.booleans(), at, w, wo, hidden, 0, w, wo, keys);
            else if (!mask.booleans()[at]) kernels.fill(w, wo, keys, Double.NEGATIVE_INFINITY);
        } else if (maskColumn == 1) {
            kernels.binary(Binary.ADD, 0, w, wo, mask.data(), at, w, wo, keys);
        } else {
            kernels.unary(Unary.ADD_SCALAR, kernels.get(mask.data(), at), w, wo, w, wo, keys);
        }
    }

    // Rows of −∞ only.
    private boolean[] blind(int rows, int keys, Object w) {
        var y = new boolean[rows];
        var max = kernels.allocate(1);
        for (int i = 0; i < rows; i++) {
            kernels.reduce(Reduce.MAX, w, i * keys, keys, 1, max, 0);
            y[i] = kernels.get(max, 0) == Double.NEGATIVE_INFINITY;
        }
        return y;
    }

    private void drop(int head, int from, int rows, int keys, Object w) {
        kernels.unary(Unary.MUL_SCALAR, options.keptFactor(), w, 0, w, 0, rows * keys);
        var zeros = kernels.allocate(keys);
        for (int i = 0; i < rows; i++) {
            kernels.where(options.kept().booleans(), (head * l + from + i) * s, w, i * keys, zeros, 0, w, i * keys, keys);
        }
    }

    // ---- backward

    private NdArray[] backward(NdArray dy, boolean wantsQ, boolean wantsK, boolean wantsV) {
        var dq = wantsQ ? NdArray.zeros(q.dtype(), q.shape()) : null;
        var dk = wantsK ? NdArray.zeros(q.dtype(), k.shape()) : null;
        var dv = wantsV ? NdArray.zeros(q.dtype(), v.shape()) : null;
        if (heads > 0) {
            long work = (long) heads * l * s * (3L * e + 2L * d + 16);
            Parallel.ranges(work, heads / group, 1, (lo, hi) -> {
                for (int head = lo * group; head < hi * group; head++) {
                    for (int from = 0; from < l; from += block) backward(head, from, dy.data(), dq, dk, dv);
                }
            });
        }
        return new NdArray[] {dq, dk, dv};
    }

    private void backward(int head, int from, Object dy, NdArray dq, NdArray dk, NdArray dv) {
        int rows = Math.min(block, l - from);
        int keys = options.visible(from + rows - 1, s);
        if (keys == 0) return;
        int dyAt = (head * l + from) * d;
        int keysAt = head / group * s;
        var queries = queries(head, from, rows);
        var w = weights(head, from, rows, keys, queries);
        if (dv != null) {
            var kept = w;
            if (options.kept() != null) {
                kept = buffer(rows * keys);
                kernels.copyStrided(w, 0, 1, kept, 0, rows * keys);
                drop(head, from, rows, keys, kept);
            }
            addProduct(keys, d, rows, kept, dy, dyAt, dv.data(), keysAt * d); // (rows, keys)ᵀ·(rows, d)
            if (kept != w) Buffers.giveBack(kept);
        }
        if (dq != null || dk != null) backward(head, from, rows, keys, queries, w, dy, dq, dk);
        Buffers.giveBack(queries);
        Buffers.giveBack(w);
    }

    private void backward(int head, int from, int rows, int keys, Object queries, Object w, Object dy, NdArray dq, NdArray dk) {
        int dyAt = (head * l + from) * d;
        int keysAt = head / group * s;
        var dw = buffer(rows * keys);
        kernels.matmul(Form.NT, rows, keys, d, dy, dyAt, v.data(), keysAt * d, dw, 0);
        if (options.kept() != null) drop(head, from, rows, keys, dw);
        kernels.softmaxGrad(false, w, 0, dw, 0, dw, 0, rows, keys);
        if (dk != null) addProduct(keys, e, rows, dw, queries, 0, dk.data(), keysAt * e); // (rows, keys)ᵀ·(rows, e)
        if (dq != null) {
            int at = (head * l + from) * e;
            kernels.matmul(Form.NN, rows, e, keys, dw, 0, k.data(), keysAt * e, dq.data(), at);
            kernels.unary(Unary.MUL_SCALAR, options.scaleFor(e), dq.data(), at, dq.data(), at, rows * e);
        }
        Buffers.giveBack(dw);
    }

    // c (m, n) += aᵀ·b, always in the order of the blocks.
    private void addProduct(int m, int n, int k, Object a, Object b, int bo, Object c, int co) {
        var t = buffer(m * n);
        kernels.matmul(Form.TN, m, n, k, a, 0, b, bo, t, 0);
        kernels.binary(Binary.ADD, 0, c, co, t, 0, c, co, m * n);
        Buffers.giveBack(t);
    }

    // ---- checking

    /// @throws IllegalArgumentException if shapes or types do not fit
    public static void requireFit(NdArray q, NdArray k, NdArray v, NdArray mask, AttentionOptions options) {
        Elementwise.requireSame("attention", q, k);
        Elementwise.requireSame("attention", q, v);
        if (q.rank() < 2 || k.rank() < 2 || v.rank() < 2 || q.extent(-1) != k.extent(-1) || k.extent(-2) != v.extent(-2)) {
            throw new IllegalArgumentException("attention: queries " + q.shape() + ", keys " + k.shape() + " and values "
                + v.shape() + " do not fit; give (…, l, e), (…, s, e) and (…, s, d)");
        }
        var leading = q.shape().leading(q.rank() - 2);
        var ofKeys = k.shape().leading(k.rank() - 2);
        if (!ofKeys.equals(v.shape().leading(v.rank() - 2)) || !(options.isGrouped() ? groups(leading, ofKeys)
            : leading.equals(ofKeys))) {
            throw new IllegalArgumentException("attention: the leading axes of queries " + q.shape() + ", keys " + k.shape()
                + " and values " + v.shape() + " differ; " + (options.isGrouped()
                ? "grouped keys need a divisor of the queries' heads, axis −3"
                : "expand them, or use grouped() for fewer heads of keys"));
        }
        checkMask(q, k, mask, leading);
        checkKept(q, k, options.kept());
    }

    private static boolean groups(Shape q, Shape k) {
        int last = q.rank() - 1;
        return last >= 0 && k.rank() == q.rank() && q.leading(last).equals(k.leading(last))
            && (k.extent(last) == q.extent(last) || k.extent(last) > 0 && q.extent(last) % k.extent(last) == 0);
    }

    private static void checkMask(NdArray q, NdArray k, NdArray mask, Shape leading) {
        if (mask == null) return;
        var whole = leading.inserted(leading.rank(), q.extent(-2)).inserted(leading.rank() + 1, k.extent(-2));
        boolean fits = mask.rank() <= whole.rank() && (mask.dtype() == DType.BOOL || mask.dtype() == q.dtype());
        for (int i = 1; fits && i <= mask.rank(); i++) fits = mask.extent(-i) == 1 || mask.extent(-i) == whole.extent(-i);
        if (!fits) {
            throw new IllegalArgumentException("attention: the mask " + mask.dtype() + " " + mask.shape() + " does not fit; give "
                + "BOOL (true where a key is seen) or " + q.dtype() + " (added) that broadcasts to " + whole);
        }
    }

    private static void checkKept(NdArray q, NdArray k, NdArray kept) {
        var whole = q.shape().with(q.rank() - 1, k.extent(-2));
        if (kept != null && !kept.shape().equals(whole)) {
            throw new IllegalArgumentException("attention: the weights that dropout keeps are " + kept.shape() + "; give "
                + whole);
        }
    }

    private static NdArray atLeastTwo(NdArray mask) {
        var y = mask;
        while (y.rank() < 2) y = y.unsqueeze(0);
        return y;
    }
}
