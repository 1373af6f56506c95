package keel.nn.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how a run goes: on a terminal one line that is written over and over, with samples a second and the time left;
/// elsewhere a plain line for each epoch.
public final class Progress implements Listener {
    private static final long PAUSE = 100_000_000; // nanoseconds between two looks at the line
    private static final double SECOND = 1e9;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanoseconds;
    private long began;
    private long firstStep = -1;
    private long samples;
    private long shown;
    private int width;

    private Progress(PrintStream out, boolean isTerminal, LongSupplier nanoseconds) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoseconds = nanoseconds;
    }

    /// To a stream, as suits the console of this process.
    public static Progress to(PrintStream out) {
        var console = System.console();
        return new Progress(out, console != null && console.isTerminal(), System::nanoTime);
    }

    /// To a terminal, or to something else, by a clock that counts nanoseconds.
    public static Progress to(PrintStream out, boolean isTerminal, LongSupplier nanoseconds) {
        return new Progress(out, isTerminal, nanoseconds);
    }

    @Override
    public boolean step(Moment m) {
        long now = nanoseconds.getAsLong();
        if (firstStep < 0) { // the clock begins after the first step, which warms up
            firstStep = m.step();
            began = now;
            shown = now - PAUSE;
        } else {
            samples += m.samples();
        }
        if (isTerminal && now - shown >= PAUSE) {
            shown = now;
            var line = String.format(Locale.ROOT, "epoch %d/%d  step %d/%d  loss %.4f%s", m.epoch() + 1, m.epochs(),
                m.step(), m.steps(), m.loss(), speed(m, now));
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = line.length();
        }
        return true;
    }

    private String speed(Moment m, long now) {
        double seconds = (now - began) / SECOND;
        long done = m.step() - firstStep;
        if (done <= 0 || seconds <= 0) return "";
        long left = Math.round(seconds / done * (m.steps() - m.step()));
        return String.format(Locale.ROOT, "  %.0f samples/s  %s left", samples / seconds, time(left));
    }

    private static String time(long seconds) {
        long hours = seconds / 3600;
        return hours > 0 ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
            : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    @Override
    public void epoch(Moment m) {
        wipe();
        var score = Double.isNaN(m.score()) ? "" : String.format(Locale.ROOT, "  score %.4f", m.score());
        out.println(String.format(Locale.ROOT, "epoch %d/%d  step %d/%d  loss %.4f%s%s", m.epoch() + 1, m.epochs(),
            m.step(), m.steps(), m.loss(), score, speed(m, nanoseconds.getAsLong())));
    }

    private void wipe() {
        if (width > 0) out.print("\r" + " ".repeat(width) + "\r");
        width = 0;
    }

    @Override
    public void end(Report report) {
        wipe();
        out.println(switch (report.end()) {
            case FINISHED -> "finished after " + report.steps() + " steps";
            case NO_BETTER -> "no better any more after " + report.steps() + " steps, best score " + report.best();
            case STOPPED -> "stopped after " + report.steps() + " steps";
        });
    }
}
