package org.naivechain.pages;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The texts of classes and of their members, comments before them included, as the compiler's own parser finds them. */
final class JavaSources {
    private final Repository repository;

    JavaSources(Repository repository) {
        this.repository = repository;
    }

    /** What a reference names: one text, or several where methods share a name. */
    sealed interface Lookup {}

    record Found(Path file, List<String> texts) implements Lookup {}

    record Missing(String why) implements Lookup {}

    /** A file as it was parsed. */
    private record Parsed(CompilationUnitTree unit, SourcePositions positions, String text) {
        long start(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        long end(Tree tree) {
            return positions.getEndPosition(unit, tree);
        }

        /** From the end of what stands before a tree among its likes, so that its comments belong to it. */
        String text(Tree tree, List<? extends Tree> likes, long begin) {
            long from = likes.stream()
                    .mapToLong(this::end)
                    .filter(end -> end <= start(tree))
                    .max()
                    .orElse(begin);
            return text.substring((int) Math.max(from, begin), (int) end(tree));
        }
    }

    /**
     * Finds {@code a.b.Outer.Inner}, or {@code a.b.Outer.Inner#member}: a method, field, or type, {@code <init>} for constructors, and
     * {@code member(Type, Type)} for one of several.
     */
    Lookup find(String reference) {
        String type = reference.replaceFirst("#.*", "");
        String fileName = type;
        while (repository.source(fileName).isEmpty()) {
            if (!fileName.contains(".")) {
                return new Missing("no source file of any module has the class " + type);
            }
            fileName = fileName.substring(0, fileName.lastIndexOf('.'));
        }
        Path file = repository.source(fileName).orElseThrow();
        Parsed parsed = parse(repository.root().resolve(file));
        String names = type.substring(fileName.lastIndexOf('.') + 1);
        return inType(parsed, file, names, reference.contains("#") ? reference.replaceFirst(".*?#", "") : "");
    }

    private static Lookup inType(Parsed parsed, Path file, String names, String member) {
        List<? extends Tree> likes = parsed.unit().getTypeDecls();
        long begin = 0;
        ClassTree type = null;
        String text = "";
        for (String name : names.split("\\.")) {
            Optional<ClassTree> inner = types(likes).stream()
                    .filter(each -> each.getSimpleName().contentEquals(name))
                    .findFirst();
            if (inner.isEmpty()) {
                return new Missing(file + " has no type " + name);
            }
            type = inner.get();
            text = parsed.text(type, likes, begin);
            begin = parsed.start(type);
            likes = type.getMembers();
        }
        if (type == null || member.isEmpty()) {
            return new Found(file, List.of(text));
        }
        List<String> texts = new ArrayList<>();
        for (Tree each : likes) {
            if (parsed.end(each) > 0
                    && isNamed(each, member, type.getSimpleName().toString())) {
                texts.add(parsed.text(each, likes, begin));
            }
        }
        return texts.isEmpty()
                ? new Missing("the type " + names + " in " + file + " has no member " + member)
                : new Found(file, texts);
    }

    private static List<ClassTree> types(List<? extends Tree> trees) {
        return trees.stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
    }

    private static boolean isNamed(Tree tree, String member, String type) {
        if (tree instanceof MethodTree method) {
            String name = method.getName().toString();
            String parameters = method.getParameters().stream()
                    .map(parameter -> parameter.getType().toString().replaceAll("<.*>|.*\\.", ""))
                    .collect(Collectors.joining(","));
            String wanted = member.replace(" ", "");
            return List.of(name, name + "(" + parameters + ")").contains(wanted)
                    || (name.equals("<init>")
                            && List.of(type, type + "(" + parameters + ")").contains(wanted));
        }
        return (tree instanceof VariableTree field && field.getName().contentEquals(member))
                || (tree instanceof ClassTree inner && inner.getSimpleName().contentEquals(member));
    }

    private static Parsed parse(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, problem -> {}, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            return new Parsed(
                    unit,
                    Trees.instance(task).getSourcePositions(),
                    unit.getSourceFile().getCharContent(true).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
