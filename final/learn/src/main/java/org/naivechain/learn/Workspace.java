package org.naivechain.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of the reader's own classes. It is a Maven project that an IDE can open. A class is in it once, whatever number of
 * exercises it has. What the reader wrote is never overwritten: a copy is kept beside.
 */
final class Workspace {
    private static final long MAX_BYTES = 1_000_000;

    private final Path folder;
    private final Course course;

    Workspace(Path folder, Course course) {
        this.folder = folder;
        this.course = course;
    }

    Path folder() {
        return folder;
    }

    /** The folder for what is derived, which may be removed at any time; the progress is the exception. */
    Path internal() {
        return folder.resolve(".learn");
    }

    private Path sources() {
        return folder.resolve("src/main/java");
    }

    Path file(Exercise exercise) {
        return sources().resolve(exercise.file());
    }

    boolean holds(Exercise exercise) {
        return Files.exists(file(exercise));
    }

    /**
     * Gives the reader an exercise: its methods, in the real class or in the one that the reader has of it.
     *
     * @return the copy that was kept of the reader's class, if there was one that changed
     */
    Optional<Path> give(Exercise exercise) {
        return write(exercise, exercise.given(base(exercise)).text());
    }

    /** Puts the real methods into the reader's class. */
    Optional<Path> solve(Exercise exercise) {
        return write(
                exercise,
                base(exercise)
                        .withMethodsOf(course.real(exercise), exercise.methods())
                        .text());
    }

    /** The reader's class, if it has the methods of the exercise; the one that is given otherwise. */
    private JavaSource base(Exercise exercise) {
        JavaSource own = JavaSource.parse(holds(exercise) ? read(exercise) : "");
        return exercise.methods().stream().allMatch(own::has) ? own : course.given(exercise);
    }

    /** Puts the reader's methods into the class that the course has now. */
    Optional<Path> renew(Exercise exercise) {
        JavaSource own = JavaSource.parse(read(exercise));
        JavaSource renewed = course.real(exercise);
        for (Exercise each : course.ofClass(exercise.type())) {
            if (each.methods().stream().allMatch(own::has)) {
                renewed = renewed.withMethodsOf(own, each.methods());
            }
        }
        return write(exercise, renewed.text());
    }

    private Optional<Path> write(Exercise exercise, String text) {
        Path file = file(exercise);
        try {
            Optional<Path> kept = Optional.empty();
            if (Files.exists(file)) {
                if (read(exercise).equals(text)) {
                    return Optional.empty();
                }
                kept = Optional.of(free(file));
                Files.copy(file, kept.get());
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            new Project(course.home(), folder).write();
            return kept;
        } catch (IOException e) {
            throw new LearnException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** {@return a name for a copy that is not taken} */
    static Path free(Path file) {
        int number = 1;
        while (Files.exists(file.resolveSibling(file.getFileName() + ".kept-" + number))) {
            number++;
        }
        return file.resolveSibling(file.getFileName() + ".kept-" + number);
    }

    /**
     * Reads the reader's class.
     *
     * @throws LearnException if it is not there, or is no text
     */
    String read(Exercise exercise) {
        Path file = file(exercise);
        if (!Files.exists(file)) {
            throw new LearnException(elsewhere(exercise)
                    .map(found -> "exercise " + exercise.id() + " needs your " + exercise.simpleName() + ".java at "
                            + shown(file) + ", and it is at " + shown(found) + ": move it back")
                    .orElseGet(() -> "exercise " + exercise.id()
                            + " is not started, or its file was deleted: ./naivechain learn start " + exercise.id()
                            + " makes " + shown(file)));
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new LearnException(
                        shown(file) + " has " + Files.size(file) + " bytes; a class has at most " + MAX_BYTES);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LearnException(shown(file) + " is not written in UTF-8: save it so", e);
        } catch (IOException e) {
            throw new LearnException(shown(file) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<Path> elsewhere(Exercise exercise) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(exercise.simpleName() + ".java"))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** {@return a path as the reader would type it} */
    String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    /**
     * {@return the reader's class to be tried: what other exercises ask for and the reader has not touched is filled with the
     * real methods, in as many lines}
     *
     * @param tried the exercise that is checked; none for a node that runs on all of them
     */
    String filled(Exercise exercise, Optional<Exercise> tried) {
        JavaSource real = course.real(exercise);
        JavaSource own = JavaSource.parse(read(exercise));
        for (Exercise other : course.ofClass(exercise.type())) {
            if (tried.stream().noneMatch(other::equals) && isUntouched(other, own, real)) {
                own = own.withBodiesOf(real, other.methods());
            }
        }
        return own.text();
    }

    private static boolean isUntouched(Exercise exercise, JavaSource own, JavaSource real) {
        return own.hasMethodsOf(exercise.given(real), exercise.methods());
    }

    /** {@return whether the reader has changed what an exercise asks for} */
    private boolean hasBegun(Exercise exercise) {
        return holds(exercise) && !isUntouched(exercise, JavaSource.parse(read(exercise)), course.real(exercise));
    }

    /** {@return the exercises that the reader has done something for, one for each class} */
    List<Exercise> classes() {
        return course.exercises().stream()
                .filter(this::hasBegun)
                .collect(Collectors.toMap(Exercise::type, each -> each, (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** {@return a fingerprint of the course's class} */
    String fingerprint(Exercise exercise) {
        try {
            byte[] text = Course.read(course.realFile(exercise)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Does something here while no other process does.
     *
     * @throws LearnException if another process is at work
     */
    <T> T alone(Supplier<T> work) {
        Path file = internal().resolve("lock");
        try {
            Files.createDirectories(internal());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = tryLock(channel)) {
                if (lock == null) {
                    throw new LearnException(
                            "another learn is at work in " + shown(folder) + ": wait for it, or end it");
                }
                return work.get();
            }
        } catch (IOException e) {
            throw new LearnException(shown(folder) + " cannot be written: " + e.getMessage(), e);
        }
    }

    void alone(Runnable work) {
        alone(() -> {
            work.run();
            return null;
        });
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
