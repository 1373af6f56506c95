package keel.bench.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A fresh JVM of the same Java, with the class path of this one and the flags given.
record Jvm(List<String> flags) {
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

    /// Starts `main` of this class.
    RunningJvm start(Class<?> main, String... arguments) throws IOException {
        return new RunningJvm(command(main, arguments));
    }

    /// Runs `main` of this class to its end.
    ///
    /// @throws IllegalStateException with what it said, if it ends with an error
    void run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        try (var running = start(main, arguments)) {
            running.end();
        }
    }
}
