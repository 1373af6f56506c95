package keel.bench.work;

import static keel.bench.work.Shelf.FLOAT;
import static keel.bench.work.Shelf.array;

import java.util.List;
import keel.array.ConvGeometry;
import keel.array.ConvOptions;
import keel.array.Convolutions;
import keel.array.NdArray;

/// Convolutions 3×3 with padding 1, and some of each of the other kinds. They make their result, as every call of a user does,
/// and release it, as PyTorch does when its last holder is gone.
final class Convolving {
    private Convolving() {}

    /// Images, channels in and out, extents of a side and of the kernel, groups, step, dilation, and how many axes.
    private record Plan(int images, int in, int out, int side, int kernel, int groups, int stride, int dilation, int axes) {
        private static Plan of(int images, int in, int out, int side) {
            return new Plan(images, in, out, side, 3, 1, 1, 1, 2);
        }

        private Plan kernel(int extent) { return new Plan(images, in, out, side, extent, groups, stride, dilation, axes); }

        private Plan groups(int count) { return new Plan(images, in, out, side, kernel, count, stride, dilation, axes); }

        private Plan stride(int step) { return new Plan(images, in, out, side, kernel, groups, step, dilation, axes); }

        private Plan dilation(int step) { return new Plan(images, in, out, side, kernel, groups, stride, step, axes); }

        private Plan line() { return new Plan(images, in, out, side, kernel, groups, stride, dilation, 1); }

        private String name() {
            var kind = kernel == 1 ? " 1x1" : kernel != 3 ? " kernel " + kernel : groups == in && groups > 1 ? " depthwise"
                : groups > 1 ? " groups " + groups : "";
            return images + "x" + in + ("x" + side).repeat(axes) + kind + (stride > 1 ? " stride " + stride : "")
                + (dilation > 1 ? " dilation " + dilation : "") + " to " + out;
        }

        private Shelf.Cost cost() {
            double places = Math.pow(side, axes);
            double results = images * out * places / Math.pow(stride, axes);
            double taps = Math.pow(kernel, axes) * in / groups;
            double bytes = FLOAT * (images * in * places + results + out * taps);
            return new Shelf.Cost(2 * results * taps, bytes, bytes, Traffic.COPY);
        }

        private NdArray input() {
            return array(1, shape(images, in, side));
        }

        private NdArray weight() {
            return array(2, shape(out, in / groups, kernel));
        }

        private NdArray gradient() {
            return array(1, geometry().outputShape(images).extents());
        }

        private int[] shape(int first, int second, int extent) {
            return axes == 1 ? new int[] {first, second, extent} : new int[] {first, second, extent, extent};
        }

        private ConvGeometry geometry() {
            var options = ConvOptions.defaults().padding(kernel / 2 * dilation).groups(groups).stride(stride).dilation(dilation);
            return ConvGeometry.of("conv" + axes + "d", options, input().shape(), weight().shape());
        }
    }

    private static final List<Plan> FORWARD = List.of(Plan.of(64, 1, 16, 28), Plan.of(64, 16, 32, 28), Plan.of(32, 16, 32, 28),
        Plan.of(32, 32, 64, 28), Plan.of(8, 64, 64, 32), Plan.of(8, 16, 16, 32), Plan.of(32, 64, 64, 32),
        Plan.of(8, 64, 64, 32).kernel(1), Plan.of(8, 64, 64, 32).groups(64), Plan.of(8, 64, 64, 32).groups(4),
        Plan.of(8, 64, 64, 32).stride(2), Plan.of(8, 64, 64, 32).dilation(2), Plan.of(4, 3, 64, 64).kernel(7).stride(2),
        Plan.of(16, 64, 64, 1024).line(), Plan.of(16, 64, 64, 1024).line().groups(64));
    private static final List<Plan> BACKWARD = List.of(Plan.of(64, 16, 32, 28), Plan.of(8, 64, 64, 32),
        Plan.of(8, 64, 64, 32).kernel(1), Plan.of(8, 64, 64, 32).groups(64), Plan.of(8, 64, 64, 32).stride(2),
        Plan.of(16, 64, 64, 1024).line());

    static void fill(Shelf shelf) {
        for (var plan : FORWARD) {
            shelf.addMaking(plan.name(), plan.cost(), () -> {
                var g = plan.geometry();
                var x = plan.input();
                var w = plan.weight();
                var b = array(3, plan.out);
                return () -> Convolutions.forward(g, x, w, b).release();
            });
        }
        for (var plan : BACKWARD) {
            shelf.addMaking(plan.name() + " dx", plan.cost(), () -> {
                var g = plan.geometry();
                var dy = plan.gradient();
                var w = plan.weight();
                return () -> Convolutions.inputGradient(g, dy, w).release();
            });
            shelf.addMaking(plan.name() + " dw", plan.cost(), () -> {
                var g = plan.geometry();
                var x = plan.input();
                var dy = plan.gradient();
                return () -> Convolutions.weightGradient(g, x, dy).release();
            });
        }
    }
}
