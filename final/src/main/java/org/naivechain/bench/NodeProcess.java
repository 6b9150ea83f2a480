package org.naivechain.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, with a directory of its own, in which it runs and which has its log. */
final class NodeProcess {
    private static final Pattern LIVE = Pattern.compile("BLOCKCHAIN-Node (\\S+) live on 127\\.0\\.0\\.1:(\\d+)");
    private static final String PROFILE = "Profile, medians in ms: ";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 15;
    private static final int LAST_LINES = 3;

    private final String name;
    private final Path log;
    private final Process process;

    private NodeProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a node.
     *
     * @param name what failures call it
     * @param directory where it is to run, empty
     * @param program how to start the program
     * @param options the node's options
     */
    static NodeProcess start(String name, Path directory, List<String> program, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", "0", "--data-dir", "data"));
        command.addAll(options);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new NodeProcess(name, log, process);
    }

    /** The port that the node says it listens on, as soon as it says so. */
    int awaitPort() throws BenchFailure, InterruptedException {
        return Waiting.until(START_PATIENCE, this::port)
                .orElseThrow(() -> new BenchFailure(
                        name + " was not live after " + START_PATIENCE.toSeconds() + " s: " + lastWords()));
    }

    private Optional<Integer> port() throws BenchFailure {
        requireAlive();
        return logged().stream()
                .map(LIVE::matcher)
                .filter(Matcher::find)
                .map(live -> Integer.parseInt(live.group(2)))
                .findFirst();
    }

    Optional<String> profile() {
        return logged().stream()
                .filter(line -> line.contains(PROFILE))
                .reduce((earlier, later) -> later)
                .map(line -> name + ": " + line.substring(line.indexOf(PROFILE) + PROFILE.length()));
    }

    void requireAlive() throws BenchFailure {
        if (!process.isAlive()) {
            throw new BenchFailure(name + " ended with exit status " + process.exitValue() + ": " + lastWords());
        }
    }

    private String lastWords() {
        List<String> lines = logged();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private List<String> logged() {
        try {
            // Any bytes are text in this charset; the node may be in the middle of a character.
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e.getMessage());
        }
    }

    /** Tells the node to end; {@link #end} waits for it. */
    void stop() {
        process.destroy();
    }

    /** Ends the node, by force if it does not end by itself. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
