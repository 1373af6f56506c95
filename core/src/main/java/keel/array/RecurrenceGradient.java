package keel.array;

import keel.kernel.Binary;
import keel.kernel.Factor;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// The gradients of a [Recurrence]: made of what goes into the gates of all steps, each when it is asked for.
public final class RecurrenceGradient {
    private final Recurrence r;
    private final Kernels<Object> k;
    private final Recurrence.Trace run;
    private final NdArray dz; // of what the inputs contribute, (time·n, width)
    private final NdArray ds; // of what the states contribute: the same, but for a GRU
    private final NdArray dp; // of the projected outputs, (time·n, out)
    private final NdArray dh;
    private final NdArray dc;
    private final NdArray sums; // of dz over the rows of each step, (time, width)
    private NdArray sum; // of dz
    private NdArray both; // gradients of the weights of input and state, turned, (in + out, width)

    RecurrenceGradient(Recurrence r, Recurrence.Trace run, NdArray dy, boolean wantsStart) {
        this.r = r;
        this.run = run;
        k = r.k;
        boolean lstm = r.kind == Recurrence.Kind.LSTM;
        dz = empty(r.time * r.n, r.width);
        ds = r.kind == Recurrence.Kind.GRU ? empty(r.time * r.n, r.width) : dz;
        dp = r.w.hr() == null ? null : empty(r.time * r.n, r.out);
        dh = empty(r.n, r.out);
        dc = lstm ? empty(r.n, r.hidden) : null;
        if (lstm) k.copyStrided(dy.data(), r.time * r.state, 1, dc.data(), 0, r.units);
        sums = r.w.biasIh() == null && r.w.biasHh() == null ? null : empty(r.time, r.width);
        var recurrent = k.factor(Form.NN, r.n, r.out, r.width, r.w.hh().data(), 0); // (n, width)·(width, out)
        var projection = dp == null ? null
            : k.factor(Form.NN, r.n, r.hidden, r.out, r.w.hr().data(), 0); // (n, out)·(out, hidden)
        var t = r.buffer(r.n * Math.max(r.hidden, r.out));
        var m = r.buffer(lstm ? r.units : 0);
        for (int i = r.time - 1; i >= 0; i--) {
            int yo = r.place(i) * r.state;
            if (i == r.time - 1) k.copyStrided(dy.data(), yo, 1, dh.data(), 0, r.state);
            else k.binary(Binary.ADD, 0, dh.data(), 0, dy.data(), yo, dh.data(), 0, r.state);
            step(i, t, m, i > 0 || wantsStart ? recurrent : null, projection);
        }
        recurrent.giveBack();
        if (projection != null) projection.giveBack();
        Buffers.giveBack(t);
        Buffers.giveBack(m);
    }

    private NdArray empty(int... extents) {
        return NdArray.empty(r.x.dtype(), Shape.of(extents));
    }

    // From the gradient of what step i shows, in dh, to that of the state before it.
    private void step(int i, Object t, Object m, Factor<Object> recurrent, Factor<Object> projection) {
        int zo = r.place(i) * r.n * r.width;
        int yo = r.place(i) * r.state;
        int mo = i * r.units;
        var before = i == 0 ? r.h.data() : run.y().data();
        int bo = i == 0 ? 0 : r.place(i - 1) * r.state;
        var d = dh.data();
        switch (r.kind) {
            case LSTM -> lstm(d, t, zo, yo, mo, m, projection);
            case GRU -> k.gruGrad(r.n, r.hidden, run.gates().data(), zo, run.memory().data(), mo, before, bo, d, dz.data(), zo,
                ds.data(), zo);
            case TANH -> k.binary(Binary.TANH_GRAD, 0, run.y().data(), yo, d, 0, dz.data(), zo, r.units);
            case RELU -> k.binary(Binary.RELU_GRAD, 0, run.y().data(), yo, d, 0, dz.data(), zo, r.units);
        }
        // while the cache has it
        if (sums != null) k.reduce(Reduce.SUM, dz.data(), zo, r.n, r.width, sums.data(), r.place(i) * r.width);
        if (recurrent == null) return;
        boolean gru = r.kind == Recurrence.Kind.GRU;
        recurrent.multiply(r.n, ds.data(), zo, gru ? t : d, 0);
        if (gru) k.binary(Binary.ADD, 0, d, 0, t, 0, d, 0, r.state);
    }

