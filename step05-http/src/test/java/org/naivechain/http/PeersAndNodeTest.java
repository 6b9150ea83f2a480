package org.naivechain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.ReceivedJson;

class PeersAndNodeTest {
    private static final Peer PEER = new Peer(new PeerId("one"), new PeerAddress("127.0.0.1", 15001));

    private final FakeNode node = new FakeNode();

    @AutoClose
    private final Served served = new Served(node);

    @ParameterizedTest
    @ValueSource(strings = {"/node", "/node?detail=false"})
    void tellsHowTheNodeIsInTheFieldsOfTheOriginal(String path) throws Exception {
        HttpResponse<String> answer = served.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ReceivedJson.read(answer.body()).get("data").propertyNames())
                .containsExactly("peer_id", "data_count", "health", "rpc_port", "age");
    }

    @Test
    void tellsMoreOfTheNodeIfAsked() throws Exception {
        String age = node.info.toCompletableFuture().join().info().age(ZoneId.systemDefault());

        HttpResponse<String> answer = served.get("/node?detail=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(Served.ok("{\"peer_id\":\"me\",\"data_count\":7,\"health\":false,\"rpc_port\":\"15001\","
                        + "\"age\":\"" + age + "\",\"height\":7,\"head\":\"" + Block.GENESIS.hash()
                        + "\",\"engine\":\"majority\",\"members\":3,\"quorum\":2,\"proposer\":\"one\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "2018-06-02T12:42:13.860551Z, 2018-06-02 12:42:13.860551",
        "2018-06-02T12:42:13Z, 2018-06-02 12:42:13.000000",
        "2018-06-02T02:02:03.000000999Z, 2018-06-02 02:02:03.000000",
    })
    void writesTheStartWithSixDigitsOfTheSecond(Instant start, String age) {
        assertThat(FakeNode.info(start).info().age(ZoneOffset.UTC)).isEqualTo(age);
        assertThat(FakeNode.info(Instant.EPOCH).info().age(ZoneOffset.ofHours(2)))
                .isEqualTo("1970-01-01 02:00:00.000000");
    }

    @Test
    void listsThePeers() throws Exception {
        assertThat(served.get("/peers").body()).isEqualTo(Served.ok("{}"));

        node.peers = List.of(PEER, new Peer(new PeerId("two"), new PeerAddress("::1", 15003)));

        assertThat(served.get("/peers").body())
                .isEqualTo("{\"status\":\"OK\",\"data\":{\"one\":{\"host\":\"127.0.0.1\",\"port\":\"15001\"},"
                        + "\"two\":{\"host\":\"::1\",\"port\":\"15003\"}}}\n");
    }

    @Test
    void whoProposesMayBeNobody() throws Exception {
        LoneChain lone = new LoneChain(new PeerId("me"), Instant.EPOCH);
        try (Served other = new Served(lone)) {
            assertThat(other.get("/node?detail=true").body())
                    .contains("\"engine\":\"none\",\"members\":1,\"quorum\":1,\"proposer\":null}");
        }
    }

    @Test
    void aPeerThatWillNotComeBackIsRemoved() throws Exception {
        assertThat(delete("/peers/one").body()).isEqualTo(Served.ok("true"));
        assertThat(node.evicted).containsExactly(new PeerId("one"));
    }

    @Test
    void saysWhyAPeerIsNotRemoved() throws Exception {
        node.eviction = new Eviction.NoSuchPeer(new PeerId("two"));
        assertThat(delete("/peers/two").statusCode()).isEqualTo(404);
        assertThat(delete("/peers/two").body()).isEqualTo(Served.error("there is no peer two; GET /peers lists them"));

        node.eviction = new Eviction.NoMember(new PeerId("two"));
        assertThat(delete("/peers/two").statusCode()).isEqualTo(404);
        assertThat(delete("/peers/two").body())
                .isEqualTo(Served.error("the node two is no member, so there is nothing to remove; one that is gone is"
                        + " forgotten after 10 minutes"));

        node.eviction = new Eviction.Refused("no quorum");
        assertThat(delete("/peers/two").statusCode()).isEqualTo(503);
        assertThat(delete("/peers/two").body()).isEqualTo(Served.error("no quorum"));

        assertThat(delete("/peers/a%20b").statusCode()).isEqualTo(400);
        assertThat(served.get("/peers/two").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return served.send("DELETE", path, "Accept", "application/json");
    }

    @Test
    void tellsHowThePeersAreIfAsked() throws Exception {
        node.peers = List.of(PEER);
        node.details = new LinkedHashMap<>();
        node.details.put(
                PEER.id(),
                new PeerDetail(
                        PEER.address(),
                        PeerDetail.State.SUSPECT,
                        Optional.of(7L),
                        Optional.of(Block.GENESIS.hash()),
                        Optional.of(Duration.ofNanos(1_234_567)),
                        Optional.of(Instant.parse("2018-06-02T12:42:13.860551Z")),
                        true));
        node.details.put(
                new PeerId("two"),
                new PeerDetail(
                        new PeerAddress("::1", 15003),
                        PeerDetail.State.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));

        assertThat(served.get("/peers?detail=true").body())
                .isEqualTo(Served.ok("{\"one\":{\"host\":\"127.0.0.1\",\"port\":\"15001\",\"state\":\"suspect\","
                        + "\"height\":7,\"head\":\"" + Block.GENESIS.hash() + "\",\"rtt_ms\":1.235,"
                        + "\"last_seen\":\"2018-06-02T12:42:13.860Z\",\"member\":true},"
                        + "\"two\":{\"host\":\"::1\",\"port\":\"15003\",\"state\":\"unknown\",\"height\":null,"
                        + "\"head\":null,\"rtt_ms\":null,\"last_seen\":null,\"member\":false}}"));
        assertThat(served.get("/peers?detail=false").body())
                .isEqualTo(served.get("/peers").body())
                .isEqualTo(Served.ok("{\"one\":{\"host\":\"127.0.0.1\",\"port\":\"15001\"}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    detail=yes              | detail must be true or false: \\"yes\\"
                    detail                  | detail must be true or false: \\"\\"
                    details=true            | unknown parameter \\"details\\"; there is only detail
                    detail=true&detail=true | the parameter detail must not be repeated
                    detail=true&x=1         | unknown parameter \\"x\\"; there is only detail
                    """)
    void refusesAQueryThatIsNone(String query, String message) throws Exception {
        for (String path : List.of("/peers?", "/node?")) {
            HttpResponse<String> answer = served.get(path + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(Served.error(message));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"host": "127.0.0.1", "port": "15001"}             | 127.0.0.1:15001 -
                    {"host": "127.0.0.1", "port": 15001}               | 127.0.0.1:15001 -
                    {"host": "::1", "port": "1", "id": "one"}          | [::1]:1 one
                    {"host": "node", "port": "1", "id": null, "x": {}} | node:1 -
                    """)
    void joins(String body, String call) throws Exception {
        node.joined = FakeNode.now(new JoinOutcome.Joined(PEER));

        HttpResponse<String> answer = served.post("/peers", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Served.ok("true"));
        assertThat(node.joins).containsExactly(call);
    }

    @Test
    void saysWhyItDidNotJoin() throws Exception {
        node.joined = FakeNode.now(JoinOutcome.NotJoined.yet("127.0.0.1:15001 refused the connection; is it up?"));

        HttpResponse<String> answer = served.post("/peers", "{\"host\": \"127.0.0.1\", \"port\": \"15001\"}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(Served.error("127.0.0.1:15001 refused the connection; is it up?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"host": "127.0.0.1", "port": "0"}       | a port must be 1 to 65535: 0
                    {"host": "127.0.0.1", "port": 99999}     | a port must be 1 to 65535: 99999
                    {"host": "127.0.0.1", "port": -1}        | a port must be digits, 1 to 65535: \\"-1\\"
                    {"host": "127.0.0.1", "port": "http"}    | a port must be digits, 1 to 65535: \\"http\\"
                    {"host": "a b", "port": "1"}             | a host must be a name or an IP address: \\"a b\\"
                    {"host": "a", "port": "1", "id": "a b"}  | a peer's id must be 1 to 64 letters, digits, dots, dashes, or underscores: \\"a b\\"
                    """)
    void refusesAnAddressThatIsNone(String body, String message) throws Exception {
        HttpResponse<String> answer = served.post("/peers", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(Served.error(message));
        assertThat(node.joins).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"host\": \"a\"}",
                "{\"port\": \"1\"}",
                "{\"host\": 1, \"port\": \"1\"}",
                "{\"host\": \"a\", \"port\": 1.0}",
                "{\"host\": \"a\", \"port\": \"1\", \"id\": 7}"
            })
    void refusesABodyThatIsNoAddress(String body) throws Exception {
        HttpResponse<String> answer = served.post("/peers", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("the body must be a JSON object with the fields \\\"host\\\" and \\\"port\\\"");
        assertThat(node.joins).isEmpty();
    }

    @Test
    void keepsTheCauseOfAFailureToItself() throws Exception {
        node.info = CompletableFuture.failedFuture(new IllegalStateException("secret"));

        HttpResponse<String> failed = served.get("/node");
        node.info = null;
        HttpResponse<String> nothing = served.get("/node");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo(Served.error("internal error"));
        assertThat(nothing.statusCode()).isEqualTo(500);
        assertThat(nothing.body()).isEqualTo(Served.error("internal error"));
    }

    @Test
    void anErrorOfTheMachineIsAnInternalErrorToo() throws Exception {
        node.chain = (from, limit) -> {
            throw new StackOverflowError("secret");
        };

        HttpResponse<String> answer = served.get("/data/1");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo(Served.error("internal error"));
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    }
}
