package keel.bench.work;

import static keel.bench.work.Shelf.FLOAT;
import static keel.bench.work.Shelf.array;

import java.util.List;
import keel.array.ConvGeometry;
import keel.array.ConvOptions;
import keel.array.Convolutions;
import keel.array.NdArray;

/// Convolutions 3×3 with padding 1, and one of each of the other kinds. They make their result, as every call of a user does, and
/// release it, as PyTorch does when its last holder is gone.
final class Convolving {
    private Convolving() {}

    /// Images, channels in and out, extent of a side, extent of the kernel, groups.
    private record Plan(int images, int in, int out, int side, int kernel, int groups) {
        private String name() {
            return images + "x" + in + "x" + side + "x" + side + (kernel == 1 ? " 1x1" : groups > 1 ? " depthwise" : "")
                + " to " + out;
        }

        private Shelf.Cost cost() {
            double pixels = (double) images * side * side;
            double taps = (double) kernel * kernel * in / groups;
            double bytes = FLOAT * (pixels * (in + out) + out * taps);
            return new Shelf.Cost(2 * pixels * out * taps, bytes, bytes, Traffic.COPY);
        }

        private NdArray images(int channels) {
            return array(1, images, channels, side, side);
        }

        private NdArray weight() {
            return array(2, out, in / groups, kernel, kernel);
        }

        private ConvGeometry geometry() {
            var options = ConvOptions.defaults().padding(kernel / 2).groups(groups);
            return ConvGeometry.of("conv2d", options, images(in).shape(), weight().shape());
        }
    }

    private static final List<Plan> FORWARD = List.of(new Plan(64, 1, 16, 28, 3, 1), new Plan(64, 16, 32, 28, 3, 1),
        new Plan(32, 32, 64, 28, 3, 1), new Plan(8, 64, 64, 32, 3, 1), new Plan(8, 16, 16, 32, 3, 1),
        new Plan(8, 64, 64, 32, 1, 1), new Plan(8, 64, 64, 32, 3, 64));
    private static final List<Plan> BACKWARD = List.of(new Plan(64, 16, 32, 28, 3, 1), new Plan(8, 64, 64, 32, 3, 1));

    static void fill(Shelf shelf) {
        for (var plan : FORWARD) {
            shelf.addMaking(plan.name(), plan.cost(), () -> {
                var g = plan.geometry();
                var x = plan.images(plan.in);
                var w = plan.weight();
                var b = array(3, plan.out);
                return () -> Convolutions.forward(g, x, w, b).release();
            });
        }
        for (var plan : BACKWARD) {
            shelf.addMaking(plan.name() + " dx", plan.cost(), () -> {
                var g = plan.geometry();
                var dy = plan.images(plan.out);
                var w = plan.weight();
                return () -> Convolutions.inputGradient(g, dy, w).release();
            });
            shelf.addMaking(plan.name() + " dw", plan.cost(), () -> {
                var g = plan.geometry();
                var x = plan.images(plan.in);
                var dy = plan.images(plan.out);
                return () -> Convolutions.weightGradient(g, x, dy).release();
            });
        }
    }
}
