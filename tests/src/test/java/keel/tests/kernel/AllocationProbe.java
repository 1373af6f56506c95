package keel.tests.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import keel.kernel.Backend;
import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.Form;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// What [AllocationTest] starts in a JVM of its own: says which loops still allocate after two minutes.
public final class AllocationProbe {
    private AllocationProbe() {}

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int N = 1003;
    /// Compiling the largest loops takes C2 seconds where the machine is busy.
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private static double sum;

    /// Prints their names.
    public static void main(String[] args) {
        var k = Backend.f32();
        float[] x = KernelType.F32.normal(N, 1);
        float[] z = KernelType.F32.normal(N, 2);
        float[] y = new float[N];
        float[] mean = new float[N];
        float[] rstd = new float[N];
        float[] s = new float[N];
        float[] t = new float[N];
        boolean[] mask = new boolean[N];
        var loops = new ArrayList<Runnable>();
        var names = new ArrayList<String>();
        for (var f : Unary.values()) {
            names.add(f.name());
            loops.add(() -> k.unary(f, .3, x, 1, y, 1, N - 1));
        }
        for (var f : Binary.values()) {
            names.add(f.name());
            loops.add(() -> k.binary(f, .3, x, 1, z, 1, y, 1, N - 1));
        }
        float[] positive = new float[N];
        k.unary(Unary.ABS, 0, x, 0, positive, 0, N);
        float[] changing = positive.clone();
        for (var f : List.of(Unary.SQRT, Unary.RSQRT)) {
            names.add(f + " of positive numbers");
            loops.add(() -> k.unary(f, 0, positive, 1, y, 1, N - 1));
            names.add(f + " in place");
            loops.add(() -> k.unary(f, 0, changing, 1, changing, 1, N - 1));
        }
        float[] far = new float[N];
        k.unary(Unary.MUL_SCALAR, 4, x, 0, far, 0, N);
        names.addAll(List.of("GELU of large numbers", "gradient of GELU of large numbers", "bias and GELU", "their gradient"));
        loops.add(() -> k.unary(Unary.GELU, 0, far, 1, y, 1, N - 1));
        loops.add(() -> k.binary(Binary.GELU_GRAD, 0, far, 1, z, 1, y, 1, N - 1));
        loops.add(() -> k.biased(Unary.GELU, far, 0, z, y, 0, 10, 100));
        loops.add(() -> k.biasedGrad(Binary.GELU_GRAD, far, 0, z, z, 0, y, 0, 10, 100));
        for (var f : Reduce.values()) {
            names.add(f.name());
            loops.add(() -> k.reduce(f, x, 1, N - 1, 1, y, 0));
            names.add(f + " strided");
            loops.add(() -> k.reduce(f, x, 1, 10, 100, y, 0));
        }
        for (var f : List.of(Reduce.SUM, Reduce.SUM_SQUARES)) {
            names.add(f + " of rows");
            loops.add(() -> k.reduceRows(f, x, 1, 10, 100, y, 0));
        }
        names.addAll(List.of("softmax of columns", "logSumExp", "logSumExp of columns", "sumSquares", "moments",
            "moments of columns"));
        loops.add(() -> k.softmaxColumns(false, x, 0, 10, N / 10, y, 0));
        loops.add(() -> k.logSumExp(x, 0, 10, N / 10, 1, s, 0));
        loops.add(() -> k.logSumExp(x, 0, 1, 10, N / 10, s, 0));
        loops.add(() -> sum = k.sumSquares(x, 0, N));
        loops.add(() -> k.moments(x, 0, 1, 10, N / 10, mean, s, 0));
        loops.add(() -> k.moments(x, 0, 10, N / 10, 1, mean, s, 0));
        names.addAll(List.of("dot", "where", "choose", "normals", "clampGrad", "clampGrad open", "softmax",
                "short softmax", "logSoftmax", "softmaxGrad",
                "softmax of rows", "logSoftmax of rows", "softmaxGrad of rows", "softmaxGrad of long rows",
                "logSoftmaxGrad of rows", "rows",
                "rows in lines", "root mean square", "rows grad", "rows grad in lines", "rows sums", "channels", "columns",
                "channels grad", "columns grad", "adam", "softmax of rows", "softmaxGrad of rows", "root mean square of rows",
                "rows grad of rows"));
        loops.add(() -> k.dot(x, 0, z, 0, N));
        loops.add(() -> k.where(mask, 0, x, 0, z, 0, y, 0, N));
        loops.add(() -> k.choose(Compare.LE, 0, x, 0, x, 0, z, 0, y, 0, N));
        double[] uniform = new SplittableRandom(1).doubles(N).toArray();
        // whole vectors, since the cosine of StrictMath makes an array
        loops.add(() -> k.normals(0, 1, uniform, uniform, 0, y, 0, N & -16));
        loops.add(() -> k.clampGrad(false, -1, 1, x, 0, z, 0, y, 0, N));
        loops.add(() -> k.clampGrad(true, -1, 1, x, 0, z, 0, y, 0, N));
        loops.add(() -> k.softmax(false, x, 0, y, 0, 1, N));
        loops.add(() -> k.softmax(false, x, 0, y, 0, 100, 10));
        loops.add(() -> k.softmax(true, x, 0, y, 0, 1, N));
        loops.add(() -> k.softmaxGrad(false, x, 0, z, 0, y, 0, 1, N));
        loops.add(() -> k.softmax(false, x, 0, y, 0, 10, 100));
        loops.add(() -> k.softmax(true, x, 0, y, 0, 10, 100));
        loops.add(() -> k.softmaxGrad(false, x, 0, z, 0, y, 0, 10, 100));
        loops.add(() -> k.softmaxGrad(false, x, 0, z, 0, y, 0, 4, 250));
        loops.add(() -> k.softmaxGrad(true, x, 0, z, 0, y, 0, 10, 100));
        loops.add(() -> k.normalizeRows(true, x, 0, z, z, 1, 1, 1e-5, y, 0, mean, s, rstd, 0, 1, N));
        loops.add(() -> k.normalizeRows(true, x, 0, z, z, 50, 2, 1e-5, y, 0, mean, s, rstd, 0, 10, N / 10));
        loops.add(() -> k.normalizeRows(false, x, 0, z, null, 1, 1, 1e-5, y, 0, mean, s, rstd, 0, 1, N));
        loops.add(() -> k.normalizeRowsGrad(true, x, z, 1, 1, mean, rstd, 0, z, y, 0, null, null, 1, N));
        loops.add(() -> k.normalizeRowsGrad(true, x, z, 50, 2, mean, rstd, 0, z, y, 0, s, t, 10, N / 10));
        loops.add(() -> k.normalizeRowsSums(x, mean, rstd, 1, z, s, t, 10, N / 10, 0, N / 10));
        loops.add(() -> k.normalizeChannels(false, x, z, z, 1e-5, y, mean, s, rstd, 4, 5, N / 20, 0, 5));
        loops.add(() -> k.normalizeChannels(false, x, z, z, 1e-5, y, mean, s, rstd, 20, N / 20, 1, 0, N / 20));
        loops.add(() -> k.normalizeChannelsGrad(false, x, z, mean, rstd, z, y, s, t, 4, 5, N / 20, 0, 5));
        loops.add(() -> k.normalizeChannelsGrad(false, x, z, mean, rstd, z, y, s, t, 20, N / 20, 1, 0, N / 20));
        loops.add(() -> k.adam(y, z, mean, rstd, 0, N, 1e-3, .9, .999, 1e-8, 0, 0, 1));
        // eight rows side by side, two by themselves, the last of them to the end of its array
        float[] all = KernelType.F32.normal(1000, 3);
        loops.add(() -> k.softmax(false, all, 0, y, 0, 10, 100));
        loops.add(() -> k.softmaxGrad(false, all, 0, z, 0, y, 0, 10, 100));
        loops.add(() -> k.normalizeRows(false, all, 0, z, null, 1, 1, 1e-5, y, 0, mean, s, rstd, 0, 10, 100));
        loops.add(() -> k.normalizeRowsGrad(true, all, z, 1, 1, mean, rstd, 0, z, y, 0, null, null, 10, 100));
        names.addAll(List.of("gates", "memory of an LSTM", "gradient of an LSTM", "gradient of a GRU", "product by a factor"));
        float[] gates = KernelType.F32.normal(4000, 4);
        float[] dz = new float[4000];
        float[] ds = new float[4000];
        loops.add(() -> k.gates(10, 100, 4, 4, gates, 0, gates, 0, gates, 0, gates, dz, 0));
        loops.add(() -> k.lstmMemory(1000, gates, 0, x, 0, y, 0));
        loops.add(() -> k.lstmGrad(10, 100, gates, 0, x, 0, z, 0, t, 0, y, dz, 0));
        loops.add(() -> k.gruGrad(10, 100, gates, 0, x, 0, z, 0, y, dz, 0, ds, 0));
        var factor = k.factor(Form.NT, 10, 400, 100, KernelType.F32.normal(40_000, 5), 0);
        loops.add(() -> factor.multiply(10, x, 0, dz, 0));
        // all in turns, so that C2 compiles some while others run
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!loops.isEmpty() && System.nanoTime() < end) {
            for (int i = loops.size() - 1; i >= 0; i--) {
                if (isSilent(loops.get(i))) {
                    loops.remove(i);
                    names.remove(i);
                }
            }
        }
        System.out.println(loops.size() + " allocate " + names);
    }

    /// Whether a hundred calls in a row allocate nothing.
    private static boolean isSilent(Runnable loop) {
        for (int i = 0; i < 200; i++) loop.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) loop.run();
        return THREADS.getCurrentThreadAllocatedBytes() == before;
    }
}
