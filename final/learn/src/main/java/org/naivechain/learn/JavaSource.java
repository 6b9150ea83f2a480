package org.naivechain.learn;

import static java.util.stream.Collectors.joining;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The text of a Java file, and where its methods are in it, by the compiler's own syntax tree. */
final class JavaSource {
    /** What the exception of a missing body begins with. */
    static final String HOLE = "exercise ";

    private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]+;\\R?");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package [^;]+;\\R");

    private final String text;
    private final List<Method> methods;

    private JavaSource(String text, List<Method> methods) {
        this.text = text;
        this.methods = methods;
    }

    /**
     * A method, in a text.
     *
     * @param path its name, with the names of the nested types that it is in: {@code Inner.name}, {@code <init>}
     * @param parameters the simple types of its parameters, joined by commas
     * @param body what the compiler understood of its body, without comments
     */
    private record Method(String path, String parameters, int start, int end, int bodyStart, int bodyEnd, String body) {
        boolean isCalled(String name) {
            int parenthesis = name.indexOf('(');
            return parenthesis < 0 ? path.equals(name) : (path + "(" + parameters + ")").equals(name.replace(" ", ""));
        }

        /** With the nested types of the one among some names that it has without them. */
        Method as(List<String> names) {
            String full = names.stream()
                    .map(name -> name.replaceFirst("\\(.*", ""))
                    .filter(name -> name.equals(path) || name.endsWith("." + path))
                    .findFirst()
                    .orElse(path);
            return new Method(full, parameters, start, end, bodyStart, bodyEnd, body);
        }
    }

    /** A new text for a part of the old one. */
    private record Edit(int start, int end, String text) {}

    /**
     * Reads a file's text; where it is no Java, what is missing is not among its methods.
     *
     * @throws LearnException if there is no compiler
     */
    static JavaSource parse(String text) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Parsed.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, new DiagnosticCollector<>(), List.of("-proc:none"), null, List.of(file));
            List<Method> methods = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodFinder(unit, Trees.instance(task).getSourcePositions(), methods).scan(unit, null);
            }
            return new JavaSource(text, methods);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    /**
     * Reads members of a class without the class; imports may stand before them.
     *
     * @param names which methods of the class they may be, with the nested types that those are in
     */
    static JavaSource parseMembers(String members, List<String> names) {
        String imports =
                IMPORT.matcher(members).results().map(found -> found.group()).collect(joining());
        JavaSource bare =
                parse(imports + "class Members {\n" + IMPORT.matcher(members).replaceAll("") + "\n}\n");
        return new JavaSource(
                bare.text, bare.methods.stream().map(method -> method.as(names)).toList());
    }

    String text() {
        return text;
    }

    boolean has(String method) {
        return methods.stream().anyMatch(each -> each.isCalled(method));
    }

    /** {@return a method's text, from its modifiers to its end} */
    String method(String name) {
        Method method = find(name);
        return text.substring(method.start(), method.end());
    }

    /** {@return a method's text as it is shown alone} */
    String shown(String name) {
        return (" ".repeat(column(find(name))) + method(name)).stripIndent();
    }

    /** {@return this source, with the bodies of some methods replaced by one that throws} */
    JavaSource withHoles(String exercise, List<String> names) {
        return edited(names.stream().map(name -> hole(exercise, find(name))).toList());
    }

    private Edit hole(String exercise, Method method) {
        String indent = " ".repeat(column(method));
        String name = method.path().replaceFirst("\\.?<init>$", "the constructor");
        return new Edit(
                method.bodyStart(),
                method.bodyEnd(),
                "{\n" + indent + "    // Exercise " + exercise + ": your code.\n" + indent
                        + "    throw new UnsupportedOperationException(\"" + HOLE + exercise + ": write " + name
                        + "\");\n" + indent + "}");
    }

    private int column(Method method) {
        return method.start() - text.lastIndexOf('\n', method.start()) - 1;
    }

    /** {@return this source, with some methods, and the imports that they need, taken from another} */
    JavaSource withMethodsOf(JavaSource other, List<String> names) {
        List<Edit> edits = new ArrayList<>();
        for (String name : names) {
            Method method = find(name);
            String indent = " ".repeat(Math.max(0, column(method) - other.column(other.find(name))));
            edits.add(new Edit(method.start(), method.end(), other.method(name).replaceAll("\\R(?=.)", "\n" + indent)));
        }
        String missing = IMPORT.matcher(other.text)
                .results()
                .map(found -> found.group().strip() + "\n")
                .filter(line -> !text.contains(line.strip()))
                .collect(joining());
        if (!missing.isEmpty()) {
            int at = PACKAGE.matcher(text)
                    .results()
                    .findFirst()
                    .map(found -> found.end())
                    .orElse(0);
            edits.add(new Edit(at, at, "\n" + missing));
        }
        return edited(edits);
    }

    /** {@return this source, with the bodies of some methods taken from another, in as many lines as they had} */
    JavaSource withBodiesOf(JavaSource other, List<String> names) {
        return edited(names.stream()
                .map(name -> {
                    Method method = find(name);
                    long lines = text.substring(method.bodyStart(), method.bodyEnd())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
                    String body = other.find(name).body().strip().replaceAll("\\s*\\R\\s*", " ");
                    return new Edit(method.bodyStart(), method.bodyEnd(), body + "\n".repeat((int) lines));
                })
                .toList());
    }

    /** {@return whether some methods are, but for white space, the same as in another source} */
    boolean hasMethodsOf(JavaSource other, List<String> names) {
        UnaryOperator<String> words = written -> written.replaceAll("\\s+", "");
        return names.stream()
                .allMatch(name -> has(name) && words.apply(method(name)).equals(words.apply(other.method(name))));
    }

    /** {@return the first line of a method, from 1; nothing if there is none of the name} */
    Optional<Long> line(String name) {
        return methods.stream()
                .filter(method -> method.isCalled(name))
                .map(method -> text.substring(0, method.start()).lines().count() + 1)
                .findFirst();
    }

    private JavaSource edited(List<Edit> edits) {
        StringBuilder edited = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).reversed())
                .forEach(edit -> edited.replace(edit.start(), edit.end(), edit.text()));
        return parse(edited.toString());
    }

    private Method find(String name) {
        List<Method> found =
                methods.stream().filter(method -> method.isCalled(name)).toList();
        if (found.size() != 1) {
            throw new LearnException(
                    found.isEmpty()
                            ? "there is no method " + name + " any more; put it back, or begin anew: learn reset"
                            : "there are " + found.size() + " methods " + name);
        }
        return found.get(0);
    }

    private static final class MethodFinder extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;
        private final Deque<String> types = new ArrayDeque<>();

        MethodFinder(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            types.addLast(type.getSimpleName().toString());
            super.visitClass(type, nothing);
            types.removeLast();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            int start = (int) positions.getStartPosition(unit, method);
            // A record's own constructor is in the tree, but in no text.
            if (method.getBody() != null && positions.getEndPosition(unit, method.getBody()) > start && start >= 0) {
                String nested = types.stream().skip(1).map(type -> type + ".").collect(joining());
                found.add(new Method(
                        nested + method.getName(),
                        method.getParameters().stream()
                                .map(parameter -> parameter.getType().toString().replaceAll("<.*>|\\s", ""))
                                .collect(joining(",")),
                        start,
                        (int) positions.getEndPosition(unit, method),
                        (int) positions.getStartPosition(unit, method.getBody()),
                        (int) positions.getEndPosition(unit, method.getBody()),
                        method.getBody().toString()));
            }
            // Methods of anonymous classes belong to the method that they stand in.
            return null;
        }
    }
}
