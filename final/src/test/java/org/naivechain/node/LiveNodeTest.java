package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import tools.jackson.databind.JsonNode;

class LiveNodeTest {
    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    @Test
    void threeNodesKeepOneChain() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        LiveNode c = nodes.joining(b);
        List<Client> clients = List.of(new Client(a.port()), new Client(b.port()), new Client(c.port()));
        await().untilAsserted(() -> assertThat(clients)
                .allSatisfy(client -> assertThat(client.peerIds()).hasSize(2)));

        for (int i = 0; i < 30; i++) {
            Client.Answer answer = clients.get(i % 3).add("text " + i);
            assertThat(answer.isAdded()).as("%s", answer).isTrue();
            // One writer at a time: the next one writes when it has heard of this block.
            int blocks = i + 2;
            await().until(() ->
                    clients.stream().allMatch(client -> client.hashes().size() == blocks));
        }

        assertThat(clients)
                .allSatisfy(client ->
                        assertThat(client.hashes()).isEqualTo(clients.get(0).hashes()));
        assertThat(clients).allMatch(Client::isHealthy);
    }

    @Test
    void tellsWhoIsThereHowFarTheyAreAndWhoHasLeft() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        LiveNode c = nodes.joining(a);
        Client client = new Client(a.port());
        assertThat(client.add("text").isAdded()).isTrue();

        await().untilAsserted(() -> assertThat(List.of(b, c)).allSatisfy(node -> {
            JsonNode peer = detail(client, node);
            assertThat(peer.get("port").asString()).isEqualTo(Integer.toString(node.port()));
            assertThat(peer.get("state").asString()).isEqualTo("alive");
            assertThat(peer.get("height").asLong()).isEqualTo(2);
            assertThat(peer.get("head").asString()).isEqualTo(client.hashes().get(1));
            assertThat(peer.get("rtt_ms").asDouble()).isPositive();
            assertThat(Instant.parse(peer.get("last_seen").asString()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(peer.get("member").asBoolean()).isTrue();
        }));
        b.close();

        // Who does not say goodbye is suspected first, for six seconds.
        await().atMost(Duration.ofSeconds(5))
                .until(() -> detail(client, b).get("state").asString().equals("gone"));
        assertThat(detail(client, c).get("state").asString()).isEqualTo("alive");
    }

    private static JsonNode detail(Client client, LiveNode of) {
        return client.get("/peers?detail=true").body().get("data").path(of.id().text());
    }

    @Test
    void tellsHowTheMembersAgree() throws Exception {
        LiveNode a = nodes.alone();
        nodes.joining(a);

        JsonNode info = new Client(a.port()).get("/node?detail=true").body().get("data");

        assertThat(info.get("engine").asString()).isEqualTo("naive");
        assertThat(info.get("members").asInt()).isEqualTo(2);
        assertThat(info.get("quorum").asInt()).isEqualTo(2);
        assertThat(info.get("proposer").isNull()).isTrue();
    }

    @Test
    void theSecondBlockHasTheHashOfTheOriginal() throws Exception {
        LiveNode a = nodes.alone();
        nodes.joining(a);
        Client client = new Client(a.port());

        client.add("Testing String Again");

        assertThat(client.get("/data/1").body().get("data").get("curr_hash").asString())
                .isEqualTo("c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f");
    }

    @Test
    void aLoneNodeRefusesDataAndSaysWhy() throws Exception {
        LiveNode a = nodes.alone();

        Client.Answer answer = new Client(a.port()).add("x");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().get("status").asString()).isEqualTo("ERROR");
        assertThat(answer.body().get("data").asBoolean()).isFalse();
        assertThat(answer.message()).startsWith("at least 2 nodes are needed to add data");
    }

    @Test
    void aLoneNodeMayBeToldThatItIsEnough() throws Exception {
        LiveNode lone =
                nodes.closing(LiveNode.start(LiveNodes.options("127.0.0.1", 0, Optional.empty(), Optional.empty(), 1)));

        assertThat(new Client(lone.port()).add("x").isAdded()).isTrue();
    }

    @Test
    void whoWaitsForAnAddWhenTheNodeStopsIsTold() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        // b stays a member. One who does not answer proposals is at its address; it answers all else, as what waits on
        // a connection waits for the answer to what was sent on it before.
        int port = b.port();
        b.close();
        CountDownLatch asked = new CountDownLatch(1);
        Listener silent =
                Listener.bind(new InetSocketAddress("127.0.0.1", port), "", Limits.DEFAULT, (connection, frame) -> {
                    if (frame.contains("VALIDATE_BLOCK")) {
                        asked.countDown();
                    } else {
                        connection.send("ACK");
                    }
                });
        nodes.closing(silent).start();
        CompletableFuture<Client.Answer> answer =
                CompletableFuture.supplyAsync(() -> new Client(a.port()).add("under way"));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        a.close();

        assertThat(answer.get(20, TimeUnit.SECONDS).message()).startsWith("this node is shutting down");
    }

    @Test
    void aRunningNodeJoinsAnotherWhenToldTo() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.alone();

        assertThat(new Client(b.port()).join(a.port()).isAdded()).isTrue();

        assertThat(new Client(a.port()).peerIds()).containsExactly(b.id().text());
        assertThat(new Client(b.port()).peerIds()).containsExactly(a.id().text());
        assertThat(new Client(b.port()).join(b.port()).message()).contains("is this node's own");
    }

    @Test
    void aNodeThatIsJoinedByItsNameIsKnownByItsAddress() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.closing(LiveNode.start(LiveNodes.options(
                "localhost",
                0,
                Optional.of(new org.naivechain.protocol.PeerAddress("localhost", a.port())),
                Optional.empty(),
                2)));

        assertThat(new Client(b.port())
                        .get("/peers")
                        .body()
                        .get("data")
                        .get(a.id().text())
                        .get("host")
                        .asString())
                .isEqualTo("127.0.0.1");
        assertThat(new Client(a.port())
                        .get("/peers")
                        .body()
                        .get("data")
                        .get(b.id().text())
                        .get("host")
                        .asString())
                .isEqualTo("127.0.0.1");
        assertThat(new Client(b.port()).join(a.port()).isAdded()).isTrue();
    }

    @Test
    void theWrongIdFailsTheStartAndLeavesNothingRunning() throws Exception {
        LiveNode a = nodes.alone();
        NodeOptions options = LiveNodes.options(
                "127.0.0.1", 0, Optional.of(LiveNodes.at(a.port())), Optional.of(new PeerId("nobody")), 2);

        assertThatThrownBy(() -> LiveNode.start(options))
                .isInstanceOf(StartFailure.class)
                .hasMessage("cannot join nobody at 127.0.0.1:" + a.port() + ": the node there is " + a.id()
                        + ", not nobody");
        assertThat(new Client(a.port()).peerIds()).isEmpty();
    }

    @Test
    void aPortInUseFailsTheStart() throws Exception {
        LiveNode a = nodes.alone();
        assertThatThrownBy(() ->
                        LiveNode.start(LiveNodes.options("127.0.0.1", a.port(), Optional.empty(), Optional.empty(), 2)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("cannot bind 127.0.0.1:" + a.port()
                        + " (Address already in use); choose another port with -p, or another address with --host");
        // The WebSocket port is free here, the next one is not.
        assertThatThrownBy(() -> LiveNode.start(
                        LiveNodes.options("127.0.0.1", a.port() - 1, Optional.empty(), Optional.empty(), 2)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("choose another");
    }

    @Test
    void aPeerThatAnswersLaterIsFoundLater() throws Exception {
        int unused = FreePorts.pair();
        LiveNode early = nodes.voting(0, Optional.of(LiveNodes.at(unused)));
        assertThat(new Client(early.port()).add("too early").message())
                .contains("this node is not a member of a network");

        nodes.voting(unused, Optional.empty());

        await().untilAsserted(() ->
                assertThat(new Client(early.port()).add("now").isAdded()).isTrue());
    }

    @Test
    void whileANodeJoinsItsChainCanBeRead() throws Exception {
        Listener silent =
                Listener.bind(new InetSocketAddress("127.0.0.1", 0), "", Limits.DEFAULT, (connection, frame) -> {});
        nodes.closing(silent).start();
        int port = FreePorts.pair();
        CompletableFuture<LiveNode> starting = CompletableFuture.supplyAsync(() -> {
            try {
                return nodes.voting(port, Optional.of(LiveNodes.at(silent.port())));
            } catch (StartFailure e) {
                throw new IllegalStateException(e);
            }
        });
        Client client = new Client(port);
        await().ignoreExceptions().until(() -> client.get("/data").status() == 200);

        assertThat(starting).as("it is still joining").isNotDone();
        JsonNode info = client.get("/node?detail=true").body().get("data");
        assertThat(info.get("members").asInt())
                .as("of a node that is no member")
                .isZero();
        assertThat(info.get("quorum").asInt()).isZero();
        silent.close();
        starting.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoHasLeftIsNoMemberToRemoveAndCountsNone() throws Exception {
        LiveNode a = nodes.voting(0, Optional.empty());
        LiveNode b = nodes.voting(0, Optional.of(LiveNodes.at(a.port())));
        Client onA = new Client(a.port());
        await().until(() -> detail(onA, b).path("state").asString("").equals("alive"));

        b.leave();

        await().untilAsserted(() -> {
            JsonNode info = new Client(b.port()).get("/node?detail=true").body().get("data");
            assertThat(info.get("members").asInt()).isZero();
            assertThat(info.get("quorum").asInt()).isZero();
        });
        b.close();
        await().until(() -> detail(onA, b).get("state").asString().equals("gone"));
        Client.Answer removed = onA.evict(b.id());
        assertThat(removed.status()).isEqualTo(404);
        assertThat(removed.message()).startsWith("the node " + b.id() + " is no member");
    }

    /** Java-WebSocket gives up when its thread is interrupted, and after some errors. */
    @Test
    void aNodeThatNobodyCanCallAnyMoreEndsAndSaysWhy() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        LiveNode a = nodes.alone();

        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("WebSocketSelector") && !before.contains(thread))
                .forEach(Thread::interrupt);

        assertThat(a.awaitEnd()).contains("the WebSocket listener failed, and no node could call this one any more");
    }

    @Test
    void aNodeThatOthersCannotCallBackIsToldSoBeforeItStarts() {
        NodeOptions options = LiveNodes.options(
                "127.0.0.1",
                0,
                Optional.of(new org.naivechain.protocol.PeerAddress("192.0.2.1", 15001)),
                Optional.empty(),
                2);

        assertThatThrownBy(() -> LiveNode.start(options))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "the node at 192.0.2.1:15001 could not call this one back at 127.0.0.1; bind an address of this"
                                + " machine that it can reach, with --host");
    }

    @Test
    void aMajorityGoesOnWhenANodeStops() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        LiveNode c = nodes.joining(a);

        c.close();

        assertThat(new Client(b.port()).add("without c").isAdded()).isTrue();
        assertThat(new Client(a.port()).hashes()).hasSize(2);
        b.close();
        Client.Answer answer = new Client(a.port()).add("alone");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).startsWith("the vote failed, 1 of 3 members agreed and 2 are needed");
    }

    @Test
    void theNodesStateIsGuardedAgainstOtherThreads() throws Exception {
        Node node = new Node(
                new org.naivechain.protocol.Peer(new PeerId("a"), LiveNodes.at(15001)),
                Node.Stores.inMemory(),
                new Node.Ports((to, command, then) -> {}, new VirtualTime(), new Random(1)),
                (context, fetcher, box) -> new org.naivechain.consensus.naive.NaiveVote(context, fetcher, 2),
                name -> org.slf4j.helpers.NOPLogger.NOP_LOGGER);
        List<Runnable> uses = List.of(
                node::length,
                node::lostEnd,
                node::peers,
                () -> node.page(0, 1),
                () -> node.add(BlockData.of("x"), outcome -> {}),
                () -> node.join(LiveNodes.at(15003), Optional.empty(), outcome -> {}),
                () -> node.receive(() -> "127.0.0.1", new PeerCommand.Ping(), reply -> {}),
                () -> node.stop("over"));

        for (Runnable use : uses) {
            use.run();
            assertThatThrownBy(() -> CompletableFuture.runAsync(use).join())
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this belongs to the thread main");
        }
        assertThat(node.length()).isEqualTo(1);
    }
}
