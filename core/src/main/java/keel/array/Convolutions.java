package keel.array;

/// Values of convolutions without history: forward, gradient of the input (which is a transposed convolution), gradient of the
/// weight. Each of the three is a derivative of the others, so that they close the family for every order.
public final class Convolutions {
    private Convolutions() {}

    /// `x (n, in, …)`, `w (out, in/groups, kernel…)`, `b (out)` or null → `(n, out, …)`: each output one chain over channels
    /// and taps in order, from +0, then `+ b`.
    public static NdArray forward(ConvGeometry g, NdArray x, NdArray w, NdArray b) {
        int n = x.extent(0);
        var y = NdArray.empty(x.dtype(), g.outputShape(n));
        var target = new Correlation.Target(0, g.out[1] * g.out[2], g.out[2], 1, ConvGeometry.product(g.out));
        new Correlation(x.kernels(), g.groups, g.ins(), g.outs(), w.data(), b == null ? null : b.data(), target, g.outputTaps())
            .run(n, x.data(), ConvGeometry.product(g.in), y.data());
        return y;
    }

    /// `dy (n, out, …)`, `w (out, in/groups, kernel…)` → `(n, in, …)`: each element one chain over output channels and taps in
    /// order, from +0.
    ///
    /// With strides the inputs fall into phases by their index modulo the stride. One phase meets one subset of the taps,
    /// without gaps, so each is a correlation of its own.
    public static NdArray inputGradient(ConvGeometry g, NdArray dy, NdArray w) {
        boolean dense = dy.size() > 0 && ConvGeometry.product(g.stride) == 1; // else there may be elements that no output reads
        var shape = g.inputShape(dy.extent(0));
        var dx = dense ? NdArray.empty(dy.dtype(), shape) : NdArray.zeros(dy.dtype(), shape);
        for (int d = 0; d < g.stride[0]; d++) {
            for (int h = 0; h < g.stride[1]; h++) {
                for (int v = 0; v < g.stride[2]; v++) {
                    phaseOfInput(g, dy, w, dx, d, h, v);
                }
            }
        }
        return dx;
    }

    private static void phaseOfInput(ConvGeometry g, NdArray dy, NdArray w, NdArray dx, int... phase) {
        var axes = new Taps[3];
        for (int i = 0; i < 3; i++) {
            axes[i] = g.inputTaps(i, phase[i]);
            if (axes[i].size == 0) {
                return; // no output reads these: their gradient is 0
            }
        }
        int height = g.in[1];
        int width = g.in[2];
        var target = new Correlation.Target((phase[0] * height + phase[1]) * width + phase[2],
            g.stride[0] * height * width, g.stride[1] * width, g.stride[2], ConvGeometry.product(g.in));
        new Correlation(dy.kernels(), g.groups, g.outs(), g.ins(), turned(g, w, phase), null, target, axes)
            .run(dy.extent(0), dy.data(), ConvGeometry.product(g.out), dx.data());
    }

    // Weights (groups, outs, ins, taps) → (groups, ins, outs, the taps of one phase).
    private static Object turned(ConvGeometry g, NdArray w, int... phase) {
        int kernel = ConvGeometry.product(g.kernel);
        var taps = new int[kernel];
        int count = 0;
        for (int d : g.reaching(0, phase[0])) {
            for (int h : g.reaching(1, phase[1])) {
                for (int v : g.reaching(2, phase[2])) {
                    taps[count++] = (d * g.kernel[1] + h) * g.kernel[2] + v;
                }
            }
        }
        var index = new int[g.outs() * count];
        for (int i = 0; i < index.length; i++) {
            index[i] = i / count * g.ins() * kernel + taps[i % count];
        }
        var k = w.kernels();
        var y = k.allocate(g.inChannels * index.length);
        for (int c = 0; c < g.inChannels; c++) {
            int from = (c / g.ins() * g.outs() * g.ins() + c % g.ins()) * kernel;
            k.gather(w.data(), from, index, 0, y, c * index.length, index.length);
        }
        return y;
    }

    /// `x (n, in, …)`, `dy (n, out, …)` → `(out, in/groups, kernel…)`, in blocks: see the order in [WeightGradient].
    public static NdArray weightGradient(ConvGeometry g, NdArray x, NdArray dy) {
        var dw = x.size() == 0 || dy.size() == 0 ? NdArray.zeros(x.dtype(), g.weightShape())
            : NdArray.empty(x.dtype(), g.weightShape());
        new WeightGradient(x.kernels(), g.groups, g.ins(), g.outs(), g.outputTaps())
            .run(x.extent(0), x.data(), ConvGeometry.product(g.in), dy.data(), dw.data());
        return dw;
    }
}
