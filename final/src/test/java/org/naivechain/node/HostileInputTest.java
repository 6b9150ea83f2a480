package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.Transcript;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

/** What strangers may try with a node: it refuses, loses nothing, and goes on. */
class HostileInputTest {
    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private LiveNode a;
    private LiveNode b;

    @BeforeEach
    void twoNodesWithABlock() throws Exception {
        a = nodes.alone();
        b = nodes.joining(a);
        assertThat(new Client(a.port()).add("before").isAdded()).isTrue();
    }

    @Test
    void forgedBlocksAndUploadsAreNoVoteAndChangeNothing() throws Exception {
        Block head = Block.GENESIS.next(BlockData.of("before"));
        Block next = head.next(BlockData.of("forged"));
        List<Command> forgeries = List.of(
                new PeerCommand.ValidateBlock(next.tampered(BlockData.of("other"))),
                new PeerCommand.ValidateBlock(Block.GENESIS),
                new PeerCommand.ValidateBlock(next.next(BlockData.of("skipping"))),
                new PeerCommand.AddBlock("forged", java.util.Optional.empty()),
                new PeerCommand.AddBlock("forged", java.util.Optional.of(next)),
                new PeerCommand.ConfirmBlock(next),
                new PeerCommand.ConfirmBlock(Block.GENESIS.next(BlockData.of("another past"))),
                new PeerCommand.JoinDataUpload(
                        List.of(), List.of(Block.GENESIS, head, next), java.util.Optional.empty()));
        for (Command forgery : forgeries) {
            assertThat(answerTo(AllFramesTest.CODEC.encode(forgery)))
                    .as("%s", forgery)
                    .isEqualTo("KCA");
        }
        assertNothingIsLost();
    }

    @Test
    void malformedFramesAreRefusedOrHungUpOn() throws Exception {
        List<String> refused = List.of(
                "{}",
                "{\"CMD\": \"SELF_DESTRUCT\"}",
                "{\"CMD\": [\"PING\"]}",
                "{\"CMD\": \"ADD_PEER\"}",
                "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"x\", \"peer_host\": \"a b\", \"peer_port\": \"1\"}",
                "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"x\", \"peer_host\": \"h\", \"peer_port\": \"0\"}",
                "{\"CMD\": \"VALIDATE_BLOCK\", \"block_data\": {\"index\": -1}}",
                "{\"CMD\": \"ADD_BLOCK\", \"data\": \"" + "x".repeat(BlockData.MAX_BYTES) + "\"}");
        for (String frame : refused) {
            assertThat(answerTo(frame))
                    .as(frame.substring(0, Math.min(80, frame.length())))
                    .isEqualTo("KCA");
        }
        assertThat(answerTo("[".repeat(100_000))).startsWith("closed: a frame must be a JSON object");
        // The reason may be lost: the node hangs up while the frame is still being sent.
        assertThat(answerTo("x".repeat(Limits.DEFAULT.maxFrameBytes() + 1))).startsWith("closed: ");
        assertNothingIsLost();
    }

    @Test
    void thousandsOfMutatedFramesDoNotEndTheNode() throws Exception {
        Random random = new Random(20_180_602);
        List<String> frames = Transcript.exchanges().stream()
                .map(Transcript.Exchange::frame)
                // A peer that answers nobody would be counted as a member from then on.
                .filter(frame -> !frame.contains("PEER"))
                .toList();
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger ends = new AtomicInteger();
        int connections = 100;
        try (Dialer dialer = new Dialer("", Stranger.LIMITS)) {
            for (int i = 0; i < connections; i++) {
                List<String> mutants = new ArrayList<>();
                for (int j = 0; j < 50; j++) {
                    mutants.add(mutate(frames.get(random.nextInt(frames.size())), random));
                }
                int sent = i + 1;
                dialer.dial("127.0.0.1", a.port(), sending(mutants, answers, ends));
                await().until(() -> ends.get() + 20 > sent);
            }
            await().until(() -> ends.get() == connections);
        }
        assertThat(answers.get()).isPositive();
        assertNothingIsLost();
    }

