package org.naivechain.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A node in a process of its own, with a directory of its own, in which it runs and which has its log. Before and after the load
 * it is asked over HTTP, when the cost of asking does not matter. For one thread.
 */
final class NodeProcess implements ChainCheck.Chain {
    private static final Pattern LIVE = Pattern.compile("BLOCKCHAIN-Node (\\S+) live on 127\\.0\\.0\\.1:(\\d+)");
    private static final String PROFILE = "Profile, medians in ms: ";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 15;
    private static final int LAST_LINES = 3;
    private static final int OK = 200;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final Path log;
    private final Process process;
    private int port;

    /** Starts a node in an empty directory with a program's command and its options; messages about failures say its name. */
    NodeProcess(String name, Path directory, List<String> program, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", "0", "--data-dir", "data"));
        command.addAll(options);
        this.name = name;
        this.log = directory.resolve("log");
        this.process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
    }

    /** Waits until the node says which port it listens on. */
    void awaitPort() throws BenchFailure, InterruptedException {
        port = Waiting.until(START_PATIENCE, () -> {
                    requireAlive();
                    return logged().stream()
                            .map(LIVE::matcher)
                            .filter(Matcher::find)
                            .map(live -> Integer.parseInt(live.group(2)))
                            .findFirst();
                })
                .orElseThrow(() -> new BenchFailure(
                        name + " was not live after " + START_PATIENCE.toSeconds() + " s: " + lastWords()));
    }

    /** {@return the port for other nodes, after {@link #awaitPort}} */
    int port() {
        return port;
    }

    int httpPort() {
        return port + 1;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@return how many other members it knows; nothing as long as it does not answer} */
    Optional<Integer> peers() throws InterruptedException {
        return ask("/peers").map(JsonNode::size);
    }

    /** {@return how many blocks it has, by its own word; nothing if it does not answer, or its chain is not sound} */
    @Override
    public Optional<Long> length() throws InterruptedException {
        return ask("/node")
                .filter(node -> node.path("health").asBoolean(false))
                .map(node -> node.path("data_count").asLong(0));
    }

    @Override
    public List<Block> page(long from, long limit) throws BenchFailure, InterruptedException {
        JsonNode blocks = ask("/data?from=" + from + "&limit=" + limit)
                .orElseThrow(() -> new BenchFailure(name + " does not tell its blocks from " + from + " on"));
        return List.of(WireFormat.mapper().treeToValue(blocks, Block[].class));
    }

    private Optional<JsonNode> ask(String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + httpPort() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(ANSWER_PATIENCE).build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? Optional.of(WireFormat.mapper().readTree(answer.body()).path("data"))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    Optional<String> profile() {
        return logged().stream()
                .filter(line -> line.contains(PROFILE))
                .reduce((earlier, later) -> later)
                .map(line -> name + ": " + line.substring(line.indexOf(PROFILE) + PROFILE.length()));
    }

    /** {@return how much processor time it has taken, on all its threads; zero where the system does not tell} */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
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
