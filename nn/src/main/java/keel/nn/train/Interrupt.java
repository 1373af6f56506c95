package keel.nn.train;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds up the end of the process (Ctrl-C, SIGTERM) until the run has saved itself.
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE = 60; // seconds, for a step and a save

    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread trainer = Thread.currentThread();
    private final Thread hook = new Thread(this::holdUp, "keel-trainer-interrupt");
    private volatile boolean isAsked;
    private boolean wasInterrupted;

    /// From now on; of the process only if `withProcess`, of this thread always.
    Interrupt(boolean withProcess) {
        if (!withProcess) return;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException _) {
            isAsked = true; // the process is ending already
        }
    }

    private void holdUp() {
        isAsked = true;
        // A listener that calls System.exit is itself what waits for this hook: there is no step to wait for.
        boolean isExiting = Arrays.stream(trainer.getStackTrace()).anyMatch(f -> f.getClassName().equals("java.lang.Shutdown"));
        if (isExiting) return;
        try {
            if (!saved.await(PATIENCE, TimeUnit.SECONDS)) return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes the interrupt of this thread away until the end: a file channel would be closed by it in the middle of a save.
    boolean isAsked() {
        wasInterrupted |= Thread.interrupted();
        return isAsked || wasInterrupted;
    }

    @Override
    public void close() {
        saved.countDown();
        if (wasInterrupted) Thread.currentThread().interrupt();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it is running: that was why the run ended
        }
    }
}
