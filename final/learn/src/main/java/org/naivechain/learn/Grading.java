package org.naivechain.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the checks of the course say of methods that a reader wrote elsewhere than in the workspace, as in a notebook.
 *
 * @param exercise the number and the title of the exercise
 * @param rules what the checks hold the methods to, in the order in which they looked
 * @param problems why the checks could not come to their end: the compiler's words, or an endless loop
 */
public record Grading(String exercise, List<Rule> rules, List<String> problems) {
    /**
     * A rule of a check.
     *
     * @param words the rule
     * @param failure what was done, what was expected, what came, and why it matters, if it was broken
     */
    public record Rule(String words, Optional<String> failure) {}

    /** Keeps copies. */
    public Grading {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    /** {@return whether all rules are kept} */
    public boolean passed() {
        return problems.isEmpty()
                && !rules.isEmpty()
                && rules.stream().noneMatch(rule -> rule.failure().isPresent());
    }

    /**
     * Puts methods in the place of those of the course's class, and runs the check of an exercise on it. Methods of the exercise
     * that are not among them stay the course's.
     *
     * @param home the folder of the course, which is built
     * @param id of the exercise, such as {@code 2.3}
     * @param methods Java, as it would stand in the class; imports may stand before it
     * @throws LearnException if there is no such exercise, or the text has none of its methods
     */
    public static Grading of(Path home, String id, String methods) {
        Course course = new Course(home);
        Exercise exercise = course.find(id);
        JavaSource written = JavaSource.parseMembers(methods, exercise.methods());
        List<String> names = exercise.methods().stream().filter(written::has).toList();
        if (names.isEmpty()) {
            throw new LearnException("exercise " + exercise.id() + " asks for " + String.join(", ", exercise.methods())
                    + " of " + exercise.simpleName() + "; the text has no such method");
        }
        String source = course.real(exercise).withMethodsOf(written, names).text();
        try {
            Path folder = Files.createTempDirectory("naivechain-graded");
            try {
                return of(course, exercise, source, folder);
            } finally {
                Compilation.remove(folder);
            }
        } catch (IOException e) {
            throw new LearnException("the temporary folder cannot be used: " + e.getMessage(), e);
        }
    }

    private static Grading of(Course course, Exercise exercise, String source, Path folder) {
        String name = exercise.id() + " " + exercise.title();
        List<Path> libraries = Java.libraries(course.home());
        Path classes = folder.resolve("classes");
        List<String> errors = Compilation.of(
                        List.of(new Compilation.Source(exercise.simpleName() + ".java", source)), classes, libraries)
                .errors();
        if (!errors.isEmpty()) {
            return new Grading(name, List.of(), errors);
        }
        Check.Outcome outcome = Check.judge(exercise, classes, libraries, folder);
        return outcome instanceof Check.Outcome.Judged judged
                ? new Grading(
                        name,
                        judged.judgement().results().stream()
                                .map(result -> new Rule(result.test(), result.failure()))
                                .toList(),
                        List.of())
                : new Grading(name, List.of(), List.of(((Check.Outcome.Ended) outcome).reason()));
    }
}
