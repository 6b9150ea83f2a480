package org.naivechain.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of a node before and after the load, when the cost of asking does not matter. For one thread.
 *
 * @param name what failures call the node
 * @param port of its HTTP API
 * @param http what asks
 */
record NodeApi(String name, int port, HttpClient http) implements ChainCheck.Chain {
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How many other members it knows; nothing as long as it does not answer. */
    Optional<Integer> peers() throws InterruptedException {
        return ask("/peers").map(JsonNode::size);
    }

    /** How many blocks it has, by its own word; nothing if it does not answer, or its chain is not sound. */
    @Override
    public Optional<Long> length() throws InterruptedException {
        return ask("/node")
                .filter(node -> node.path("health").asBoolean(false))
                .map(node -> node.path("data_count").asLong(0));
    }

    /** Some of its blocks. */
    @Override
    public List<Block> page(long from, long limit) throws BenchFailure, InterruptedException {
        JsonNode blocks = ask("/data?from=" + from + "&limit=" + limit)
                .orElseThrow(() -> new BenchFailure(name + " does not tell its blocks from " + from + " on"));
        return List.of(WireFormat.mapper().treeToValue(blocks, Block[].class));
    }

    private Optional<JsonNode> ask(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? Optional.of(WireFormat.mapper().readTree(answer.body()).path("data"))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
