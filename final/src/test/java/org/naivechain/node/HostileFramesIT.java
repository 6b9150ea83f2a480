package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;

/**
 * Mutated frames and requests, over many connections at once, against three nodes that go on committing: each is answered or
 * refused, or its connection closed, the memory stays flat, and nothing that was acknowledged is lost. Longer with {@code
 * -DhostileFrames} and {@code -DhostileRequests}; replayed with {@code -DhostileSeed}.
 */
@Tag("long")
class HostileFramesIT {
    private static final long SEED = Long.getLong("hostileSeed", 20_180_602);
    private static final int FRAMES = Integer.getInteger("hostileFrames", 4_000);
    private static final int REQUESTS = Integer.getInteger("hostileRequests", 300);
    private static final int CONNECTIONS = 24;

    /** A connection is given up after so many, so that some begin anew while others go on. */
    private static final int FRAMES_PER_CONNECTION = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MAX_GROWTH = 48L * 1024 * 1024;

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private final List<LiveNode> network = new ArrayList<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> askedAgain = new CopyOnWriteArrayList<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong shutOut = new AtomicLong();
    private final List<Attack> attacks = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private Dialer ours;
    private Dialer original;

    @BeforeEach
    void threeNodes() throws Exception {
        ours = new Dialer(RpcServer.SUBPROTOCOL, Stranger.LIMITS);
        original = new Dialer("", Stranger.LIMITS);
        for (int i = 0; i < 3; i++) {
            Optional<PeerAddress> member = i == 0
                    ? Optional.empty()
                    : Optional.of(LiveNodes.at(network.get(0).port()));
            network.add(nodes.closing(LiveNode.start(LiveNodes.options(
                    "127.0.0.1",
                    0,
                    member,
                    Optional.empty(),
                    3,
                    Consensus.MAJORITY,
                    Optional.of(directory.resolve("" + i))))));
        }
        for (LiveNode node : network) {
            await().until(() -> new Client(node.port()).peerIds().size() == 2);
        }
        nodes.closing(ours);
        nodes.closing(original);
    }

    @AfterEach
    void stop() {
        over = true;
    }

    @Test
    void hostileFramesAndRequestsAreAnsweredOrRefusedWhileTheNetworkGoesOn() throws Exception {
        assertThat(add("before")).isTrue();
        attackWithFrames(SEED, FRAMES / 4);
        long before = usedHeap();
        CompletableFuture<Void> user = CompletableFuture.runAsync(this::addUntilItIsOver);
        CompletableFuture<Void> requests = CompletableFuture.runAsync(this::attackWithRequests);

        attackWithFrames(SEED + 1_000_000, FRAMES);

        requests.join();
        over = true;
        user.join();
        long growth = usedHeap() - before;
        System.out.printf(
                "seed %d: %d frames and %d requests, %d connections closed, %d of them shut out; %d adds meanwhile, %d"
                        + " refused, asked again %s; the heap grew by %d KiB%n",
                SEED,
                settled.get(),
                REQUESTS,
                closed.get(),
                shutOut.get(),
                acknowledged.size(),
                refused.size(),
                askedAgain,
                growth / 1024);
        assertThat(growth)
                .as("bytes that the heap grew by, with the seed %d", SEED)
                .isLessThan(MAX_GROWTH);
        assertThat(shutOut.get()).as("connections that were shut out").isPositive();
        assertThat(refused).as("adds that were refused, with the seed %d", SEED).isEmpty();
        assertThat(askedAgain)
                .as("adds that needed more than one call, of %d", acknowledged.size())
                .hasSizeLessThan(2 + acknowledged.size() / 100);
        assertThat(add("after")).isTrue();
        assertThat(acknowledged).hasSizeGreaterThan(10);
        assertNothingIsLost();
    }

