package keel.autograd;

import java.util.function.Supplier;
import keel.array.NdArray;

/// Stops at the first NaN or infinity, forward or backward, and says where it came from: the operation, the layer, shapes and the
/// range of every operand. An operation whose operands are finite *produced* it; one that was given it only *propagates*.
///
/// ```java
/// Anomaly.watch(() -> Loss.crossEntropy(model.forward(x, pass), labels).backward());
/// ```
///
/// Every result is read once more: for finding a fault, not for training.
public final class Anomaly {
    private Anomaly() {}

    private static final ScopedValue<String> PLACE = ScopedValue.newInstance();

    /// Runs `body`, watching every operation of this thread.
    ///
    /// @throws Found at the first operation with a NaN or an infinity in its result or in a gradient it gives
    public static <T> T watch(Supplier<T> body) { return ScopedValue.where(PLACE, "").call(body::get); }

    /// Whether operations are watched here and now.
    public static boolean isOn() { return PLACE.isBound() && !PLACE.get().equals(PAUSED); }

    // Bound while a derivative is pulled: its own operations are part of the one that is being differentiated.
    private static final String PAUSED = "(paused)";

    /// Runs `body` unwatched.
    static void paused(Runnable body) { ScopedValue.where(PLACE, PAUSED).run(body); }

    /// Runs `body` with a name for where it is, such as a layer's path; the name is kept with every operation while watching.
    public static <T> T at(String place, Supplier<T> body) {
        return isOn() ? ScopedValue.where(PLACE, place).call(body::get) : body.get();
    }

    /// The name given by the innermost [#at]; empty outside.
    static String place() { return isOn() ? PLACE.get() : ""; }

    /// What was found: an `ArithmeticException` whose message is the whole story in one line.
    public static final class Found extends ArithmeticException {
        private static final long serialVersionUID = 1;
        /// Name of the operation.
        private final String operation;
        /// Path of the layer, empty if unknown.
        private final String place;
        /// Whether the operation made it from finite operands.
        private final boolean producer;

        private Found(String operation, String place, boolean producer, String message) {
            super(message);
            this.operation = operation;
            this.place = place;
            this.producer = producer;
        }

        /// Name of the operation.
        public String operation() { return operation; }

        /// Path of the layer it ran in, empty if unknown.
        public String place() { return place; }

        /// Whether the operation made the value from finite operands, rather than passing it on.
        public boolean isProducer() { return producer; }
    }

    /// Checks a forward result.
    static void forward(NdArray y, Vjp derivative) {
        if (!isOn() || y.isFinite()) {
            return;
        }
        boolean producer = true;
        var operands = new StringBuilder();
        var inputs = derivative.inputs();
        for (int i = 0; i < inputs.length; i++) {
            producer &= inputs[i].value().isFinite();
            operands.append("; input ").append(i).append(", ").append(inputs[i].describe()).append(": ")
                .append(range(inputs[i].value()));
        }
        throw new Found(derivative.name(), PLACE.get(), producer, "forward: " + derivative.name() + at(PLACE.get())
            + (producer ? " produced " : " propagates ") + range(y) + " in its result " + y.dtype() + " " + y.shape() + operands);
    }

    /// Checks a gradient on its way from `y` to an input.
    static void backward(Tensor y, Tensor dy, Tensor input, Tensor gradient) {
        if (gradient.value().isFinite()) {
            return;
        }
        boolean producer = dy.value().isFinite();
        var name = y.derivative().name();
        throw new Found(name, y.place(), producer, "backward: " + name + at(y.place())
            + (producer ? " produced " : " propagates ")
            + range(gradient.value()) + " in the gradient of " + input.describe() + ": " + range(input.value())
            + "; its own gradient " + dy.shape() + ": " + range(dy.value()) + "; its result: " + range(y.value()));
    }

    private static String at(String place) { return place.isEmpty() ? "" : " in " + place; }

    /// `3 NaN, 1 infinite, the other 8 in −1.5 … 2.0`
    static String range(NdArray x) {
        int nan = 0;
        int infinite = 0;
        int finite = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : x.toDoubles()) {
            if (Double.isNaN(v)) {
                nan++;
            } else if (Double.isInfinite(v)) {
                infinite++;
            } else {
                finite++;
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        var bad = (nan > 0 ? nan + " NaN" : "") + (nan > 0 && infinite > 0 ? ", " : "")
            + (infinite > 0 ? infinite + " infinite" : "");
        var good = finite == 0 ? "" : "in " + (float) low + " … " + (float) high;
        return bad.isEmpty() ? finite == 0 ? "no elements" : "finite, " + good : finite == 0 ? bad : bad + ", the other " + finite
            + " " + good;
    }
}
