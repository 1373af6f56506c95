package keel.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import keel.nn.io.Safetensors;
import keel.tests.conformance.Outcome.Kind;
import keel.tests.conformance.Table.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runner itself: a right answer passes, and each kind of wrong one is found, by its kind.
class RunnerTest {
    @TempDir
    private Path folder;

    private static final Op RIGHT = RunnerTest::right;

    private static Tensor right(Args a) { return a.input().mul(a.number("factor")); }

    private static final String PLAIN = """
        {"id": "planted", "family": "f", "kind": "op", "op": "scale", "dtype": "float64", "key": "k", "rtol": 1e-12,
        "kwargs": {"input": {"t": "input"}, "factor": 2}, "inputs": ["input"], "requires_grad": ["input"],
        "grad_output": ["dy"], "expected": ["y"], "expected_grads": ["dx"], "atol": [0.0], "grad_rtol": 1e-12,
        "grad_atol": [0.0], "expects_error": null, "convention": null}""".replace("\n", " ");

    // Of x = (1, −2, 3, 0): y = 2x; dy = (1, 1, 2, 1), dx = 2dy.
    private Outcome outcome(String line, Op op) {
        var tensors = new LinkedHashMap<String, NdArray>();
        tensors.put("k/input", NdArray.of(1.0, -2, 3, 0));
        tensors.put("k/y", NdArray.of(2.0, -4, 6, 0));
        tensors.put("k/dy", NdArray.of(1.0, 1, 2, 1));
        tensors.put("k/dx", NdArray.of(2.0, 2, 4, 2));
        tensors.put("k/other", NdArray.of(2.0, -4, 6, 1e-3));
        try {
            Files.writeString(folder.resolve("manifest.jsonl"), line + "\n");
            Safetensors.of(tensors).write(folder.resolve("f.safetensors"));
            return new Runner(new Table().op("scale", op)).run(new Suite(folder)).getFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertFails(String why, String line, Op op) {
        var y = outcome(line, op);
        assertEquals(Kind.FAILED, y.kind(), y.detail());
        assertTrue(y.detail().contains(why), y.detail());
    }

    @Test
    void theRightAnswerPasses() {
        var y = outcome(PLAIN, RIGHT);
        assertEquals(Kind.PASSED, y.kind(), y.detail());
    }

    @Test
    void wrongValues() {
        assertFails("y: 4 of 4 elements, largest error 1.00e-09", PLAIN, a -> right(a).add(1e-9));
        assertFails("y: 1 of 4 elements, largest error 0.00100", PLAIN, a -> Tensor.of(right(a).value().set(1e-3, 3)));
        assertFails("got NaN", PLAIN, a -> Tensor.of(right(a).value().set(Double.NaN, 1)));
        assertFails("got Infinity", PLAIN, a -> Tensor.of(right(a).value().set(Double.POSITIVE_INFINITY, 1)));
    }

    @Test
    void wrongShapesTypesAndNumbersOfResults() {
        var values = PLAIN.replace("[\"dx\"]", "[]").replace("\"requires_grad\": [\"input\"]", "\"requires_grad\": []");
        assertEquals(Kind.PASSED, outcome(values, RIGHT).kind());
        assertFails("shape (2, 2), expected (4)", values, a -> right(a).reshape(2, 2));
        assertFails("type F32, expected F64", values, a -> right(a).cast(DType.F32));
        assertFails("seed constant F64 (4) does not fit Reshape F64 (2, 2)", PLAIN, a -> right(a).reshape(2, 2));
        assertFails("2 results, expected 1", values, a -> List.of(RIGHT.apply(a), 1.0));
        assertFails("0 results, expected 1", values, a -> right(a) == null ? 1 : null);
    }

    /// 2x with a derivative that is not 2.
    private record WrongScale(Tensor x, double slope) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.give(x, () -> dy.mul(slope)); }
    }

    private static Op sloped(double slope) {
        return a -> Tensor.op(a.input().value().mul(a.number("factor")), new WrongScale(a.input(), slope));
    }

