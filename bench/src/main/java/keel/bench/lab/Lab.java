package keel.bench.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import keel.kernel.Parallel;

/// Runs experiments, several at once where there are threads for it. Networks this small gain little from threads inside a
/// kernel, and none of them can see another, so the bits are the same however many run.
final class Lab {
    private Lab() {}

    /// A result and how long it took.
    record Timed(Result result, double seconds) {}

    static List<Timed> run(List<Experiment> experiments, Setup setup, int threads, Progress progress) {
        int atOnce = Math.min(threads, experiments.size());
        int before = Parallel.threads();
        Parallel.setThreads(Math.max(1, threads / atOnce));
        var digits = Training.digits(setup);
        var pool = Executors.newFixedThreadPool(atOnce, task -> {
            var thread = new Thread(task, "lab");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var tasks = new ArrayList<Callable<Timed>>();
            for (var experiment : experiments) {
                tasks.add(() -> {
                    long start = System.nanoTime();
                    var result = Training.run(experiment, setup, digits, step -> progress.stepped(experiment, step));
                    var timed = new Timed(result, (System.nanoTime() - start) / 1e9);
                    progress.finished(result);
                    return timed;
                });
            }
            var done = new ArrayList<Timed>();
            for (var future : pool.invokeAll(tasks)) done.add(future.get());
            return done;
        } catch (InterruptedException e) {
            throw new IllegalStateException("lab: interrupted before the experiments were over; start it again", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            Parallel.setThreads(before);
        }
    }
}