    private void lstm(Object d, Object t, int zo, int yo, int mo, Object m, Factor<Object> projection) {
        if (dp != null) {
            k.copyStrided(d, 0, 1, dp.data(), yo, r.state);
            projection.multiply(r.n, d, 0, t, 0);
        }
        var c = run.memory().data();
        k.unary(Unary.TANH, 0, c, mo + r.units, m, 0, r.units); // once more: cheaper than to fetch it from memory
        k.lstmGrad(r.n, r.hidden, run.gates().data(), zo, c, mo, m, 0, dp == null ? d : t, 0, dc.data(), dz.data(), zo);
    }

    /// (time, n, in)
    public NdArray x() {
        return dz.matmul(r.w.ih()).reshape(r.x.shape());
    }

    /// (gates·hidden, in)
    public NdArray ih() {
        return isJoined() ? part(0, r.in) : columns(dz, r.x.reshape(r.time * r.n, r.in));
    }

    /// (gates·hidden, out)
    public NdArray hh() {
        if (isJoined()) return part(r.in, r.out);
        var before = empty(r.time * r.n, r.out);
        states(before.data(), 0, r.out);
        var y = columns(ds, before);
        before.release();
        return y;
    }

    // aᵀ·b, a (rows, m), b (rows, n). The factor that is turned had better be the smaller one, and rows of many gates often lie a
    // multiple of four kilobytes apart, in one set of the cache.
    private static NdArray columns(NdArray a, NdArray b) {
        if (a.extent(1) <= b.extent(1)) return a.matmulTN(b);
        var turned = b.matmulTN(a);
        var y = turned.transpose();
        turned.release();
        return y;
    }

    // Whether one pass over dz serves both weights.
    private boolean isJoined() {
        return ds == dz && r.in + r.out <= r.width;
    }

    private NdArray part(int from, int n) {
        if (both == null) {
            int ld = r.in + r.out;
            var rows = empty(r.time * r.n, ld);
            k.copyLines(r.time * r.n, r.x.data(), 0, r.in, 1, rows.data(), 0, ld, r.in);
            states(rows.data(), r.in, ld);
            both = rows.matmulTN(dz);
            rows.release();
        }
        var y = empty(r.width, n);
        k.transpose(n, r.width, both.data(), from * r.width, y.data(), 0);
        return y;
    }

    // The states before all steps, rows `ld` apart.
    private void states(Object y, int yo, int ld) {
        int others = (r.time - 1) * r.n;
        k.copyLines(r.n, r.h.data(), 0, r.out, 1, y, yo + (r.reverse ? others : 0) * ld, ld, r.out);
        k.copyLines(others, run.y().data(), r.reverse ? r.state : 0, r.out, 1, y, yo + (r.reverse ? 0 : r.n) * ld, ld, r.out);
    }

    /// (out, hidden), null without a projection
    public NdArray hr() {
        return dp == null ? null : dp.matmulTN(run.raw().reshape(r.time * r.n, r.hidden));
    }

    private NdArray shared() {
        if (sum == null) sum = sums.sum(false, 0);
        return sum;
    }

    /// (gates·hidden), null without biases
    public NdArray biasIh() {
        return sums == null ? null : shared().copy();
    }

    /// (gates·hidden), null without biases
    public NdArray biasHh() {
        if (sums == null) return null;
        return ds == dz ? shared().copy() : ds.sum(false, 0);
    }

    /// (n, out), the caller's
    public NdArray h() {
        return dh;
    }

    /// (n, hidden), the caller's; null but of an LSTM
    public NdArray c() {
        return dc;
    }

    /// Gives up what the gradients were made of.
    public void release() {
        dz.release();
        if (ds != dz) ds.release();
        Recurrence.release(dp);
        Recurrence.release(sums);
        Recurrence.release(sum);
        Recurrence.release(both);
    }
}
