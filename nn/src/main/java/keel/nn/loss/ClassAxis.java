package keel.nn.loss;

import keel.array.Shape;
import keel.autograd.Tensor;

/// Where the classes are: axis 1 of `(n, classes, …)`, the only axis of `(classes)`; and both as rows `(rows, classes)`.
record ClassAxis(Shape output) {
    /// @throws IllegalArgumentException if there is no axis
    ClassAxis {
        if (output.rank() == 0) {
            throw new IllegalArgumentException("classes: the output has no axis; give (n, classes), (n, classes, …) "
                + "or (classes)");
        }
    }

    private int axis() {
        return Math.min(1, output.rank() - 1);
    }

    int classes() {
        return output.extent(axis());
    }

    /// The shape of labels: the output's without the classes.
    Shape labels() {
        return output.removed(axis());
    }

    /// `(n, classes, …) → (rows, classes)`
    Tensor rows(Tensor x) {
        var order = new int[output.rank()];
        for (int i = 0, k = 0; i < order.length; i++) if (i != axis()) order[k++] = i;
        order[order.length - 1] = axis();
        var last = axis() == order.length - 1 ? x : x.permute(order);
        return last.reshape(Shape.of(labels().size(), classes()));
    }

    /// @throws IllegalArgumentException if labels do not have [their shape][#labels]
    void checkLabels(String loss, Shape given) {
        if (!given.equals(labels())) {
            throw new IllegalArgumentException(loss + ": output " + output + " and labels " + given
                + " do not fit; give (n, classes) and (n), or (n, classes, …) and (n, …)");
        }
    }
}
