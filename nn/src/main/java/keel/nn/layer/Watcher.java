package keel.nn.layer;

import keel.autograd.Tensor;

/// What is told of every layer that a forward pass goes through, children before the container that called them.
@FunctionalInterface
public interface Watcher {
    /// `layer` at `path` (as in [Layer#parameters], without the parameter's own name) turned `input` into `output`.
    void saw(String path, Layer layer, Tensor input, Tensor output);
}
