package keel.tests.conv;

import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Convolution over two spatial axes by its definition, one element at a time, with the promised order of operations: the
/// oracle of [ConvolutionProperties].
final class NaiveConvolution {
    private final int stride0;
    private final int stride1;
    private final int dilation0;
    private final int dilation1;
    private final int padding0;
    private final int padding1;
    private final int groups;

    NaiveConvolution(ConvOptions o) {
        stride0 = o.stride().getFirst();
        stride1 = o.stride().getLast();
        dilation0 = o.dilation().getFirst();
        dilation1 = o.dilation().getLast();
        padding0 = o.padding().getFirst();
        padding1 = o.padding().getLast();
        groups = o.groups();
    }

    static double fma(DType dtype, double a, double b, double c) {
        return dtype == DType.F32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    static double add(DType dtype, double a, double b) {
        return dtype == DType.F32 ? (float) a + (float) b : a + b;
    }

    /// 0 where the index lies in the padding.
    private static double at(NdArray x, int n, int c, int h, int w) {
        return h < 0 || w < 0 || h >= x.extent(2) || w >= x.extent(3) ? 0 : x.get(n, c, h, w);
    }

    NdArray forward(NdArray x, NdArray w, NdArray b) {
        int kh = w.extent(2);
        int kw = w.extent(3);
        int height = (x.extent(2) + 2 * padding0 - dilation0 * (kh - 1) - 1) / stride0 + 1;
        int width = (x.extent(3) + 2 * padding1 - dilation1 * (kw - 1) - 1) / stride1 + 1;
        var y = NdArray.zeros(x.dtype(), x.extent(0), w.extent(0), height, width);
        each(y, (n, o, i, j) -> {
            double s = 0;
            int from = o / (w.extent(0) / groups) * w.extent(1);
            for (int c = 0; c < w.extent(1); c++) {
                for (int p = 0; p < kh; p++) {
                    for (int q = 0; q < kw; q++) {
                        double v = at(x, n, from + c, i * stride0 + p * dilation0 - padding0,
                            j * stride1 + q * dilation1 - padding1);
                        s = fma(x.dtype(), w.get(o, c, p, q), v, s);
                    }
                }
            }
            return b == null ? s : add(x.dtype(), s, b.get(o));
        });
        return y;
    }

    /// Each element one chain over output channels, then taps.
    NdArray inputGradient(NdArray dy, NdArray w, Shape x) {
        var dx = NdArray.zeros(dy.dtype(), x);
        int outs = w.extent(0) / groups;
        each(dx, (n, c, i, j) -> {
            double s = 0;
            int group = c / w.extent(1);
            for (int o = group * outs; o < (group + 1) * outs; o++) {
                for (int p = 0; p < w.extent(2); p++) {
                    for (int q = 0; q < w.extent(3); q++) {
                        int u = i + padding0 - p * dilation0;
                        int v = j + padding1 - q * dilation1;
                        if (u % stride0 == 0 && v % stride1 == 0) {
                            s = fma(dy.dtype(), w.get(o, c % w.extent(1), p, q), at(dy, n, o, u / stride0, v / stride1), s);
                        }
                    }
                }
            }
            return s;
        });
        return dx;
    }

    /// Images in 8 runs, outputs in blocks of 512; in the order of `dot` where a group has one output channel.
    NdArray weightGradient(NdArray x, NdArray dy, Shape w) {
        var dw = NdArray.zeros(x.dtype(), w);
        int images = x.extent(0);
        int runs = Math.min(images, 8);
        int width = dy.extent(3);
        int outputs = dy.extent(2) * width;
        int outs = w.extent(0) / groups;
        each(dw, (o, c, p, q) -> {
            double total = 0;
            for (int r = 0; r < runs; r++) {
                double run = 0;
                for (int n = images * r / runs; n < images * (r + 1) / runs; n++) {
                    for (int block = 0; block < outputs; block += 512) {
                        int size = Math.min(512, outputs - block);
                        var lanes = new double[outs == 1 ? 16 : 1];
                        for (int k = 0; k < size; k++) {
                            int i = (block + k) / width;
                            int j = (block + k) % width;
                            double v = at(x, n, o / outs * w.extent(1) + c, i * stride0 + p * dilation0 - padding0,
                                j * stride1 + q * dilation1 - padding1);
                            int lane = k % lanes.length;
                            lanes[lane] = fma(x.dtype(), dy.get(n, o, i, j), v, lanes[lane]);
                        }
                        for (int half = lanes.length / 2; half > 0; half /= 2) {
                            for (int l = 0; l < half; l++) {
                                lanes[l] = add(x.dtype(), lanes[l], lanes[l + half]);
                            }
                        }
                        run = add(x.dtype(), run, lanes[0]);
                    }
                }
                total = r == 0 ? run : add(x.dtype(), total, run);
            }
            return total;
        });
        return dw;
    }

    private interface Element {
        double of(int a, int b, int c, int d);
    }

    private static void each(NdArray y, Element f) {
        for (int a = 0; a < y.extent(0); a++) {
            for (int b = 0; b < y.extent(1); b++) {
                for (int c = 0; c < y.extent(2); c++) {
                    for (int d = 0; d < y.extent(3); d++) {
                        y.set(f.of(a, b, c, d), a, b, c, d);
                    }
                }
            }
        }
    }
}
