package keel.tests.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// The arguments of one call, by name. Whoever reads one takes note of it: an argument that nobody read makes the case
/// unsupported, so none is ignored in silence.
final class Args {
    /// `from:to:step` of an index; each may be null.
    record Slice(Integer from, Integer to, Integer step) {}

    /// `…` of an index.
    enum Ellipsis { HERE }

    private final Map<String, Object> values;
    private final Set<String> unread;
    private final Map<String, NdArray> after;
    private final DType dtype;
    private final List<Args> children = new ArrayList<>();

    private Args(DType dtype, Map<String, Object> values, Map<String, NdArray> after) {
        this.dtype = dtype;
        this.values = values;
        this.unread = new TreeSet<>(values.keySet());
        this.after = after;
    }

    /// The arguments that a case writes down; `tensors` finds those that are stored, `results` those computed earlier in a
    /// program.
    static Args of(DType dtype, Map<?, ?> written, Lookup tensors, Lookup results) {
        var values = new LinkedHashMap<String, Object>();
        written.forEach((k, v) -> values.put((String) k, decode(v, tensors, results)));
        return new Args(dtype, values, new LinkedHashMap<>());
    }

    /// Finds a value by name.
    interface Lookup {
        Object get(String name);
    }

    private static Object decode(Object v, Lookup tensors, Lookup results) {
        if (v instanceof List<?> list) return list.stream().map(e -> decode(e, tensors, results)).toList();
        if (!(v instanceof Map<?, ?> map)) return v;
        if (map.size() == 1) {
            var e = map.entrySet().iterator().next();
            switch ((String) e.getKey()) {
                case "t" -> {
                    if (e.getValue() instanceof String name) return tensors.get(name);
                }
                case "v" -> {
                    if (results != null) return results.get((String) e.getValue());
                }
                case "f" -> {
                    return Double.valueOf(((String) e.getValue()).replace("inf", "Infinity").replace("nan", "NaN"));
                }
                case "slice" -> {
                    var s = (List<?>) e.getValue();
                    return new Slice(whole(s.get(0)), whole(s.get(1)), whole(s.get(2)));
                }
                case "ellipsis" -> {
                    return Ellipsis.HERE;
                }
                default -> { }
            }
        }
        var y = new LinkedHashMap<String, Object>();
        map.forEach((k, w) -> y.put((String) k, decode(w, tensors, results)));
        return y;
    }

    private static Integer whole(Object d) { return d == null ? null : (Integer) ((Double) d).intValue(); }

    // ---- what is there

    /// The floating type of the case, for calls without a tensor.
    DType dtype() { return dtype; }

    /// Whether the argument is given, and not null.
    boolean has(String name) {
        if (values.get(name) == null) unread.remove(name);
        return values.get(name) != null;
    }

    /// Whether the argument is given, be it null.
    boolean isGiven(String name) { return values.containsKey(name); }

    boolean isTensor(String name) { return values.get(name) instanceof Tensor; }

    boolean isList(String name) { return values.get(name) instanceof List<?>; }

    boolean isText(String name) { return values.get(name) instanceof String; }

    boolean isNumber(String name) { return values.get(name) instanceof Double; }

    /// The argument as decoded: Tensor, Double, Boolean, String, List, Map, Slice, Ellipsis or null.
    Object raw(String name) {
        unread.remove(name);
        return values.get(name);
    }

    /// Names that nobody has read.
    Set<String> unread() { return unread; }

    private <T> T read(Class<T> type, String name) {
        var v = raw(name);
        if (!type.isInstance(v)) {
            throw new Unwritable(name + " is " + (v == null ? "absent" : v.getClass().getSimpleName() + " " + v)
                + ", the parameter is a " + type.getSimpleName());
        }
        return type.cast(v);
    }

    // ---- tensors

    /// The tensor `input`.
    Tensor input() { return tensor("input"); }

    Tensor tensor(String name) { return read(Tensor.class, name); }

