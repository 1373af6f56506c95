package keel.bench.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A fresh JVM of the same Java, with the class path of this one and the flags given.
record Jvm(List<String> flags) {
    /// What it printed.
    record Said(List<String> out, String err) {}

    /// A JVM with the vector module if this one has it, with the width asked for here, and with these flags.
    static Jvm here(String... flags) {
        var all = new ArrayList<String>();
        ModuleLayer.boot().findModule("jdk.incubator.vector").ifPresent(module -> all.add("--add-modules=" + module.getName()));
        var bits = System.getProperty("keel.vector.bits");
        if (bits != null) all.add("-Dkeel.vector.bits=" + bits);
        all.addAll(List.of(flags));
        return new Jvm(all);
    }

    /// The command that runs this class.
    List<String> command(Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Runs `main` of this class to its end.
    ///
    /// @throws IllegalStateException with what it said, if it ends with an error
    Said run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var out = Files.createTempFile("keel", ".out");
        var err = Files.createTempFile("keel", ".err");
        try {
            var process = new ProcessBuilder(command(main,
                arguments)).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            int code = process.waitFor();
            var said = new Said(Files.readAllLines(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
            if (code != 0) {
                throw new IllegalStateException("a JVM with " + String.join(" ", flags) + " ended with code " + code + ": "
                    + said.err.strip().replaceAll("\\s*\\R\\s*", " | "));
            }
            return said;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
