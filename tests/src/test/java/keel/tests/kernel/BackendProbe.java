package keel.tests.kernel;

import java.util.SplittableRandom;
import java.util.zip.CRC32;
import keel.kernel.Backend;
import keel.kernel.Form;

/// What [BackendTest] starts in JVMs of their own: says which kernels run, and the digest of what they compute.
public final class BackendProbe {
    private BackendProbe() {}

    /// Prints `describe()` and then the digest of products of many shapes, in both types.
    public static void main(String[] args) {
        System.out.println(Backend.describe());
        System.out.println(Backend.simd() + " " + Backend.vectorBits() + " " + Backend.class.getModule());
        var random = new SplittableRandom(11);
        var digest = new CRC32();
        for (var form : Form.values()) {
            for (int round = 0; round < 30; round++) {
                int m = 1 + random.nextInt(50);
                int n = 1 + random.nextInt(80);
                int k = round == 0 ? 1500 : 1 + random.nextInt(70);
                var a = new float[m * k];
                var b = new float[k * n];
                var c = new float[m * n];
                for (int i = 0; i < a.length; i++) a[i] = (float) random.nextGaussian();
                for (int i = 0; i < b.length; i++) b[i] = (float) random.nextGaussian();
                Backend.f32().matmul(form, m, n, k, a, 0, b, 0, c, 0);
                for (float x : c) update(digest, Float.floatToIntBits(x));
                var d = new double[m * n];
                Backend.f64().matmul(form, m, n, k, doubles(a), 0, doubles(b), 0, d, 0);
                for (double x : d) update(digest, Double.doubleToLongBits(x));
            }
        }
        System.out.println(Long.toHexString(digest.getValue()));
    }

    private static void update(CRC32 digest, long bits) {
        for (int i = 0; i < 64; i += 8) digest.update((int) (bits >>> i));
    }

    private static double[] doubles(float[] x) {
        var y = new double[x.length];
        for (int i = 0; i < y.length; i++) y[i] = x[i] + 1e-9;
        return y;
    }
}
