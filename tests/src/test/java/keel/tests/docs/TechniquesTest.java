package keel.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keel.tests.docs.Techniques.Technique;
import org.junit.jupiter.api.Test;

/// The table technique → class → paper → test, and that none is without a test.
class TechniquesTest {
    private static final int SHOWN = 3;
    private static final String HEAD = """
        # Techniques

        What `nn` has, one line each: the type or factory, the first sentence of its comment, where it comes from, and which
        tests call it. This page is read off the sources and the compiled tests; a test fails where it is not current, and where a
        technique has no test. It is written by

        ```
        ./mvnw -o verify -Dtest=TechniquesTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeel.docs.update=true
        ```
        """;

    private final List<Technique> techniques = Techniques.all();

    @Test
    void everyTechniqueIsCalledByATest() {
        assertTrue(techniques.size() > 200, "the techniques were not found: " + techniques.size());
        assertEquals(List.of(), techniques.stream().filter(t -> t.tests().isEmpty()).map(Technique::name).toList(),
            "no test calls these");
    }

    @Test
    void everyTechniqueSaysWhatItIs() {
        assertEquals(List.of(), techniques.stream().filter(t -> t.what().isBlank()).map(Technique::name).toList());
    }

    @Test
    void thePageIsCurrent() {
        Page.assertCurrent("techniques.md", page());
    }

    private String page() {
        var s = new StringBuilder(HEAD);
        techniques.stream().collect(Collectors.groupingBy(Technique::packageName, TreeMap::new, Collectors.toList()))
            .forEach((name, of) -> {
                s.append("\n## ").append(name).append("\n\n| technique | what it is | source | tests |\n|---|---|---|---|\n");
                of.forEach(t -> s.append("| `").append(t.name()).append("` | ").append(t.what().replace("|", "\\|")).append(" | ")
                    .append(String.join("; ", t.papers())).append(" | ").append(shown(t.tests())).append(" |\n"));
            });
        return s.toString();
    }

    /// The first few, those about the claims of papers first.
    private static String shown(List<String> tests) {
        var few = tests.stream().sorted((a, b) -> Boolean.compare(b.contains("Claims"), a.contains("Claims"))).limit(SHOWN)
            .collect(Collectors.joining(", "));
        return tests.size() > SHOWN ? few + " +" + (tests.size() - SHOWN) : few;
    }
}
