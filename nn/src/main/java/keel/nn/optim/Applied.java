package keel.nn.optim;

import java.util.Map;
import java.util.stream.IntStream;
import keel.array.NdArray;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;

/// Other values standing in for parameters until this is closed: it keeps the parameters' own, to the bit.
///
/// ```java
/// try (var _ = average.applied()) {
///     evaluate(model);
/// }
/// ```
public final class Applied implements AutoCloseable {
    private final Parameters parameters;
    private final NdArray[] own;
    private final int[] versions;
    private boolean closed;

    Applied(Parameters parameters, Map<String, NdArray> values) {
        this.parameters = parameters;
        own = parameters.stream().map(p -> p.value().copy()).toArray(NdArray[]::new);
        for (var p : parameters) p.value().copyInPlace(values.get(p.name()));
        versions = versions();
    }

    private int[] versions() {
        return parameters.stream().map(Parameter::value).mapToInt(NdArray::version).toArray();
    }

    /// Puts the parameters' own values back; the second time nothing.
    ///
    /// Throws [IllegalStateException], after having done so, that names a parameter that was modified meanwhile: what was learned
    /// is lost.
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        var now = versions();
        for (int i = 0; i < own.length; i++) parameters.list().get(i).value().copyInPlace(own[i]);
        IntStream.range(0, now.length).filter(i -> now[i] != versions[i]).findFirst().ifPresent(i -> {
            throw new IllegalStateException("applied: " + parameters.list().get(i).name()
                + " was modified while other values stood in for it, which is lost; close before the next step");
        });
    }
}
