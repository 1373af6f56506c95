package keel.tests.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import keel.kernel.Backend;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Parallel;

/// The main program of [PlainStartTest]: products of several forms in turn, from the first moment of its JVM on.
public final class PlainStart {
    private PlainStart() {}

    private record Product(Form form, int m, int n, int k) {}

    /// Laid out by the first tile, copied, read in place, turned; with narrow last columns, in strips, in two blocks of `k`.
    private static final List<Product> PRODUCTS = List.of(new Product(Form.NN, 131, 96, 50), new Product(Form.NN, 61, 417, 33),
        new Product(Form.NN, 11, 420, 128), new Product(Form.NT, 45, 173, 70), new Product(Form.TN, 70, 130, 64),
        new Product(Form.TN, 107, 140, 40), new Product(Form.NN, 19, 40, 1100), new Product(Form.NN, 211, 11, 1030));

    /// Says how often a bit differed from those of the plain kernels; takes milliseconds and threads.
    public static void main(String[] args) {
        Parallel.setThreads(Integer.parseInt(args[1]));
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000;
        System.out.println(differences(Backend.f32(), Backend.plainF32(), new SplittableRandom(1), end));
    }

    private static String differences(Kernels<float[]> kernels, Kernels<float[]> plain, SplittableRandom random, long end) {
        var x = new ArrayList<float[]>();
        var z = new ArrayList<float[]>();
        var expected = new ArrayList<float[]>();
        for (var p : PRODUCTS) {
            x.add(numbers(p.m * p.k, random));
            z.add(numbers(p.k * p.n, random));
            expected.add(new float[p.m * p.n]);
            plain.matmul(p.form, p.m, p.n, p.k, x.getLast(), 0, z.getLast(), 0, expected.getLast(), 0);
        }
        int rounds = 0;
        int wrong = 0;
        for (; rounds < 3 || System.nanoTime() < end; rounds++) {
            for (int i = 0; i < PRODUCTS.size(); i++) {
                var p = PRODUCTS.get(i);
                var y = numbers(p.m * p.n, random);
                kernels.matmul(p.form, p.m, p.n, p.k, x.get(i), 0, z.get(i), 0, y, 0);
                if (!Arrays.equals(y, expected.get(i))) wrong++;
            }
        }
        return wrong + " wrong" + (rounds > 3 ? "" : " in 3 rounds");
    }

    private static float[] numbers(int n, SplittableRandom random) {
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = random.nextFloat() - 0.5f;
        return x;
    }
}
