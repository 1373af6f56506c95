package keel.nn.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// Collects what a tree of layers owns, by path.
final class Walk {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, NdArray> state = new LinkedHashMap<>();
    // Only asked whether a thing was met before, never iterated: the order of identity hashes cannot reach a result.
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());

    private Walk() {}

    static Walk of(Layer root) {
        var walk = new Walk();
        walk.into("", root);
        return walk;
    }

    Parameters parameters() {
        return new Parameters(List.copyOf(parameters.values()));
    }

    Map<String, NdArray> state() {
        return Collections.unmodifiableMap(state);
    }

    private void into(String prefix, Layer layer) {
        layer.visit(new Visitor() {
            @Override
            public void parameter(String name, Tensor tensor) {
                if (met.add(tensor)) put(parameters, prefix + name, new Parameter(prefix + name, tensor, layer));
            }

            @Override
            public void state(String name, NdArray array) {
                if (met.add(array)) put(state, prefix + name, array);
            }

            @Override
            public void child(String name, Layer child) {
                into(prefix + name + ".", child);
            }
        });
    }

    private static <V> void put(Map<String, V> map, String path, V value) {
        if (map.putIfAbsent(path, value) != null) {
            throw new IllegalArgumentException("visit: two different things are called " + path + "; give each its own name");
        }
    }
}
