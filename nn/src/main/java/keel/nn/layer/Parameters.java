package keel.nn.layer;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The parameters of a model, in visiting order, each once.
public record Parameters(List<Parameter> list) implements Iterable<Parameter> {
    /// Copies the list.
    public Parameters {
        list = List.copyOf(list);
    }

    /// Every parameter of `layer` and its children. A tensor that several layers share is listed once, under its first name;
    /// two tensors of one name are an error.
    public static Parameters of(Layer layer) {
        return Walk.of(layer).parameters();
    }

    /// The parameter at this path; an `IllegalArgumentException` that lists the paths there are, when it is not one of them.
    public Parameter get(String name) {
        for (var p : list) if (p.name().equals(name)) return p;
        throw new IllegalArgumentException("Parameters: there is no \"" + name + "\"; there are " + String.join(", ", names()));
    }

    /// Whether there is a parameter at this path.
    public boolean has(String name) {
        return list.stream().anyMatch(p -> p.name().equals(name));
    }

    /// Those that `wanted` accepts, in the same order: a group that an optimizer treats alike.
    public Parameters only(Predicate<Parameter> wanted) {
        return new Parameters(list.stream().filter(wanted).toList());
    }

    /// The paths.
    public List<String> names() {
        return list.stream().map(Parameter::name).toList();
    }

    /// How many tensors.
    public int size() {
        return list.size();
    }

    /// How many numbers in all tensors together.
    public long count() {
        return list.stream().mapToLong(p -> p.tensor().size()).sum();
    }

    /// The parameters one after the other.
    public Stream<Parameter> stream() {
        return list.stream();
    }

    @Override
    public Iterator<Parameter> iterator() {
        return list.iterator();
    }

    /// One line a parameter: path and shape.
    @Override
    public String toString() {
        var s = new StringBuilder();
        for (var p : list) s.append(p.name()).append(' ').append(p.tensor().shape()).append('\n');
        return s.append(count()).append(" numbers in ").append(size()).append(" parameters").toString();
    }
}
