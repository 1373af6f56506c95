package keel.tests.kernel;

import java.util.List;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Places;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// Prints one number a kernel for each type: a checksum of its results' bits. Run in JVMs with other flags, the numbers must
/// not change.
final class KernelDigest {
    private KernelDigest() {}

    /// Whether the corpus is a tenth of itself, for JVMs in which a multiply-add takes microseconds.
    private static boolean small;

    public static void main(String[] args) {
        small = List.of(args).contains("small");
        KernelType.all().forEach(KernelDigest::print);
        RunDigest.print(small);
    }

    private static int some(int n) {
        return small ? n / 10 : n;
    }

    private static double[] uniform(int n, long seed) {
        return new SplittableRandom(seed).doubles(n).toArray();
    }

    private static <A> void print(KernelType<A> type) {
        var k = type.used();
        int many = some(2000);
        for (var f : Unary.values()) {
            A y = type.plain().allocate(many);
            k.unary(f, .3, type.awkward(many, 1), 0, y, 0, many);
            print(type, f.name(), y, many);
        }
        for (var f : Binary.values()) {
            A y = type.plain().allocate(many);
            k.binary(f, .3, type.awkward(many, 1), 0, type.normal(many, 2), 0, y, 0, many);
            print(type, f.name(), y, many);
        }
        for (boolean open : new boolean[] {false, true}) {
            A y = type.plain().allocate(many);
            k.clampGrad(open, -1, 0.7, type.awkward(many, 1), 0, type.normal(many, 2), 0, y, 0, many);
            print(type, "clampGrad " + open, y, many);
        }
        A draws = type.plain().allocate(many);
        k.normals(0.1, 0.7, uniform(many, 1), uniform(many, 2), 0, draws, 0, many);
        print(type, "normals", draws, many);
        for (var f : Compare.values()) {
            A y = type.plain().allocate(many);
            k.choose(f, .3, type.awkward(many, 1), 0, type.normal(many, 2), 0, type.awkward(many, 3), 0, y, 0, many);
            print(type, "choose " + f, y, many);
        }
        for (var f : Reduce.values()) {
            int lengths = some(200);
            A y = type.plain().allocate(200);
            A x = type.normal(9000, 3);
            for (int n = 0; n < lengths; n++) k.reduce(f, x, n, n * 41, 1, y, n);
            print(type, f.name(), y, lengths);
            k.reduce(f, type.normal(20_000, 5), 0, some(100), 200, y, 0);
            print(type, f + " strided", y, 200);
        }
        for (int n : new int[] {10, 100, 1030}) {
            A y = type.plain().allocate(20);
            for (var f : Reduce.values()) {
                k.reduceRows(f, type.normal(20 * n, 4), 0, 20, n, y, 0);
                print(type, f + " of rows", y, 20);
            }
            double squares = k.sumSquares(type.normal(9 * n, 4), 1, 9 * n - 1);
            System.out.println(type + " sumSquares " + Double.doubleToLongBits(squares));
            A v = type.plain().allocate(Math.max(20, n));
            k.moments(type.normal(20 * n, 5), 0, 1, 20, n, y, v, 0);
            print(type, "moments of rows", v, 20);
            k.moments(type.normal(20 * n, 5), 0, 20, n, 1, type.plain().allocate(n), v, 0);
            print(type, "moments of columns", v, n);
            k.moments(type.normal(20 * n, 5), 0, 4, 5, n, y, v, 0);
            print(type, "moments", v, 5);
        }
        rows(type, k);
        A x = type.awkward(many, 6);
        A z = type.normal(many, 7);
        System.out.println(type + " dot " + Double.doubleToLongBits(k.dot(z, 1, z, 0, many - 1)));
        System.out.println(type + " places " + k.argExtreme(true, z, 0, 1, many) + " " + k.argExtreme(false, x, 1, 3, many / 3));
        int[] at = new int[20];
        k.argExtremes(true, z, 0, many / 20, 20, at, 0);
        System.out.println(type + " places of columns " + Arrays.hashCode(at));
        for (var form : Form.values()) products(type, k, form);
        A y = type.plain().allocate(30 * 21);
        k.linear(30, 21, 6, z, type.normal(21 * 6, 8), type.normal(21, 9), y);
        print(type, "linear", y, 30 * 21);
        cells(type, k);
        windows(type, k);
        steps(type, k);
    }

