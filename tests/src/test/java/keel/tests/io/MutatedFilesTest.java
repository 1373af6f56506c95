package keel.tests.io;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import keel.nn.io.FileFormatException;
import keel.nn.io.Npy;
import keel.nn.io.Npz;
import keel.nn.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that were good, and then damaged in a way that a seed decides: readers accept them or say what is wrong, and take no
/// more memory than they may. A million of them in the slow profile.
class MutatedFilesTest {
    private static final int TRIES = Boolean.getBoolean("keel.slow") ? 1_000_000 : 1_500;
    private static final long EXTRA = 16_000_000;
    private static final int MOST_CHANGES = 4;
    private static final List<String> WORDS = List.of("0", "-1", "9223372036854775807", "18446744073709551616", "4294967296",
        "1e999", "null", "{}", "[]",
        "\"", "\\ud800", "F64", "I64", "C64", "F4", "data_offsets", "shape", "__metadata__", ",", ":", "[", "]", "{", "}", "(",
            ")", "'", "True",
        "|O", ">f8", "<u1", "\u0000", "\u00ff\u00ff\u00ff\u007f", "\u00c3");

    @TempDir
    Path folder;

    @Test
    void noMutatedSafetensorsFileBreaksTheReader() {
        attack("types.safetensors", TRIES, bytes -> Safetensors.parse(bytes).tensors());
        attack("model.safetensors", TRIES / 3, bytes -> {
            var file = Safetensors.parse(bytes);
            assertTrue(Arrays.equals(file.bytes(), Safetensors.parse(file.bytes()).bytes()));
        });
    }

    @Test
    void noMutatedNpyFileBreaksTheReader() {
        attack("fortran.npy", TRIES / 3, Npy::parse);
        attack("version3.npy", TRIES / 3, Npy::parse);
    }

    @Test
    void noMutatedArchiveBreaksTheReader() {
        var path = folder.resolve("x.npz");
        for (var seed : List.of("types.npz", "small.npz")) {
            attack(seed, Math.min(TRIES / 10, 20_000), bytes -> {
                Foreign.write(path, bytes);
                Npz.read(path);
            });
        }
    }

    private static void attack(String seed, int tries, Consumer<byte[]> read) {
        var good = Foreign.bytes(seed);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < tries; i++) {
            var bytes = mutated(good, new SplittableRandom(i));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                read.accept(bytes);
            } catch (FileFormatException e) {
                refused++;
                assertTrue(e.getMessage().length() < 500 && !e.getMessage().contains("\n"), e.getMessage());
            } catch (IllegalArgumentException e) { // such as a count that does not fit: Keel's own words
                assertTrue(e.getStackTrace()[0].getClassName().startsWith("keel.nn.io") || e.getMessage().startsWith("shape"),
                    e::toString);
                refused++;
            } catch (RuntimeException | Error e) {
                fail(seed + " mutated by seed " + i, e);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < bytes.length + EXTRA, () -> seed + " mutated takes " + allocated + " bytes");
        }
        assertTrue(refused > tries / 2 && refused < tries, refused + " of " + tries + " refused: both must occur");
    }

    static byte[] mutated(byte[] good, SplittableRandom random) {
        var y = good;
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) y = changed(y, random);
        return y;
    }

    private static byte[] changed(byte[] x, SplittableRandom random) {
        if (x.length == 0) return new byte[] {(byte) random.nextInt()};
        int at = random.nextInt(random.nextBoolean() ? Math.min(x.length, 200) : x.length); // headers more often
        var y = x.clone();
        switch (random.nextInt(6)) {
            case 0 -> y[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> y[at] = (byte) random.nextInt();
            case 2 -> y = Arrays.copyOf(x, at);
            case 3 -> y = spliced(x, at, at, WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1));
            case 4 -> y = spliced(x, at, Math.min(x.length, at + 1 + random.nextInt(8)), new byte[0]);
            default -> {
                int from = random.nextInt(x.length);
                y = spliced(x, at, at, Arrays.copyOfRange(x, from, Math.min(x.length, from + random.nextInt(80))));
            }
        }
        return y;
    }

    private static byte[] spliced(byte[] x, int from, int to, byte[] insert) {
        var y = new byte[x.length - (to - from) + insert.length];
        System.arraycopy(x, 0, y, 0, from);
        System.arraycopy(insert, 0, y, from, insert.length);
        System.arraycopy(x, to, y, from + insert.length, x.length - to);
        return y;
    }
}
