package keel.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import keel.kernel.Backend;

/// The fractions that kernels are known to reach, by kind of machine, as committed in `stated.csv`.
public final class Stated {
    private Stated() {}

    private static final String FILE = "stated.csv";
    /// The first line of the file.
    public static final String HEADER = "machine;kernel;fraction of the limit measured beside it";

    /// The kind of machine this is: the fraction of a peak that a kernel reaches depends on the width of vectors and on the
    /// processor's make, not on its clock.
    static String machine() {
        return Machine.architecture() + " " + Backend.vectorBits() + " " + Machine.processor();
    }

    /// The stated fractions for this kind of machine, by kernel; empty if nobody has stated any.
    static Map<String, Double> here() {
        return read(file(), machine());
    }

    /// The lines of `text` for this machine.
    public static Map<String, Double> read(String text, String machine) {
        var stated = new LinkedHashMap<String, Double>();
        text.lines().skip(1).map(line -> line.split(";")).filter(words -> words.length == 3 && words[0].equals(machine))
            .forEach(words -> stated.put(words[1], Double.parseDouble(words[2])));
        return stated;
    }

    /// The file with these fractions for this machine instead of what it says now.
    public static String with(String text, String machine, Map<String, Double> fractions) {
        var out = new StringBuilder(HEADER).append('\n');
        text.lines().skip(1).filter(line -> !line.isBlank() && !line.startsWith(machine + ";"))
            .forEach(line -> out.append(line).append('\n'));
        fractions.forEach((kernel, fraction) ->
            out.append(String.format(Locale.ROOT, "%s;%s;%.3f%n", machine, kernel, fraction).replace("\r", "")));
        return out.toString();
    }

    /// What is committed.
    public static String file() {
        try (var in = Stated.class.getResourceAsStream(FILE)) {
            return in == null ? HEADER + "\n" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
