package keel.nn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.nn.init.Init;

/// Layer-sequential unit variance: from orthonormal weights, layer by layer from the input on, each weight is divided by the
/// standard deviation of its layer's output on a batch of data, until that is 1 (Mishkin and Matas 2015, arXiv:1511.06422).
/// It needs no formula for the activation, and no assumption about the data.
///
/// ```java
/// Lsuv.defaults().initialize(model, batch, random);
/// ```
/// Concerned are the layers with a parameter `weight` of two axes or more, in the order of their first run; what else the
/// model holds stays. It costs as many forward passes as there are such layers, times the two or so that each takes.
public record Lsuv(double tolerance, int iterations, boolean orthonormal) {
    /// What became of one layer: the deviation of its output before and after, and how often its weight was divided.
    public record Scaled(String path, double before, double after, int times) {}

    /// @throws IllegalArgumentException if the tolerance is not above 0, or there is no iteration
    public Lsuv {
        if (!(tolerance > 0) || iterations < 1) {
            throw new IllegalArgumentException("Lsuv: tolerance " + tolerance + " and " + iterations
                + " iterations; give a number above 0 and 1 or more");
        }
    }

    /// The paper's: a variance within 0.1 of 1, at most 10 iterations, orthonormal weights first.
    public static Lsuv defaults() {
        return new Lsuv(0.1, 10, true);
    }

    /// With another allowed error of the variance.
    public Lsuv tolerance(double tolerance) {
        return new Lsuv(tolerance, iterations, orthonormal);
    }

    /// With another limit.
    public Lsuv iterations(int iterations) {
        return new Lsuv(tolerance, iterations, orthonormal);
    }

    /// Starting from the weights as they are, or from orthonormal ones.
    public Lsuv orthonormal(boolean orthonormal) {
        return new Lsuv(tolerance, iterations, orthonormal);
    }

    /// Scales the weights of `model` in place, by its inference on `batch`, and says what it did.
    ///
    /// @throws IllegalArgumentException if an output has no variance, or one that is not finite: no factor helps
    public List<Scaled> initialize(Layer model, Tensor batch, RandomGenerator random) {
        var done = new ArrayList<Scaled>();
        for (var path : order(model, batch)) {
            var weight = model.parameters().get(join(path));
            if (orthonormal) weight.value().copyInPlace(Init.orthogonal().create(weight.tensor().dtype(),
                weight.tensor().shape(), random));
            double before = variance(model, batch, path);
            double now = before;
            int times = 0;
            while (Math.abs(now - 1) > tolerance && times < iterations) {
                if (!(now > 0 && now < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("Lsuv: the output at " + path + " has a variance of " + now
                        + ", which no factor makes 1; look for dead units before it, and at the batch");
                }
                weight.value().mulInPlace(1 / Math.sqrt(now));
                now = variance(model, batch, path);
                times++;
            }
            done.add(new Scaled(path, Math.sqrt(before), Math.sqrt(now), times));
        }
        return List.copyOf(done);
    }

    private static List<String> order(Layer model, Tensor batch) {
        var parameters = model.parameters();
        var paths = new ArrayList<String>();
        watch(model, batch, (path, _, _, _) -> {
            boolean weighted = parameters.has(join(path)) && parameters.get(join(path)).tensor().rank() >= 2;
            if (weighted && !paths.contains(path)) paths.add(path);
        });
        return paths;
    }

    private static double variance(Layer model, Tensor batch, String wanted) {
        var seen = new double[] {Double.NaN};
        watch(model, batch, (path, _, _, output) -> {
            if (path.equals(wanted)) seen[0] = variance(output.value());
        });
        return seen[0];
    }

    private static double variance(NdArray x) {
        var y = x.cast(DType.F64);
        return y.sub(y.mean().item()).square().mean().item();
    }

    private static void watch(Layer model, Tensor batch, Watcher watcher) {
        Recording.off(() -> Pass.inference().watching(watcher).run("", model, batch));
    }

    private static String join(String path) {
        return path.isEmpty() ? "weight" : path + ".weight";
    }
}
