package keel.bench.out;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder that reports are written to; that it can be is found out when it is made.
public record ReportFolder(Path path) {
    /// Creates the folder if need be and tries to write into it.
    ///
    /// @throws IllegalStateException that names the folder and why it cannot be written to
    public static ReportFolder prepare(Path path) {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "keel", ".tmp"));
            return new ReportFolder(path);
        } catch (IOException e) {
            throw refused(path, e);
        }
    }

    /// Writes the file whole or not at all, and returns where it is.
    public Path write(String name, String text) {
        try {
            var whole = Files.writeString(path.resolve(name + ".tmp"), text);
            return Files.move(whole, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw refused(path.resolve(name), e);
        }
    }

    private static IllegalStateException refused(Path path, IOException e) {
        var why = switch (e) {
            case FileAlreadyExistsException f -> f.getFile() + " is a file, not a folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() == null -> f.getFile() + " cannot be made there";
            case FileSystemException f -> f.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
        return new IllegalStateException("cannot write the report to " + path + ": " + why
            + "; choose another folder with --out", e);
    }
}
