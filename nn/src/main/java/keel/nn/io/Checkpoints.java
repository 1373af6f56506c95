package keel.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A folder with the last few checkpoints of a run, `step-000000001200.safetensors`, and its best one, `best.safetensors`.
///
/// ```java
/// var saves = Checkpoints.in(folder).keep(3);
/// long step = saves.resume(checkpoint).map(Checkpoints.Resumed::step).orElse(0L);
/// saves.save(checkpoint, step, accuracy);
/// ```
///
/// @param folder made when the first checkpoint is saved
/// @param keep   how many of the last are kept, ≥ 1, 3 by default; a second one is what saves a run whose disk damaged the first
public record Checkpoints(Path folder, int keep) {
    private static final int DEFAULT_KEEP = 3;
    private static final String PATTERN = "step-[0-9]{12}\\.safetensors";

    /// Throws [IllegalArgumentException] if none is kept.
    public Checkpoints {
        if (keep < 1) throw new IllegalArgumentException("Checkpoints: keep is " + keep + "; keep 1 or more");
    }

    /// In this folder, the last three and the best.
    public static Checkpoints in(Path folder) {
        return new Checkpoints(folder, DEFAULT_KEEP);
    }

    /// With another number of last checkpoints that are kept.
    public Checkpoints keep(int keep) {
        return new Checkpoints(folder, keep);
    }

    /// Where a run was taken up.
    ///
    /// @param from    the file
    /// @param step    the step that it was saved with
    /// @param damaged newer files that were passed over because they are damaged
    public record Resumed(Path from, long step, List<Path> damaged) {
        /// Copies the list.
        public Resumed {
            damaged = List.copyOf(damaged);
        }
    }

    /// Saves under the step's name, and then deletes all but the last.
    ///
    /// @throws IllegalArgumentException     if the step is negative or has more than 12 digits
    /// @throws java.io.UncheckedIOException if a file cannot be written or deleted
    public Path save(Checkpoint checkpoint, long step) {
        return save(checkpoint, step, Double.NaN);
    }

    /// The same, and saves it as the best one too if there is none yet with a score as high. A NaN is never the best. Of a loss,
    /// give the negative.
    public Path save(Checkpoint checkpoint, long step, double score) {
        if (step < 0 || step > 999_999_999_999L) {
            throw new IllegalArgumentException("Checkpoints.save: step is " + step + "; give 0 … 999999999999");
        }
        try {
            Files.createDirectories(folder);
            var path = folder.resolve(String.format("step-%012d.safetensors", step));
            checkpoint.save(path, step, score);
            if (score > bestScore()) checkpoint.save(best(), step, score);
            var all = newestFirst();
            for (var old : all.subList(Math.min(keep, all.size()), all.size())) Files.delete(old);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("Checkpoints.save: " + folder + ": " + e + "; check the disk and the permissions", e);
        }
    }

    /// The path of the best one, which [Checkpoint#load] reads; there may be none.
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    private double bestScore() {
        try {
            double score = Files.exists(best()) ? Checkpoint.score(best()) : Double.NaN;
            return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
        } catch (FileFormatException _) {
            return Double.NEGATIVE_INFINITY; // damaged: the next is better
        }
    }

    /// Takes the newest checkpoint over that is whole; empty, and nothing is changed, if there is none at all.
    ///
    /// @throws FileFormatException          if there are some, and all are damaged
    /// @throws IllegalArgumentException     if the newest whole one does not fit; then nothing was changed
    /// @throws java.io.UncheckedIOException if the folder or a file cannot be read
    public Optional<Resumed> resume(Checkpoint checkpoint) {
        if (!Files.isDirectory(folder)) return Optional.empty();
        var damaged = new ArrayList<Path>();
        FileFormatException last = null;
        for (var path : newestFirst()) {
            try {
                return Optional.of(new Resumed(path, checkpoint.load(path), damaged));
            } catch (FileFormatException e) {
                damaged.add(path);
                last = e;
            }
        }
        if (last != null) throw last;
        return Optional.empty();
    }

    private List<Path> newestFirst() {
        try (var files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().matches(PATTERN))
                .sorted(Comparator.comparing((Path p) -> p.getFileName().toString()).reversed()).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UncheckedIOException("Checkpoints: " + folder + ": " + e + "; check the path and its permissions",
                new IOException(e));
        }
    }
}
