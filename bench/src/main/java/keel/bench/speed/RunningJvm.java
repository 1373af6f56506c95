package keel.bench.speed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM at work, which is asked by lines and answers in lines. Closing it ends it.
final class RunningJvm implements AutoCloseable {
    private final List<String> command;
    private final Path err = Files.createTempFile("keel", ".err");
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    RunningJvm(List<String> command) throws IOException {
        this.command = command;
        process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        in = process.inputReader(StandardCharsets.UTF_8);
        out = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// Sends a line and returns what is answered before the line `last`.
    ///
    /// @throws IllegalStateException with what it said, if it ends before that
    List<String> ask(String question, String last) throws IOException, InterruptedException {
        try {
            out.write(question);
            out.newLine();
            out.flush();
        } catch (IOException gone) {
            throw failure();
        }
        var answer = new ArrayList<String>();
        for (String line; (line = in.readLine()) != null; answer.add(line)) if (line.equals(last)) return answer;
        throw failure();
    }

    /// Asks nothing more and waits until it ends.
    ///
    /// @throws IllegalStateException with what it said, if it ends with an error
    void end() throws IOException, InterruptedException {
        out.close();
        while (in.readLine() != null) { } // a full pipe would hold it up
        if (process.waitFor() != 0) throw failure();
    }

    private IllegalStateException failure() throws IOException, InterruptedException {
        int code = process.waitFor();
        return new IllegalStateException("a JVM ended with code " + code + ": "
            + Files.readString(err, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", " | ")
            + " (" + String.join(" ", command) + ")");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(err);
    }
}
