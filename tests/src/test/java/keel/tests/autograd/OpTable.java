package keel.tests.autograd;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import keel.array.Shape;
import keel.autograd.GradCheck;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import keel.tests.docs.Calls;
import keel.tests.docs.Calls.Target;

/// Every public operation of `keel.autograd`: which derivatives it records, what checks them, and which foreign cases it
/// answers. Read off the compiled classes, and measured.
final class OpTable {
    /// One operation.
    ///
    /// @param owner its class
    /// @param name with the types of its arguments
    /// @param shapes of the inputs and the result of one entry
    /// @param records of derivatives that it, or what it is made of, can record
    /// @param entries of [Operations] that call it
    /// @param twice what a check of the second derivative of these entries found: `yes`, `linear` or `NO`
    /// @param cases of the conformance suite that are answered by calling it
    record Row(String owner, String name, String shapes, List<String> records, List<Operation> entries, String twice,
        long cases) {
    }

    private static final String AUTOGRAD = "keel/autograd/";
    private static final String CONFORMANCE = "keel/tests/conformance/";
    private static final String REGISTRY = "keel/tests/autograd/\\w*Operations\\w*";

    /// They make a tensor, or hand over one that exists.
    private static final Set<String> NO_OPERATIONS = Set.of("of", "parameter", "scalar", "op", "detach", "tensorOf");
    /// Differentiate functions that the user gives.
    private static final Set<String> NO_OWNERS = Set.of("Checkpoint", "Gradients", "Graph");
    /// What every operation passes through, and what derivatives do when they run, is none of its parts.
    private static final Set<String> NO_PARTS = Set.of("Anomaly", "Backward", "Recording", "Gradients", "Checkpoint");

    private final Calls calls = new Calls();
    private final JavaClasses classes = new ClassFileImporter().importPackages("keel.autograd", "keel.tests.autograd",
        "keel.tests.conformance");
    private final Map<Target, Set<Target>> parts = new HashMap<>();
    private final Map<Operation, Boolean> right = new HashMap<>();
    private final Map<Target, Set<String>> entriesOf = new HashMap<>();
    private final Map<Target, Set<String>> partsOf = new HashMap<>(); // by way of other operations
    private final Map<Target, Set<String>> callsOf = new HashMap<>();
    private final Map<String, Long> answered;

    /// @param answered how many cases of each call of the suite are
    OpTable(Map<String, Long> answered) {
        this.answered = answered;
        enter(REGISTRY, t -> t.owner().matches(REGISTRY) && t.descriptor().matches(
            "\\((Ljava/util/List;)?Ljava/lang/String;.*"), entriesOf);
        enter(CONFORMANCE + "\\w+", t -> t.owner().startsWith(CONFORMANCE) && !t.owner().endsWith("Args")
            && t.descriptor().matches("\\((Lkeel/tests/conformance/Table;)?Ljava/lang/String;L.*\\).*"), callsOf);
    }

    private void enter(String owners, Predicate<Target> registers, Map<Target, Set<String>> of) {
        for (var type : classes) {
            var owner = type.getName().replace('.', '/');
            if (!owner.matches(owners)) continue;
            for (var e : calls.entries(owner, registers)) {
                for (var t : calls.reach(e.calls(), t -> t.owner().startsWith("keel/tests/") && !registers.test(t))) {
                    if (t.owner().startsWith(AUTOGRAD)) of.computeIfAbsent(t, _ -> new TreeSet<>()).addAll(e.names());
                    for (var part : t.owner().startsWith(AUTOGRAD) ? parts(t) : Set.<Target>of()) {
                        partsOf.computeIfAbsent(part, _ -> new TreeSet<>()).addAll(e.names());
                    }
                }
            }
        }
    }

    /// All operations, by class and name.
    List<Row> rows() {
        return classes.stream().filter(c -> c.getPackageName().equals("keel.autograd")
            && c.getModifiers().contains(JavaModifier.PUBLIC) && !NO_OWNERS.contains(c.getSimpleName()))
            .flatMap(c -> c.getMethods().stream()).filter(this::isOperation).map(this::row)
            .sorted(Comparator.comparing((Row r) -> !r.owner.equals("Tensor")).thenComparing(Row::owner)
                .thenComparing(Row::name)).toList();
    }

