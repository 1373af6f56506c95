package keel.tests.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import keel.bench.Main;
import keel.tests.nn.JsonReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/// What one run of all experiments prints and writes: small enough for seconds, deep enough that what is hopeless breaks.
class LabTest {
    private static final int WIDTH = 32;
    private static final int STEPS = 30;

    @TempDir
    private static Path folder;
    private static List<String> names;
    private static String printed;
    private static String page;
    private static Map<?, ?> experiments;

    @BeforeAll
    static void runsAllExperiments() throws IOException {
        names = keel("lab", "--list").lines().map(line -> line.split(" ")[0]).toList();
        printed = keel("lab", "--depth", "12", "--width", "" + WIDTH, "--steps", "" + STEPS, "--batch", "32",
            "--out", folder.toString());
        page = Files.readString(folder.resolve("index.html"));
        experiments = in((Map<?, ?>) JsonReader.read(Files.readString(folder.resolve("lab.json"))), "experiments");
    }

    private static String keel(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(out), new PrintWriter(err), arguments), err::toString);
        return out.toString();
    }

    private static Map<?, ?> in(Map<?, ?> object, String key) {
        assertTrue(object.get(key) instanceof Map, () -> key + " of " + object.keySet());
        return (Map<?, ?>) object.get(key);
    }

    /// Numbers that JSON has, or the strings that stand for those it has not.
    private static List<Double> numbers(Map<?, ?> object, String key) {
        return ((List<?>) object.get(key)).stream().map(x -> Double.valueOf(x.toString())).toList();
    }

    private static double number(String experiment, String key) {
        return Double.parseDouble(in(experiments, experiment).get(key).toString());
    }

    @Test
    void everyExperimentIsInTheTableThePageAndTheNumbers() {
        assertTrue(names.size() >= 15, names.toString());
        assertEquals(names, List.copyOf(experiments.keySet()));
        for (var name : names) {
            assertTrue(printed.contains("\n" + name + " "), name + " in\n" + printed);
            assertTrue(page.contains("<h3 id=\"of-" + name + "\""), name);
            assertTrue(page.contains("href=\"#of-" + name + "\""), name);
        }
    }

    @Test
    void thePageLoadsNothing() {
        assertFalse(Pattern.compile("(?i)(src|href)\\s*=\\s*[\"']?(https?:|//|file:)").matcher(page).find());
        assertFalse(Pattern.compile("(?i)<(script|link|iframe|img|object|embed)\\b").matcher(page).find());
        assertFalse(page.contains("url(") || page.contains("@import"));
    }

    @Test
    void thePageIsWellFormedAndEveryLinkLeadsSomewhere() throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
        assertEquals("html", document.getDocumentElement().getTagName());
        var ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page).results().map(m -> m.group(1)).toList();
        assertEquals(ids.stream().distinct().count(), ids.size(), ids.toString());
        var links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page).results().map(m -> m.group(1)).toList();
        assertTrue(ids.containsAll(links), links.toString());
    }

    @Test
    void noLineIsWiderThanATerminal() {
        printed.lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    @Test
    void unitsThatStartAtZeroStayCopiesAndOthersDoNot() {
        var zeros = in(in(experiments, "zeros"), "end");
        var differences = numbers(zeros, "rowDifference");
        for (int i = 0; i < differences.size() - 1; i++) {
            assertEquals(0, differences.get(i));
            assertTrue(numbers(zeros, "rank").get(i) <= 1);
        }
        assertEquals("units alike", in(in(experiments, "zeros"), "judgement").get("cause"));
        var he = in(in(experiments, "relu-he"), "start");
        assertTrue(numbers(he, "rowDifference").stream().allMatch(d -> d > 0), he.toString());
        assertEquals(WIDTH, numbers(he, "rank").getFirst());
    }

    @Test
    void hugeWeightsBreakAndStepAndLayerAreNamed() {
        var huge = in(experiments, "relu-huge");
        var losses = numbers(huge, "losses");
        assertEquals("broke", huge.get("outcome"));
        assertEquals(losses.size() - 1.0, in(huge, "brokenLoss").get("step"));
        assertTrue(in(huge, "brokenLoss").get("stage").toString().matches("layer \\d+"), huge.toString());
        assertFalse(Double.isFinite(losses.getLast()));
        assertTrue(losses.subList(0, losses.size() - 1).stream().allMatch(Double::isFinite), losses.toString());
    }

    @Test
    void tinyWeightsLoseTheSignalAndHeKeepsIt() {
        var tiny = numbers(in(in(experiments, "relu-tiny"), "start"), "std");
        var he = numbers(in(in(experiments, "relu-he"), "start"), "std");
        assertTrue(tiny.get(10) < 1e-12 * tiny.getFirst(), tiny.toString());
        assertTrue(he.get(10) > 0.05 * he.getFirst(), he.toString());
    }

    @Test
    void theModernRecipeLearnsAndPlainSigmoidsDoNot() {
        assertEquals(STEPS, numbers(in(experiments, "modern"), "losses").size());
        assertTrue(number("modern", "lastLoss") < number("modern", "firstLoss"));
        assertTrue(number("modern", "testAccuracy") > 0.5);
        assertTrue(number("sigmoid", "testAccuracy") < 0.2);
    }

    @Test
    void oneExperimentGivesItsLayersAndTheCommandThatRepeatsIt() throws IOException {
        var alone = folder.resolve("alone");
        var text = keel("lab", "relu-he", "--depth", "5", "--width", "8", "--steps", "2", "--out", alone.toString());
        assertTrue(text.contains("\nlayer 5 "), text);
        assertFalse(text.contains("modern"), text);
        assertFalse(Files.readString(alone.resolve("lab.json")).contains("\"modern\""));
        assertTrue(Files.readString(alone.resolve("index.html")).contains("./keel lab relu-he --depth 5 --width 8 --steps 2"));
    }
}
