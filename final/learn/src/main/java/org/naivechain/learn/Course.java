package org.naivechain.learn;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The exercises of a clone of the course, in their order, and the sources that they are made of. */
final class Course {
    private static final List<String> MODULES =
            List.of("step01-blocks", "step02-chain", "step03-websocket", "step04-protocol", "step05-http", "final");
    private static final List<String> CHAPTERS = List.of(
            "Blocks",
            "The chain",
            "Frames",
            "The protocol",
            "HTTP",
            "The node on one thread",
            "Agreeing naively",
            "Agreeing for good",
            "What is kept",
            "Who is a member",
            "Gossip",
            "Catching up and repair",
            "Strangers",
            "Trying to break it",
            "Proof of work",
            "Proof of stake",
            "Compared");

    private final Path home;
    private final List<Exercise> exercises;

    /**
     * The course in a folder.
     *
     * @throws LearnException if the folder has no exercises
     */
    Course(Path home) {
        this.home = home;
        Path folder = home.resolve("final/learn/exercises");
        try (Stream<Path> folders = Files.list(folder)) {
            exercises = folders.filter(each -> Files.exists(each.resolve("exercise.md")))
                    .map(Exercise::read)
                    .sorted(Comparator.comparingInt(Exercise::chapter).thenComparingInt(Exercise::number))
                    .toList();
        } catch (IOException e) {
            throw new LearnException(
                    "there are no exercises in " + folder + ": start this from a clone of the course", e);
        }
    }

    List<Exercise> exercises() {
        return exercises;
    }

    List<Exercise> of(int chapter) {
        return exercises.stream().filter(each -> each.chapter() == chapter).toList();
    }

    List<Integer> chapters() {
        return exercises.stream().map(Exercise::chapter).distinct().toList();
    }

    static String title(int chapter) {
        return chapter <= CHAPTERS.size() ? CHAPTERS.get(chapter - 1) : "";
    }

    /**
     * {@return the exercise of an id, or whose title contains the words}
     *
     * @throws LearnException if there is none; it names those that are near
     */
    Exercise find(String wanted) {
        String words = wanted.strip().toLowerCase(Locale.ROOT);
        List<Exercise> found =
                exercises.stream().filter(each -> each.id().equals(words)).toList();
        if (found.isEmpty()) {
            found = exercises.stream()
                    .filter(each -> each.title().toLowerCase(Locale.ROOT).contains(words))
                    .toList();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        List<Exercise> near = found.isEmpty() ? near(words) : found;
        throw new LearnException((found.isEmpty() ? "there is no exercise " : "several exercises are called ")
                + wanted + "; "
                + near.stream().map(each -> each.id() + " " + each.title()).collect(joining(", ", "there are ", ""))
                + "; ./naivechain learn shows all");
    }

    /** Those of the same chapter, or of the nearest. */
    private List<Exercise> near(String words) {
        String digits = words.split("\\.")[0].replaceAll("[^0-9]", "");
        int chapter = digits.isEmpty() || digits.length() > 3 ? 1 : Integer.parseInt(digits);
        int nearest = chapters().stream()
                .min(Comparator.comparingInt(each -> Math.abs(each - chapter)))
                .orElse(1);
        return of(nearest);
    }

    /** {@return the real class of an exercise} */
    JavaSource real(Exercise exercise) {
        return JavaSource.parse(read(realFile(exercise)));
    }

    /** {@return the exercises of a class} */
    List<Exercise> ofClass(String type) {
        return exercises.stream().filter(each -> each.type().equals(type)).toList();
    }

    /** {@return the class of an exercise as it is given at first: without what any exercise asks for, so that none shows another's} */
    JavaSource given(Exercise exercise) {
        JavaSource given = real(exercise);
        for (Exercise each : ofClass(exercise.type())) {
            given = each.given(given);
        }
        return given;
    }

    Path realFile(Exercise exercise) {
        return MODULES.stream()
                .map(module -> home.resolve(module).resolve("src/main/java").resolve(exercise.file()))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new LearnException("the course has no class " + exercise.type()));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    Path home() {
        return home;
    }
}
