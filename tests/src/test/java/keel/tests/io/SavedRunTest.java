package keel.tests.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import keel.nn.Rng;
import keel.nn.io.Checkpoint;
import keel.nn.io.Checkpoints;
import keel.nn.io.FileFormatException;
import keel.nn.io.Weights;
import keel.nn.optim.Adam;
import keel.nn.optim.SGD;
import keel.nn.schedule.Plateau;
import keel.tests.io.FaultyFileSystem.Fault;
import keel.tests.io.FaultyFileSystem.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedRunTest {
    private static final int WIDE = 900; // several writes

    @TempDir
    Path folder;

    // ---- going on

    @Test
    void aRunThatGoesOnHasTheBitsOfOneThatWasNeverInterrupted() {
        var whole = new SmallRun(8);
        whole.until(30);
        for (int stop : new int[] {0, 1, 14, 29}) {
            var path = FaultyFileSystem.sound().path(folder.resolve("run.safetensors"));
            var first = new SmallRun(8);
            first.until(stop);
            first.checkpoint().save(path, stop);
            var second = new SmallRun(8);
            second.until(3); // to be overwritten
            assertEquals(stop, second.resume(path));
            second.until(30);
            assertArrayEquals(whole.bytes(), second.bytes(), "stopped at " + stop);
            assertEquals(whole.losses().subList(stop, 30), second.losses().subList(second.losses().size() - (30 - stop),
                second.losses().size()));
        }
    }

    @Test
    void theSameRunGivesTheSameFile() {
        var paths = List.of(folder.resolve("a"), folder.resolve("b"));
        for (var path : paths) {
            var run = new SmallRun(8);
            run.until(4);
            run.checkpoint().save(path, 4);
        }
        assertArrayEquals(Foreign.bytes(paths.getFirst()), Foreign.bytes(paths.getLast()));
    }

    // ---- dying

    /// Whatever operation the process dies in: the name leads to the old checkpoint or to the new one.
    @Test
    void aProcessKilledInAnyOperationLeavesTheOldOrTheNew() throws IOException {
        for (var fault : List.of(Fault.KILL, Fault.POWER_CUT)) {
            int survived = 0;
            for (int at = 0; survived == 0; at++) {
                var path = FaultyFileSystem.sound().path(folder.resolve("run.safetensors"));
                var run = new SmallRun(WIDE);
                run.until(1);
                run.checkpoint().save(path, 1);
                var old = Foreign.bytes(path);
                run.until(2);
                var faulty = new FaultyFileSystem(fault, at);
                try {
                    run.checkpoint().save(faulty.path(FaultyPath.real(path)), 2);
                    survived++;
                    assertTrue(at >= 6, "only " + at + " operations");
                } catch (Killed _) {
                    // what is left is looked at as after a restart
                }
                var again = new SmallRun(WIDE);
                long step = again.resume(path);
                assertTrue(step == 1 || step == 2, "step " + step);
                if (step == 1) assertArrayEquals(old, Foreign.bytes(path));
                run.checkpoint().save(path, 2); // and the next save does not mind what lies about
                assertEquals(2, again.resume(path));
                assertArrayEquals(run.bytes(), again.bytes());
                assertFalse(Files.exists(folder.resolve("run.safetensors.part")));
                assertEquals(at + (survived == 0 ? 1 : 0), Math.min(faulty.operations(), at + 1 - survived));
            }
        }
    }

    @Test
    void aFullDiskIsSaidSoAndTheOldCheckpointStays() {
        boolean over = false;
        for (int at = 0; !over; at++) {
            var path = FaultyFileSystem.sound().path(folder.resolve("run.safetensors"));
            var run = new SmallRun(WIDE);
            run.until(1);
            run.checkpoint().save(path, 1);
            run.until(2);
            var faulty = new FaultyFileSystem(Fault.DISK_FULL, at);
            try {
                run.checkpoint().save(faulty.path(FaultyPath.real(path)), 2);
                over = true;
            } catch (UncheckedIOException e) {
                assertTrue(e.getMessage().matches("Safetensors.write: .*run.safetensors cannot be written, java.io.IOException: "
                    + "No space left on device; (what was there is unchanged|the new content is there, but .*), check the "
                    + "disk and the permissions"), e.getMessage());
                assertFalse(Files.exists(folder.resolve("run.safetensors.part")), "operation " + at);
            }
            long step = new SmallRun(WIDE).resume(path);
            assertTrue(over ? step == 2 : step == 1 || step == 2, "step " + step);
        }
    }

    // ---- damage

    @Test
    void aChangedBitIsNoticedAndChangesNothing() {
        var run = new SmallRun(8);
        run.until(3);
        var path = folder.resolve("run.safetensors");
        run.checkpoint().save(path, 3);
        var good = Foreign.bytes(path);
        var other = new SmallRun(8);
        other.until(1);
        var before = other.bytes();
        var random = new SplittableRandom(1);
        int tries = Boolean.getBoolean("keel.slow") ? 20_000 : 200;
        for (int i = 0; i < tries; i++) {
            var bytes = MutatedFilesTest.mutated(good, random);
            Foreign.write(path, bytes);
            try {
                assertEquals(3, other.resume(path));
                assertArrayEquals(run.bytes(), other.bytes()); // a blank more, or the same byte
                other = new SmallRun(8);
                other.until(1);
            } catch (FileFormatException e) {
                assertArrayEquals(before, other.bytes(), e.getMessage());
            }
        }
        var last = good.clone();
        last[last.length - 1] ^= 1;
        Foreign.write(path, last);
        var e = assertThrows(FileFormatException.class, () -> new SmallRun(8).resume(path));
        assertTrue(e.getMessage().matches("Checkpoint.load: .*: tensor \".*\" does not have its checksum; it is damaged, "
            + "use another"), e.getMessage());
        Weights.save(new SmallRun(8).model(), path);
        e = assertThrows(FileFormatException.class, () -> new SmallRun(8).resume(path));
        assertTrue(e.getMessage().endsWith("is no checkpoint of this version of Keel; Weights.load reads files of weights "
            + "alone"), e.getMessage());
    }

    @Test
    void whatDoesNotFitIsListedForEveryPartAndNothingIsChanged() {
        var run = new SmallRun(8);
        run.until(3);
        var path = folder.resolve("run.safetensors");
        run.checkpoint().save(path, 3);
        var other = new SmallRun(9);
        other.until(1);
        var before = other.bytes();
        var e = assertThrows(IllegalArgumentException.class, () -> other.resume(path));
        assertTrue(e.getMessage().matches("Checkpoint.load: .*: model: Weights.load: the file does not fit the model: "
            + "unfitting 0.weight .*; "
            + "optimizer: .*0.weight.exp_avg is F32 .*"), e.getMessage());
        assertArrayEquals(before, other.bytes());

        var model = new SmallRun(8).model();
        var rng = Rng.of(9);
        e = assertThrows(IllegalArgumentException.class, () -> Checkpoint.of(model).with(rng).load(path));
        assertTrue(e.getMessage().contains("has the parts model, optimizer, rng, rate, average, wanted model, rng; build"),
            e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.of(model).with(rng).with(rng));
        // one part refuses after another was taken over: that one is put back
        var plateau = Plateau.defaults().from(1);
        var pair = Checkpoint.of(model).with(rng).with("rate", plateau::state, plateau::load);
        pair.save(path, 1);
        rng.nextLong();
        var next = Rng.of(0);
        next.load(rng.state());
        var bad = Checkpoint.of(model).with(rng).with("rate", () -> Map.of(), _ -> {
            throw new IllegalArgumentException("never");
        });
        assertThrows(IllegalArgumentException.class, () -> bad.load(path));
        assertEquals(next.nextLong(), rng.nextLong());
    }

    @Test
    void anOptimizerOfAnotherKindIsRefused() {
        var run = new SmallRun(8);
        var path = folder.resolve("run.safetensors");
        var parameters = run.model().parameters();
        run.until(1);
        Checkpoint.of(run.model()).with(run.optimizer()).save(path, 1);
        var sgd = SGD.defaults().momentum(0.9).over(parameters);
        var e = assertThrows(IllegalArgumentException.class, () -> Checkpoint.of(run.model()).with(sgd).load(path));
        assertTrue(e.getMessage().contains("exp_avg is unexpected"), e.getMessage());
        assertEquals(1, Checkpoint.of(run.model()).with(Adam.defaults().over(parameters)).load(path));
    }

    // ---- a folder of them

    @Test
    void theLastFewAndTheBestAreKept() throws IOException {
        var saves = Checkpoints.in(folder.resolve("runs")).keep(2);
        var run = new SmallRun(8);
        assertTrue(saves.resume(run.checkpoint()).isEmpty());
        double[] scores = {0.5, 0.9, Double.NaN, 0.7, 0.9};
        for (int step = 1; step <= scores.length; step++) {
            run.until(step);
            saves.save(run.checkpoint(), step, scores[step - 1]);
        }
        try (var files = Files.list(saves.folder())) {
            assertEquals(List.of("best.safetensors", "step-000000000004.safetensors", "step-000000000005.safetensors"),
                files.map(p -> p.getFileName().toString()).sorted().toList());
        }
        assertEquals(2, new SmallRun(8).resume(saves.best()));
        assertEquals(5, saves.resume(new SmallRun(8).checkpoint()).orElseThrow().step());

        var newest = saves.folder().resolve("step-000000000005.safetensors");
        var bytes = Foreign.bytes(newest);
        bytes[bytes.length / 2] ^= 4;
        Foreign.write(newest, bytes);
        var resumed = saves.resume(new SmallRun(8).checkpoint()).orElseThrow();
        assertEquals(4, resumed.step());
        assertEquals(List.of(newest), resumed.damaged());
        Foreign.write(saves.folder().resolve("step-000000000004.safetensors"), new byte[3]);
        assertThrows(FileFormatException.class, () -> saves.resume(new SmallRun(8).checkpoint()));
        assertThrows(IllegalArgumentException.class, () -> saves.keep(0));
        assertThrows(IllegalArgumentException.class, () -> saves.save(run.checkpoint(), -1));
    }
}
