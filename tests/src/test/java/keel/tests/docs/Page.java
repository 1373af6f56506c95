package keel.tests.docs;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of the docs that is generated: compared with what is committed, or, with `-Dkeel.docs.update=true`, written.
public final class Page {
    private static final String UPDATE = "keel.docs.update";

    private Page() {
    }

    /// Whether pages are to be written.
    public static boolean isUpdated() {
        return Boolean.getBoolean(UPDATE);
    }

    /// Fails with the first line that differs.
    public static void assertCurrent(String name, String text) {
        var file = Path.of("../docs", name);
        try {
            if (isUpdated()) Files.writeString(file, text);
            var committed = Files.exists(file) ? Files.readString(file) : "";
            if (committed.equals(text)) return;
            var old = committed.lines().toList();
            var now = text.lines().toList();
            int i = 0;
            while (i < old.size() && i < now.size() && old.get(i).equals(now.get(i))) i++;
            fail("docs/" + name + " is not current from line " + (i + 1) + " on; write it with -D" + UPDATE + "=true\n  page: "
                + (i < old.size() ? old.get(i) : "ends") + "\n  code: " + (i < now.size() ? now.get(i) : "ends"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
