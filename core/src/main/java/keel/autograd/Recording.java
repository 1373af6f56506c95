package keel.autograd;

import java.util.function.Supplier;

/// Whether operations on tensors that want gradients are recorded. On unless switched off for the extent of a call, in the
/// calling thread.
public final class Recording {
    private Recording() {}

    private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

    /// Whether operations are recorded here and now.
    public static boolean isOn() { return !ON.isBound() || ON.get(); }

    /// Runs `body` without recording: its results are constants.
    public static <T> T off(Supplier<T> body) { return with(false, body); }

    /// Runs `body` with recording, also inside [#off].
    public static <T> T on(Supplier<T> body) { return with(true, body); }

    private static <T> T with(boolean on, Supplier<T> body) {
        return isOn() == on ? body.get() : ScopedValue.where(ON, on).call(body::get);
    }
}
