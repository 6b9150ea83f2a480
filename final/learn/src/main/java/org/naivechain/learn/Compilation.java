package org.naivechain.learn;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Classes that were compiled from the reader's files.
 *
 * @param errors what the compiler said, if it found errors
 */
record Compilation(Path classes, List<String> errors) {
    private static final int MAX_ERRORS = 10;

    /** A file of the reader's, by the name that is shown, and the text that is compiled for it. */
    record Source(String shown, String text) {}

    /**
     * Compiles.
     *
     * @param classes the folder for the classes; what was in it is removed
     * @param libraries what the classes may use
     */
    static Compilation of(Collection<Source> sources, Path classes, List<Path> libraries) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            remove(classes);
            Files.createDirectories(classes);
            if (sources.isEmpty()) {
                return new Compilation(classes, List.of());
            }
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, libraries);
            compiler.getTask(
                            null,
                            files,
                            said,
                            List.of("-proc:none", "-nowarn", "-parameters", "--release", "17", "-Xlint:-options"),
                            null,
                            sources.stream().map(InMemory::new).toList())
                    .call();
            List<String> errors = said.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .map(Compilation::shown)
                    .limit(MAX_ERRORS)
                    .toList();
            return new Compilation(classes, errors);
        } catch (IOException e) {
            throw new LearnException("the classes cannot be written to " + classes + ": " + e.getMessage(), e);
        }
    }

    private static String shown(Diagnostic<? extends JavaFileObject> error) {
        JavaFileObject file = error.getSource();
        String message = error.getMessage(Locale.ROOT).strip();
        if (!(file instanceof InMemory source)) {
            return message;
        }
        String line = source.text
                .lines()
                .skip(Math.max(0, error.getLineNumber() - 1))
                .findFirst()
                .orElse("");
        String pointer = " ".repeat((int) Math.max(0, error.getColumnNumber() - 1)) + "^";
        return source.shown + ":" + error.getLineNumber() + ": " + message + "\n" + line + "\n" + pointer;
    }

    /** Removes a folder, if it is there, with all that is in it. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted((one, other) -> other.compareTo(one))
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        }
    }

    static String classPath(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String shown;
        private final String text;

        /** The compiler asks only that the name of a public class ends the name of its file. */
        InMemory(Source source) {
            super(URI.create("string:///" + Path.of(source.shown()).getFileName()), Kind.SOURCE);
            this.shown = source.shown();
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
