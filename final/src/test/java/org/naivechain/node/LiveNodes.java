package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** Real nodes within this JVM; they are closed after each test, and none may leave a thread behind. */
final class LiveNodes implements BeforeEachCallback, AfterEachCallback {
    private final List<AutoCloseable> running = new ArrayList<>();
    private Set<Thread> before;

    LiveNode alone() throws StartFailure {
        return start(Optional.empty(), Optional.empty());
    }

    LiveNode joining(LiveNode member) throws StartFailure {
        return start(Optional.of(at(member.port())), Optional.empty());
    }

    LiveNode joining(String memberId, int memberPort) throws StartFailure {
        return start(Optional.of(at(memberPort)), Optional.of(new PeerId(memberId)));
    }

    static NodeOptions options(String host, int port, Optional<PeerAddress> peer, Optional<PeerId> id, int minNodes) {
        return options(host, port, peer, id, minNodes, Consensus.NAIVE, Optional.empty());
    }

    /** How a node without a key is started, which others call where it is bound. */
    static NodeOptions options(
            String host,
            int port,
            Optional<PeerAddress> peer,
            Optional<PeerId> id,
            int minNodes,
            Consensus consensus,
            Optional<Path> data) {
        return new NodeOptions(
                host, port, peer, id, minNodes, consensus, data, Optional.empty(), Optional.empty(), false);
    }

    private LiveNode start(Optional<PeerAddress> peer, Optional<PeerId> id) throws StartFailure {
        return closing(LiveNode.start(LiveNodes.options("127.0.0.1", 0, peer, id, NodeOptions.DEFAULT_MIN_NODES)));
    }

    /** A node of a network that votes by ballots. */
    LiveNode voting(int port, Optional<PeerAddress> peer) throws StartFailure {
        return closing(LiveNode.start(
                options("127.0.0.1", port, peer, Optional.empty(), 2, Consensus.MAJORITY, Optional.empty())));
    }

    <T extends AutoCloseable> T closing(T closeable) {
        running.add(closeable);
        return closeable;
    }

    void closeAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        running.clear();
    }

    static PeerAddress at(int port) {
        return new PeerAddress("127.0.0.1", port);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = threads();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        closeAll();
        await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    /** The threads of nodes; those of the test's own HTTP client and of the JVM come and go as they like. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(?i)(node|http|http-.*|original-.*|.*websocket.*)"))
                .collect(Collectors.toSet());
    }
}
