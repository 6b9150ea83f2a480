package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;

/** Real nodes that mine. */
class WorkNodeTest {
    private static final Mining QUICK = new Mining(1, 1, 1);

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private NodeOptions options(int port, Optional<PeerAddress> peer, Mining mining) {
        return new NodeOptions(
                "127.0.0.1",
                port,
                peer,
                Optional.empty(),
                2,
                Consensus.WORK,
                Optional.of(directory.resolve("" + port)),
                Optional.empty(),
                Optional.empty(),
                false,
                mining,
                Optional.empty());
    }

    private LiveNode start(int port, Optional<PeerAddress> peer, Mining mining) throws StartFailure {
        return nodes.closing(LiveNode.start(options(port, peer, mining)));
    }

    private static Optional<PeerAddress> at(LiveNode node) {
        return Optional.of(LiveNodes.at(node.port()));
    }

    private static void add(LiveNode node, String text) {
        Client.Answer answer = new Client(node.port()).add(text);
        assertThat(answer.isAdded()).as("%s", answer).isTrue();
    }

    private static List<String> texts(LiveNode node) {
        return new Client(node.port())
                .texts().stream().filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void whatIsAddedAnywhereIsEverywhereAndOutlivesARestart() throws Exception {
        int port = FreePorts.pair();
        LiveNode a = start(FreePorts.pair(), Optional.empty(), QUICK);
        LiveNode b = start(port, at(a), QUICK);
        LiveNode idle = start(FreePorts.pair(), at(a), new Mining(0, 1, 1));

        add(a, "one");
        add(idle, "two");
        b.close();
        add(a, "three");
        LiveNode again = start(port, Optional.empty(), QUICK);
        add(again, "four");

        for (LiveNode node : List.of(a, again, idle)) {
            await().untilAsserted(
                            () -> assertThat(texts(node)).containsExactlyInAnyOrder("one", "two", "three", "four"));
        }
    }

    @Test
    void aKeyMakesOneBlockHoweverOftenAndWhereverItIsSent() throws Exception {
        LiveNode a = start(FreePorts.pair(), Optional.empty(), QUICK);
        LiveNode b = start(FreePorts.pair(), at(a), QUICK);

        assertThat(new Client(a.port()).add("once", "key").isAdded()).isTrue();
        assertThat(new Client(b.port()).add("once", "key").isAdded()).isTrue();
        assertThat(new Client(b.port()).add("other", "key").status()).isEqualTo(422);

        assertThat(texts(b)).containsExactly("once");
    }

    @Test
    void nodesWithOtherRulesAreRefusedAndToldWhy() throws Exception {
        LiveNode a = start(FreePorts.pair(), Optional.empty(), QUICK);

        assertThatThrownBy(() -> start(FreePorts.pair(), at(a), new Mining(1, 5, 1)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("a block in 5000 ms")
                .hasMessageContaining("a block in 1000 ms");
        assertThatThrownBy(() -> nodes.closing(LiveNode.start(LiveNodes.options(
                        "127.0.0.1", 0, at(a), Optional.empty(), 2, Consensus.NAIVE, Optional.empty()))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("proof of work");
        LiveNode naive = nodes.alone();
        assertThatThrownBy(() -> start(FreePorts.pair(), at(naive), QUICK))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("unknown CMD");
    }

    @Test
    void aFileRemembersByWhatRulesItsBlocksCameAbout() throws Exception {
        int port = FreePorts.pair();
        start(port, Optional.empty(), QUICK).close();

        assertThatThrownBy(() -> start(port, Optional.empty(), new Mining(1, 7, 1)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("its blocks came about by proof of work, a block in 1000 ms")
                .hasMessageContaining("--block-seconds");
        assertThatThrownBy(() -> LiveNode.start(LiveNodes.options(
                        "127.0.0.1",
                        port,
                        Optional.empty(),
                        Optional.empty(),
                        2,
                        Consensus.MAJORITY,
                        Optional.of(directory.resolve("" + port)))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("and this node was told: votes");
        start(port, Optional.empty(), QUICK).close();
    }

    @Test
    void twoThatMinedApartAgreeOnTheBranchWithMoreWorkAndLoseNoData() throws Exception {
        int first = FreePorts.pair();
        int second = FreePorts.pair();
        LiveNode a = start(first, Optional.empty(), QUICK);
        start(second, at(a), QUICK);
        await().until(() -> new Client(a.port()).hashes().size() > 2);
        nodes.closeAll();

        // Each mines alone, as it still counts the other as a member.
        try (LiveNode alone = start(first, Optional.empty(), QUICK)) {
            add(alone, "in the one");
        }
        try (LiveNode alone = start(second, Optional.empty(), QUICK)) {
            add(alone, "in the other");
        }
        LiveNode one = start(first, Optional.empty(), QUICK);
        LiveNode other = start(second, Optional.empty(), QUICK);

        for (LiveNode node : List.of(one, other)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(texts(node)).containsExactlyInAnyOrder("in the one", "in the other"));
        }
    }

    @Test
    void minersStopWithTheirNode() throws Exception {
        LiveNode a = start(FreePorts.pair(), Optional.empty(), QUICK);
        start(FreePorts.pair(), at(a), QUICK).close();
        a.close();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("miner")));
    }
}
