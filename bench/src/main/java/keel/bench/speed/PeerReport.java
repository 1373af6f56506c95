package keel.bench.speed;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import keel.bench.speed.PeerStudy.Duel;
import keel.bench.speed.PeerStudy.Rival;
import keel.nn.report.Html;
import keel.nn.report.Html.Cell;
import keel.nn.report.Html.Section;
import keel.nn.report.Html.Tone;
import keel.nn.report.Json;

/// What [PeerStudy] measured, as text, as a page and as JSON.
record PeerReport(String machine, int threads, List<String> peers, List<Duel> duels) {
    private List<String> families() {
        return duels.stream().map(Duel::family).distinct().toList();
    }

    private List<Duel> of(String family) {
        return duels.stream().filter(duel -> duel.family().equals(family)).toList();
    }

    /// The names of the rivals in these duels, PyTorch first.
    private static List<String> rivals(List<Duel> duels) {
        var names = new ArrayList<String>();
        for (var duel : duels) for (var rival : duel.rivals()) if (!names.contains(rival.name())) names.add(rival.name());
        return names;
    }

    private static Rival find(Duel duel, String name) {
        return duel.rivals().stream().filter(rival -> rival.name().equals(name)).findFirst().orElse(null);
    }

    /// The geometric mean of a rival's ratios.
    private static double mean(List<Duel> duels, String name) {
        double sum = 0;
        int count = 0;
        for (var duel : duels) {
            var rival = find(duel, name);
            if (rival == null) continue;
            sum += Math.log(rival.ratio());
            count++;
        }
        return Math.exp(sum / count);
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%s, threads: %d%nagainst %s%n", machine, threads, String.join(", ", new TreeSet<>(peers)));
        out.println("time of the other by ours, median of rounds that alternate: above 1 ours is faster");
        for (var family : families()) {
            var mine = of(family);
            var rivals = rivals(mine);
            out.printf(Locale.ROOT, "%n%-28s %13s", family, "ours");
            for (var rival : rivals) out.printf(Locale.ROOT, " %17s", rival);
            out.println();
            for (var duel : mine) {
                out.printf(Locale.ROOT, "%-28s %10.2f µs", duel.name(), duel.nanos() / 1e3);
                for (var name : rivals) {
                    var rival = find(duel, name);
                    out.printf(Locale.ROOT, " %17s", rival == null ? "" : String.format(Locale.ROOT, "%.2f", rival.ratio()));
                }
                out.println();
            }
            out.printf(Locale.ROOT, "%-28s %13s", "geometric mean", "");
            for (var rival : rivals) out.printf(Locale.ROOT, " %17.2f", mean(mine, rival));
            out.println();
        }
        out.flush();
    }

    String page() {
        var sections = new ArrayList<Section>();
        for (var family : families()) {
            var mine = of(family);
            var rivals = rivals(mine);
            var columns = new ArrayList<>(List.of("", "ours, µs"));
            columns.addAll(rivals);
            var rows = new ArrayList<List<Cell>>();
            for (var duel : mine) {
                var row = new ArrayList<>(List.of(Cell.of(duel.name()), Cell.of(duel.nanos() / 1e3, 4)));
                for (var name : rivals) {
                    var rival = find(duel, name);
                    row.add(rival == null ? Cell.of("") : ratio(rival.ratio()));
                }
                rows.add(row);
            }
            var last = new ArrayList<>(List.of(Cell.of("geometric mean"), Cell.of("")));
            for (var name : rivals) last.add(ratio(mean(mine, name)));
            rows.add(last);
            var title = Character.toUpperCase(family.charAt(0)) + family.substring(1);
            sections.add(Html.section(title, Html.table("Time of the other by ours", columns, rows)));
        }
        return Html.page("Beside others", """
            The same work by Keel and by %s on %s, %s, slice by slice in turn in one run. A ratio is the other's time by ours, \
            the median of the rounds: above 1 Keel is faster.""".formatted(String.join(", ", peers), machine,
            threads == 1 ? "one thread" : threads + " threads"), sections.toArray(Section[]::new));
    }

    private static Cell ratio(double ratio) {
        var cell = Cell.of(ratio, 3);
        return ratio >= 1 ? cell.tone(Tone.GOOD) : ratio < 0.95 ? cell.tone(Tone.BAD) : cell;
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", machine);
        all.put("threads", threads);
        all.put("peers", peers);
        var list = new ArrayList<Map<String, Object>>();
        for (var duel : duels) {
            var one = new LinkedHashMap<String, Object>();
            one.put("family", duel.family());
            one.put("name", duel.name());
            one.put("nanoseconds", duel.nanos());
            for (var rival : duel.rivals()) {
                one.put(rival.name() + " nanoseconds", rival.nanos());
                one.put(rival.name() + " by ours", rival.ratio());
            }
            list.add(one);
        }
        all.put("works", list);
        return Json.write(all);
    }
}
