package keel.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// Writes a file so that its name always leads to the old content or to the new, whole, whenever the process or the machine
/// stops: into `name.part` beside it, synced to the disk, renamed over the old one, and the directory synced.
final class WholeFile {
    private WholeFile() {}

    /// Replaces the file at `target` by what `content` writes. An `UncheckedIOException` if that fails; then the old file is
    /// as it was.
    static void write(String writer, Path target, Consumer<Sink> content) {
        if (target.getFileName() == null || Files.isDirectory(target)) {
            throw new IllegalArgumentException(writer + ": " + target + " is a directory; give the path of a file");
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        boolean renamed = false;
        try {
            fill(part, content);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            renamed = true;
            syncDirectory(target.toAbsolutePath().getParent());
        } catch (IOException | UncheckedIOException e) {
            var cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
            throw new UncheckedIOException(writer + ": " + target + " cannot be written, " + cause + "; "
                + (renamed ? "the new content is there, but a power cut may bring the old back" : "what was there is unchanged")
                + ", check the disk and the permissions", cause);
        } finally {
            if (!renamed) deleteQuietly(part);
        }
    }

    private static void fill(Path part, Consumer<Sink> content) throws IOException {
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var out = new Sink(channel);
            content.accept(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            // the failure that led here is the one to report
        }
    }

    // So that the rename itself survives a power cut. Systems that cannot open a directory (Windows) need no such thing.
    private static void syncDirectory(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException _) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
