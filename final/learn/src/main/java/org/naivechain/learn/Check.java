package org.naivechain.learn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Compiles the reader's class and tries it, where it stands before the real one on the class path. */
final class Check {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Workspace workspace;
    private final List<Path> libraries;

    /** Checks with the libraries of a build of the course. */
    Check(Workspace workspace, List<Path> libraries) {
        this.workspace = workspace;
        this.libraries = libraries;
    }

    /** What came of a check. */
    sealed interface Outcome {
        /** The compiler's own words. */
        record DoesNotCompile(List<String> errors) implements Outcome {}

        /** The tests ran; the reader's class printed some lines meanwhile. */
        record Judged(Judgement judgement, List<String> printed) implements Outcome {}

        /** The tests did not come to their end, for a reason that is told. */
        record Ended(String reason, List<String> printed) implements Outcome {}
    }

    Outcome run(Exercise exercise) {
        Compilation.Source source = new Compilation.Source(
                workspace.shown(workspace.file(exercise)), workspace.filled(exercise, Optional.of(exercise)));
        Path classes = workspace.internal().resolve("classes");
        Compilation compilation = Compilation.of(List.of(source), classes, libraries);
        if (!compilation.errors().isEmpty()) {
            return new Outcome.DoesNotCompile(compilation.errors());
        }
        if (!Files.exists(classes.resolve(exercise.type().replace('.', '/') + ".class"))) {
            return new Outcome.DoesNotCompile(
                    List.of(source.shown() + ":1: the file must declare " + exercise.simpleName() + " in the package "
                            + exercise.type().substring(0, exercise.type().lastIndexOf('.'))));
        }
        return judge(exercise, classes, libraries, workspace.internal());
    }

    /** Runs the tests in a program of its own, in a folder, with some classes before those of the course. */
    static Outcome judge(Exercise exercise, Path classes, List<Path> libraries, Path folder) {
        Path judgement = folder.resolve("judgement.json");
        try {
            Files.deleteIfExists(judgement);
            Process process = new ProcessBuilder(command(exercise, classes, libraries, judgement))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            Output output = new Output(process.getInputStream());
            Thread end = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(end);
            try {
                process.getOutputStream().close();
                boolean ended = process.waitFor(LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                return outcome(ended ? process.exitValue() : Judge.ENDLESS, judgement, output.lines());
            } finally {
                process.destroyForcibly();
                Runtime.getRuntime().removeShutdownHook(end);
            }
        } catch (IOException e) {
            throw new LearnException("the check cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LearnException("interrupted");
        }
    }

    private static List<String> command(Exercise exercise, Path classes, List<Path> libraries, Path judgement) {
        List<Path> entries = new ArrayList<>(List.of(classes));
        entries.addAll(libraries);
        List<String> command = new ArrayList<>(List.of(
                Java.program(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                // What the classes say in good order would be shown among the reader's own lines, and take their room.
                "-Dconsole.level=WARN",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Compilation.classPath(entries),
                Judge.class.getName(),
                judgement.toString(),
                Long.toString(LIMIT.toSeconds()),
                exercise.type(),
                exercise.check()));
        command.addAll(exercise.tests());
        return command;
    }

    private static Outcome outcome(int exit, Path judgement, List<String> printed) throws IOException {
        if (exit == Judge.ENDLESS) {
            String where = Files.exists(judgement) ? Files.readString(judgement) : "";
            return new Outcome.Ended(
                    "the check was ended after " + LIMIT.toSeconds()
                            + " s: an endless loop, a wait for something that never comes, or a"
                            + " machine with too much else to do?"
                            + (where.isEmpty() ? "" : " It was in\n  " + where.replace("\n", "\n  ")),
                    printed);
        }
        if (exit == 3) {
            return new Outcome.Ended("your class used more than 512 MB of memory; the check was ended", printed);
        }
        if (exit != 0 || !Files.exists(judgement)) {
            return new Outcome.Ended(
                    "the check's program ended by itself, with the status " + exit
                            + ": does your class call System.exit?",
                    printed);
        }
        return new Outcome.Judged(JsonMapper.shared().readValue(Files.readString(judgement), Judgement.class), printed);
    }

    /** What a program prints, as far as a reader wants to see it; it may print for ever. */
    private static final class Output {
        private static final int MAX_BYTES = 8_192;
        private static final int MAX_LINES = 40;

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread reading;

        Output(InputStream printed) {
            reading = new Thread(() -> {
                try (printed) {
                    byte[] some = new byte[MAX_BYTES];
                    for (int read = printed.read(some); read >= 0; read = printed.read(some)) {
                        kept.write(some, 0, Math.min(read, Math.max(0, MAX_BYTES - kept.size())));
                    }
                } catch (IOException e) {
                    // The program was ended.
                }
            });
            reading.setDaemon(true);
            reading.start();
        }

        /** A process that the program has started may hold its output open. */
        List<String> lines() throws InterruptedException {
            reading.join(1_000);
            return kept.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("WARNING:"))
                    .limit(MAX_LINES)
                    .toList();
        }
    }
}