    // Rows, small products, one with ends of all kinds, and one that is worth copies of its operands: each goes its own way.
    private static <A> void products(KernelType<A> type, Kernels<A> k, Form form) {
        int[][] shapes = {{1, 40, 19}, {9, 40, 33}, {16, 16, 16}, {1, 304, 270}, {32, 64, 48}, {70, 65, 33}, {7, 200, 150},
            {200, 10, 64}, {47, 100, 256}, {150, 170, 140}};
        for (int[] s : small ? Arrays.copyOf(shapes, 3) : shapes) {
            A c = type.plain().allocate(s[0] * s[1]);
            k.matmul(form, s[0], s[1], s[2], type.normal(s[0] * s[2], 1), 0, type.normal(s[1] * s[2], 2), 0, c, 0);
            print(type, "matmul " + form + " " + Arrays.toString(s), c, s[0] * s[1]);
        }
    }

    private static <A> void windows(KernelType<A> type, Kernels<A> k) {
        A x = type.normal(2000, 1);
        A y = type.plain().allocate(4000);
        int[] rows = new int[300];
        for (int i = 0; i < 300; i++) rows[i] = i * 7 % 1000;
        for (int m : small ? new int[] {1} : new int[] {1, 3, 19}) {
            for (int width : new int[] {7, 20, 100}) {
                int[] lines = new int[(99 + width) / width];
                for (int i = 0; i < lines.length; i++) lines[i] = i * (width + 2);
                k.correlate(m, type.normal(m * 300, 2), 0, type.normal(m, 3), 0, new Places(rows, lines, width), 2, x, 5, 300, 1,
                    99, y, 0, m * 101, 101);
                print(type, "correlate " + m + ", width " + width, y, 2 * m * 101);
            }
        }
        for (int m : new int[] {1, 20}) {
            A sums = type.normal(300 * m, 4);
            k.windowProducts(m, type.normal(m * 99, 5), 0, 99, new Places(rows, new int[] {0, 30, 61, 90}, 25), x, 5, 1, 99,
                sums, 0, type.plain().allocate(Kernels.roomForWindows(m, 98)));
            print(type, "windowProducts " + m, sums, 300 * m);
        }
        int[] start = new int[100];
        int[] column = new int[297];
        double[] weight = new double[297];
        for (int i = 0; i < 297; i++) {
            start[i / 3 + 1] = i + 1;
            column[i] = i * 13 % 100;
            weight[i] = 1.0 / (i + 1);
        }
        for (int inner : new int[] {1, 20}) {
            k.sparse(99, start, column, weight, x, 0, inner, y, 0);
            print(type, "sparse " + inner, y, 99 * inner);
        }
        for (int stride = 1; stride < 4; stride++) {
            k.slide(99, stride, 3, .7, x, 1, y, 0);
            print(type, "slide by " + stride, y, 99);
            int[] at = new int[99];
            k.maxWindows(type.awkward(2000, stride), 0, stride, 3, 2, 0, y, 0, at, 0, 99);
            print(type, "maxWindows by " + stride, y, 99);
            System.out.println(type + " places " + Arrays.hashCode(at));
        }
        int[] places = new int[12 * 19];
        k.maxTiles(type.awkward(2000, 8), 1, 1, 12, 19, y, 0, places, 0);
        print(type, "maxTiles", y, 12 * 19);
        System.out.println(type + " places " + Arrays.hashCode(places));
        k.sumTiles(type.awkward(2000, 9), 1, 12, 19, y, 0);
        print(type, "sumTiles", y, 12 * 19);
        k.spreadTiles(type.awkward(2000, 7), 1, 3, 19, y, 0);
        print(type, "spreadTiles", y, 4 * 3 * 19);
        for (int inner : new int[] {1, 3, 19}) {
            k.scan(false, inner == 3, 0, 5, 17, inner, x, y);
            k.scan(true, false, 5, 6, 17, inner, x, y);
            print(type, "scan " + inner, y, 6 * 17 * inner);
        }
        k.scan(false, true, 0, 5, 37, 1, x, y);
        print(type, "scan from the end", y, 5 * 37);
        for (double p : new double[] {1, 2, 3, Double.POSITIVE_INFINITY}) {
            k.differences(p, 5, 19, 70, x, 3, x, 501, y, 0, k.allocate(Kernels.ROOM_FOR_DIFFERENCES));
            print(type, "differences of order " + p, y, 5 * 19);
        }
        k.fill(y, 0, 5 * 83, 0);
        k.addWeighted(2, 5, 3, 83, x, 900, x, 0, x, 1, x, 307, y, 0);
        print(type, "weighted differences", y, 5 * 83);
        k.differences(Double.POSITIVE_INFINITY, 5, 3, 83, x, 1, x, 307, y, 900, k.allocate(Kernels.ROOM_FOR_DIFFERENCES));
        k.countLargest(5, 3, 83, y, 900, x, 1, x, 307, y, 915);
        for (double p : new double[] {1, Double.POSITIVE_INFINITY}) {
            k.addWeighted(p, 5, 3, 83, x, 900, y, 900, x, 1, x, 307, y, 0);
            print(type, "weights of order " + p, y, 930);
        }
        k.logScan(false, 0, 100, 9, 4, x, y);
        print(type, "running logarithms", y, 900);
        k.transpose(37, 45, x, 3, y, 0);
        print(type, "transpose", y, 37 * 45);
        k.gather(x, 0, column, 0, y, 0, 297);
        k.scatterAdd(x, 0, column, 0, y, 0, 297);
        print(type, "gather and scatterAdd", y, 297);
    }

