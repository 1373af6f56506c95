package keel.bench.peers;

import java.util.SplittableRandom;

/// The numbers that products are made of.
final class Data {
    private Data() {}

    static float[] normal(int n, long seed) {
        var random = new SplittableRandom(seed);
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (float) random.nextGaussian();
        return x;
    }
}