    Tensor tensorOrNull(String name) { return has(name) ? tensor(name) : null; }

    /// The values of a tensor.
    NdArray array(String name) { return tensor(name).value(); }

    Tensor[] tensors(String name) {
        return read(List.class, name) instanceof List<?> l ? l.stream().map(Tensor.class::cast).toArray(Tensor[]::new) : null;
    }

    /// The values of a list of tensors.
    NdArray[] arrays(String name) { return Arrays.stream(tensors(name)).map(Tensor::value).toArray(NdArray[]::new); }

    // ---- numbers and words

    double number(String name) { return isTensor(name) ? scalar(name) : read(Double.class, name); }

    private double scalar(String name) {
        var t = tensor(name);
        if (t.rank() != 0 || t.dtype() == DType.BOOL) throw new Unwritable(name + " is " + t.dtype() + " " + t.shape()
            + ", the parameter is a number");
        return t.item();
    }

    double number(String name, double otherwise) { return has(name) ? number(name) : otherwise; }

    int integer(String name) {
        double v = number(name);
        if (v != Math.rint(v) || Math.abs(v) > Integer.MAX_VALUE) throw new Unwritable(name + " is " + v
            + ", the parameter is an int");
        return (int) v;
    }

    int integer(String name, int otherwise) { return has(name) ? integer(name) : otherwise; }

    boolean flag(String name, boolean otherwise) { return has(name) ? read(Boolean.class, name) : otherwise; }

    String text(String name) { return read(String.class, name); }

    String text(String name, String otherwise) { return has(name) ? text(name) : otherwise; }

    /// Integers, given as a list or as one; none where the argument is absent.
    int[] integers(String name) {
        if (!has(name)) return new int[0];
        if (!isList(name)) return new int[] {integer(name)};
        return read(List.class, name) instanceof List<?> l ? l.stream().mapToInt(Args::wholeNumber).toArray() : null;
    }

    /// `n` integers, given as a list of as many or as one for all; `otherwise` for all where the argument is absent.
    int[] integers(String name, int n, int otherwise) {
        var given = has(name) ? integers(name) : new int[] {otherwise};
        if (given.length == n) return given;
        if (given.length != 1) throw new Unwritable(name + " has " + given.length + " values, the parameter takes " + n);
        var y = new int[n];
        Arrays.fill(y, given[0]);
        return y;
    }

    private static int wholeNumber(Object v) {
        if (!(v instanceof Double d) || d != Math.rint(d)) throw new Unwritable(v + " where the parameter is an int");
        return d.intValue();
    }

    /// Named arguments inside an argument, such as the constructor's of a module. What nobody reads there is unread here.
    Args inner(String name) {
        var map = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) read(Map.class, name)).forEach((k, v) -> map.put((String) k, v));
        return inner(map);
    }

    /// One [#inner] for each element of a list.
    List<Args> inners(String name) {
        return ((List<?>) read(List.class, name)).stream().map(e -> {
            var map = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) e).forEach((k, v) -> map.put((String) k, v));
            return inner(map);
        }).toList();
    }

    /// Named arguments inside a list, to be read with the others.
    Args nested(Map<?, ?> given) {
        var map = new LinkedHashMap<String, Object>();
        given.forEach((k, v) -> map.put((String) k, v));
        return inner(map);
    }

    private Args inner(Map<String, Object> map) {
        var y = new Args(dtype, map, after);
        children.add(y);
        return y;
    }

    /// Names that nobody has read, here and inside.
    Set<String> unreadAnywhere() {
        var y = new TreeSet<>(unread);
        for (var child : children) y.addAll(child.unreadAnywhere());
        return y;
    }

    // ---- what a call changes

    /// Reports the value of an input after the call.
    void after(String name, NdArray value) { after.put(name, Objects.requireNonNull(value)); }

    /// Every value reported by [#after(String, NdArray)].
    Map<String, NdArray> after() { return after; }
}
