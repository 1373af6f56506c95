package keel.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What compiled methods call, lambdas and method references included, read off their instructions.
public final class Calls {
    /// A method: the internal name of its class, its name and its descriptor.
    public record Target(String owner, String name, String descriptor) {
    }

    /// What was called before a method that registers something, since the last such call, and the texts among the constants:
    /// one is its name, where U+0001 stands for what was computed.
    public record Entry(List<String> names, List<Target> calls) {
    }

    private final Map<Target, List<Object>> code = new HashMap<>(); // targets and texts, in order
    private final Set<String> read = new LinkedHashSet<>();

    /// Every method that `from` leads to by way of methods that are followed.
    public Set<Target> reach(List<Target> from, Predicate<Target> followed) {
        var found = new LinkedHashSet<Target>(from);
        for (var open = new ArrayDeque<>(from); !open.isEmpty();) {
            var next = open.poll();
            if (!followed.test(next)) continue;
            for (var o : code(next)) {
                if (o instanceof Target t && found.add(t)) open.add(t);
            }
        }
        return found;
    }

    /// The entries that the methods of a class register, in their order.
    public List<Entry> entries(String owner, Predicate<Target> registers) {
        read(owner);
        var entries = new ArrayList<Entry>();
        code.keySet().stream().filter(t -> t.owner.equals(owner)).sorted((a, b) -> (a.name + a.descriptor).compareTo(b.name
            + b.descriptor)).forEach(method -> {
                var names = new ArrayList<String>();
                var calls = new ArrayList<Target>();
                for (var o : code.get(method)) {
                    if (o instanceof String s) {
                        names.add(s);
                    } else if (o instanceof Target t && registers.test(t)) {
                        calls.add(t);
                        entries.add(new Entry(List.copyOf(names), List.copyOf(calls)));
                        names.clear();
                        calls.clear();
                    } else if (o instanceof Target t) {
                        calls.add(t);
                    }
                }
            });
        return entries;
    }

    private List<Object> code(Target method) {
        read(method.owner);
        return code.getOrDefault(method, List.of());
    }

    private void read(String owner) {
        if (!read.add(owner)) return;
        try (var bytes = Calls.class.getResourceAsStream("/" + owner + ".class")) {
            if (bytes == null) return;
            for (MethodModel m : ClassFile.of().parse(bytes.readAllBytes()).methods()) {
                var target = new Target(owner, m.methodName().stringValue(), m.methodType().stringValue());
                code.put(target, m.code().map(Calls::events).orElse(List.of()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Object> events(CodeModel code) {
        var events = new ArrayList<Object>();
        for (CodeElement e : code) {
            switch (e) {
                case ConstantInstruction c when c.constantValue() instanceof String s -> events.add(s);
                case InvokeInstruction i -> events.add(new Target(i.owner().asInternalName(), i.name().stringValue(),
                    i.type().stringValue()));
                case InvokeDynamicInstruction i -> i.bootstrapArgs().forEach(a -> {
                    if (a instanceof DirectMethodHandleDesc h) events.add(new Target(h.owner().descriptorString().substring(1,
                        h.owner().descriptorString().length() - 1), h.methodName(), h.lookupDescriptor()));
                    if (a instanceof String recipe) events.add(recipe);
                });
                default -> { }
            }
        }
        return events;
    }
}
