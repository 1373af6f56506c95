package keel.tests.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import keel.kernel.Backend;
import keel.kernel.Binary;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Places;
import keel.kernel.Unary;

/// The main program of [PlainStartTest]: products of several forms in turn, and all other kernels that begin
/// with their plain loops, from the first moment of its JVM on.
public final class PlainStart {
    private PlainStart() {}

    private record Product(Form form, int m, int n, int k) {}

    /// Laid out by the first tile, copied, read in place, turned; with narrow last columns, in strips, in two blocks of `k`.
    private static final List<Product> PRODUCTS = List.of(new Product(Form.NN, 131, 96, 50), new Product(Form.NN, 61, 417, 33),
        new Product(Form.NN, 11, 420, 128), new Product(Form.NT, 45, 173, 70), new Product(Form.TN, 70, 130, 64),
        new Product(Form.TN, 107, 140, 40), new Product(Form.NN, 19, 40, 1100), new Product(Form.NN, 211, 11, 1030));

    /// What fills the array that it is given.
    private interface Filling {
        void fill(Kernels<float[]> kernels, float[] y);
    }

    private static final int N = 5_003;
    private static final int ROWS = 41;
    private static final int LINE = 122;

    /// All kernels that begin with their plain loops, on numbers `x` and `z`; results are at most as many.
    private static List<Filling> fillings(float[] x, float[] z) {
        var all = new ArrayList<Filling>();
        for (var f : List.of(Unary.EXP, Unary.GELU, Unary.RELU, Unary.TANH, Unary.SIGMOID)) {
            all.add((k, y) -> k.unary(f, 0, x, 0, y, 0, N));
        }
        for (var f : List.of(Binary.ADD, Binary.MUL, Binary.GELU_GRAD, Binary.RELU_GRAD)) {
            all.add((k, y) -> k.binary(f, 0, x, 0, z, 0, y, 0, N));
        }
        all.add((k, y) -> {
            System.arraycopy(x, 0, y, 0, N);
            k.unary(Unary.SILU, 0, y, 0, y, 0, N);
            k.binary(Binary.SUB, 0, y, 0, z, 0, y, 0, N);
        });
        for (boolean log : new boolean[] {true, false}) {
            all.add((k, y) -> k.softmax(log, x, 0, y, 0, ROWS, LINE));
            all.add((k, y) -> k.softmaxGrad(log, x, 0, z, 0, y, 0, ROWS, LINE));
        }
        var places = new int[ROWS];
        for (int r = 0; r < ROWS; r++) places[r] = r * LINE + r % 7;
        all.add((k, y) -> k.pickedLogSoftmax(x, 0, places, 0, y, 0, ROWS, LINE));
        for (int stride = 1; stride < 3; stride++) {
            int step = stride;
            all.add((k, y) -> k.copyLines(ROWS, x, 0, LINE, step, y, 0, 31, 31));
        }
        all.add((k, y) -> k.linear(ROWS, LINE, 17, x, z, x, y));
        all.add((k, y) -> k.matmul(Form.NT, 1, LINE, 33, x, 0, z, 0, y, 0));
        all.add((k, y) -> k.matmul(Form.TN, LINE, 1, 33, x, 0, z, 0, y, 0));
        all.add((k, y) -> {
            var factor = k.factor(Form.NT, ROWS, 61, 70, z, 0);
            for (int i = 0; i < 3; i++) factor.multiply(ROWS - i, x, i, y, i);
            factor.giveBack();
        });
        var taps = new int[27];
        for (int i = 0; i < taps.length; i++) taps[i] = i / 9 * 400 + i / 3 % 3 * 20 + i % 3;
        var lines = new int[18];
        for (int i = 0; i < lines.length; i++) lines[i] = 20 * i;
        var at = new Places(taps, lines, 18);
        int outputs = at.outputs();
        all.add((k, y) -> k.correlate(14, z, 0, z, 3, at, 2, x, 0, 1200, 1, outputs, y, 0, 14 * outputs, outputs));
        all.add((k, y) -> k.windowProducts(14, z, 0, outputs, at, x, 0, 1, outputs, y, 0,
            new float[Kernels.roomForWindows(14, outputs)]));
        return all;
    }

    /// Says how often a bit differed from those of the plain kernels; takes milliseconds and threads.
    public static void main(String[] args) {
        Parallel.setThreads(Integer.parseInt(args[1]));
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000;
        int least = args[0].equals("0") ? 3 : 40;
        System.out.println(differences(Backend.f32(), Backend.plainF32(), new SplittableRandom(1), least, end));
    }

    private static String differences(Kernels<float[]> kernels, Kernels<float[]> plain, SplittableRandom random, int least,
            long end) {
        var x = new ArrayList<float[]>();
        var z = new ArrayList<float[]>();
        var expected = new ArrayList<float[]>();
        for (var p : PRODUCTS) {
            x.add(numbers(p.m * p.k, random));
            z.add(numbers(p.k * p.n, random));
            expected.add(new float[p.m * p.n]);
            plain.matmul(p.form, p.m, p.n, p.k, x.getLast(), 0, z.getLast(), 0, expected.getLast(), 0);
        }
        var numbers = numbers(2 * N, random);
        var others = numbers(2 * N, random);
        var fillings = fillings(numbers, others);
        for (var filling : fillings) {
            expected.add(new float[2 * N]);
            filling.fill(plain, expected.getLast());
        }
        int rounds = 0;
        int wrong = 0;
        for (; rounds < least || System.nanoTime() < end; rounds++) {
            for (int i = 0; i < PRODUCTS.size(); i++) {
                var p = PRODUCTS.get(i);
                var y = numbers(p.m * p.n, random);
                kernels.matmul(p.form, p.m, p.n, p.k, x.get(i), 0, z.get(i), 0, y, 0);
                if (!Arrays.equals(y, expected.get(i))) wrong++;
            }
            for (int i = 0; i < fillings.size(); i++) {
                var y = new float[2 * N];
                fillings.get(i).fill(kernels, y);
                if (!Arrays.equals(y, expected.get(PRODUCTS.size() + i))) wrong++;
            }
        }
        return wrong + " wrong" + (least > 3 ? "" : " in " + rounds + " rounds");
    }

    private static float[] numbers(int n, SplittableRandom random) {
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = random.nextFloat() - 0.5f;
        return x;
    }
}
