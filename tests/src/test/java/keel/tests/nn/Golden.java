package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Tensor;

/// Numbers computed by PyTorch in float64: `golden.txt`, `sequence.txt`, `attention.txt` and `optimizers.txt`, each written by
/// the script beside it.
final class Golden {
    private static final Map<String, double[]> NUMBERS = new HashMap<>();

    static {
        read("golden.txt");
        read("sequence.txt");
        read("optimizers.txt");
        read("attention.txt");
    }

    private Golden() {}

    private static void read(String name) {
        try (var file = Golden.class.getResourceAsStream(name)) {
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var parts = line.split(":");
                NUMBERS.put(parts[0], Arrays.stream(parts[1].trim().split(" ")).mapToDouble(Golden::number).toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String word) {
        return Double.parseDouble(word.replace("inf", "Infinity").replace("nan", "NaN"));
    }

    /// The numbers of this name.
    static double[] of(String name) {
        var y = NUMBERS.get(name);
        if (y == null) throw new IllegalArgumentException("no golden numbers for " + name);
        return y;
    }

    static boolean has(String name) {
        return NUMBERS.containsKey(name);
    }

    static void assertGolden(String name, NdArray actual) {
        assertEquals(DType.F64, actual.dtype(), name);
        assertArrayEquals(of(name), actual.doubles(), Samples.NEAR, name);
    }

    /// The value of `f` and the gradients of its sum weighted by `ramp(9)`: what the script calls a case.
    static void assertCase(String name, Function<Tensor[], Tensor> f, NdArray... inputs) {
        var x = Arrays.stream(inputs).map(i -> Tensor.parameter(i.copy())).toArray(Tensor[]::new);
        var y = f.apply(x);
        assertGolden(name, y.value());
        var g = Backward.from(y).seed(Tensor.of(Samples.ramp(9, y.shape().extents()))).run();
        for (int i = 0; i < x.length; i++) assertGolden(name + " d" + i, g.of(x[i]));
    }
}
