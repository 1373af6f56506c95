package keel.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// One JVM of [Startup]: multiplies (256, 256) matrices from its first moment on, as a program of a user would.
public final class StartupProbe {
    private StartupProbe() {}

    private static final int N = 256;
    /// Of the fastest hundredth of all calls: what counts as full speed.
    private static final double FULL = 0.9;
    /// Calls in a row whose median must be at full speed.
    private static final int WINDOW = 9;
    private static volatile NdArray sink;

    /// Says when it starts, when the first product is done, and after how many milliseconds products were at 90 % of the speed
    /// that they end with; runs for as many milliseconds as the argument says.
    public static void main(String[] args) {
        System.out.println("main");
        long start = System.nanoTime();
        var random = new SplittableRandom(1);
        var a = NdArray.uniform(DType.F32, Shape.of(N, N), -1, 1, random);
        var b = NdArray.uniform(DType.F32, Shape.of(N, N), -1, 1, random);
        sink = a.matmul(b);
        System.out.println("first");
        long most = Long.parseLong(args[0]) * 1_000_000;
        var times = new ArrayList<Double>();
        var ends = new ArrayList<Double>();
        for (long from = System.nanoTime(); from - start < most; ) {
            sink = a.matmul(b);
            long to = System.nanoTime();
            times.add((double) (to - from));
            ends.add((to - start) / 1e6);
            from = to;
        }
        System.out.println("fast " + settled(times, ends));
    }

    /// The end of the first window whose median is at full speed.
    public static double settled(List<Double> times, List<Double> ends) {
        var sorted = times.stream().sorted().toList();
        double goal = sorted.get(sorted.size() / 100) / FULL;
        for (int i = WINDOW; i <= times.size(); i++) {
            double[] window = times.subList(i - WINDOW, i).stream().mapToDouble(x -> x).toArray();
            Arrays.sort(window);
            if (window[WINDOW / 2] <= goal) return ends.get(i - 1);
        }
        return Double.NaN;
    }
}