    private static <A> void cells(KernelType<A> type, Kernels<A> k) {
        A z = type.normal(4 * 3 * 37, 1);
        A b = type.normal(4 * 37, 2);
        A c = type.normal(3 * 37, 3);
        A m = type.normal(3 * 37, 4);
        A dh = type.normal(3 * 37, 5);
        A y = type.plain().allocate(4 * 3 * 37);
        A ds = type.plain().allocate(3 * 3 * 37);
        k.gates(3, 37, 4, 4, z, 0, b, 0, z, 0, b, y, 0);
        print(type, "gates", y, 4 * 3 * 37);
        k.gruGrad(3, 37, z, 0, m, 0, c, 0, dh, y, 0, ds, 0);
        print(type, "gruGrad", ds, 3 * 3 * 37);
        k.lstmMemory(3 * 37, z, 0, c, 0, c, 0);
        k.lstmGrad(3, 37, z, 0, c, 0, m, 0, dh, 0, m, y, 0);
        print(type, "lstmGrad", y, 4 * 3 * 37);
        var factor = k.factor(Form.NT, 3, 111, 4 * 37, type.normal(111 * 4 * 37, 6), 0);
        factor.multiply(3, z, 0, y, 0);
        factor.giveBack();
        print(type, "factor", y, 3 * 111);
    }

