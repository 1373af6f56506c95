package keel.tests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Anomaly;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.io.Checkpoint;
import keel.nn.io.Weights;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.optim.AdamW;
import keel.nn.optim.Optimizer;
import keel.tests.io.FaultyFileSystem;
import keel.tests.io.FaultyFileSystem.Fault;
import keel.tests.io.FaultyFileSystem.Killed;

/// Protocols about whole runs: threads, repetition, interrupted checkpoints, NaN, dropout.
final class RunScenarios {
    private static final int THREADS = 8;
    private static final int FORWARDS = 200;
    private static final int STEPS = 50;

    private RunScenarios() {}

    static boolean holds(String name) {
        return switch (name) {
            case "concurrent_inference" -> concurrentInference();
            case "concurrent_training_separate" -> {
                var alone = trained(1, STEPS);
                yield together(2, _ -> trained(1, STEPS)).stream().allMatch(w -> Arrays.equals(w, alone));
            }
            case "determinism_run" -> Arrays.equals(trained(1, STEPS), trained(1, STEPS)) && !Arrays.equals(trained(1, STEPS),
                trained(2, STEPS));
            case "checkpoint_interrupted" -> interruptedCheckpoint();
            case "nan_localised" -> nanIsLocalised();
            case "dropout_statistics" -> dropoutStatistics();
            default -> throw new Unsupported("no scenario " + name);
        };
    }

    // ---- threads and repetition

    private interface Task<T> {
        T run(int thread);
    }

    private static <T> List<T> together(int threads, Task<T> task) {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var tasks = new ArrayList<Callable<T>>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> task.run(thread));
            }
            var y = new ArrayList<T>();
            for (var future : pool.invokeAll(tasks)) y.add(future.get());
            return y;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Layer model(long seed) {
        var random = new SplittableRandom(seed);
        return Sequential.of(Linear.of(16, 32, Init.heNormal(), random), BatchNorm.of(32), Activation.gelu(), Dropout.of(0.2),
            Linear.of(32, 4, Init.heNormal(), random));
    }

    private static Tensor input(long seed) { return Tensor.of(NdArray.normal(DType.F32, Shape.of(9, 16), 0, 1,
        new SplittableRandom(seed))); }

    private static boolean concurrentInference() {
        var model = model(1);
        var alone = new ArrayList<float[]>();
        for (int i = 0; i < THREADS; i++) alone.add(model.forward(input(i)).value().toFloats());
        return together(THREADS, thread -> {
            var x = input(thread);
            boolean same = true;
            for (int i = 0; i < FORWARDS; i++) same &= Arrays.equals(alone.get(thread), model.forward(x).value().toFloats());
            return same;
        }).stream().allMatch(same -> same);
    }

    private static byte[] trained(long seed, int steps) {
        var model = model(seed);
        train(model, AdamW.defaults().over(model.parameters()), seed, steps);
        return Weights.toSafetensors(model).bytes();
    }

    private static void train(Layer model, Optimizer optimizer, long seed, int steps) {
        var random = new SplittableRandom(seed);
        var labels = NdArray.of(0, 1, 2, 3, 0, 1, 2, 3, 0);
        for (int i = 0; i < steps; i++) {
            var loss = Loss.crossEntropy(model.forward(input(i), Pass.training(random)), labels);
            optimizer.step(loss.backward());
        }
    }

    // ---- checkpoints

    private static boolean interruptedCheckpoint() {
        try {
            var folder = Files.createTempDirectory("keel-checkpoint");
            try {
                return interruptedCheckpoint(folder.resolve("run.safetensors"));
            } finally {
                try (var files = Files.list(folder)) {
                    for (var file : files.toList()) Files.delete(file);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean interruptedCheckpoint(Path path) {
        for (int at = 0;; at++) {
            var model = model(1);
            var optimizer = AdamW.defaults().over(model.parameters());
            var checkpoint = Checkpoint.of(model).with(optimizer);
            train(model, optimizer, 1, 1);
            checkpoint.save(FaultyFileSystem.sound().path(path), 1);
            var old = Weights.toSafetensors(model).bytes();
            train(model, optimizer, 2, 1);
            var later = Weights.toSafetensors(model).bytes();
            boolean killed = false;
            try {
                checkpoint.save(new FaultyFileSystem(Fault.KILL, at).path(path), 2);
            } catch (Killed _) {
                killed = true;
            }
            var loaded = model(3);
            long step = Checkpoint.of(loaded).with(AdamW.defaults().over(loaded.parameters())).load(path);
            var got = Weights.toSafetensors(loaded).bytes();
            if (!Arrays.equals(got, step == 1 ? old : later)) return false;
            if (!killed) return step == 2 && at > 0;
        }
    }

    // ---- NaN

    /// The logarithm, as a layer.
    private record Log() implements Layer {
        @Override
        public Tensor forward(Tensor x, Pass pass) { return x.log(); }

        @Override
        public void visit(Visitor visitor) {}
    }

    private static boolean nanIsLocalised() {
        var random = new SplittableRandom(1);
        Supplier<Layer> linear = () -> Linear.of(3, 3, Init.eye(), random);
        var model = Sequential.of(linear.get(), Activation.leakyRelu(0.1), new Log(), linear.get(), Activation.relu());
        var forward = found(() -> model.forward(Tensor.of(NdArray.of(-1f, 1, 2).reshape(1, 3)), Pass.training(random)));
        var zero = Tensor.parameter(NdArray.of(0f));
        var backward = found(() -> zero.sqrt().mul(0).sum().backward());
        return forward != null && forward.operation().equals("Log") && forward.place().equals("2") && forward.isProducer()
            && backward != null && backward.operation().equals("Sqrt") && backward.getMessage().startsWith("backward: ");
    }

    private static Anomaly.Found found(Supplier<?> body) {
        try {
            Anomaly.watch(body::get);
            return null;
        } catch (Anomaly.Found e) {
            return e;
        }
    }

    // ---- dropout

    private static boolean dropoutStatistics() {
        int n = 1_000_000;
        double p = 0.3;
        var x = Tensor.parameter(NdArray.ones(DType.F32, n));
        var y = Dropout.of(p).forward(x, Pass.training(new SplittableRandom(1)));
        var dx = y.sum().backward().of(x).floats();
        var values = y.value().floats();
        int kept = 0;
        boolean right = true;
        for (int i = 0; i < n; i++) {
            right &= values[i] == 0 || values[i] == (float) (1 / (1 - p));
            right &= dx[i] == values[i];
            if (values[i] != 0) kept++;
        }
        return right && Math.abs((double) kept / n - (1 - p)) <= 0.003;
    }
}
