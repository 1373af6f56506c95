package keel.tests.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// The public types of a source folder and what their comments say, read by the compiler's parser.
final class Sources {
    /// A public method of a public type.
    record Method(String name, boolean isStatic, String returns, String comment) {
    }

    /// A public top-level type.
    record Type(String packageName, String name, String kind, String comment, List<Method> methods) {
        String fullName() {
            return packageName + "." + name;
        }
    }

    private Sources() {
    }

    /// Those of every file below `folder`, by full name.
    static List<Type> of(Path folder) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = Files.walk(folder); var manager = compiler.getStandardFileManager(null, null, null)) {
            var java = files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java")
                && !f.endsWith("module-info.java")).sorted().toList();
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(java));
            var docs = DocTrees.instance(task);
            return StreamSupport.stream(task.parse().spliterator(), false).flatMap(unit -> types(unit, docs).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Type> types(CompilationUnitTree unit, DocTrees docs) {
        var types = new ArrayList<Type>();
        for (var tree : unit.getTypeDecls()) {
            if (tree instanceof ClassTree type && type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                var path = new TreePath(new TreePath(unit), type);
                types.add(new Type(unit.getPackageName().toString(), type.getSimpleName().toString(), type.getKind().name(),
                    comment(docs, path), methods(type, path, docs)));
            }
        }
        return types;
    }

    private static List<Method> methods(ClassTree type, TreePath path, DocTrees docs) {
        var methods = new ArrayList<Method>();
        for (var member : type.getMembers()) {
            if (member instanceof MethodTree method && isPublic(type, method) && method.getReturnType() != null) {
                methods.add(new Method(method.getName().toString(),
                    method.getModifiers().getFlags().contains(Modifier.STATIC), method.getReturnType().toString(),
                    comment(docs, new TreePath(path, method))));
            }
        }
        return methods;
    }

    private static boolean isPublic(ClassTree type, MethodTree method) {
        var flags = method.getModifiers().getFlags();
        return flags.contains(Modifier.PUBLIC)
            || type.getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
    }

    private static String comment(DocTrees docs, TreePath path) {
        var comment = docs.getDocComment(path);
        return comment == null ? "" : comment.strip();
    }
}
