package keel.bench.lab;

import keel.nn.layer.Layer;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;

/// What keeps activations in check, if anything.
enum Norm {
    NONE("none"),
    LAYER("LayerNorm"),
    BATCH("BatchNorm");

    final String label;

    Norm(String label) {
        this.label = label;
    }

    Layer of(int width) {
        return switch (this) {
            case NONE -> throw new IllegalStateException("Norm: this network has a place for a norm and none to put there; "
                + "choose one");
            case LAYER -> LayerNorm.of(width);
            case BATCH -> BatchNorm.of(width);
        };
    }
}
