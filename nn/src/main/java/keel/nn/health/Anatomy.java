package keel.nn.health;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.BatchRenorm;
import keel.nn.norm.DyT;
import keel.nn.norm.EvoNorm;
import keel.nn.norm.FilterResponseNorm;
import keel.nn.norm.GhostBatchNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.InstanceNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.norm.RMSNorm;
import keel.nn.norm.ScaleNorm;
import keel.nn.residual.Residual;

/// What the instruments need to know of how a model is put together.
final class Anatomy {
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Set<String> beforeBatchNorm = new HashSet<>();

    private Anatomy() {}

    static Anatomy of(Layer model) {
        var anatomy = new Anatomy();
        anatomy.into("", model);
        return anatomy;
    }

    private void into(String path, Layer layer) {
        layers.put(path, layer);
        switch (layer) {
            case Sequential s -> {
                for (int i = 0; i + 1 < s.layers().size(); i++) {
                    if (!(firstOf(s.layers().get(i + 1)) instanceof BatchNorm)) continue;
                    beforeBatchNorm.add(lastOf(join(path, "" + i), s.layers().get(i)));
                }
            }
            case Residual r when r.placement() == Residual.Placement.POST && firstOf(r.norm()) instanceof BatchNorm ->
                beforeBatchNorm.add(lastOf(join(path, "body"), r.body()));
            default -> {}
        }
        layer.visit(new Visitor() {
            @Override
            public void parameter(String name, Tensor tensor) {}

            @Override
            public void state(String name, NdArray array) {}

            @Override
            public void child(String name, Layer child) {
                into(join(path, name), child);
            }
        });
    }

    // The layer that alone receives the input of this one; a residual block is its own, as its shortcut receives the input too.
    private static Layer firstOf(Layer layer) {
        return layer instanceof Sequential s && !s.layers().isEmpty() ? firstOf(s.layers().getFirst()) : layer;
    }

    // Where the last term of this layer's output is computed.
    private static String lastOf(String path, Layer layer) {
        return switch (layer) {
            case Sequential s when !s.layers().isEmpty() ->
                lastOf(join(path, "" + (s.layers().size() - 1)), s.layers().getLast());
            case Residual r when r.placement() == Residual.Placement.POST -> lastOf(join(path, "norm"), r.norm());
            case Residual r -> lastOf(join(path, "body"), r.body());
            default -> path;
        };
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Every layer by its path, the model itself first, containers before what they hold.
    Map<String, Layer> layers() {
        return layers;
    }

    /// Whether a batch normalization directly behind this layer takes any constant away that the layer adds.
    boolean isBeforeBatchNorm(String path) {
        return beforeBatchNorm.contains(path);
    }

    /// The path of the outermost residual block that this path lies in or is; null if there is none.
    String block(String path) {
        for (int dot = path.indexOf('.'); ; dot = path.indexOf('.', dot + 1)) {
            var prefix = dot < 0 ? path : path.substring(0, dot);
            if (layers.get(prefix) instanceof Residual) return prefix;
            if (dot < 0) return null;
        }
    }

    boolean hasActivation(String name) {
        return layers.values().stream().anyMatch(layer -> layer instanceof Activation a && a.name().equals(name));
    }

    boolean isNormalized() {
        return layers.values().stream().anyMatch(Anatomy::normalizes);
    }

    private static boolean normalizes(Layer layer) {
        return switch (layer) {
            case BatchNorm _, GhostBatchNorm _, BatchRenorm _, LayerNorm _, RMSNorm _, ScaleNorm _, GroupNorm _,
                InstanceNorm _ -> true;
            case FilterResponseNorm _, EvoNorm _, DyT _ -> true; // the last one bounds instead
            default -> false;
        };
    }

    boolean hasBareResidual() {
        return !isNormalized() && layers.values().stream().anyMatch(Residual.class::isInstance);
    }
}
