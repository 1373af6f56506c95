package keel.array;

import keel.kernel.Binary;
import keel.kernel.Factor;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Unary;

/// The steps of a [Recurrence] forward, and the arrays that they work in.
final class RecurrenceSteps {
    /// Numbers that inputs contribute to some steps, computed at a time: the second-level cache holds them until their gates are
    /// done.
    private static final int AT_A_TIME = 1 << 17;

    private final Recurrence r;
    private final Kernels<Object> k;
    private final boolean keep;
    private final int block; // steps whose inputs are multiplied at a time
    private final NdArray y;
    private final NdArray gates;
    private final NdArray memory;
    private final NdArray raw;
    private final Object biasIh;
    private final Object biasHh;
    private final Object p; // what inputs contribute, a block of steps
    private final Object s; // what the state contributes
    private final Object t; // what goes into the gates
    private final Object z; // what comes out

    RecurrenceSteps(Recurrence r, boolean keep) {
        this.r = r;
        this.keep = keep;
        k = r.k;
        int step = Shape.of(r.n, r.width).size(); // refuses what no array holds
        int steps = keep ? r.time : 1; // of which something is kept
        boolean lstm = r.kind == Recurrence.Kind.LSTM;
        block = Math.clamp(AT_A_TIME / Math.max(1, step), 1, r.time);
        gates = keep && r.kind.gates > 1 ? empty(r.time, r.n, r.width) : null;
        y = lstm && keep ? empty(r.time * r.state + r.units) : empty(r.time, r.n, r.out);
        memory = lstm ? empty(keep ? r.time + 1 : 1, r.n, r.hidden) : r.kind == Recurrence.Kind.GRU ? empty(steps, r.n, r.hidden)
            : null;
        raw = r.w.hr() == null ? null : empty(steps, r.n, r.hidden);
        biasIh = bias(r.w.biasIh());
        biasHh = bias(r.w.biasHh());
        p = r.buffer(block * step);
        s = r.buffer(step);
        t = r.buffer(step);
        z = gates == null ? r.buffer(step) : gates.data();
    }

    private NdArray empty(int... extents) {
        return NdArray.empty(r.x.dtype(), Shape.of(extents));
    }

    // In place of none, what changes no number that it is added to, not even −0.
    private Object bias(NdArray b) {
        if (b != null) return b.data();
        var none = k.allocate(r.width);
        k.fill(none, 0, r.width, -0.0);
        return none;
    }

    Recurrence.Trace run() {
        boolean lstm = r.kind == Recurrence.Kind.LSTM;
        if (lstm) k.copyStrided(r.c.data(), 0, 1, memory.data(), 0, r.units);
        var input = k.factor(Form.NT, block * r.n, r.width, r.in, r.w.ih().data(), 0); // (block·n, in)·(width, in)ᵀ
        var recurrent = k.factor(Form.NT, r.n, r.width, r.out, r.w.hh().data(), 0); // (n, out)·(width, out)ᵀ
        var projection = raw == null ? null : k.factor(Form.NT, r.n, r.out, r.hidden, r.w.hr().data(), 0);
        for (int i = 0; i < r.time; i++) step(i, input, recurrent, projection);
        input.giveBack();
        recurrent.giveBack();
        if (projection != null) projection.giveBack();
        for (var buffer : new Object[] {p, s, t}) Buffers.giveBack(buffer);
        if (gates == null) Buffers.giveBack(z);
        if (keep) {
            if (lstm) k.copyStrided(memory.data(), r.time * r.units, 1, y.data(), r.time * r.state, r.units);
            return new Recurrence.Trace(y, null, gates, memory, raw);
        }
        Recurrence.release(raw);
        if (!lstm) Recurrence.release(memory);
        return new Recurrence.Trace(y, lstm ? memory.reshape(r.n, r.hidden) : null, null, null, null);
    }

    private void step(int i, Factor<Object> input, Factor<Object> recurrent, Factor<Object> projection) {
        int at = r.place(i);
        int first = at / block * block;
        if (i == 0 || r.place(i - 1) / block * block != first) {
            input.multiply(Math.min(block, r.time - first) * r.n, r.x.data(), first * r.n * r.in, p, 0);
        }
        int po = (at - first) * r.n * r.width;
        int yo = at * r.state;
        var from = i == 0 ? r.h.data() : y.data();
        int fo = i == 0 ? 0 : r.place(i - 1) * r.state;
        recurrent.multiply(r.n, from, fo, s, 0);
        switch (r.kind) {
            case LSTM -> {
                int ro = keep ? at * r.units : 0;
                if (raw == null) lstm(i, at, po, y.data(), yo);
                else lstm(i, at, po, raw.data(), ro);
                if (raw != null) projection.multiply(r.n, raw.data(), ro, y.data(), yo);
            }
            case GRU -> gru(i, at, po, from, fo, yo);
            default -> {
                k.gates(r.n, r.hidden, 1, 1, s, 0, biasHh, 0, p, po, biasIh, t, 0);
                k.unary(r.kind == Recurrence.Kind.TANH ? Unary.TANH : Unary.RELU, 0, t, 0, y.data(), yo, r.units);
            }
        }
    }

    private void lstm(int i, int at, int po, Object h, int ho) {
        int n = r.units;
        int zo = keep ? at * 4 * n : 0;
        int before = keep ? i * n : 0;
        int after = keep ? before + n : 0;
        var c = memory.data();
        k.gates(r.n, r.hidden, 4, 4, s, 0, biasHh, 0, p, po, biasIh, t, 0);
        k.unary(Unary.SIGMOID, 0, t, 0, z, zo, 2 * n);
        k.unary(Unary.TANH, 0, t, 2 * n, z, zo + 2 * n, n);
        k.unary(Unary.SIGMOID, 0, t, 3 * n, z, zo + 3 * n, n);
        k.lstmMemory(n, z, zo, c, before, c, after);
        k.unary(Unary.TANH, 0, c, after, t, 0, n);
        k.binary(Binary.MUL, 0, z, zo + 3 * n, t, 0, h, ho, n);
    }

    // h = t + u·(before − t); interpolation in double would leave vectors of half the length in profiles, see docs/kernels.md.
    private void gru(int i, int at, int po, Object before, int bo, int yo) {
        int n = r.units;
        int zo = keep ? at * 3 * n : 0;
        int qo = keep ? i * n : 0;
        var q = memory.data();
        k.gates(r.n, r.hidden, 3, 2, s, 0, biasHh, 0, p, po, biasIh, t, 0);
        k.gates(r.n, r.hidden, 3, 1, s, 2 * r.hidden, biasHh, 2 * r.hidden, null, 0, null, q, qo);
        k.gates(r.n, r.hidden, 3, 1, p, po + 2 * r.hidden, biasIh, 2 * r.hidden, null, 0, null, t, 2 * n);
        k.unary(Unary.SIGMOID, 0, t, 0, z, zo, 2 * n);
        k.binary(Binary.MUL, 0, z, zo, q, qo, s, 0, n);
        k.binary(Binary.ADD, 0, t, 2 * n, s, 0, t, 2 * n, n);
        k.unary(Unary.TANH, 0, t, 2 * n, z, zo + 2 * n, n);
        k.binary(Binary.SUB, 0, before, bo, z, zo + 2 * n, s, 0, n);
        k.binary(Binary.MUL, 0, z, zo + n, s, 0, s, 0, n);
        k.binary(Binary.ADD, 0, z, zo + 2 * n, s, 0, y.data(), yo, n);
    }
}