    private void assertNothingIsLost() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> hashes = new Client(network.get(0).port()).hashes();
            for (LiveNode node : network) {
                assertThat(new Client(node.port()).hashes()).isEqualTo(hashes);
            }
        });
        for (LiveNode node : network) {
            Client client = new Client(node.port());
            assertThat(client.isHealthy()).isTrue();
            assertThat(client.peerIds()).hasSize(2);
        }
        assertThat(new Client(network.get(0).port()).texts()).containsAll(acknowledged);
    }

    private void addUntilItIsOver() {
        for (int i = 0; !over; i++) {
            String text = "honest " + i;
            if (!add(text)) {
                refused.add(text);
            }
        }
    }

    /** Adds as a careful user does: with a key, so that it is safe to ask again. Returns false if it was in vain for long. */
    private boolean add(String text) {
        Client client = new Client(network.get(acknowledged.size() % 3).port());
        String key = text.replace(' ', '-');
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                Client.Answer answer = client.add(text, key);
                if (answer.isAdded()) {
                    acknowledged.add(text);
                    return true;
                }
                askedAgain.add(text + ": " + answer.status() + " " + answer.message());
            } catch (IllegalStateException e) {
                // A connection that was kept may be closed at the moment when it is used again.
                askedAgain.add(text + ": " + e);
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    private void attackWithFrames(long seed, int frames) {
        long target = begun.get() + frames;
        attacks.clear();
        for (int i = 0; i < CONNECTIONS; i++) {
            Attack attack = new Attack(seed + i, network.get(i % 3), i % 2 == 0 ? ours : original, target);
            attacks.add(attack);
            attack.dial();
        }
        try {
            await().atMost(PATIENCE.plusMillis(frames * 3L))
                    .until(() -> attacks.stream().allMatch(attack -> attack.done));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "not answered, with the seed " + SEED + ": "
                            + attacks.stream()
                                    .filter(attack -> !attack.done)
                                    .map(Attack::toString)
                                    .toList(),
                    e);
        }
    }

    /** One connection after the other, and one frame after the other: each must be answered before the next. */
    private final class Attack implements FrameHandler {
        private final long seed;
        private final LiveNode node;
        private final Dialer dialer;
        private final long target;
        private final HostileFrames frames;
        private volatile boolean done;
        private volatile String underWay = "";
        private int unanswered;
        private int sent;

        Attack(long seed, LiveNode node, Dialer dialer, long target) {
            this.seed = seed;
            this.node = node;
            this.dialer = dialer;
            this.target = target;
            this.frames = new HostileFrames(
                    seed, seed % 4 > 0, network.stream().map(LiveNode::id).toList());
        }

        void dial() {
            dialer.dial("127.0.0.1", node.port(), this);
        }

        @Override
        public void opened(Connection connection) {
            sent = 0;
            send(connection);
        }

        private void send(Connection connection) {
            int times = frames.times();
            if (over || begun.addAndGet(times) > target) {
                done = true;
                connection.close("done");
                return;
            }
            unanswered = times;
            sent += times;
            underWay = frames.next();
            for (int i = 0; i < times; i++) {
                connection.send(underWay);
            }
        }

        @Override
        public void received(Connection connection, String answer) {
            settled.incrementAndGet();
            if (--unanswered > 0) {
                return;
            }
            if (sent >= FRAMES_PER_CONNECTION) {
                connection.close("enough");
            } else {
                send(connection);
            }
        }

        @Override
        public void closed(Connection connection, String reason) {
            if (done) {
                return;
            }
            closed.incrementAndGet();
            settled.addAndGet(unanswered);
            shutOut.addAndGet(reason.contains("is shut out") ? 1 : 0);
            unanswered = 0;
            dial();
        }

        @Override
        public void failed(String reason) {
            underWay = "no connection: " + reason;
        }

        @Override
        public String toString() {
            return "attack " + seed + " at " + underWay.substring(0, Math.min(300, underWay.length()));
        }
    }

    private void attackWithRequests() {
        HostileFrames requests =
                new HostileFrames(SEED, true, List.of(network.get(0).id()));
        for (int i = 0; i < REQUESTS; i++) {
            int port = network.get(i % 3).port() + 1;
            String request = requests.request(port);
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 "))
                        .as("the answer to request %d with the seed %d: %s", i, SEED, request)
                        .isTrue();
                assertThat(answer)
                        .as("request %d with the seed %d: %s", i, SEED, request)
                        .doesNotStartWith("HTTP/1.1 500");
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("no answer to request " + i + " with the seed " + SEED + ": " + request, e);
            } catch (IOException e) {
                // The node has hung up while the request was being sent: that is an answer.
            }
        }
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
