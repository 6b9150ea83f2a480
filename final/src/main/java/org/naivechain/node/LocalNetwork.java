package org.naivechain.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import org.naivechain.protocol.PeerAddress;
import tools.jackson.databind.JsonNode;

/**
 * Nodes of one network in this program, for demonstrations: on free ports of this machine, with files in a temporary folder, which is
 * removed when the network is closed or the program ends. Nodes are numbered from 1. One thread at a time may use it; any may close
 * it.
 */
public final class LocalNetwork implements AutoCloseable {
    /** The most nodes that one program runs. */
    public static final int MAX_NODES = 20;

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MILLIS_BETWEEN_LOOKS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Consensus consensus;
    private final Path directory;
    private final Thread atExit = new Thread(this::end);
    private final List<Optional<LiveNode>> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private LocalNetwork(Consensus consensus) throws IOException {
        this.consensus = consensus;
        this.directory = Files.createTempDirectory("naivechain-network");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts some nodes, and waits until all are members.
     *
     * @param consensus how they agree on blocks
     * @param nodes 1 to {@value #MAX_NODES}
     * @throws IllegalArgumentException if there are to be fewer or more
     * @throws StartFailure if one cannot be started; then none is left
     */
    public static LocalNetwork start(int nodes, Consensus consensus)
            throws IOException, StartFailure, InterruptedException {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("a network in one program has 1 to " + MAX_NODES + " nodes: " + nodes);
        }
        LocalNetwork network = new LocalNetwork(consensus);
        try {
            for (int i = 0; i < nodes; i++) {
                network.nodes.add(Optional.empty());
                network.ports.add(0);
                network.start(i + 1);
            }
            network.awaitBlocks(1);
            return network;
        } catch (StartFailure | RuntimeException | InterruptedException e) {
            network.close();
            throw e;
        }
    }

    /** {@return how many nodes there are, those that do not run included} */
    public int size() {
        return nodes.size();
    }

    /** {@return whether a node runs} */
    public synchronized boolean isRunning(int node) {
        return nodes.get(node - 1).isPresent();
    }

    /** Starts a node that does not run, from its folder, on the port that it had. */
    public synchronized void start(int node) throws StartFailure {
        if (isRunning(node)) {
            throw new IllegalStateException("node " + node + " runs already");
        }
        Optional<PeerAddress> member = node == 1 ? Optional.empty() : Optional.of(new PeerAddress(HOST, ports.get(0)));
        LiveNode started = LiveNode.start(new NodeOptions(
                HOST,
                ports.get(node - 1),
                member,
                Optional.empty(),
                NodeOptions.DEFAULT_MIN_NODES,
                consensus,
                Optional.of(folder(node)),
                Optional.empty(),
                Optional.empty(),
                false));
        nodes.set(node - 1, Optional.of(started));
        ports.set(node - 1, started.port());
    }

    /** Ends a node that stays a member, as if it were switched off; one that does not run stays as it is. */
    public synchronized void stop(int node) {
        nodes.get(node - 1).ifPresent(LiveNode::close);
        nodes.set(node - 1, Optional.empty());
    }

    /** {@return the folder with a node's file} */
    public Path folder(int node) {
        return directory.resolve("node" + node);
    }

    /** {@return where a node answers HTTP, as {@code http://127.0.0.1:15002}} */
    public URI http(int node) {
        return URI.create("http://" + HOST + ":" + (ports.get(node - 1) + 1));
    }

    /**
     * Adds data at a node, asking again until it is certain whether that worked, and waits until all nodes that run have the block.
     *
     * @throws IOException if it was not added within a minute, with the node's last answer
     */
    public void add(int node, String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http(node).resolve("/data"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(WireFormat.mapper().writeValueAsString(Map.of("data", text))))
                .build();
        long blocks = chain(node).size() + 1L;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer;
        do {
            answer = client.send(request, BodyHandlers.ofString()).body();
        } while (!answer.contains("\"OK\"") && System.nanoTime() < deadline);
        if (!answer.contains("\"OK\"")) {
            throw new IOException("node " + node + " did not add the data: " + answer);
        }
        awaitBlocks(blocks);
    }

    /** {@return what a node answers to a GET request, such as {@code /node?detail=true}} */
    public String get(int node, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(http(node).resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    /** {@return the blocks that a node serves over HTTP; none if it does not run} */
    public List<Block> chain(int node) throws IOException, InterruptedException {
        if (!isRunning(node)) {
            return List.of();
        }
        JsonNode answer = WireFormat.mapper().readTree(get(node, "/data"));
        return answer.get("data")
                .valueStream()
                .map(block -> WireFormat.mapper().treeToValue(block, Block.class))
                .toList();
    }

    /**
     * Waits until every node that runs has some number of blocks.
     *
     * @throws IOException if one has fewer after a minute
     */
    public void awaitBlocks(long count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int node = 1; node <= size(); node++) {
            while (isRunning(node) && chain(node).size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "node " + node + " has only " + chain(node).size() + " of " + count + " blocks");
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    /** Ends all nodes, and removes what they kept. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends, and the hook runs, or has run.
        }
    }

    private synchronized void end() {
        for (int node = 1; node <= size(); node++) {
            stop(node);
        }
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + directory + " remains: " + e.getMessage(), e);
            }
        }
    }
}
