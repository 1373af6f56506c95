package keel.kernel;
public final class Parallel {
    private Parallel() {}
    public interface RangeTask { void run(int from, int to); }
    public static void ranges(long work, int n, int multipleOf, RangeTask task) { task.run(0, n); }
}