    @Test
    void wrongAndMissingGradients() {
        assertEquals(Kind.PASSED, outcome(PLAIN, sloped(2)).kind());
        assertFails("dx: 4 of 4 elements, largest error 4", PLAIN, sloped(4));
        assertFails("dx: 4 of 4 elements", PLAIN, sloped(2 + 1e-9));
        assertFails("dx: no gradient", PLAIN, a -> right(a).detach());
        assertFails("gradient of input is neither absent nor zero", PLAIN.replace("[\"dx\"]", "[null]"), RIGHT);
        assertEquals(Kind.PASSED, outcome(PLAIN.replace("[\"dx\"]", "[null]"), sloped(0)).kind());
    }

    private static final String ERROR = PLAIN.replace("\"expects_error\": null", "\"expects_error\": {\"category\": \"shape\"}");

    @Test
    void missingAndUncleanErrors() {
        Op refused = a -> {
            a.number("factor");
            return a.input().reshape(7);
        };
        var right = outcome(ERROR, refused);
        assertEquals(Kind.PASSED, right.kind(), right.detail());
        assertFails("no error", ERROR, RIGHT);
        assertFails("reshape: (4) has 4 elements", PLAIN, refused); // none was expected
        assertFails("the error is the test's own", ERROR, _ -> {
            throw new IllegalArgumentException("mine");
        });
        assertFails("NullPointerException", ERROR, a -> a.input().add((Tensor) null));
        assertFails("the error came after input was modified", ERROR, a -> {
            a.input().value().mulInPlace(2);
            return refused.apply(a);
        });
    }

    @Test
    void inputsThatAreModified() {
        assertFails("input was modified", PLAIN, a -> {
            var y = RIGHT.apply(a);
            a.input().value().mulInPlace(1);
            return y;
        });
        var after = PLAIN.replace("\"convention\"",
            "\"expected_after\": {\"input\": {\"name\": \"y\", \"rtol\": 0.0, \"atol\": 0.0}}, \"convention\"");
        assertEquals(Kind.PASSED, outcome(after, a -> {
            a.after("input", a.input().value().mul(2));
            return RIGHT.apply(a);
        }).kind());
        assertFails("after, input: 3 of 4 elements", after, a -> {
            a.after("input", a.input().value());
            return RIGHT.apply(a);
        });
        assertEquals(Kind.UNSUPPORTED, outcome(after, RIGHT).kind(), "nothing was said of it");
    }

    @Test
    void anArgumentThatIsIgnoredIsNotSupported() {
        var y = outcome(PLAIN, a -> a.input().mul(2));
        assertEquals(Kind.UNSUPPORTED, y.kind());
        assertEquals("scale with [factor]", y.detail());
        assertEquals("no call for other", outcome(PLAIN.replace("\"scale\"", "\"other\""), RIGHT).detail());
    }

    @Test
    void alternativesAndConventionsAreCountedApartAndDoNotExcuseEverything() {
        var either = PLAIN.replace("\"convention\"", "\"alt\": {\"y\": \"other\"}, \"convention\"");
        Op other = a -> Tensor.op(NdArray.of(2.0, -4, 6, 1e-3), new WrongScale(a.input(), a.number("factor")));
        assertEquals(Kind.ALTERNATIVE, outcome(either, other).kind());
        assertEquals(Kind.PASSED, outcome(either, RIGHT).kind());
        assertFails("y: 1 of 4", PLAIN, other);
        assertFails("y: 4 of 4", either, a -> right(a).add(1e-9));
        assertFails("y: 4 of 4", PLAIN.replace("\"convention\": null", "\"convention\": \"kink\""),
            a -> right(a).add(1e-9)); // no reason is known for this one
    }

    @Test
    void unitsInTheLastPlace() {
        var ulp = PLAIN.replace("\"kind\": \"op\"", "\"kind\": \"ulp\"").replace("\"y\"", "\"out.0\"")
            .replace("\"convention\"", "\"max_ulp\": 1.0, \"convention\"");
        var y = outcome(ulp, RIGHT); // there is no tensor out.0
        assertEquals(Kind.FAILED, y.kind(), y.detail());
        assertEquals(0, Closeness.ulps(NdArray.of(2.0), NdArray.of(2.0)));
        assertEquals(1, Closeness.ulps(NdArray.of(Math.nextUp(2.0)), NdArray.of(2.0)));
        assertEquals(3, Closeness.ulps(NdArray.of(2f + 3 * Math.ulp(2f)), NdArray.of(2f)));
        assertEquals(Double.POSITIVE_INFINITY, Closeness.ulps(NdArray.of(Double.NaN), NdArray.of(2.0)));
    }
}
