package keel.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The shape of the house: which way imports point, who may name the incubator module, what the jars export.
class StructureTest {
    /// From the ground up: a class may use its own layer and those before it.
    private static final List<String> LAYERS = List.of("keel.kernel", "keel.array", "keel.autograd", "keel.nn", "keel.bench");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/tests/target/"))
            .importPackages(LAYERS);

    @Test
    void importsPointDown() {
        for (int layer = 0; layer < LAYERS.size() - 1; layer++) {
            var above = LAYERS.subList(layer + 1, LAYERS.size()).stream().map(name -> name + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage(LAYERS.get(layer) + "..")
                    .should().dependOnClassesThat().resideInAnyPackage(above).check(CLASSES);
        }
    }

    @Test
    void everyClassLivesInALayer() {
        var homeless = new TreeSet<String>();
        for (var type : CLASSES)
            if (LAYERS.stream().noneMatch(name -> (type.getPackageName() + ".").startsWith(name
                + "."))) homeless.add(type.getName());
        assertEquals(Set.of(), homeless);
        for (var layer : LAYERS) assertTrue(CLASSES.containPackage(layer), layer);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("keel.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyVectorClassesOfTheKernelNameTheIncubatorModule() {
        var quarantine = DescribedPredicate.<JavaClass>describe("live in keel.kernel or keel.bench.jmh and are called …Vector…",
            type ->
                Set.of("keel.kernel", "keel.bench.jmh").contains(type.getPackageName())
                    && outermost(type).getSimpleName().contains("Vector"));
        noClasses().that(DescribedPredicate.not(quarantine))
                .should().dependOnClassesThat().resideInAPackage("jdk.incubator..").check(CLASSES);
    }

    /// A second class of vectors slows loops that know of one, see docs/kernels.md.
    @Test
    void vectorsOfFloatsAndOfDoublesHaveOneLength() throws IOException {
        try (var files = Files.list(Path.of("..", "core", "src", "main", "java", "keel", "kernel"))) {
            for (var file : files.filter(f -> !f.endsWith("VectorWidth.java")).toList()) {
                var text = Files.readString(file);
                for (var way : List.of("VectorSpecies.of(float", "VectorSpecies.of(double", "tVector.SPECIES",
                    "eVector.SPECIES")) {
                    assertFalse(text.contains(way), file + " asks for " + way + "…; take the species of VectorWidth");
                }
            }
        }
    }

    /// See docs/kernels.md, "A segment whose class is known".
    @Test
    void whoGoesThroughASegmentKnowsItsClass() {
        var unknown = new TreeSet<String>();
        int loops = 0;
        for (var type : CLASSES) {
            if (!type.getPackageName().equals("keel.kernel")) continue;
            for (var method : type.getMethods()) {
                var calls = method.getMethodCallsFromSelf().stream().map(c -> c.getTarget().getName()).toList();
                if (!calls.contains("fromMemorySegment") && !calls.contains("intoMemorySegment")) continue;
                loops++;
                if (!calls.contains("known")) unknown.add(method.getFullName());
            }
        }
        assertEquals(Set.of(), unknown);
        assertTrue(loops > 50, loops + " loops");
    }

    @Test
    void noTypeIsCalledLikeOneOfJavaLang() {
        var clashes = new TreeSet<String>();
        for (var type : CLASSES)
            if (!type.getSimpleName().isEmpty() && isPublicInJavaLang(type.getSimpleName())) clashes.add(type.getName());
        assertEquals(Set.of(), clashes);
        assertTrue(isPublicInJavaLang("Module"));
        assertFalse(isPublicInJavaLang("NdArray"));
    }

    @Test
    void coreIsANamedModuleThatExportsItsPackagesAndNeedsOnlyTheJdk() throws IOException {
        var core = describe("core");
        assertEquals("keel.core", core.name());
        assertEquals(Set.of("mandated java.base", "static jdk.incubator.vector"), requires(core));
        assertExportsEverything(core);
    }

    @Test
    void nnIsANamedModuleThatExportsItsPackagesAndNeedsOnlyCore() throws IOException {
        var nn = describe("nn");
        assertEquals("keel.nn", nn.name());
        assertEquals(Set.of("mandated java.base", "transitive keel.core", "static java.desktop"), requires(nn));
        assertExportsEverything(nn);
    }

    @Test
    void theTwoModulesResolveAndLoadTogether() throws IOException {
        var finder = ModuleFinder.of(jar("core"), jar("nn"));
        var graph = Configuration.resolve(finder, List.of(ModuleLayer.boot().configuration()), ModuleFinder.of(),
            Set.of("keel.nn"));
        var layer = ModuleLayer.defineModulesWithOneLoader(graph, List.of(ModuleLayer.boot()), null).layer();
        assertEquals(Set.of("keel.core", "keel.nn"), layer.modules().stream().map(Module::getName).collect(toSet()));
        assertTrue(layer.findModule("keel.nn").orElseThrow().canRead(layer.findModule("keel.core").orElseThrow()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(StructureTest::outermost).orElse(type);
    }

    private static boolean isPublicInJavaLang(String simpleName) {
        try {
            return Modifier.isPublic(Class.forName("java.lang." + simpleName, false, null).getModifiers());
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    /// The jar of a module: made in phase `package`, so `mvn test` alone after a `clean` has none and skips these tests.
    private static Path jar(String module) throws IOException {
        var target = Path.of("..", module, "target");
        assumeTrue(Files.isDirectory(target), target + " does not exist");
        try (var files = Files.newDirectoryStream(target, "keel-" + module + "-*.jar")) {
            for (var file : files)
                if (!file.toString().matches(".*-(sources|javadoc|tests)\\.jar")) return file;
        }
        assumeTrue(false, "no jar in " + target);
        throw new AssertionError();
    }

    private static ModuleDescriptor describe(String module) throws IOException {
        var descriptor = ModuleFinder.of(jar(module)).findAll().iterator().next().descriptor();
        assertFalse(descriptor.isAutomatic(), "the jar of " + module + " has no module descriptor");
        return descriptor;
    }

    private static Set<String> requires(ModuleDescriptor module) {
        return module.requires().stream().map(StructureTest::words).collect(toSet());
    }

    private static String words(Requires requires) {
        var modifiers = requires.modifiers().stream().map(modifier -> modifier.name().toLowerCase() + " ").sorted().toList();
        return String.join("", modifiers) + requires.name();
    }

    /// Every package is API and exported to everybody, except one called `internal`, which is exported to nobody.
    private static void assertExportsEverything(ModuleDescriptor module) {
        var api = new TreeSet<String>();
        for (var name : module.packages()) if (!name.matches(".*\\.internal(\\..*)?")) api.add(name);
        var exported = new TreeSet<String>();
        for (var export : module.exports()) exported.add(export.source());
        assertEquals(api, exported);
        assertFalse(module.exports().stream().anyMatch(Exports::isQualified));
    }
}
