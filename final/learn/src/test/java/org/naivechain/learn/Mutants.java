package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a check lets through. The methods of an exercise are changed in one place at a time: a comparison, a bound, a statement that is
 * missing or too early. A test fails if the check passes all the same. Some changes make no difference that anybody could notice;
 * so this is no part of the build. It is asked for by name: {@code -Dit.test=Mutants -Dlearn.only=2.3}.
 */
class Mutants {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Course COURSE = new Course(HOME);

    /** What is replaced by what, within a line. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("<=", "<"),
            Map.entry(">=", ">"),
            Map.entry(" < ", " <= "),
            Map.entry(" > ", " >= "),
            Map.entry("==", "!="),
            Map.entry("!=", "=="),
            Map.entry("&&", "||"),
            Map.entry("\\|\\|", "&&"),
            Map.entry("(?<=[( ])!(?=\\w)", ""),
            Map.entry(" [+-] 1\\b", ""),
            Map.entry(" - ", " + "),
            Map.entry(" \\* ", " / "),
            Map.entry("\\b0\\b", "1"),
            Map.entry("\\+\\+", "--"),
            Map.entry("\\+=", "="),
            Map.entry("\\btrue\\b", "false"),
            Map.entry("\\bfalse\\b", "true"),
            Map.entry("\\bmin\\(", "max("),
            Map.entry("\\bmax\\(", "min("),
            Map.entry("isPresent\\(\\)", "isEmpty()"),
            Map.entry("isEmpty\\(\\)", "isPresent()"),
            Map.entry("allMatch", "anyMatch"),
            Map.entry("anyMatch", "allMatch"),
            Map.entry("noneMatch", "anyMatch"),
            Map.entry("putIfAbsent", "put"));

    private static final Pattern CONDITION = Pattern.compile("(.*\\bif \\()(.*)(\\) \\{)");

    @TempDir
    private static Path directory;

    @TestFactory
    Stream<DynamicNode> exercises() {
        return COURSE.exercises().stream()
                .filter(exercise -> exercise.id().startsWith(System.getProperty("learn.only", "")))
                .map(exercise -> dynamicContainer(exercise.id(), mutants(exercise)));
    }

    private static Stream<DynamicNode> mutants(Exercise exercise) {
        JavaSource real = COURSE.real(exercise);
        List<Path> libraries = Java.libraries(HOME);
        return exercise.methods().stream().flatMap(name -> {
            String method = real.method(name);
            int at = real.text().indexOf(method);
            String before = real.text().substring(0, at);
            String after = real.text().substring(at + method.length());
            return changed(method).entrySet().stream()
                    .map(mutant -> dynamicTest(
                            name + ": " + mutant.getValue(),
                            () -> requireCaught(
                                    exercise, mutant.getValue(), before + mutant.getKey() + after, libraries)));
        });
    }

    /** The method with one change each, and what was changed. */
    private static Map<String, String> changed(String method) {
        Map<String, String> mutants = new LinkedHashMap<>();
        List<String> lines = method.lines().toList();
        for (int i = 1; i < lines.size() - 1; i++) {
            String line = lines.get(i);
            String code = line.replaceAll("\"[^\"]*\"", "\"\"").strip();
            if (code.startsWith("//")) {
                continue;
            }
            int at = i;
            CHANGES.forEach((from, to) -> {
                Matcher found = Pattern.compile(from).matcher(line);
                while (found.find()) {
                    String other = line.substring(0, found.start()) + to + line.substring(found.end());
                    mutants.put(with(lines, at, other), line.strip() + "  ->  " + other.strip());
                }
            });
            Matcher condition = CONDITION.matcher(line);
            if (condition.matches()) {
                for (String value : List.of("Boolean.TRUE", "Boolean.FALSE")) {
                    mutants.put(
                            with(lines, i, condition.group(1) + value + condition.group(3)), value + " for " + code);
                }
            }
            if (isStatement(lines, i)) {
                mutants.put(with(lines, i, ""), "without " + code);
                if (isStatement(lines, i - 1)) {
                    List<String> swapped = new ArrayList<>(lines);
                    swapped.set(i - 1, line);
                    swapped.set(i, lines.get(i - 1));
                    mutants.put(String.join("\n", swapped), "first " + code);
                }
            }
        }
        mutants.remove(String.join("\n", lines));
        return mutants;
    }

    private static String with(List<String> lines, int at, String other) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, other);
        return String.join("\n", changed);
    }

    /** Whether a line is a statement, and the whole of it. */
    private static boolean isStatement(List<String> lines, int at) {
        return at > 0
                && lines.get(at).strip().endsWith(";")
                && lines.get(at - 1).strip().matches("//.*|.*[;{}]");
    }

    private static void requireCaught(Exercise exercise, String change, String mutant, List<Path> libraries)
            throws Exception {
        Path classes = Files.createTempDirectory(directory, "classes");
        Compilation compilation = Compilation.of(
                List.of(new Compilation.Source(exercise.simpleName() + ".java", mutant)), classes, libraries);
        if (compilation.errors().isEmpty()) {
            // In a program of its own, which is ended if it does not end by itself.
            Check.Outcome outcome = Check.judge(exercise, classes, libraries, classes);
            assertThat(outcome instanceof Check.Outcome.Judged judged
                            && judged.judgement().passed())
                    .as("the check passes with this change: %s", change)
                    .isFalse();
        }
    }
}
