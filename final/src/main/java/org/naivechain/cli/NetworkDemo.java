package org.naivechain.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
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
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.node.Consensus;
import org.naivechain.node.LiveNode;
import org.naivechain.node.NodeOptions;
import org.naivechain.node.StartFailure;
import org.naivechain.protocol.PeerAddress;
import tools.jackson.databind.JsonNode;

/** The finished node on the screen: three of them agree on blocks, one is switched off and comes back. */
final class NetworkDemo implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MILLIS_BETWEEN_LOOKS = 20;
    private static final int DIGITS = 8;

    private final HttpClient client = HttpClient.newHttpClient();
    private final PrintStream out;
    private final Path directory;
    private final List<Optional<LiveNode>> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private NetworkDemo(PrintStream out) throws IOException {
        this.out = out;
        this.directory = Files.createTempDirectory("naivechain-demo");
    }

    /**
     * Shows everything, and ends.
     *
     * @param stay whether the nodes go on until the user ends the program
     */
    static void run(PrintStream out, boolean stay) throws Exception {
        NetworkDemo shown = new NetworkDemo(out);
        // Ctrl+C is how a user ends it.
        Runtime.getRuntime().addShutdownHook(new Thread(shown::close));
        try (NetworkDemo demo = shown) {
            demo.show();
            if (stay) {
                demo.stay();
            }
        }
    }

    private void show() throws Exception {
        out.println("Three nodes start on this machine. Each keeps a chain of blocks of its own.");
        for (int i = 0; i < NODES; i++) {
            nodes.add(Optional.of(start(i, 0)));
            ports.add(nodes.get(i).orElseThrow().port());
        }
        waitForBlocks(1);
        draw(1);
        out.println("A user tells node 1: Ann pays Ben 5");
        add(0, "Ann pays Ben 5");
        draw(2);
        out.println("A user tells node 2: Ben pays Cleo 3");
        add(1, "Ben pays Cleo 3");
        draw(3);
        out.println("Node 3 is switched off. Two of three are a majority, and go on: Cleo pays Ann 1");
        nodes.set(2, close(2));
        add(0, "Cleo pays Ann 1");
        draw(4);
        out.println("Node 3 is switched on again. It fetches the block that it missed.");
        nodes.set(2, Optional.of(start(2, ports.get(2))));
        waitForBlocks(4);
        draw(4);
        out.println("The same hash in a row means the same block, and the same blocks before it.");
    }

    private void stay() throws InterruptedException {
        out.println();
        out.println("The nodes go on until you press Ctrl+C. In another terminal:");
        out.println("  curl http://" + HOST + ":" + (ports.get(2) + 1) + "/data");
        out.println("  curl -X POST http://" + HOST + ":" + (ports.get(0) + 1)
                + "/data -H 'Content-Type: application/json' -d '{\"data\": \"Ann pays Cleo 2\"}'");
        new CountDownLatch(1).await();
    }

    private LiveNode start(int index, int port) throws StartFailure {
        Optional<PeerAddress> member = index == 0 ? Optional.empty() : Optional.of(new PeerAddress(HOST, ports.get(0)));
        return LiveNode.start(new NodeOptions(
                HOST,
                port,
                member,
                Optional.empty(),
                NodeOptions.DEFAULT_MIN_NODES,
                Consensus.MAJORITY,
                Optional.of(directory.resolve("node" + (index + 1))),
                Optional.empty(),
                Optional.empty(),
                false));
    }

    private Optional<LiveNode> close(int index) {
        nodes.get(index).ifPresent(LiveNode::close);
        return Optional.empty();
    }

    /** The header makes it safe to ask again, as a network that has just lost a node may need. */
    private void add(int index, String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(index))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", text.replace(' ', '-'))
                .POST(BodyPublishers.ofString(WireFormat.mapper().writeValueAsString(Map.of("data", text))))
                .build();
        int blocks = chain(index).size() + 1;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer;
        do {
            answer = client.send(request, BodyHandlers.ofString()).body();
        } while (!answer.contains("\"OK\"") && System.nanoTime() < deadline);
        if (!answer.contains("\"OK\"")) {
            throw new IOException("node " + (index + 1) + " did not add the data: " + answer);
        }
        waitForBlocks(blocks);
    }

    private void waitForBlocks(int blocks) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < nodes.size(); i++) {
            while (nodes.get(i).isPresent() && chain(i).size() < blocks) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "node " + (i + 1) + " has only " + chain(i).size() + " of " + blocks + " blocks");
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    private List<JsonNode> chain(int index) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(index)).build();
        String answer = client.send(request, BodyHandlers.ofString()).body();
        return WireFormat.mapper().readTree(answer).get("data").valueStream().toList();
    }

    private URI uri(int index) {
        return URI.create("http://" + HOST + ":" + (ports.get(index) + 1) + "/data");
    }

    private void draw(int blocks) throws IOException, InterruptedException {
        List<List<JsonNode>> chains = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            chains.add(nodes.get(i).isPresent() ? chain(i) : List.of());
        }
        out.println();
        out.println("  block   node 1     node 2     node 3     data");
        for (int block = 0; block < blocks; block++) {
            StringBuilder row = new StringBuilder("  %5d   ".formatted(block));
            for (List<JsonNode> chain : chains) {
                row.append("%-11s"
                        .formatted(
                                block < chain.size()
                                        ? chain.get(block)
                                                .get("curr_hash")
                                                .asString()
                                                .substring(0, DIGITS)
                                        : "-"));
            }
            String literal = chains.get(0).get(block).get("data").asString();
            out.println(row + new BlockData(literal).text());
        }
        out.println();
    }

    @Override
    public synchronized void close() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.set(i, close(i));
        }
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                out.println("The folder " + directory + " remains: " + e.getMessage());
            }
        }
    }
}
