package keel.tests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keel.array.NdArray;
import keel.nn.io.Safetensors;
import keel.tests.nn.JsonReader;

/// A folder of cases: `manifest.jsonl`, one case a line, and `<family>.safetensors` with their tensors.
final class Suite {
    private final Path folder;
    private final List<Case> cases;
    private final Map<String, Safetensors> families = new HashMap<>();

    Suite(Path folder) throws IOException {
        this.folder = folder;
        cases = Files.readAllLines(folder.resolve("manifest.jsonl")).stream().map(line ->
            new Case(this, (Map<?, ?>) JsonReader.read(line))).toList();
    }

    /// Whether the cases are those that the project ships, not a folder named by the system property `keel.conformance`.
    static boolean isShipped() { return System.getProperty("keel.conformance") == null; }

    /// The folder (or zip) named by the system property `keel.conformance`, else the cases that the project ships.
    static Suite read() {
        try {
            var given = System.getProperty("keel.conformance");
            var path = given != null ? Path.of(given) : Path.of(Suite.class.getResource("open.zip").toURI());
            return new Suite(Files.isDirectory(path) ? path : FileSystems.newFileSystem(path).getPath("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// All cases, in the order of the manifest.
    List<Case> cases() { return cases; }

    /// A tensor of a family.
    NdArray tensor(String family, String name) {
        return families.computeIfAbsent(family, f -> Safetensors.parse(bytes(f + ".safetensors"))).tensor(name).copy();
    }

    /// A file of the folder.
    byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
