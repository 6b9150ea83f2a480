package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.Transcript;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import tools.jackson.databind.JsonNode;

/** The recorded exchanges, frame by frame, each on a connection of its own, with our node in the original's place. */
class TranscriptReplayTest {
    private static final String HUNG_UP = "hung up";

    /** Where our node differs on purpose: what it does not know, or what is wrong, must not count as a vote. */
    private static final Map<String, String> BETTER = Map.of(
            "{\"CMD\": \"SOMETHING_ELSE\"}",
            "KCA",
            "{\"index\": 1, \"previous_hash\": \"x\", \"data\": \"\\\"y\\\"\", \"curr_hash\": \"z\"}",
            "KCA");

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    @Test
    void ourNodeAnswersThePeerAsTheOriginalDid() throws Exception {
        LiveNode ours = nodes.alone();
        Listener peer = recordedPeer();

        for (Transcript.Exchange exchange : Transcript.exchanges()) {
            if (!exchange.fromOriginal()) {
                String expected =
                        BETTER.getOrDefault(exchange.frame(), exchange.reply() == null ? HUNG_UP : exchange.reply());
                assertThat(exchange(ours, withPort(exchange.frame(), peer)))
                        .as(exchange.frame())
                        .isEqualTo(expected);
            }
        }

        assertThat(new Client(ours.port()).hashes()).isEqualTo(hashes().subList(0, 2));
        assertThat(new Client(ours.port()).peerIds()).containsExactly("joiner");
        JsonNode upload = heard.stream()
                .filter(frame -> frame.get("CMD").asString().equals("NEW_JOIN_DATA_UPLOAD"))
                .findFirst()
                .orElseThrow();
        assertThat(upload.get("data_list").get(0).get("curr_hash").asString()).isEqualTo(hashes().get(0));
    }

    @Test
    void ourNodeTakesTheOriginalsFramesAndHasTheSameChainAfterThem() throws Exception {
        LiveNode ours = nodes.alone();
        // The first block was added by the recording peer; everything after it came from the original.
        replay(ours, false, "VALIDATE_BLOCK");
        replay(ours, false, "ADD_BLOCK");

        for (Transcript.Exchange exchange : Transcript.exchanges()) {
            if (exchange.fromOriginal() && !exchange.frame().contains("NEW_JOIN_DATA_UPLOAD")) {
                assertThat(exchange(ours, exchange.frame()))
                        .as(exchange.frame())
                        .isEqualTo(exchange.reply());
            }
        }

        assertThat(new Client(ours.port()).hashes()).isEqualTo(hashes());
        assertThat(new Client(ours.port()).get("/data").body().get("data"))
                .hasToString(WireFormat.mapper().writeValueAsString(Transcript.chain()));
    }

    @Test
    void ourNodeSendsAPeerWhatTheOriginalSent() throws Exception {
        LiveNode ours = nodes.alone();
        Listener peer = recordedPeer();
        Client client = new Client(ours.port());
        replay(ours, false, "VALIDATE_BLOCK");
        replay(ours, false, "ADD_BLOCK");
        exchange(
                ours,
                "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"p\", \"peer_host\": \"0.0.0.0\", \"peer_port\": \""
                        + peer.port() + "\"}");

        for (Block block : Transcript.chain().subList(2, 7)) {
            assertThat(client.add(block.data().text()).isAdded()).isTrue();
        }
        await().until(() -> heard.size() == 16);
        // A node of ours introduces itself to who introduces itself.
        assertThat(heard.remove(0).get("CMD").asString()).isEqualTo("ADD_PEER");

        List<JsonNode> sentByTheOriginal = Transcript.exchanges().stream()
                .filter(Transcript.Exchange::fromOriginal)
                .map(exchange -> WireFormat.mapper().readTree(exchange.frame()))
                .filter(frame -> !frame.path("CMD").asString("").equals("NEW_JOIN_DATA_UPLOAD"))
                .distinct()
                .toList();
        assertThat(heard).extracting(TranscriptReplayTest::withoutOurField).isEqualTo(sentByTheOriginal);
    }

    private void replay(LiveNode ours, boolean fromOriginal, String command) {
        Transcript.exchanges().stream()
                .filter(exchange -> exchange.fromOriginal() == fromOriginal
                        && exchange.frame().contains(command)
                        && "ACK".equals(exchange.reply()))
                .forEach(
                        exchange -> assertThat(exchange(ours, exchange.frame())).isEqualTo("ACK"));
    }

    private static List<String> hashes() {
        return Transcript.chain().stream().map(block -> block.hash().text()).toList();
    }

    /** Our commit carries the whole block beside the text, which the original ignores. */
    private static JsonNode withoutOurField(JsonNode frame) {
        return frame.path("CMD").asString("").equals("ADD_BLOCK")
                ? WireFormat.mapper().createObjectNode().put("CMD", "ADD_BLOCK").set("data", frame.get("data"))
                : frame;
    }

    private static String withPort(String frame, Listener peer) {
        return frame.replace("\"15101\"", "\"" + peer.port() + "\"");
    }

    /** The peer of the recording: it acknowledges everything, once for each connection. */
    private Listener recordedPeer() throws Exception {
        Listener listener =
                Listener.bind(new InetSocketAddress("127.0.0.1", 0), "", Limits.DEFAULT, (connection, frame) -> {
                    heard.add(WireFormat.mapper().readTree(frame));
                    connection.send("ACK");
                });
        nodes.closing(listener).start();
        return listener;
    }

    private static String exchange(LiveNode ours, String frame) {
        String answer = Stranger.say(ours.port(), frame);
        return answer.startsWith("closed: ") ? HUNG_UP : answer;
    }
}
