package org.naivechain.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of node processes in a temporary directory. Closing it ends all of them and deletes the directory; so does the end of
 * this program, unless it is killed without warning. For one thread; the one that ends the program may come in between.
 */
final class Nodes implements AutoCloseable {
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(30);

    private final BenchOptions options;
    private final List<String> program;
    private final Path directory;
    private final Thread atExit = new Thread(this::end, "end-of-nodes");
    private final List<NodeProcess> nodes = new ArrayList<>();
    private boolean ended;

    private Nodes(BenchOptions options, List<String> program) throws IOException {
        this.options = options;
        this.program = program;
        this.directory = Files.createTempDirectory("naivechain-bench");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a network with a program's command, and waits until every node knows all others. */
    static Nodes start(BenchOptions options, List<String> program)
            throws BenchFailure, IOException, InterruptedException {
        Nodes nodes = new Nodes(options, program);
        try {
            nodes.startAll();
            return nodes;
        } catch (BenchFailure | IOException | InterruptedException | RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    List<NodeProcess> all() {
        return List.copyOf(nodes);
    }

    /** {@return how much processor time all nodes have taken since they started} */
    Duration processorTime() {
        return nodes.stream().map(NodeProcess::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    void requireAllAlive() throws BenchFailure {
        for (NodeProcess node : nodes) {
            node.requireAlive();
        }
    }

    private void startAll() throws BenchFailure, IOException, InterruptedException {
        for (int i = 1; i <= options.nodes(); i++) {
            start("node " + i).awaitPort();
        }
        int others = options.nodes() - 1;
        for (NodeProcess node : nodes) {
            Waiting.until(JOIN_PATIENCE, () -> {
                        requireAllAlive();
                        return node.peers().filter(known -> known == others);
                    })
                    .orElseThrow(() -> new BenchFailure(node.name() + " did not know all " + others + " others after "
                            + JOIN_PATIENCE.toSeconds() + " s"));
        }
    }

    private synchronized NodeProcess start(String name) throws BenchFailure, IOException {
        if (ended) {
            throw new BenchFailure("the program is ending");
        }
        Path home = Files.createDirectory(directory.resolve(name.replace(' ', '-')));
        NodeProcess node = new NodeProcess(name, home, program, nodeOptions());
        nodes.add(node);
        return node;
    }

    private List<String> nodeOptions() throws BenchFailure {
        // No data before all are there.
        List<String> all = new ArrayList<>(List.of("--min-nodes", "" + options.nodes()));
        if (!nodes.isEmpty()) {
            all.addAll(List.of("--peer", "127.0.0.1:" + nodes.get(0).port()));
        }
        all.addAll(options.nodeOptions().of(directory, nodes.size()));
        return all;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook has run or waits for nothing.
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        nodes.forEach(NodeProcess::stop);
        try {
            for (NodeProcess node : nodes) {
                node.end();
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