    @Test
    void peersThatStallOrTalkNonsenseAreNoVotes() throws Exception {
        Listener nonsense = peer((connection, frame) -> connection.send("{\"reply\": \"ACK ACK ACK\""));
        Listener hangingUp = peer((connection, frame) -> connection.close("no"));
        introduce("nonsense", nonsense.port());
        introduce("hanging-up", hangingUp.port());

        Client.Answer answer = new Client(a.port()).add("two of four");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message())
                .startsWith("the vote failed, ")
                .contains("of 4 members agreed and 3 are needed", "the peer answered nonsense", "closed: no");
        assertThat(new Client(b.port()).hashes()).hasSize(2);
    }

    @Test
    void aPeerThatCannotBeCalledCostsItsOwnVoteAndNothingElse() throws Exception {
        assertThat(answerTo(
                        "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"x\", \"peer_host\": \"a:b\", \"peer_port\": \"1\"}"))
                .isEqualTo("KCA");
        assertThat(answerTo(
                        "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"x\", \"peer_host\": \"1:2:3\", \"peer_port\": \"1\"}"))
                .isEqualTo("ACK");

        assertThat(new Client(a.port()).add("two of three").isAdded()).isTrue();
        assertThat(new Client(a.port()).add("and again").isAdded()).isTrue();
    }

    @Test
    void aSilentPeerHoldsUpNobodyButItself() throws Exception {
        Listener silent = peer((connection, frame) -> {});
        introduce("silent", silent.port());

        assertThat(new Client(a.port()).add("two of three").isAdded()).isTrue();
        assertNothingIsLost();
    }

    @Test
    void aWebPageCannotTalkToANode() throws IOException {
        assertThat(answer(handshake("http://evil.example")))
                .startsWith("HTTP/1.1 403 web pages must not talk to a node: Origin http://evil.example, ");
    }

    /** The WebSocket library of Python sends an origin, too: of the address that it calls. */
    @Test
    void anOriginThatIsTheAddressOfTheNodeIsNoWebPage() throws IOException {
        try (Socket python = new Socket("127.0.0.1", a.port())) {
            python.setSoTimeout(10_000);
            python.getOutputStream()
                    .write(handshake("http://127.0.0.1:" + a.port()).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(python.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
    }

    @Test
    void plainHttpIsToldWhichPortItWants() throws IOException {
        assertThat(answer("GET /data HTTP/1.1\r\nHost: 127.0.0.1:" + a.port() + "\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .contains(
                        "\r\n\r\n{\"status\":\"ERROR\",\"data\":false,\"message\":\"this port is for nodes (WebSocket);"
                                + " HTTP is on port " + (a.port() + 1) + "\"}\n");
    }

    private String handshake(String origin) {
        return "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + a.port() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin
                + "\r\n\r\n";
    }

    private String answer(String request) throws IOException {
        try (Socket caller = new Socket("127.0.0.1", a.port())) {
            caller.setSoTimeout(10_000);
            caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private void assertNothingIsLost() {
        Client first = new Client(a.port());
        Client second = new Client(b.port());
        assertThat(first.isHealthy()).isTrue();
        assertThat(first.add("after").isAdded()).isTrue();
        await().until(() -> second.hashes().equals(first.hashes()));
        assertThat(first.get("/data/1").body().get("data").get("data").asString())
                .isEqualTo("\"before\"");
    }

    private void introduce(String id, int port) {
        assertThat(answerTo("{\"CMD\": \"ADD_PEER\", \"peer_id\": \"" + id
                        + "\", \"peer_host\": \"0.0.0.0\", \"peer_port\": \"" + port + "\"}"))
                .isEqualTo("ACK");
    }

    private Listener peer(FrameHandler handler) throws IOException {
        Listener listener = Listener.bind(new java.net.InetSocketAddress("127.0.0.1", 0), "", Limits.DEFAULT, handler);
        nodes.closing(listener).start();
        return listener;
    }

    private String answerTo(String frame) {
        return Stranger.say(a.port(), frame);
    }

    /** Sends all frames and hangs up; the last frame is no JSON, so the node hangs up at the latest then. */
    private static FrameHandler sending(List<String> frames, AtomicInteger answers, AtomicInteger ends) {
        return new FrameHandler() {
            @Override
            public void opened(Connection connection) {
                frames.forEach(connection::send);
                connection.send("bye");
            }

            @Override
            public void received(Connection connection, String answer) {
                answers.incrementAndGet();
            }

            @Override
            public void closed(Connection connection, String reason) {
                ends.incrementAndGet();
            }

            @Override
            public void failed(String reason) {
                ends.incrementAndGet();
            }
        };
    }

    private static String mutate(String frame, Random random) {
        StringBuilder mutant = new StringBuilder(frame);
        for (int i = random.nextInt(4); i >= 0 && mutant.length() > 0; i--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> mutant.deleteCharAt(at);
                case 2 -> mutant.insert(at, "{}[],:\"0\\u".charAt(random.nextInt(10)));
                default -> mutant.insert(at, mutant.substring(at));
            }
        }
        return mutant.toString();
    }
}
