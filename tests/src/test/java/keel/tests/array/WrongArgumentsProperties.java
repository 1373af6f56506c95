package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import keel.array.Channels;
import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Rows;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Every public method of the array and tensor types, found by reflection, is called with arguments that mostly do not fit: it
/// either works, or refuses with an `IllegalArgumentException` (or `IllegalStateException`) of one line. Nothing else ever comes
/// out.
class WrongArgumentsProperties {
    private static final List<Class<?>> MAKEABLE = List.of(int.class, double.class, boolean.class, float.class, Shape.class,
        NdArray.class, Tensor.class, Backward.class, RandomGenerator.class, Grid.class, Object.class, String.class);
    private static final List<Method> METHODS = new ArrayList<>();
    private static final TreeSet<String> SKIPPED = new TreeSet<>();

    static {
        for (var type : doors()) {
            for (var method : type.getDeclaredMethods()) {
                boolean callable = Modifier.isStatic(method.getModifiers()) || canMake(type);
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    if (callable && Arrays.stream(method.getParameterTypes()).allMatch(WrongArgumentsProperties::canMake)) {
                        METHODS.add(method);
                    } else {
                        SKIPPED.add(type.getSimpleName() + "." + method.getName());
                    }
                }
            }
        }
        METHODS.sort(Comparator.comparing(Executable::toGenericString));
    }

    /// What users call: arrays, and every public class of automatic differentiation.
    private static List<Class<?>> doors() {
        var y = new ArrayList<Class<?>>(List.of(NdArray.class, Shape.class, Rows.class, Channels.class));
        for (var type : new ClassFileImporter().importPackagesOf(Tensor.class)) {
            if (type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isInterface() && type.isTopLevelClass()) {
                y.add(type.reflect());
            }
        }
        return y;
    }

    @Property
    void publicMethodsWorkOrRefuseInOneLine(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var failures = new TreeMap<String, Throwable>();
        for (var method : METHODS) {
            var arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = make(method.getParameterTypes()[i], random);
            }
            var self = Modifier.isStatic(method.getModifiers()) ? null : make(method.getDeclaringClass(), random);
            try {
                // what worked forward works backward
                if (method.invoke(self, arguments) instanceof Tensor y && y.wantsGradient()) {
                    Backward.from(y).seed(Tensor.of(NdArray.ones(y.dtype(), y.shape().extents()))).run();
                }
            } catch (InvocationTargetException e) {
                var cause = e.getCause();
                boolean polite = cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
                var message = cause.getMessage();
                if (!polite || message == null || message.contains("\n") || !message.contains(": ") || message.length() > 400) {
                    failures.put(describe(method, self, arguments) + " ended in " + cause, cause);
                }
            } catch (IllegalAccessException | RuntimeException e) {
                failures.put(describe(method, self, arguments) + ", then backward, ended in " + e, e);
            }
        }
        if (!failures.isEmpty()) {
            fail(String.join("\n", failures.keySet()), failures.firstEntry().getValue());
        }
    }

    /// Those that take functions or graphs, or hold results, by name of the class.
    @Test
    void fewMethodsAreLeftOut() {
        assertTrue(METHODS.size() > 250, METHODS.size() + " methods");
        var classes = new TreeSet<String>();
        SKIPPED.forEach(name -> classes.add(name.substring(0, name.indexOf('.'))));
        assertEquals(Set.of("Anomaly", "Backward", "Checkpoint", "Differentiate", "GradCheck", "Gradients", "Graph", "Indexed",
            "Recording", "Tensor"),
            classes, () -> "not called: " + SKIPPED);
    }

    private static String describe(Method method, Object self, Object... arguments) {
        var words = new ArrayList<String>();
        for (var a : arguments) {
            words.add(a instanceof int[] i ? Arrays.toString(i) : a instanceof Object[] o ? Arrays.toString(o)
                : String.valueOf(a));
        }
        return (self == null ? method.getDeclaringClass().getSimpleName() : self) + "." + method.getName() + words;
    }

    private static boolean canMake(Class<?> type) {
        return type.isEnum() || type.isArray() && canMake(type.getComponentType()) || MAKEABLE.contains(type)
            || type.isRecord() && !own(type, true).isEmpty();
    }

    /// Methods of a record of options that return one: factories, or those that change one option.
    private static List<Method> own(Class<?> type, boolean factories) {
        return Arrays.stream(type.getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers())
            && m.getReturnType() == type
            && Modifier.isStatic(m.getModifiers()) == factories
            && Arrays.stream(m.getParameterTypes()).noneMatch(Class::isRecord)
            && Arrays.stream(m.getParameterTypes()).allMatch(WrongArgumentsProperties::canMake))
            .sorted(Comparator.comparing(Executable::toGenericString)).toList();
    }

    /// Options that the record accepts: refused ones are drawn again.
    private static Object options(Class<?> type, SplittableRandom random) {
        Object y = null;
        for (int changes = random.nextInt(4); y == null || changes > 0; changes--) {
            var ways = own(type, y == null);
            try {
                var way = ways.get(random.nextInt(ways.size()));
                y = way.invoke(y, Arrays.stream(way.getParameterTypes()).map(t -> make(t, random)).toArray());
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalArgumentException)) {
                    fail(type + " ended in " + e.getCause(), e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return y;
    }

    private static Object make(Class<?> type, SplittableRandom random) {
        if (type.isEnum()) {
            var all = type.getEnumConstants();
            return all[random.nextInt(all.length)];
        }
        if (type.isArray()) {
            var y = Array.newInstance(type.getComponentType(), random.nextInt(5));
            for (int i = 0; i < Array.getLength(y); i++) {
                Array.set(y, i, make(type.getComponentType(), random));
            }
            return y;
        }
        if (type == Grid.class) {
            return new Grid(SHAPES[random.nextInt(SHAPES.length)], INTS[random.nextInt(INTS.length)],
                (int[]) make(int[].class, random));
        }
        if (type.isRecord()) {
            return options(type, random);
        }
        return switch (type.getSimpleName()) {
            case "int" -> INTS[random.nextInt(INTS.length)];
            case "double" -> DOUBLES[random.nextInt(DOUBLES.length)];
            case "float" -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case "boolean" -> random.nextBoolean();
            case "Shape" -> SHAPES[random.nextInt(SHAPES.length)];
            case "NdArray" -> array(random);
            case "Tensor" -> tensor(random);
            case "Backward" -> Backward.from(tensor(random));
            case "RandomGenerator" -> random;
            case "Object", "String" -> "text";
            default -> throw new AssertionError(type);
        };
    }

    // No large extents that are legal: they would be allocated.
    private static final int[] INTS = {0, 0, 1, 1, 2, 2, 3, 4, 5, -1, -1, -2, -3, Integer.MIN_VALUE, Integer.MAX_VALUE};
    private static final double[] DOUBLES = {0, -0.0, 1, -1, 0.5, 2.5, 1e30, Double.NaN, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, Double.MIN_VALUE};
    private static final Shape[] SHAPES = {Shape.of(), Shape.of(1), Shape.of(2), Shape.of(3), Shape.of(0), Shape.of(2, 3),
        Shape.of(3, 2), Shape.of(3, 3), Shape.of(1, 3),
        Shape.of(2, 0), Shape.of(0, 3), Shape.of(2, 3, 2), Shape.of(2, 1, 3), Shape.of(1, 1, 1, 2)};

    private static NdArray array(SplittableRandom random) {
        var dtype = random.nextInt(4) > 0 ? DType.F64 : DType.values()[random.nextInt(4)];
        var shape = SHAPES[random.nextInt(SHAPES.length)];
        return dtype == DType.I32 || random.nextInt(4) == 0 ? Samples.indices(shape, 4, random)
            : Samples.special(dtype, shape, random);
    }

    private static Tensor tensor(SplittableRandom random) {
        var value = array(random);
        return value.dtype().isFloat() && random.nextInt(4) > 0 ? Tensor.parameter(value) : Tensor.of(value);
    }
}