    // Public, and its result is, holds or lists tensors.
    private boolean isOperation(JavaMethod m) {
        if (!m.getModifiers().contains(JavaModifier.PUBLIC) || m.getModifiers().contains(JavaModifier.SYNTHETIC)
            || NO_OPERATIONS.contains(m.getName()) || m.getRawParameterTypes().isEmpty() && m.getOwner().isRecord()) return false;
        var type = m.getRawReturnType();
        return type.isEquivalentTo(Tensor.class) || m.getReturnType().getName().contains("List<" + Tensor.class.getName())
            || type.isRecord() && type.getFields().stream().anyMatch(f -> f.getRawType().isEquivalentTo(Tensor.class))
                && !type.isAssignableTo(Vjp.class);
    }

    private Row row(JavaMethod m) {
        var target = new Target(m.getOwner().getName().replace('.', '/'), m.getName(), m.getDescriptor());
        var checked = entries(entriesOf.getOrDefault(target, partsOf.getOrDefault(target, Set.of())), m.getName());
        long cases = callsOf.getOrDefault(target, Set.of()).stream().mapToLong(c -> answered.getOrDefault(c, 0L)
            + answered.getOrDefault("nn.functional." + c, 0L)).sum();
        var arguments = m.getRawParameterTypes().stream().map(JavaClass::getSimpleName).collect(Collectors.joining(", "));
        return new Row(m.getOwner().getSimpleName(), m.getName() + "(" + arguments + ")", checked.isEmpty() ? ""
            : shapes(checked.getFirst()), records(target), checked, twice(checked), cases);
    }

    // Those of these names; where some are called like the operation, only those.
    private static List<Operation> entries(Set<String> names, String like) {
        var patterns = names.stream().map(n -> Pattern.compile(Arrays.stream(n.split("\u0001", -1)).map(Pattern::quote)
            .collect(Collectors.joining(".*")))).toList();
        var all = Operations.ALL.stream().filter(op -> patterns.stream().anyMatch(p -> p.matcher(op.name()).matches())).toList();
        var alike = all.stream().filter(op -> op.name().matches(like + "\\b.*")).toList();
        return alike.isEmpty() ? all : alike;
    }

    private List<String> records(Target of) {
        return parts(of).stream().filter(t -> t.name().equals("<init>") && classes.contain(t.owner().replace('/', '.'))
                && classes.get(t.owner().replace('/', '.')).isAssignableTo(Vjp.class)).map(OpTable::simple).distinct().sorted()
            .toList();
    }

    private Set<Target> parts(Target of) {
        return parts.computeIfAbsent(of, t -> calls.reach(List.of(t), c -> c.owner().startsWith(AUTOGRAD)
            && !NO_PARTS.contains(simple(c))));
    }

    private static String simple(Target t) { return t.owner().replaceAll(".*[/$]", ""); }

    private static boolean isRight(Operation op) {
        var c = op.make(SHAPE, 1);
        return GradCheck.second(op.precision(), c.f(), c.inputs()).ok();
    }

    private static String shapes(Operation op) {
        var c = op.make(SHAPE, 1);
        for (int seed = 2; seed < 40 && Arrays.stream(c.inputs()).anyMatch(x -> x.size() == 0); seed++) {
            c = op.make(SHAPE, seed); // something is more telling than nothing
        }
        var inputs = Arrays.stream(c.inputs()).map(x -> x.shape().toString()).collect(Collectors.joining(", "));
        return inputs + " → " + c.f().apply(Arrays.stream(c.inputs()).map(Tensor::of).toArray(Tensor[]::new)).shape();
    }

    private static final Shape SHAPE = Shape.of(2, 3);

    private String twice(List<Operation> ops) {
        for (var op : ops) {
            if (!right.computeIfAbsent(op, OpTable::isRight)) return "NO: " + op.name();
        }
        return ops.isEmpty() ? "" : ops.stream().allMatch(Operation::isLinear) ? "linear" : "yes";
    }
}
