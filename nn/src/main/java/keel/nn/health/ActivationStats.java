package keel.nn.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Watcher;

/// Watches what layers put out, over any number of batches: `model.forward(x, Pass.inference().watching(stats))`.
///
/// Every feature of an output `(n, …)` is followed by itself, over all samples seen: its mean and standard deviation (biased,
/// merged from batch to batch as in Chan et al. 1979), and whether it was ever anything but zero. In F64. For one thread.
public final class ActivationStats implements Watcher {
    /// The output of one layer.
    ///
    /// @param path      of the layer
    /// @param layer     as it prints itself
    /// @param samples   how many were seen
    /// @param features  how many numbers a sample has here
    /// @param mean      of the features' means
    /// @param std       mean over the features of the standard deviation over the samples: how much of the input is still to be
    /// seen here
    /// @param distinct  share of the mean square that differs between samples, `Σvar/Σ(var + mean²)` over the features, in 0 … 1:
    /// near 0 all                  samples look alike here, however large the signal
    /// @param zeros     share of elements that were exactly zero; about one half is usual behind a ReLU
    /// @param dead      features that were zero in every sample
    /// @param nonFinite elements that were NaN or infinite
    public record Stat(
        String path, String layer, long samples, int features, double mean, double std, double distinct, double zeros, int dead,
        long nonFinite) {}

    private static final class Running {
        private final String layer;
        private final double[] mean;
        private final double[] squares; // Σ(x − mean)²
        private final boolean[] alive;
        private long samples;
        private long zeros;
        private long nonFinite;

        Running(String layer, int features) {
            this.layer = layer;
            mean = new double[features];
            squares = new double[features];
            alive = new boolean[features];
        }

        void add(NdArray y) {
            int n = y.extent(0);
            int features = mean.length;
            var x = y.toDoubles();
            for (int j = 0; j < features; j++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double v = x[i * features + j];
                    sum += v;
                    if (v != 0) alive[j] = true;
                    else zeros++;
                    if (!Double.isFinite(v)) nonFinite++;
                }
                double batchMean = sum / n;
                double batchSquares = 0;
                for (int i = 0; i < n; i++) {
                    double d = x[i * features + j] - batchMean;
                    batchSquares += d * d;
                }
                double delta = batchMean - mean[j];
                mean[j] += delta * n / (samples + n);
                squares[j] += batchSquares + delta * delta * samples * n / (samples + n);
            }
            samples += n;
        }

        Stat stat(String path) {
            double means = 0;
            double stds = 0;
            double variances = 0;
            double powers = 0;
            int dead = 0;
            for (int j = 0; j < mean.length; j++) {
                means += mean[j];
                double variance = squares[j] / samples;
                stds += Math.sqrt(variance);
                variances += variance;
                powers += variance + mean[j] * mean[j];
                if (!alive[j]) dead++;
            }
            int n = mean.length;
            double distinct = powers == 0 ? 0 : variances / powers;
            double zeroShare = zeros / ((double) samples * n);
            return new Stat(path, layer, samples, n, means / n, stds / n, distinct, zeroShare, dead, nonFinite);
        }
    }

    private final Map<String, Running> running = new LinkedHashMap<>();

    /// Throws [IllegalArgumentException] if a layer's output has another number of features than before.
    @Override
    public void saw(String path, Layer layer, Tensor input, Tensor output) {
        var y = output.value();
        if (!y.dtype().isFloat() || y.rank() == 0 || y.size() == 0) return;
        int features = y.size() / y.extent(0);
        var seen = running.computeIfAbsent(path, _ -> new Running(layer.toString(), features));
        if (seen.mean.length != features) {
            throw new IllegalArgumentException("ActivationStats at " + path + ": " + features + " features, but "
                + seen.mean.length + " before; use a watcher for each shape of input, or reset() it");
        }
        seen.add(y);
    }

    /// What was seen, layers in the order in which they ran first: children before the containers they are in.
    public List<Stat> layers() {
        var stats = new ArrayList<Stat>();
        running.forEach((path, seen) -> stats.add(seen.stat(path)));
        return stats;
    }

    /// The first layer to run that put out NaN or infinity; null if none did.
    public Stat firstNonFinite() {
        return layers().stream().filter(stat -> stat.nonFinite > 0).findFirst().orElse(null);
    }

    /// Forgets everything.
    public void reset() {
        running.clear();
    }

    /// A table of all layers.
    @Override
    public String toString() {
        var stats = layers();
        int width = Math.max(5, stats.stream().mapToInt(stat -> stat.path.length()).max().orElse(0));
        var columns = "%-" + width + "s  %9s  %9s  %8s  %6s  %s";
        var head = String.format(Locale.ROOT, columns, "layer", "mean", "std", "distinct", "zeros", "dead");
        var row = "\n%-" + width + "s  %9.2e  %9.2e  %7.2f%%  %5.1f%%  %d of %d%s  %s";
        return head + stats.stream().map(s -> {
            var broken = s.nonFinite > 0 ? ", " + s.nonFinite + " not finite" : "";
            return String.format(Locale.ROOT, row, s.path, s.mean, s.std, 100 * s.distinct, 100 * s.zeros, s.dead, s.features,
                broken, s.layer);
        }).collect(Collectors.joining());
    }
}
