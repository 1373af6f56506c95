package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import org.junit.jupiter.api.Test;

/// No derivative and no operation without an entry in [Operations], found by reading the classes.
class RegistryTest {
    /// Public methods that return a tensor but are no operation: they make one, or hand over one that exists.
    private static final Set<String> NO_OPERATIONS = Set.of("Tensor.of", "Tensor.parameter", "Tensor.scalar", "Tensor.op",
        "Tensor.detach", "Gradients.tensorOf");

    @Test
    void everyPublicMethodThatReturnsATensorIsCalledByTheRegistry() {
        var classes = new ClassFileImporter().importPackagesOf(Tensor.class, Operations.class);
        var called = new TreeSet<String>();
        var operations = new TreeSet<String>();
        for (var type : classes) {
            if (type.getName().matches("keel\\.tests\\.autograd\\.\\w*Operations.*")) {
                type.getMethodCallsFromSelf().forEach(call -> called.add(call.getTarget().getFullName()));
                type.getMethodReferencesFromSelf().forEach(call -> called.add(call.getTarget().getFullName()));
            } else if (type.getPackageName().equals(Tensor.class.getPackageName())
                && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                for (var method : type.getMethods()) {
                    if (type.isRecord() && method.getRawParameterTypes().isEmpty()) continue; // hands over what it was made of
                    if (method.getModifiers().contains(JavaModifier.PUBLIC)
                        && method.getRawReturnType().isEquivalentTo(Tensor.class)
                            && !NO_OPERATIONS.contains(type.getSimpleName() + "." + method.getName())) {
                        operations.add(method.getFullName());
                    }
                }
            }
        }
        assertTrue(operations.size() > 70, "the operations were not found: " + operations);
        operations.removeAll(called);
        assertEquals(Set.of(), operations, "no entry in Operations calls these");
    }

    @Test
    void everyDerivativeIsARecordThatAnEntryReaches() {
        var derivatives = new TreeSet<String>();
        for (var type : new ClassFileImporter().importPackagesOf(Tensor.class)) {
            // stands for a graph that is gone
            if (type.isAssignableTo(Vjp.class) && !type.isInterface() && !type.getSimpleName().equals("Consumed")) {
                assertTrue(type.isRecord(), type.getName() + " should be a record: what it saves is then plain to see");
                derivatives.add(type.getName());
            }
        }
        assertTrue(derivatives.size() > 40, "the records were not found: " + derivatives);
        var reached = new HashSet<Vjp>();
        for (var op : Operations.ALL) {
            for (int seed = 0; seed < 8; seed++) {
                reach(op, seed, reached);
            }
        }
        derivatives.removeAll(reached.stream().map(v -> v.getClass().getName()).collect(Collectors.toSet()));
        assertEquals(Set.of(), derivatives, "no entry in Operations leads to these");
    }

    /// Walks the graph of the result, and of its gradient.
    private static void reach(Operation op, int seed, Set<Vjp> reached) {
        var c = op.make(Shape.of(2, 3), seed);
        var x = new Tensor[c.inputs().length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Tensor.parameter(c.inputs()[i]);
        }
        var y = c.f().apply(x);
        collect(y, reached);
        var g = Backward.from(y).seed(Tensor.parameter(y.value())).createGraph().run();
        g.tensors().forEach(t -> collect(g.tensorOf(t), reached));
    }

    private static void collect(Tensor t, Set<Vjp> reached) {
        if (!t.isLeaf() && reached.add(t.derivative())) {
            for (var input : t.derivative().inputs()) {
                collect(input, reached);
            }
        }
    }
}
