package keel.tests.conformance;

import java.util.List;
import keel.array.Resize;
import keel.array.Resize.Mode;
import keel.autograd.Resampling;

/// Images in other resolutions.
final class ResampleOps {
    private ResampleOps() {}

    static void in(Table t) {
        t.op("nn.functional.interpolate", a -> Resampling.interpolate(a.input(), resize(a)));
        t.op("nn.functional.upsample", a -> Resampling.interpolate(a.input(), resize(a)));
        t.op("nn.functional.upsample_nearest", a -> Resampling.interpolate(a.input(), resize(a)));
        t.op("nn.functional.upsample_bilinear", a -> Resampling.interpolate(a.input(), resize(a).linear().alignCorners(true)));
        t.op("nn.functional.pixel_shuffle", a -> Resampling.pixelShuffle(a.input(), a.integer("upscale_factor")));
        t.op("nn.functional.pixel_unshuffle", a -> Resampling.pixelUnshuffle(a.input(), a.integer("downscale_factor")));
    }

    /// Size or factor and mode, by PyTorch's names.
    static Resize resize(Args a) {
        var r = a.has("size") ? Resize.to(a.integers("size")) : Resize.by(factors(a));
        if (a.has("scale_factor") == a.has("size")) throw new Unwritable("size and factor are two methods");
        r = r.mode(switch (a.text("mode", "nearest")) {
            case "nearest" -> Mode.NEAREST;
            case "nearest-exact" -> Mode.NEAREST_EXACT;
            case "linear", "bilinear", "trilinear" -> Mode.LINEAR;
            case "bicubic" -> Mode.CUBIC;
            case "area" -> Mode.AREA;
            default -> throw new Unwritable("a mode that is none");
        });
        return r.alignCorners(a.flag("align_corners", false)).recompute(a.flag("recompute_scale_factor", false));
    }

    private static double[] factors(Args a) {
        return a.raw("scale_factor") instanceof List<?> list ? list.stream().mapToDouble(Double.class::cast).toArray()
            : new double[] {a.number("scale_factor")};
    }
}
