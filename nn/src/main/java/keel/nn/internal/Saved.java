package keel.nn.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Reads a saved state entry by entry and takes note of all that is wrong, so that it is refused at once, as a whole, or not at
/// all: read everything, call [#requireSound], and only then change something.
public final class Saved {
    private final String what;
    private final Map<String, NdArray> state;
    private final Set<String> unread;
    private final List<String> wrong = new ArrayList<>();

    /// The state of `what`, a name for messages such as `Clip.zClip`.
    public Saved(String what, Map<String, NdArray> state) {
        this.what = what;
        this.state = state;
        this.unread = new LinkedHashSet<>(state.keySet());
    }

    /// A number as it is saved: F64 of rank 0.
    public static NdArray number(double x) {
        return NdArray.of(Shape.of(), new double[] {x});
    }

    /// The number of this name; NaN where it is missing or of another type or shape.
    public double number(String name) {
        var array = array(name, DType.F64, 0);
        return array == null ? Double.NaN : array.item();
    }

    /// The whole number of this name, saved as F64, from `low` to `high`; `low` where it is missing or wrong.
    public long whole(String name, long low, long high) {
        int before = wrong.size();
        double x = number(name);
        if (wrong.size() > before) return low;
        if (x >= low && x <= high && x == Math.rint(x)) return (long) x;
        wrong.add(name + " is " + x + ", wanted a whole number from " + low + " to " + high);
        return low;
    }

    /// The array of this name, type and rank; null where it is missing or of another.
    public NdArray array(String name, DType dtype, int rank) {
        unread.remove(name);
        var array = state.get(name);
        if (array == null) {
            wrong.add(name + " is missing");
        } else if (array.dtype() != dtype || array.rank() != rank) {
            wrong.add(name + " is " + array.dtype() + " " + array.shape() + ", wanted " + dtype + " with " + rank + " axes");
            return null;
        }
        return array;
    }

    /// Takes note of something that its reader found wrong.
    public void require(boolean right, String complaint) {
        if (!right) wrong.add(complaint);
    }

    /// Throws [IllegalArgumentException] that lists every entry that is missing, wrong or was never read.
    public void requireSound() {
        unread.forEach(name -> wrong.add(name + " is unexpected"));
        if (wrong.isEmpty()) return;
        throw new IllegalArgumentException(what + ".load: " + String.join("; ", wrong) + "; give what state() of the same "
            + "kind returned");
    }
}