    private static <A> void rows(KernelType<A> type, Kernels<A> k) {
        for (int n : new int[] {10, 100, 500}) {
            int rows = 1000 / n;
            A x = type.normal(1000, n);
            A y = type.plain().allocate(1000);
            A dx = type.plain().allocate(1000);
            A mean = type.plain().allocate(rows);
            A rstd = type.plain().allocate(rows);
            for (boolean log : new boolean[] {false, true}) {
                k.softmax(log, x, 0, y, 0, rows, n);
                print(type, "softmax " + n, y, 1000);
                k.softmaxGrad(log, y, 0, x, 0, dx, 0, rows, n);
                print(type, "softmaxGrad " + n, dx, 1000);
                k.softmaxColumns(log, x, 0, rows, n, y, 0);
                print(type, "softmaxColumns " + n, y, 1000);
                k.logSumExp(x, 0, log ? 1 : rows, log ? rows : n, log ? n : 1, y, 0);
                print(type, "logSumExp " + n, y, log ? n : rows);
            }
            for (int inner : new int[] {1, 5}) {
                A v = type.plain().allocate(rows);
                k.normalizeRows(true, x, 0, x, x, inner, 1, 1e-5, y, 0, mean, v, rstd, 0, rows, n);
                print(type, "normalizeRows " + n, y, 1000);
                k.normalizeRowsGrad(true, x, x, inner, 1, mean, rstd, 0, y, dx, 0, null, null, rows, n);
                print(type, "normalizeRowsGrad " + n, dx, 1000);
            }
            k.normalizeRowsSums(x, mean, rstd, 1, y, dx, dx, rows, n, 0, n);
            print(type, "normalizeRowsSums " + n, dx, n);
            A m = type.plain().allocate(n);
            A v = type.plain().allocate(n);
            A r = type.plain().allocate(n);
            for (int inner : new int[] {1, 1000 / n}) {
                k.normalizeChannels(false, x, x, x, 1e-5, y, m, v, r, 1000 / n / inner, n, inner, 0, n);
                print(type, "normalizeChannels " + n, y, 1000);
                k.normalizeChannelsGrad(false, x, x, m, r, y, dx, v, v, 1000 / n / inner, n, inner, 0, n);
                print(type, "normalizeChannelsGrad " + n, dx, 1000);
            }
        }
    }

    private static <A> void steps(KernelType<A> type, Kernels<A> k) {
        A p = type.normal(1000, 1);
        A g = type.normal(1000, 2);
        A m = type.plain().allocate(1000);
        A v = type.plain().allocate(1000);
        A a = type.plain().allocate(1000);
        A b = type.plain().allocate(1000);
        for (int step = 1; step < 4; step++) {
            k.adam(p, g, m, v, 1, 998, .1, .9, .999, 1e-8, .01, .01, step);
            print(type, "adam", p, 1000);
            k.sgd(p, g, m, 1, 998, .1, .9, .1, .01, true, step == 1);
            print(type, "sgd", p, 1000);
            k.rmsprop(p, g, v, a, b, 1, 998, .1, .9, 1e-8, .01, .9);
            print(type, "rmsprop", p, 1000);
            k.axpy(.3, g, 0, p, 0, 1000);
            print(type, "axpy", p, 1000);
            k.lion(p, g, m, 1, 998, .1, .9, .99, .01);
            print(type, "lion", p, 1000);
            k.adan(p, g, b, m, a, v, 1, 998, .1, .9, .8, .99, 1e-8, .99, .98, step);
            print(type, "adan", p, 1000);
            k.blend(.9, p, 0, .1, g, 0, 1000);
            k.addMul(.3, g, 0, m, 0, p, 0, 1000);
            k.addDiv(.3, g, 0, m, 1, p, 1, 998);
            print(type, "sums in place", p, 1000);
        }
    }

    private static <A> void print(KernelType<A> type, String what, A y, int n) {
        var crc = new CRC32();
        for (int i = 0; i < n; i++) {
            long bits = Double.doubleToLongBits(type.plain().get(y, i));
            for (int s = 0; s < 64; s += 8) crc.update((int) (bits >>> s));
        }
        System.out.println(type + " " + what + " " + Long.toHexString(crc.getValue()));
    }
}
