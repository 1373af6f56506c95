package keel.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// State that is being looked at: what was asked for, what nobody asked for, and all that is wrong with it.
final class Reading {
    private final Map<String, NdArray> state;
    private final Set<String> unread;
    private final List<String> wrong = new ArrayList<>();

    Reading(Map<String, NdArray> state) {
        this.state = state;
        this.unread = new LinkedHashSet<>(state.keySet());
    }

    boolean has(String path) {
        return state.containsKey(path);
    }

    /// Whether there is an entry of one of these parameters.
    boolean hasAny(Parameters parameters) {
        return parameters.stream().anyMatch(p -> state.keySet().stream().anyMatch(path -> path.startsWith(p.name() + ".")));
    }

    /// A copy of an entry of this type and shape; null, and a note, if it is missing or another.
    NdArray array(String path, DType dtype, Shape shape) {
        var array = state.get(path);
        unread.remove(path);
        if (array == null) {
            wrong.add(path + " is missing");
        } else if (array.dtype() != dtype || !array.shape().equals(shape)) {
            wrong.add(path + " is " + array.dtype() + " " + array.shape() + ", wanted " + dtype + " " + shape);
            return null;
        }
        return array == null ? null : array.copy();
    }

    /// A copy of an entry of this type with `columns` columns and any number of rows up to `most`.
    NdArray rows(String path, DType dtype, int most, int columns) {
        var array = state.get(path);
        int rows = array == null || array.rank() == 0 ? 0 : array.extent(0);
        var y = array(path, dtype, Shape.of(rows, columns));
        if (rows > most) wrong.add(path + " has " + rows + " rows, wanted " + most + " at most");
        return y;
    }

    /// A count, which is `least` or more.
    int count(String path, int least) {
        var array = array(path, DType.I32, Shape.of());
        if (array == null) return least;
        if (array.item() < least) wrong.add(path + " is " + array.item() + ", wanted " + least + " or more");
        return (int) array.item();
    }

    /// A number.
    double number(String path) {
        var array = array(path, DType.F64, Shape.of());
        return array == null ? Double.NaN : array.item();
    }

    /// Throws [IllegalArgumentException] that lists all that was wrong, if anything was.
    void finish(String name) {
        unread.forEach(path -> wrong.add(path + " is unexpected"));
        if (wrong.isEmpty()) return;
        throw new IllegalArgumentException(name + ".load: " + String.join("; ", wrong)
            + "; give the state of an optimizer with the same options over the same model");
    }
}
