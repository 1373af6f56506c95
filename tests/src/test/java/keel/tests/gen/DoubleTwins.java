package keel.tests.gen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the `Double…` twins of the `Float…` kernel sources, word for word: `float` → `double`, `Float` → `Double`, `FLOAT` →
/// `DOUBLE`.
///
/// A cast that only narrows a double to the element type falls away; parts between the lines `// only float:` and `// end` are
/// left out. Sources whose loops know the distance of rows as a constant are first written again for other distances. Run
/// from the root of the repository: `java tests/src/test/java/keel/tests/gen/DoubleTwins.java`.
public final class DoubleTwins {
    private DoubleTwins() {}

    /// The sources that have a generated twin, where they exist.
    public static final List<String> SOURCES = List.of("FloatKernels", "FloatParts", "FloatLoops", "FloatCalls", "FloatSums",
            "FloatRows", "FloatScans", "FloatExponents", "FloatNorms", "FloatColumns", "FloatSteps", "FloatLong", "FloatMatmul",
            "FloatWindows", "FloatCells", "FloatVectorCells", "FloatVectorLines",
            "FloatVectorKernels", "FloatVectorParts", "FloatVectorLoops", "FloatVectorSums", "FloatVectorExtremes",
            "FloatVectorSquares", "FloatVectorDeviations", "FloatVectorColumns", "FloatVectorFour", "FloatVectorCorrelation",
            "FloatVectorFilter", "FloatVectorWindowTile", "FloatVectorSearch",
            "FloatVectorWindowDots", "FloatVectorWindowProducts", "FloatVectorWindows",
            "FloatVectorTiles", "FloatDistances", "FloatVectorDistances", "FloatVectorMatmul", "FloatVectorTile",
            "FloatVectorWideTile", "FloatVectorInPlace", "FloatVectorWide128", "FloatVectorWide256", "FloatVectorWideFused",
            "FloatVectorWideStrip",
            "FloatVectorDirect", "FloatVectorWideDirect", "FloatVectorWideColumn", "FloatVectorSmall", "FloatVectorSmallRows",
            "FloatVectorSmallSides", "FloatVectorSmallPanels", "FloatVectorSmall32", "FloatVectorSmall64",
            "FloatVectorTranspose", "FloatVectorTurn", "FloatVectorTurnedPanel", "FloatVectorPanels",
            "FloatVectorSpace", "FloatVectorWarmUp", "FloatVectorDots", "FloatVectorShares", "FloatVectorFactor",
            "FloatVectorRowProduct", "FloatVectorQuarters");

    /// A source whose loops know the distance of rows as a constant, and the distance for which they are written again.
    public record Distance(String family, int source, int other) {
        /// The file that is written.
        public String name() {
            return family + other;
        }

        /// The file it is written from.
        public String from() {
            return family + source;
        }

        /// The text of the file, given that of the source.
        public String text(String text) {
            return "// Generated from " + from() + BY + MENTION.matcher(text).replaceAll("").replace("" + source, "" + other);
        }
    }

    /// All that are written again.
    public static final List<Distance> DISTANCES = List.of(new Distance("FloatVectorSmall", 32, 64),
            new Distance("FloatVectorWide", 128, 256), new Distance("FloatVectorWide", 128, 512));

    private static final String BY = ".java by DoubleTwins; change that file and run it again.\n";
    private static final Pattern ONLY_FLOAT = Pattern.compile("(?m)^ *// only float:.*\\n(?s:.*?)^ *// end\\n\\n?");
    private static final Pattern MENTION = Pattern.compile("(?m)^/// `Double[^\\n]*generated from this file\\.\\n");
    private static final Pattern CAST = Pattern.compile("\\(float\\) (?!\\d+\\b[^.])");

    /// Writes every twin that is not current.
    public static void main(String[] args) throws IOException {
        var folder = Path.of("core/src/main/java/keel/kernel");
        for (var d : DISTANCES) {
            Files.writeString(folder.resolve(d.name() + ".java"), d.text(Files.readString(folder.resolve(d.from() + ".java"))));
        }
        for (var name : SOURCES) {
            var source = folder.resolve(name + ".java");
            if (Files.exists(source)) Files.writeString(folder.resolve(twinName(name) + ".java"),
                    twin(name, Files.readString(source)));
        }
    }

    /// `FloatX` → `DoubleX`.
    public static String twinName(String name) {
        return name.replace("Float", "Double");
    }

    /// The text of the twin of a source.
    public static String twin(String name, String source) {
        boolean again = DISTANCES.stream().anyMatch(d -> d.name().equals(name));
        var written = again ? source.substring(source.indexOf(BY) + BY.length()) : source;
        var text = MENTION.matcher(ONLY_FLOAT.matcher(written).replaceAll("")).replaceAll("");
        text = CAST.matcher(text).replaceAll("");
        text = text.replace("float", "double").replace("Float", "Double").replace("FLOAT", "DOUBLE");
        return "// Generated from " + name + BY + text;
    }
}
