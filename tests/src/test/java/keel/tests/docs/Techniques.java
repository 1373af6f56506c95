package keel.tests.docs;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every technique of `nn` that a user can call, with what its comment says of it, the paper, and the tests that call it: read
/// off the sources and the compiled tests.
final class Techniques {
    /// A technique: a type, or one of the factories of a type that has several.
    record Technique(String packageName, String name, String what, List<String> papers, List<String> tests) {
    }

    // Names of factories that make the one thing that their type is.
    private static final Set<String> MAKERS = Set.of("of", "by", "to", "defaults", "none", "withoutBias");

    private static final Set<String> NO_TECHNIQUES = Set.of("keel.nn.report", "keel.nn.internal");
    private static final String NN = "keel.nn.";
    private static final Path SOURCES = Path.of("../nn/src/main/java");

    // Names, a year, and what follows: (Zhang and Sennrich 2019, arXiv:1910.07467, eq. 4).
    private static final Pattern PAPER = Pattern.compile("(?:[A-Z][\\p{L}-]+(?:, | and )){0,4}(?:Le |Van |De )?[A-Z][\\p{L}-]+"
        + "(?: et al\\.)? (?:19|20)\\d\\d(?:,? \"[^\"]+\",?)?(?:[, ]+\\(?(arXiv:\\d{4}\\.\\d{4,5}))?");
    private static final Pattern ARXIV = Pattern.compile("arXiv:\\d{4}\\.\\d{4,5}");

    private Techniques() {
    }

    /// All of them, by package and name.
    static List<Technique> all() {
        var callers = callers();
        var techniques = new ArrayList<Technique>();
        for (var type : Sources.of(SOURCES)) {
            // Choices that belong to something else are no techniques.
            if (NO_TECHNIQUES.contains(type.packageName()) || type.kind().equals("ENUM")) continue;
            var factories = new LinkedHashMap<String, String>();
            for (var m : type.methods()) {
                if (m.isStatic()) factories.merge(m.name(), m.comment(), (a, b) -> a.isEmpty() ? b : a + "\n\n" + b);
            }
            if (factories.keySet().stream().filter(name -> !MAKERS.contains(name)).count() > 1) {
                factories.forEach((name, comment) -> techniques.add(new Technique(type.packageName(), type.name() + "." + name,
                    sentence(comment), papers(comment), tested(callers, type.fullName() + "." + name))));
            } else if (!type.kind().equals("INTERFACE") || !factories.isEmpty()) {
                var comment = type.comment() + "\n\n" + String.join("\n\n", factories.values());
                techniques.add(new Technique(type.packageName(), type.name(), sentence(type.comment()), papers(comment),
                    tested(callers, type.fullName())));
            }
        }
        return techniques;
    }

    /// The classes of tests that call it; where none does, those of nn that do and are tested themselves.
    private static List<String> tested(Map<String, TreeSet<String>> callers, String of) {
        var all = callers.getOrDefault(of, new TreeSet<>());
        var tests = all.stream().filter(caller -> !caller.startsWith(NN)).toList();
        if (!tests.isEmpty()) return tests;
        return all.stream().filter(caller -> !caller.equals(of) && callers.getOrDefault(caller, new TreeSet<>()).stream()
            .anyMatch(test -> !test.startsWith(NN))).map(caller -> "through " + simple(caller)).toList();
    }

    /// Who calls what of `nn`, by type and by method: tests by their class, `nn` itself by type and method.
    private static Map<String, TreeSet<String>> callers() {
        var callers = new TreeMap<String, TreeSet<String>>();
        for (var type : new ClassFileImporter().importPackages("keel.tests", "keel.nn")) {
            if (type.getPackageName().equals("keel.tests.docs")) continue;
            accesses(type).forEach(access -> {
                var owner = access.getTargetOwner().getName();
                if (!owner.startsWith(NN)) return;
                String caller = caller(access);
                callers.computeIfAbsent(outermost(owner), _ -> new TreeSet<>()).add(caller);
                callers.computeIfAbsent(owner + "." + access.getTarget().getName(), _ -> new TreeSet<>()).add(caller);
            });
        }
        return callers;
    }

    private static String caller(JavaAccess<?> access) {
        var type = access.getOriginOwner();
        var name = outermost(type.getName());
        if (name.startsWith(NN)) return name + "." + access.getOrigin().getName();
        return type.getPackageName().equals("keel.tests.conformance") ? "conformance" : simple(name);
    }

    private static String simple(String name) {
        return name.replaceFirst("^([a-z]+\\.)+", "");
    }

    private static Stream<JavaAccess<?>> accesses(JavaClass type) {
        return Stream.<JavaAccess<?>>concat(type.getAccessesFromSelf().stream(),
            type.getCodeUnits().stream().map(JavaCodeUnit::getMethodReferencesFromSelf).flatMap(r -> r.stream()));
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /// The first sentence of a comment, on one line.
    static String sentence(String comment) {
        var paragraph = comment.split("\n\\s*\n|```", 2)[0].replaceAll("\\s+", " ").strip();
        var end = Pattern.compile("(?<!et al|sec|eq|e\\.g|i\\.e|vs|cf)\\.(?= [A-ZΑ-Ω`\\[(]|$)").matcher(paragraph);
        var first = end.find() ? paragraph.substring(0, end.end()) : paragraph;
        return first.replaceAll("\\[#?([^\\]]+)\\]\\[[^\\]]*\\]", "$1").replaceAll("\\[#?([\\w#.]+)(\\([^\\]]*\\))?\\]", "`$1`");
    }

    /// The papers that a comment names, each once.
    static List<String> papers(String comment) {
        var text = comment.replaceAll("\\s+", " ");
        SequencedMap<String, String> found = new LinkedHashMap<>();
        for (var m = PAPER.matcher(text); m.find();) {
            found.putIfAbsent(m.group(1) == null ? m.group() : m.group(1), m.group().replace("(", "").replaceAll(",$",
                "").strip());
        }
        for (var m = ARXIV.matcher(text); m.find();) found.putIfAbsent(m.group(), m.group());
        return List.copyOf(found.values());
    }
}
