package keel.tests.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import keel.bench.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one run of all experiments prints and writes. Small enough for seconds, deep enough that what is hopeless breaks.
class LabTest {
    private static final String[] SMALL = {"--depth", "12", "--width", "32", "--steps", "30", "--batch", "32"};

    @TempDir
    private static Path folder;
    private static String printed;
    private static String page;
    private static String numbers;
    private static List<String> names;

    @BeforeAll
    static void runsAllExperiments() throws IOException {
        names = run("lab", "--list").lines().map(line -> line.split(" ")[0]).toList();
        printed = run("lab", "--depth", SMALL[1], "--width", SMALL[3], "--steps", SMALL[5], "--batch", SMALL[7], "--out",
            folder.toString());
        page = Files.readString(folder.resolve("index.html"));
        numbers = Files.readString(folder.resolve("lab.json"));
    }

    private static String run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(out), new PrintWriter(err), arguments), err::toString);
        return out.toString();
    }

    /// The JSON of one experiment, up to where the next begins.
    private static String of(String name) {
        int from = numbers.indexOf("\n    \"" + name + "\": {");
        assertTrue(from >= 0, name + " is not in lab.json");
        return numbers.substring(from, numbers.indexOf("\n    }", from));
    }

    private static double number(String name, String key) {
        var matcher = Pattern.compile("\"" + key + "\": (\\S+?),?\n").matcher(of(name));
        assertTrue(matcher.find(), key + " of " + name);
        return Double.parseDouble(matcher.group(1));
    }

    private static List<Double> numbers(String json, String key) {
        var matcher = Pattern.compile("\"" + key + "\": \\[([^\\]]*)\\]").matcher(json);
        assertTrue(matcher.find(), key);
        return Pattern.compile(",\\s*").splitAsStream(matcher.group(1).strip()).map(x -> Double.valueOf(x.replace("\"", ""))).toList();
    }

    @Test
    void everyExperimentIsInTheTableThePageAndTheNumbers() {
        assertTrue(names.size() >= 15, names.toString());
        for (var name : names) {
            assertTrue(printed.contains("\n" + name + " "), name + " in\n" + printed);
            assertTrue(page.contains("<h3 id=\"of-" + name + "\""), name);
            assertTrue(page.contains("href=\"#of-" + name + "\""), name);
            of(name);
        }
    }

    @Test
    void thePageLoadsNothing() {
        assertFalse(Pattern.compile("(src|href)\\s*=\\s*[\"']?(https?:|//|file:)", Pattern.CASE_INSENSITIVE).matcher(page).find());
        assertFalse(Pattern.compile("<(script|link|iframe|img|object|embed)\\b", Pattern.CASE_INSENSITIVE).matcher(page).find());
        assertFalse(page.contains("url(") || page.contains("@import"));
    }

    @Test
    void everyLinkLeadsSomewhereAndNoPlaceIsNamedTwice() {
        var ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page).results().map(m -> m.group(1)).toList();
        assertEquals(ids.stream().distinct().count(), ids.size());
        Pattern.compile("href=\"#([^\"]+)\"").matcher(page).results()
            .forEach(m -> assertTrue(ids.contains(m.group(1)), m.group(1)));
    }

    @Test
    void noLineIsWiderThanATerminal() {
        printed.lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    @Test
    void unitsThatStartAtZeroStayCopies() {
        var end = of("zeros").substring(of("zeros").indexOf("\"end\": {"));
        var differences = numbers(end, "rowDifference");
        for (double difference : differences.subList(0, differences.size() - 1)) assertEquals(0, difference);
        for (double rank : numbers(end, "rank").subList(0, differences.size() - 1)) assertTrue(rank <= 1, end);
        assertTrue(of("zeros").contains("\"cause\": \"units alike\""), of("zeros"));
    }

    @Test
    void unitsThatStartAtRandomDiffer() {
        for (double difference : numbers(of("relu-he"), "rowDifference")) assertTrue(difference > 0);
    }

    @Test
    void hugeWeightsBreakAndStepAndLayerAreNamed() {
        assertTrue(of("relu-huge").contains("\"outcome\": \"broke\""));
        assertTrue(Pattern.compile("\"brokenLoss\": \\{\\s*\"step\": \\d+,\\s*\"stage\": \"layer \\d+\"").matcher(of("relu-huge")).find());
        // The run ends with the step that broke it.
        var losses = numbers(of("relu-huge"), "losses");
        assertFalse(Double.isFinite(losses.getLast()));
        assertTrue(losses.subList(0, losses.size() - 1).stream().allMatch(Double::isFinite));
    }

    @Test
    void tinyWeightsLoseTheSignalAndHeKeepsIt() {
        var tiny = numbers(of("relu-tiny"), "std");
        var he = numbers(of("relu-he"), "std");
        assertTrue(tiny.get(10) < 1e-12 * tiny.getFirst(), tiny.toString());
        assertTrue(he.get(10) > 0.05 * he.getFirst(), he.toString());
    }

    @Test
    void theModernRecipeLearns() {
        assertEquals(30, numbers(of("modern"), "losses").size());
        assertTrue(number("modern", "lastLoss") < number("modern", "firstLoss"));
        assertTrue(number("modern", "testAccuracy") > 0.5, of("modern").substring(0, 400));
        assertTrue(number("sigmoid", "testAccuracy") < 0.2);
    }

    @Test
    void oneExperimentGivesItsLayers() throws IOException {
        var alone = folder.resolve("alone");
        var text = run("lab", "relu-he", "--depth", "5", "--width", "8", "--steps", "2", "--out", alone.toString());
        assertTrue(text.contains("\nlayer 5 "), text);
        assertFalse(text.contains("modern"), text);
        assertFalse(Files.readString(alone.resolve("lab.json")).contains("\"modern\""));
        assertTrue(Files.readString(alone.resolve("index.html")).contains("./keel lab relu-he --depth 5 --width 8 --steps 2"));
    }
}
