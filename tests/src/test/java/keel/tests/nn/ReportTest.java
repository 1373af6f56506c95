package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import keel.nn.report.BarChart;
import keel.nn.report.HeatStrip;
import keel.nn.report.Html;
import keel.nn.report.Json;
import keel.nn.report.LineChart;
import keel.nn.report.Roofline;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {
    private static final String AWKWARD = "a \"quoted\" <b> & 'c' \\ \n\t\u0001 é 漢 \uD83D\uDE00 \uD800 \u2028 end";

    private static Document parse(String markup) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(markup)));
    }

    private static List<Element> all(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    @Test
    void jsonReadsBackAsWhatWasWritten() {
        var value = new LinkedHashMap<String, Object>();
        value.put(AWKWARD, AWKWARD);
        value.put("list", List.of(1, "two", true, List.of(), Map.of(), List.of(Map.of("k", 1))));
        value.put("none", null);
        value.put("flags", new boolean[] {true, false});
        value.put("long", new int[200]);
        value.put("tone", Html.Tone.GOOD);
        var read = (Map<?, ?>) JsonReader.read(Json.write(value));
        assertEquals(List.copyOf(value.keySet()), List.copyOf(read.keySet()));
        assertEquals(AWKWARD, read.get(AWKWARD));
        assertEquals(List.of(1.0, "two", true, List.of(), Map.of(), List.of(Map.of("k", 1.0))), read.get("list"));
        assertTrue(read.containsKey("none"));
        assertEquals(List.of(true, false), read.get("flags"));
        assertEquals(200, ((List<?>) read.get("long")).size());
        assertEquals("GOOD", read.get("tone"));
        assertTrue(Json.write(value).lines().allMatch(line -> line.length() < 200), "long arrays are broken into lines");
    }

    @Test
    void jsonNumbersRoundTripBitForBit() {
        var rng = new SplittableRandom(1);
        var doubles = rng.longs(2000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite).toArray();
        var back = ((List<?>) JsonReader.read(Json.write(doubles))).stream().mapToDouble(x -> (Double) x).toArray();
        assertArrayEquals(doubles, back, 0.0);
        float[] floats = {0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1 / 3f, 1e10f};
        var text = Json.write(floats);
        assertEquals("[0.1, -0.0, 1.4E-45, 3.4028235E38, 0.33333334, 1.0E10]\n", text);
        var list = (List<?>) JsonReader.read(text);
        for (int i = 0; i < floats.length; i++) {
            assertEquals(Float.floatToRawIntBits(floats[i]), Float.floatToRawIntBits(((Double) list.get(i)).floatValue()));
        }
    }

    @Test
    void jsonHasNoNumberForNanSoItIsAString() {
        var list = JsonReader.read(Json.write(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1}));
        assertEquals(List.of("NaN", "Infinity", "-Infinity", 1.0), list);
        assertEquals(List.of("NaN"), JsonReader.read(Json.write(new float[] {Float.NaN})));
    }

    @Test
    void jsonOfAMapWithoutAnOrderIsSortedByKey() {
        var map = new HashMap<String, Integer>();
        for (int i = 0; i < 100; i++) map.put("k" + i * 7919 % 100, i);
        var keys = ((Map<?, ?>) JsonReader.read(Json.write(map))).keySet().toArray(String[]::new);
        var sorted = keys.clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, keys);
        var ordered = new LinkedHashMap<String, Integer>();
        ordered.put("z", 1);
        ordered.put("a", 2);
        assertEquals("{\n  \"z\": 1,\n  \"a\": 2\n}\n", Json.write(ordered));
    }

    @Test
    void jsonRefusesWhatItDoesNotKnow() {
        var value = assertThrows(IllegalArgumentException.class, () -> Json.write(List.of(new StringBuilder().getClass())));
        assertEquals("Json: cannot write a java.lang.Class; turn it into maps, lists, numbers and strings", value.getMessage());
        var key = assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of(1, 2)));
        assertEquals("Json: a key is 1; keys are strings", key.getMessage());
    }

    private static LineChart losses() {
        return LineChart.of("Loss " + AWKWARD).axes("step", "loss").withLogY()
            .add("He & <LayerNorm>", 2.3, 1.1, 0.4, 0.02)
            .add("breaks", 2.3, 40, 1e30, Double.NaN, Double.NaN)
            .add("zero", 0, 0, 0)
            .add("never", Double.NaN, Double.NaN)
            .add("empty");
    }

    @Test
    void aLineChartIsWellFormedAndTellsWhatItShows() throws Exception {
        for (var svg : List.of(losses().svg(), losses().file())) {
            var document = parse(svg);
            var root = document.getDocumentElement();
            assertEquals("img", root.getAttribute("role"));
            assertTrue(all(document, "title").getFirst().getTextContent().startsWith("Loss a \"quoted\" <b> & 'c'"));
            var description = all(document, "desc").getFirst().getTextContent();
            assertTrue(description.contains("loss (log scale) against step"), description);
            assertTrue(description.contains("He & <LayerNorm> ends at 0.02"), description);
            assertTrue(description.contains("breaks ends at NaN"), description);
            var texts = all(document, "text").stream().map(Element::getTextContent).toList();
            var wanted = List.of("step", "loss (log scale)", "He & <LayerNorm>", "breaks", "zero", "never", "empty");
            assertTrue(texts.containsAll(wanted), texts.toString());
        }
    }

    @Test
    void aLineThatStopsBeingFiniteEndsWithACross() throws Exception {
        var hints = all(parse(losses().svg()), "title").stream().map(Element::getTextContent).toList();
        assertEquals(1, hints.stream().filter(hint -> hint.endsWith("not finite after this")).count());
        assertTrue(hints.contains("breaks: not finite after this"), hints.toString());
    }

    @Test
    void aLogAxisPutsDecadesAtEqualDistances() throws Exception {
        var document = parse(LineChart.of("t").axes("x", "y").withLogY().add("a", 1e-8, 1).svg());
        var labels = all(document, "text").stream().filter(text -> text.getAttribute("text-anchor").equals("end")).toList();
        assertEquals(List.of("1e-8", "1e-6", "1e-4", "0.01", "1"), labels.stream().map(Element::getTextContent).toList());
        double step = y(labels.get(0)) - y(labels.get(1));
        for (int i = 1; i < labels.size(); i++) assertEquals(step, y(labels.get(i - 1)) - y(labels.get(i)), 0.02);
    }

    private static double y(Element element) {
        return Double.parseDouble(element.getAttribute("y"));
    }

    @Test
    void aLinearAxisHasRoundTicksThatHoldTheData() throws Exception {
        var document = parse(LineChart.of("t").axes("x", "y").add("a", 0.013, 0.087).svg());
        var ticks = all(document, "text").stream().filter(text -> text.getAttribute("text-anchor").equals("end"));
        assertEquals(List.of("0", "0.02", "0.04", "0.06", "0.08", "0.1"), ticks.map(Element::getTextContent).toList());
    }

    @Test
    void smallChartsOfOneRangeCanBeCompared() throws Exception {
        var chart = LineChart.of("t").axes("", "").sized(250, 112).withoutLegend().withYRange(0, 3);
        var low = parse(chart.add("low", 1, 2).svg());
        var high = parse(chart.add("high", 1, 1e30).svg());
        for (var document : List.of(low, high)) {
            assertTrue(document.getDocumentElement().getAttribute("viewBox").startsWith("0 0 250 "));
            var texts = all(document, "text").stream().map(Element::getTextContent).toList();
            assertTrue(texts.containsAll(List.of("0", "1", "2", "3")), texts.toString());
            assertFalse(texts.contains("low") || texts.contains("high"), texts.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> chart.withYRange(1, 1));
        assertThrows(IllegalArgumentException.class, () -> chart.withLogY().withYRange(0, 1));
    }

    @Test
    void chartsOfExtremeAndConstantValuesStayWellFormed() throws Exception {
        double[][] lines = {
            {}, {0}, {5, 5}, {-1e308, 1e308}, {Double.MIN_VALUE, Double.MAX_VALUE}, {Double.POSITIVE_INFINITY}, {-3, -2}
        };
        for (double[] ys : lines) {
            var plain = LineChart.of("t").add("a", ys);
            for (var chart : List.of(plain, plain.withLogY(), LineChart.of("t").withLogX().add("a", ys, ys))) {
                var svg = chart.svg();
                parse(svg);
                assertFalse(svg.matches("(?s).* (d|x|y|width|height|viewBox)=\"[^\"]*(NaN|Infinity)[^\"]*\".*"), svg);
            }
        }
    }

    @Test
    void barsWriteTheirValuesSoThatZeroAndNanShow() throws Exception {
        var chart = BarChart.of("Gradient norm", "norm", List.of("0.weight", "1.weight", "2.weight")).withLog()
            .add("start", 1e-3, 0, 2).add("end", Double.NaN, 1e-9, Double.POSITIVE_INFINITY);
        var document = parse(chart.svg());
        var texts = all(document, "text").stream().map(Element::getTextContent).toList();
        var wanted = List.of("0.001", "0", "2", "NaN", "1e-9", "∞", "0.weight", "start", "end");
        assertTrue(texts.containsAll(wanted), texts.toString());
        var widths = all(document, "rect").stream().map(rect -> Double.parseDouble(rect.getAttribute("width"))).toList();
        assertTrue(widths.get(3) > 10, "the smallest bar is seen: " + widths);
        parse(chart.file());
        parse(BarChart.of("linear", "x", List.of("a", "b")).add("g", -1, 2).svg());
        parse(BarChart.of("empty", "x", List.of()).svg());
        var error = assertThrows(IllegalArgumentException.class, () -> chart.add("short", 1, 2));
        assertEquals("BarChart: group short has 2 values for 3 names; give one for each", error.getMessage());
    }

    @Test
    void aRooflineDrawsEveryPointUnderItsSlopesAndLeavesOutWhatHasNoPlace() throws Exception {
        var svg = Roofline.of("Roof " + AWKWARD, 100).slope("L1", 200).slope("memory", 20)
            .point("sums", "sum", 0.25, 5).point("products", "n = 64", 10, 90).point("moves", "copy", 0, 0)
            .point("sums", "broken", Double.NaN, 1).point("sums", "endless", 1, Double.POSITIVE_INFINITY).svg();
        var document = parse(svg);
        var hints = all(document, "path").stream().map(Element::getTextContent).filter(text -> !text.isEmpty()).toList();
        assertEquals(List.of("peak: 100", "L1: 200 GB/s", "memory: 20 GB/s", "sums, sum: 5 at 0.25 a byte",
            "products, n = 64: 90 at 10 a byte"), hints);
        assertTrue(all(document, "desc").getFirst().getTextContent().contains("memory 20 GB/s"), svg);
        // The slopes end at the peak, at 0.5 and 5: one of the two decades that are shown.
        var slopes = all(document, "path").stream().filter(e -> e.getTextContent().contains("GB/s")).map(e -> e.getAttribute("d"))
            .map(d -> d.replaceAll(".*L", "").split(" ")).toList();
        assertEquals(slopes.get(0)[1], slopes.get(1)[1]);
        assertEquals(780 / 2.0, Double.parseDouble(slopes.get(1)[0]) - Double.parseDouble(slopes.get(0)[0]), 0.011);
        assertEquals(0, all(parse(Roofline.of("empty", 1).svg()), "circle").size());
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Roofline.of("bad", bad));
            assertThrows(IllegalArgumentException.class, () -> Roofline.of("bad", 1).slope("L1", bad));
        }
    }

    @Test
    void heatStripsMarkWhatIsNotFiniteAndWhatIsZero() throws Exception {
        double[][] values = {{1, 10, 0.1}, {0, Double.NaN, 1e-3}};
        var strip = HeatStrip.of("std", "step", List.of("a", "b"), List.of("0", "1", "2"), values).logAround(1);
        var document = parse(strip.svg());
        assertEquals(1, all(document, "path").stream().filter(path -> path.getAttribute("d").contains("l6 6")).count());
        assertEquals(1, all(document, "path").stream().filter(path -> path.getAttribute("d").contains("a3 3")).count());
        assertTrue(all(document, "desc").getFirst().getTextContent().endsWith("values from 0 to 10, 1 not finite."));
        assertTrue(all(document, "title").stream().anyMatch(title -> title.getTextContent().equals("b, 2: 0.001")));
        parse(strip.file());
        parse(HeatStrip.of("empty", "step", List.of(), List.of(), new double[0][]).svg());
        var one = List.of("a");
        var error = assertThrows(IllegalArgumentException.class, () -> HeatStrip.of("t", "s", one, one, values));
        assertEquals("HeatStrip: values do not fit 1 rows of 1 columns; give one for each", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> strip.logAround(0));
    }

    private static String page() {
        return Html.page("Run " + AWKWARD, "Twenty layers.",
            Html.section("Loss", Html.figure(losses().svg(), "It falls."), Html.paragraph(AWKWARD)),
            Html.section("Loss", Html.heading("Numbers"), Html.table("Accuracy <1>", List.of("name", "test"), List.of(
                List.of(Html.Cell.of("He"), Html.Cell.of(0.97123, 3).tone(Html.Tone.GOOD)),
                List.of(Html.Cell.of("N(0, 10)"), Html.Cell.of(Double.NaN, 3).tone(Html.Tone.BAD)))),
                Html.details("More", Html.pre("table", "a  b\n1  2"), Html.list(List.of("x", "y < z")))));
    }

    @Test
    void aPageIsWellFormedAndLoadsNothing() throws Exception {
        var page = page();
        var document = parse(page);
        for (var loader : List.of("http:", "https:", "url(", "@import", "src=")) assertFalse(page.contains(loader), loader);
        assertTrue(page.contains("default-src 'none'"));
        assertTrue(all(document, "script").isEmpty() && all(document, "link").isEmpty() && all(document, "img").isEmpty());
        for (var a : all(document, "a")) assertTrue(a.getAttribute("href").startsWith("#"), a.getAttribute("href"));
    }

    @Test
    void aPageCanBeReadInTheDarkAndFromTheKeyboard() throws Exception {
        var page = page();
        var document = parse(page);
        assertEquals("en", document.getDocumentElement().getAttribute("lang"));
        for (var rule : List.of("prefers-color-scheme:dark", "color-scheme:light dark", ":focus-visible")) {
            assertTrue(page.contains(rule), rule);
        }
        var links = all(document, "a");
        assertEquals("skip", links.getFirst().getAttribute("class"));
        assertEquals("Skip to the content", links.getFirst().getTextContent());
        var ids = new HashMap<String, Integer>();
        var everything = document.getElementsByTagName("*");
        for (int i = 0; i < everything.getLength(); i++) {
            var id = ((Element) everything.item(i)).getAttribute("id");
            if (!id.isEmpty()) ids.merge(id, 1, Integer::sum);
        }
        assertTrue(ids.values().stream().allMatch(n -> n == 1), "every id once: " + ids);
        for (var link : links) assertTrue(ids.containsKey(link.getAttribute("href").substring(1)), link.getAttribute("href"));
        assertEquals(1, all(document, "h1").size());
        assertEquals(1, all(document, "main").size());
        assertEquals("More", all(document, "summary").getFirst().getTextContent());
    }

    @Test
    void tablesNameTheirRowsAndColumns() throws Exception {
        var document = parse(page());
        var heads = all(document, "th");
        assertEquals(List.of("col", "col", "row", "row"), heads.stream().map(th -> th.getAttribute("scope")).toList());
        assertEquals("Accuracy <1>", all(document, "caption").getFirst().getTextContent());
        assertEquals(List.of("0.971", "NaN"), all(document, "td").stream().map(Element::getTextContent).toList());
        assertEquals(List.of("n good", "n bad"), all(document, "td").stream().map(td -> td.getAttribute("class")).toList());
        var rows = List.of(List.of(Html.Cell.of("x")));
        var error = assertThrows(IllegalArgumentException.class, () -> Html.table("t", List.of("a", "b"), rows));
        assertEquals("Html.table: a row of 1 cells for 2 columns in t; give one for each", error.getMessage());
    }

    @Test
    void sameInputSameBytes() {
        assertEquals(page(), page());
    }
}
