package org.naivechain.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.protocol.PeerId;
import tools.jackson.databind.JsonNode;

/** What a user does with a node over HTTP. */
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final int httpPort;

    /** A client of the node whose WebSocket port is given. */
    public Client(int rpcPort) {
        this.httpPort = rpcPort + 1;
    }

    public record Answer(int status, JsonNode body) {
        public boolean isAdded() {
            return status == 200 && body.get("data").asBoolean();
        }

        public String message() {
            return body.path("message").asString("");
        }
    }

    public Answer add(String text) {
        return send("POST", "/data", WireFormat.mapper().writeValueAsString(Map.of("data", text)));
    }

    /** Adds with a header {@code Idempotency-Key}. */
    public Answer add(String text, String key) {
        String body = WireFormat.mapper().writeValueAsString(Map.of("data", text));
        return send("POST", "/data", body, "Idempotency-Key", key);
    }

    public Answer join(int rpcPort) {
        return send("POST", "/peers", "{\"host\": \"127.0.0.1\", \"port\": \"" + rpcPort + "\"}");
    }

    Answer evict(PeerId peer) {
        return send("DELETE", "/peers/" + peer, null);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public List<String> hashes() {
        return get("/data")
                .body()
                .get("data")
                .valueStream()
                .map(block -> block.get("curr_hash").asString())
                .toList();
    }

    /** The texts of all blocks after the genesis block. */
    public List<String> texts() {
        return get("/data")
                .body()
                .get("data")
                .valueStream()
                .skip(1)
                .map(block -> new BlockData(block.get("data").asString()).text())
                .toList();
    }

    public List<String> peerIds() {
        return List.copyOf(get("/peers").body().get("data").propertyNames());
    }

    public boolean isHealthy() {
        return get("/node").body().get("data").get("health").asBoolean();
    }

    private Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), WireFormat.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
