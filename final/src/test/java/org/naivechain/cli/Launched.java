package org.naivechain.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program as a user starts it: {@code ./naivechain} in a process of its own. What it prints is in the test's log, too. */
final class Launched implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("LAUNCHED");
    private static final int PATIENCE_SECONDS = 40;
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LIVE =
            Pattern.compile("\\[INFO]: BLOCKCHAIN-Node (\\S+) live on 127\\.0\\.0\\.1:(\\d+)");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Process process;

    Launched(String... arguments) throws IOException {
        this(Map.of(), arguments);
    }

    Launched(Map<String, String> environment, String... arguments) throws IOException {
        this(Path.of("."), environment, arguments);
    }

    Launched(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("naivechain").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile());
        builder.environment().put("NAIVECHAIN_BUILD", "never");
        // A test is over before Java's second compiler pays.
        builder.environment().put("NAIVECHAIN_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        process = builder.start();
        LOG.info("{}: $ {}", process.pid(), String.join(" ", command));
        read(process.inputReader(), log);
        read(process.errorReader(), errors);
    }

    private void read(BufferedReader from, List<String> into) {
        Thread reader = new Thread(
                () -> from.lines().forEach(line -> {
                    into.add(line);
                    LOG.info("{}: {}", process.pid(), line);
                }),
                "reader-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    /** Waits until the node answers on both ports. */
    Launched live() {
        Awaitility.await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended: " + log + errors);
            }
            return log.stream().anyMatch(line -> line.contains("HTTP_SERVER-Running on"));
        });
        return this;
    }

    String id() {
        return announced().group(1);
    }

    int port() {
        return Integer.parseInt(announced().group(2));
    }

    private Matcher announced() {
        return log.stream()
                .map(LIVE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node is announced: " + log + errors));
    }

    List<String> log() {
        return log;
    }

    List<String> errors() {
        return errors;
    }

    /** The processes that it has started and that still run. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Sends a signal to this very process. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, SECONDS)) {
            throw new IllegalStateException("it did not end: " + log + errors);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
