package org.naivechain.protocol.original;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.naivechain.protocol.FreePorts;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stock node of the original, rebuilt from what was recorded of it, with its habits: a new connection for each command, one
 * reply for each connection, no listener before it has asked to join, {@code 0.0.0.0} as its own host, no check of anything
 * but a proposed block's hash. It shares no code with our node above the WebSocket layer: its own JSON, its own hashing.
 */
public final class OriginalNode implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int REPLY_SECONDS = 10;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Limits LIMITS = new Limits(
            1024 * 1024,
            100,
            100,
            16 * 1024 * 1024,
            64 * 1024 * 1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(REPLY_SECONDS));

    private record Address(String host, int port) {}

    private record Block(long index, String previousHash, String data, String hash) {}

    public final String id = UUID.randomUUID().toString();
    public final int port = FreePorts.pair();
    private final List<Block> chain = new CopyOnWriteArrayList<>();
    private final Map<String, Address> peers = new ConcurrentHashMap<>();
    private final Set<Connection> answered = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "original-" + port);
        thread.setDaemon(true);
        return thread;
    });
    private final Dialer dialer = new Dialer("", LIMITS);
    private Listener listener;

    /** A node that stands alone. */
    public static OriginalNode alone() {
        OriginalNode node = new OriginalNode();
        node.append("random");
        node.listen();
        return node;
    }

    /** A node that joins a member; it asks first and listens afterwards, as the original does. */
    public static OriginalNode joining(String memberId, int memberPort) {
        OriginalNode node = new OriginalNode();
        node.peers.put(memberId, new Address(HOST, memberPort));
        CompletableFuture<String> reply = node.callAsync(
                new Address(HOST, memberPort),
                json("NEW_PEER_JOIN", "peer_id", node.id, "peer_host", "0.0.0.0", "peer_port", "" + node.port));
        node.listen();
        if (!"ACK".equals(await(reply))) {
            node.close();
            throw new IllegalStateException("the member did not acknowledge the join");
        }
        return node;
    }

    /** Adds data by the original's vote; false if it did not carry. */
    public synchronized boolean add(String text) {
        Block next = next(text);
        String block = JSON.writeValueAsString(fields(next));
        int yes = 0;
        for (Address peer : peers.values()) {
            String vote = "{\"CMD\": \"VALIDATE_BLOCK\", \"block_data\": " + block + "}";
            yes += "ACK".equals(call(peer, vote)) ? 1 : 0;
        }
        if (2 * yes <= peers.size()) {
            return false;
        }
        chain.add(next);
        for (Address peer : peers.values()) {
            call(peer, "{\"CMD\": \"ADD_BLOCK\", \"data\": " + literal(text) + "}");
        }
        for (Address peer : peers.values()) {
            call(peer, block);
        }
        return true;
    }

    public List<String> hashes() {
        return chain.stream().map(Block::hash).toList();
    }

    public Set<String> peerIds() {
        return Set.copyOf(peers.keySet());
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        dialer.close();
        threads.shutdownNow();
    }

    private void listen() {
        try {
            listener = Listener.bind(new InetSocketAddress(HOST, port), "", LIMITS, new FrameHandler() {
                @Override
                public void received(Connection connection, String frame) {
                    if (answered.add(connection)) {
                        threads.execute(() -> answer(connection, frame));
                    }
                }

                @Override
                public void closed(Connection connection, String reason) {
                    answered.remove(connection);
                }
            });
            listener.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Connection connection, String frame) {
        try {
            JsonNode message = JSON.readTree(frame);
            String reply = reply(connection, message);
            if (reply == null) {
                connection.close("");
            } else {
                connection.send(reply);
            }
        } catch (JacksonException e) {
            connection.close("");
        }
    }

    private String reply(Connection connection, JsonNode message) {
        switch (message.path("CMD").asString("")) {
            case "NEW_PEER_JOIN" -> {
                Address joiner = register(message, connection);
                call(joiner, upload(message.get("peer_id").asString()));
            }
            case "NEW_JOIN_DATA_UPLOAD" -> {
                chain.clear();
                message.get("data_list")
                        .forEach(block -> chain.add(new Block(
                                block.get("index").asLong(),
                                block.get("previous_hash").asString(),
                                block.get("data").asString(),
                                block.get("curr_hash").asString())));
                message.get("peer_list")
                        .forEach(listed -> introduce(
                                listed.get("peer").asString(),
                                new Address(
                                        listed.get("host").asString(),
                                        Integer.parseInt(listed.get("port").asString()))));
            }
            case "ADD_PEER" -> register(message, connection);
            case "VALIDATE_BLOCK" -> {
                JsonNode block = message.get("block_data");
                String text = JSON.readTree(block.get("data").asString()).asString();
                return next(text).hash().equals(block.get("curr_hash").asString()) ? "ACK" : "KCA";
            }
            case "ADD_BLOCK" -> append(message.get("data").asString());
            case "PING" -> {
                return null;
            }
            default -> {
                return "ACK";
            }
        }
        return "ACK";
    }

    private Address register(JsonNode message, Connection connection) {
        String host = message.get("peer_host").asString();
        Address address = new Address(
                host.equals("0.0.0.0") ? connection.remoteHost() : host,
                Integer.parseInt(message.get("peer_port").asString()));
        peers.put(message.get("peer_id").asString(), address);
        return address;
    }

    private void introduce(String peer, Address address) {
        peers.put(peer, address);
        call(address, json("ADD_PEER", "peer_id", id, "peer_host", "0.0.0.0", "peer_port", "" + port));
    }

    private String upload(String joiner) {
        List<Map<String, String>> others = new ArrayList<>();
        peers.forEach((peer, address) -> {
            if (!peer.equals(joiner)) {
                others.add(Map.of("peer", peer, "host", address.host(), "port", "" + address.port()));
            }
        });
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("CMD", "NEW_JOIN_DATA_UPLOAD");
        message.put("peer_list", others);
        message.put("data_list", chain.stream().map(OriginalNode::fields).toList());
        return JSON.writeValueAsString(message);
    }

    private void append(String text) {
        chain.add(next(text));
    }

    private Block next(String text) {
        String previous = chain.isEmpty()
                ? "ioiiiuasyi891qbduquiuqwiqwiupwe"
                : chain.get(chain.size() - 1).hash();
        String data = literal(text);
        return new Block(chain.size(), previous, data, sha256(previous + data));
    }

    private static Map<String, Object> fields(Block block) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", block.index());
        fields.put("previous_hash", block.previousHash());
        fields.put("data", block.data());
        fields.put("curr_hash", block.hash());
        return fields;
    }

    private String call(Address to, String frame) {
        return await(callAsync(to, frame));
    }

    private CompletableFuture<String> callAsync(Address to, String frame) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        dialer.dial(to.host(), to.port(), new FrameHandler() {
            @Override
            public void opened(Connection connection) {
                connection.send(frame);
            }

            @Override
            public void received(Connection connection, String answer) {
                reply.complete(answer);
                connection.close("");
            }

            @Override
            public void closed(Connection connection, String reason) {
                reply.complete(null);
            }

            @Override
            public void failed(String reason) {
                reply.complete(null);
            }
        });
        return reply;
    }

    private static String await(CompletableFuture<String> reply) {
        try {
            return reply.get(REPLY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(String command, String... fields) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("CMD", command);
        for (int i = 0; i < fields.length; i += 2) {
            message.put(fields[i], fields[i + 1]);
        }
        return JSON.writeValueAsString(message);
    }

    /** What Python's {@code json.dumps} makes of a text. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            int shortForm = "\b\f\n\r\t\"\\".indexOf(c);
            if (shortForm >= 0) {
                literal.append('\\').append("bfnrt\"\\".charAt(shortForm));
            } else if (c < ' ' || c > '~') {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
