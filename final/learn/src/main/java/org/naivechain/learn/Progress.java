package org.naivechain.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How far the reader is, in a file of the workspace. */
final class Progress {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * How far the reader is with one exercise.
     *
     * @param checks how often it was checked
     * @param hints how many hints were shown
     * @param solution whether the solution was shown before it was solved
     * @param course the fingerprint of the course's class when the exercise was started
     */
    record State(
            Optional<Instant> started,
            Optional<Instant> solved,
            int checks,
            int hints,
            boolean solution,
            String course) {
        static final State NEW = new State(Optional.empty(), Optional.empty(), 0, 0, false, "");

        State begun(Instant when, String fingerprint) {
            return new State(started.or(() -> Optional.of(when)), solved, checks, hints, solution, fingerprint);
        }

        State checked(boolean passed, Instant when) {
            return new State(
                    started,
                    solved.or(() -> passed ? Optional.of(when) : Optional.empty()),
                    checks + 1,
                    hints,
                    solution,
                    course);
        }

        State hinted() {
            return new State(started, solved, checks, hints + 1, solution, course);
        }

        State shownSolution() {
            return new State(started, solved, checks, hints, solution || solved.isEmpty(), course);
        }

        boolean isStarted() {
            return started.isPresent();
        }

        boolean isSolved() {
            return solved.isPresent();
        }
    }

    /** The content of the file. */
    private record Kept(Map<String, State> exercises) {}

    private final Path file;
    private final Consumer<String> says;
    private Map<String, State> states;

    /**
     * The progress in a file.
     *
     * @param says is told when the file cannot be understood
     */
    Progress(Path file, Consumer<String> says) {
        this.file = file;
        this.says = says;
        this.states = read();
    }

    /** One that cannot be understood is kept under another name, and all begins anew. */
    private Map<String, State> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return new TreeMap<>(JSON.readValue(Course.read(file), Kept.class).exercises());
        } catch (JacksonException | NullPointerException | UncheckedIOException e) {
            Path kept = Workspace.free(file);
            try {
                Files.move(file, kept);
            } catch (IOException failed) {
                throw new LearnException(file + " cannot be understood nor moved away: " + failed.getMessage(), failed);
            }
            says.accept("what was written of your progress could not be understood; it is kept as " + kept.getFileName()
                    + ", and counting begins anew. Your classes are untouched.");
            return new TreeMap<>();
        }
    }

    State of(Exercise exercise) {
        return states.getOrDefault(exercise.id(), State.NEW);
    }

    /** Changes the state of an exercise, in the file, too: all of it or nothing, and nothing that others wrote meanwhile is lost. */
    void change(Exercise exercise, UnaryOperator<State> change) {
        states = read();
        states.put(exercise.id(), change.apply(of(exercise)));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(written, JSON.writeValueAsString(new Kept(states)));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LearnException("your progress cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}
