package org.naivechain.notebooks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.naivechain.learn.Grading;

/** Methods as a reader wrote them in a cell. */
final class Written {
    private static final Pattern ERROR = Pattern.compile("(\\S+\\.java):\\d+: (.*)\n(.*)\n( *\\^)", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("symbol: +(?:variable|method|class) (\\w+)");

    private final List<String> lines;

    Written(String methods) {
        lines = methods.lines().toList();
    }

    /** {@return what was said of the methods, with the compiler's errors by the lines of the cell's text} */
    Grading seenFromTheCell(Grading grading) {
        return new Grading(
                grading.exercise(),
                grading.rules(),
                grading.problems().stream().map(this::seenFromTheCell).toList());
    }

    private String seenFromTheCell(String problem) {
        Matcher error = ERROR.matcher(problem);
        if (!error.matches()) {
            return problem;
        }
        String source = error.group(3);
        List<String> numbers = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().equals(source.strip()))
                .mapToObj(i -> String.valueOf(i + 1))
                .toList();
        String where = numbers.isEmpty()
                ? "in " + error.group(1) + ", around your text"
                : "line " + String.join(" or ", numbers) + " of your text";
        return where + ": " + error.group(2) + "\n" + source + "\n" + error.group(4) + leftOut(error.group(2));
    }

    /** Only the methods of an exercise go into the course's class; whoever uses something else has to hear of it. */
    private String leftOut(String error) {
        Matcher unknown = UNKNOWN.matcher(error);
        return unknown.find() && members().contains(unknown.group(1))
                ? "\nYour " + unknown.group(1)
                        + " is left out: only the methods of the exercise are taken from your text."
                        + " Fields are those that the class has."
                : "";
    }

    private Set<String> members() {
        String text = lines.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Written.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return "class Written {\n" + text + "\n}\n";
                    }
                };
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, new DiagnosticCollector<>(), List.of("-proc:none"), null, List.of(file));
            return StreamSupport.stream(task.parse().spliterator(), false)
                    .flatMap(unit -> unit.getTypeDecls().stream())
                    .flatMap(type ->
                            type instanceof ClassTree written ? written.getMembers().stream() : Stream.<Tree>of())
                    .flatMap(member -> name(member).stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private static Optional<String> name(Tree member) {
        return member instanceof VariableTree field
                ? Optional.of(field.getName().toString())
                : member instanceof MethodTree method
                        ? Optional.of(method.getName().toString())
                        : member instanceof ClassTree type
                                ? Optional.of(type.getSimpleName().toString())
                                : Optional.empty();
    }
}
