package keel.bench.lab;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.nn.data.Digits;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Sequential;
import keel.nn.residual.Residual;

/// Puts [Parts] together: one [Sequential] whose elements are the stages that the instruments read, in order.
final class Network {
    private Network() {}

    // (n, 64) → (n, width) → … → (n, 10)
    static Sequential of(Parts parts, Setup setup, RandomGenerator random) {
        int width = setup.width();
        var stages = new ArrayList<Layer>();
        stages.add(stage(parts, Digits.PIXELS, width, random));
        int blocks = (setup.depth() - 2) / parts.wiring().layersPerBlock();
        for (int i = 0; i < blocks; i++) stages.add(block(parts, width, random));
        var classes = linear(parts, width, Digits.CLASSES, random);
        stages.add(parts.wiring().normalizesTheEnd() ? Sequential.of(parts.norm().of(width), classes) : classes);
        return new Sequential(stages);
    }

    private static Layer block(Parts parts, int width, RandomGenerator random) {
        return switch (parts.wiring()) {
            case CHAIN -> stage(parts, width, width, random);
            case RESIDUAL -> Residual.plain(linear(parts, width, width, random), parts.activation());
            case PRE_NORM -> Residual.preNorm(parts.norm().of(width), linear(parts, width, width, random), parts.activation());
            case PRE_NORM_BLOCKS -> Residual.preNorm(parts.norm().of(width), feedForward(parts, width, random));
            case POST_NORM_BLOCKS -> Residual.postNorm(parts.norm().of(width), feedForward(parts, width, random));
        };
    }

    private static Layer stage(Parts parts, int in, int out, RandomGenerator random) {
        var linear = linear(parts, in, out, random);
        boolean normalizes = parts.wiring() == Wiring.CHAIN && parts.norm() != Norm.NONE;
        return normalizes ? Sequential.of(linear, parts.norm().of(out), parts.activation())
            : Sequential.of(linear, parts.activation());
    }

    private static Layer[] feedForward(Parts parts, int width, RandomGenerator random) {
        return new Layer[] {linear(parts, width, width, random), parts.activation(), linear(parts, width, width, random)};
    }

    private static Layer linear(Parts parts, int in, int out, RandomGenerator random) {
        return Linear.of(DType.F32, in, out, parts.init(), parts.bias(), random);
    }
}
