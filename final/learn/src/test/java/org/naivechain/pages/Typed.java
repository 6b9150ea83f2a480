package org.naivechain.pages;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that runs in a bash of its own. What it prints, errors among it, can be waited for. */
final class Typed implements AutoCloseable {
    /** A terminal would show no meter for an answer this short. */
    private static final String PREAMBLE = "curl() { command curl --no-progress-meter \"$@\"; }\n";

    private static final Pattern PROGRESS =
            Pattern.compile("\r\\w+ +\\d+% \\[[=> ]*] [^\r]*?\\(\\S+ / \\S+\\)[^\\S\r]?");

    /** A build that was started in the background ignores Ctrl+C, and so would all that it starts. */
    private static final List<String> HEEDING_CTRL_C = heedingCtrlC();

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean isAtEnd;

    /**
     * Starts a command.
     *
     * @param isOpen whether somebody might type something in
     */
    Typed(String command, Path folder, Map<String, String> environment, boolean isOpen) throws IOException {
        // In a file: where the locale is ASCII's, arguments lose all other letters.
        Path file = Files.createTempFile(folder, ".typed", "");
        Files.writeString(file, PREAMBLE + command + "\n");
        List<String> words = new ArrayList<>(HEEDING_CTRL_C);
        words.addAll(List.of("bash", file.getFileName().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        if (!isOpen) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().remove("BASH_ENV");
        builder.environment().putAll(environment);
        process = builder.start();
        Thread reader = new Thread(this::read, "reader-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private static List<String> heedingCtrlC() {
        List<String> words = List.of("env", "--default-signal=INT");
        try {
            Process tried = new ProcessBuilder(
                            Stream.concat(words.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .start();
            return tried.waitFor() == 0 ? words : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int letter = from.read(); letter >= 0; letter = from.read()) {
                if (letter == '\n') {
                    shown(line.toString()).ifPresent(this::add);
                    line.setLength(0);
                } else {
                    line.append((char) letter);
                }
            }
            shown(line.toString()).filter(last -> !last.isEmpty()).ifPresent(this::add);
        } catch (IOException e) {
            add("(nothing more could be read: " + e + ")");
        } finally {
            end();
        }
    }

    /** What a reader sees of a line, and keeps: no bar of progress, and nothing that the launched Java says of its options. */
    private static Optional<String> shown(String line) {
        String rest = PROGRESS.matcher(line).replaceAll("");
        boolean isNone = line.startsWith("Picked up ") || (rest.isBlank() && rest.length() < line.length());
        return isNone ? Optional.empty() : Optional.of(rest.replace("\r", ""));
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        isAtEnd = true;
        notifyAll();
    }

    /** Types a line, which a terminal shows like all that is printed. */
    void type(String line) throws IOException {
        add(line);
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether it has ended, and all that it printed is there. */
    synchronized boolean isAtEnd() {
        return isAtEnd;
    }

    /**
     * Waits until something is so, and looks whenever a line comes.
     *
     * @return whether it is so; if not, time is up, or no more lines will come
     */
    synchronized boolean await(Duration atMost, BooleanSupplier something) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!something.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (isAtEnd || left <= 0) {
                return something.getAsBoolean();
            }
            wait(left);
        }
        return true;
    }

    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** Ctrl+C: a terminal sends it to all that runs in it. */
    void interrupt() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("kill", "-INT", Long.toString(process.pid())));
        process.descendants().map(ProcessHandle::pid).map(String::valueOf).forEach(words::add);
        new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    }

    /** {@code kill -9} of the program; the shell that it was typed in is told. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        process.destroyForcibly().onExit().join();
    }
}
