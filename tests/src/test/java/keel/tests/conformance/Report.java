package keel.tests.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keel.tests.conformance.Outcome.Kind;

/// Counts of outcomes by family, as a page; and the list of what is supported.
record Report(List<Outcome> outcomes) {
    private static final String HEAD = """
        # Conformance

        Cases computed by PyTorch 2.13 on a CPU (and by mpmath where more digits were needed): operations, layers, straight-line
        programs, optimizers, schedules, clipping and initialization in F32 and F64, most with the gradients of their inputs. A
        runner in `tests` (`keel.tests.conformance`) translates each into calls of Keel's public API and compares values,
        gradients, shapes, types, what is modified, and errors. No case is known by its id, and the tolerances are the cases' own.

        - *by alternative*: passed only with the second acceptable value, PyTorch's own where that is measurably wrong;
        - *deviations*: the expected value is a choice on which sane libraries differ, and Keel chose otherwise, for the reason
          below;
        - *not supported*: Keel has no call for it.

        An error expected from a call that Java's compiler refuses (a word for an enum that has no such member) counts as passed.
        Names that are one short expression in Keel (`rad2deg`, `vecdot`) are written as that expression.

        `mvn verify` runs the cases in `tests/src/test/resources/keel/tests/conformance/open.zip`; `-Dkeel.conformance=FOLDER`
        runs any folder of the same format: a `manifest.jsonl` with one case a line, and the tensors of a family in
        `<family>.safetensors`. It fails on a failed case, and on a call listed in `supported.txt` beside the archive that is no
        longer supported. This page and that list are written by

        ```
        ./mvnw -o verify -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeel.docs.update=true
        ```

        """;

    /// The page for the docs.
    String page() {
        var s = new StringBuilder(HEAD);
        s.append("| family | cases | passed | by alternative | deviations | failed | not supported |\n");
        s.append("|---|---:|---:|---:|---:|---:|---:|\n");
        byFamily().forEach((family, of) -> row(s, family, of));
        row(s, "**all**", outcomes);
        section(s, "Deviations", Kind.DEVIATION, o -> o.of().call()
            + (o.of().convention() == null ? "" : " (" + o.of().convention() + ")") + ": " + o.detail());
        section(s, "Passed by alternative", Kind.ALTERNATIVE, o -> o.of().call() + ": " + Conventions.alternative(o.of()));
        section(s, "Not supported", Kind.UNSUPPORTED, Outcome::detail);
        return s.toString();
    }

    private static void row(StringBuilder s, String name, List<Outcome> of) {
        s.append("| ").append(name).append(" | ").append(of.size());
        for (var kind : List.of(Kind.PASSED, Kind.ALTERNATIVE, Kind.DEVIATION, Kind.FAILED, Kind.UNSUPPORTED)) {
            s.append(" | ").append(of.stream().filter(o -> o.kind() == kind).count());
        }
        s.append(" |\n");
    }

    private interface Label {
        String of(Outcome o);
    }

    // One line a family and label: how many cases.
    private void section(StringBuilder s, String title, Kind kind, Label label) {
        var some = outcomes.stream().filter(o -> o.kind() == kind).toList();
        if (some.isEmpty()) return;
        s.append("\n## ").append(title).append("\n\n");
        new Report(some).byFamily().forEach((family, of) -> {
            s.append("- **").append(family).append("**: ");
            s.append(of.stream().collect(Collectors.groupingBy(label::of, TreeMap::new,
                Collectors.counting())).entrySet().stream()
                .map(e -> e.getKey() + " (" + e.getValue() + ")").collect(Collectors.joining("; ")));
            s.append('\n');
        });
    }

    private Map<String, List<Outcome>> byFamily() {
        return outcomes.stream().collect(Collectors.groupingBy(o -> o.of().family(), TreeMap::new, Collectors.toList()));
    }

    /// How many cases of a call of a family are supported.
    Map<String, Long> supported() {
        return outcomes.stream().filter(Outcome::isSupported)
            .collect(Collectors.groupingBy(o -> o.of().family() + "\t" + o.of().call(), TreeMap::new, Collectors.counting()));
    }

    /// Cases of one kind, a line each.
    List<String> lines(Kind kind) {
        return outcomes.stream().filter(o -> o.kind() == kind).map(o -> o.of().family() + " " + o.of().call() + " "
            + o.of().id() + ": " + o.detail()).toList();
    }
}
