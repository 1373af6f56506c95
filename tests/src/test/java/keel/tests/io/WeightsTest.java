package keel.tests.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.conv.Conv2d;
import keel.nn.init.Init;
import keel.nn.io.Safetensors;
import keel.nn.io.StoredType;
import keel.nn.io.Weights;
import keel.nn.layer.Activation;
import keel.nn.layer.Flatten;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Sequential;
import keel.nn.norm.BatchNorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights go to PyTorch and back by name.
class WeightsTest {
    @TempDir
    Path folder;

    /// The net that `pytorch.py` trains.
    private static Layer net(DType dtype, int classes) {
        var random = new SplittableRandom(1);
        var options = ConvOptions.defaults().stride(2).padding(1);
        return Sequential.of(Conv2d.of(dtype, 1, 3, new int[] {3, 3}, options, Init.heNormal(), Init.zeros(), random),
            BatchNorm.of(dtype, 3), Activation.relu(), Flatten.of(), Linear.of(dtype, 48, classes, Init.heNormal(), random));
    }

    @Test
    void aFileThatPyTorchWroteGivesPyTorchsOutput() {
        var expected = Safetensors.read(Foreign.path("expected.safetensors"));
        for (var dtype : List.of(DType.F32, DType.F64)) {
            var model = net(dtype, 5);
            Weights.load(model, Foreign.path("model.safetensors"));
            var y = model.forward(Tensor.of(expected.tensor("x").cast(dtype))).value().toDoubles();
            var want = expected.tensor(dtype == DType.F32 ? "y" : "y64").toDoubles();
            assertArrayEquals(want, y, dtype == DType.F32 ? 1e-6 : 1e-14);
            assertEquals(3, model.state().get("1.num_batches_tracked").item());
        }
    }

    /// `pytorch.py FILE` loads what is written here; the bytes are those that PyTorch wrote itself.
    @Test
    void whatKeelWritesIsWhatPyTorchWrites() {
        var model = net(DType.F32, 5);
        Weights.load(model, Foreign.path("model.safetensors"));
        var path = folder.resolve("back.safetensors");
        Weights.save(model, path);
        assertArrayEquals(Foreign.bytes("model.safetensors"), Foreign.bytes(path));
    }

    @Test
    void everythingThatDoesNotFitIsListedAtOnceAndNothingIsChanged() {
        var file = Safetensors.read(Foreign.path("model.safetensors")).renamed(name -> name.replace("0.", "9."));
        var model = net(DType.F32, 4);
        var before = Weights.toSafetensors(model).bytes();
        var e = assertThrows(IllegalArgumentException.class, () -> Weights.load(model, file));
        assertEquals("Weights.load: the file does not fit the model: missing 0.weight, 0.bias; unexpected 9.bias, 9.weight; "
            + "unfitting 4.weight (file F32 (5, 48), model F32 (4, 48)), 4.bias (file F32 (5), model F32 (4)); "
            + "build the model that was saved, rename, or use loadShared for a part", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Weights.loadShared(model, file));
        assertArrayEquals(before, Weights.toSafetensors(model).bytes());
    }

    @Test
    void aValueThatIsRefusedChangesNothing() {
        var huge = NdArray.of(Integer.MAX_VALUE);
        var model = net(DType.F32, 5);
        var before = Weights.toSafetensors(model).bytes();
        var bytes = Safetensors.read(Foreign.path("model.safetensors")).with("1.num_batches_tracked", huge.reshape(),
            StoredType.I64).bytes();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00ff\u00ff\u007f");
        bytes[at + 4] = 1; // the fifth byte of the count makes it larger than any int
        var e = assertThrows(IllegalArgumentException.class, () -> Weights.load(model, Safetensors.parse(bytes)));
        assertTrue(e.getMessage().contains("does not fit I32"), e.getMessage());
        assertArrayEquals(before, Weights.toSafetensors(model).bytes());
    }

    @Test
    void aBodyIsSharedAndTheNewHeadStays() {
        var model = net(DType.F32, 5);
        var head = Weights.of(model).get("4.weight").toFloats();
        var body = Safetensors.read(Foreign.path("model.safetensors")).renamed(name -> name.startsWith("4") ? "head" + name
            : name);
        var match = Weights.loadShared(model, body);
        assertEquals(List.of("4.weight", "4.bias"), match.missing());
        assertEquals(List.of("head4.bias", "head4.weight"), match.unexpected());
        assertEquals("missing 4.weight, 4.bias; unexpected head4.bias, head4.weight", match.toString());
        assertArrayEquals(head, Weights.of(model).get("4.weight").toFloats());
        assertArrayEquals(body.tensor("0.weight").floats(), Weights.of(model).get("0.weight").toFloats());
        assertThrows(IllegalArgumentException.class, () -> Weights.loadShared(model, Safetensors.of(Map.of("x",
            NdArray.of(1f)))));
    }

    @Test
    void halvesAreWidenedAndIntegersAreNoWeights() {
        var linear = Linear.of(2, 2, Init.ones(), new SplittableRandom(1));
        var half = Safetensors.of(Map.of()).with("weight", NdArray.of(.1f, 1, 2, 3).reshape(2, 2), StoredType.BF16)
            .with("bias", NdArray.of(1.0, 2.0), StoredType.F64);
        Weights.load(linear, half);
        assertArrayEquals(new float[] {0.10009765625f, 1, 2, 3}, linear.weight().value().floats());
        var whole = half.with("weight", NdArray.of(1, 2, 3, 4).reshape(2, 2), StoredType.I32);
        var e = assertThrows(IllegalArgumentException.class, () -> Weights.load(linear, whole));
        assertTrue(e.getMessage().contains("unfitting weight (file I32 (2, 2), model F32 (2, 2))"), e.getMessage());
    }
}
