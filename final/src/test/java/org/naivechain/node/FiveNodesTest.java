package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;

/** Five real nodes of each engine whose blocks are sealed: they add, three and two of them go on apart, and they meet again. */
class FiveNodesTest {
    private static final int NODES = 5;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private final int[] ports = new int[NODES];
    private Path stakes;

    private LiveNode start(Consensus engine, int node, Optional<PeerAddress> peer) throws StartFailure {
        Optional<Staking> staking = engine == Consensus.STAKE
                ? Optional.of(Staking.read(stakes, Optional.of(stakes.resolveSibling(node + ".key")), 1))
                : Optional.empty();
        return nodes.closing(LiveNode.start(new NodeOptions(
                "127.0.0.1",
                ports[node],
                peer,
                Optional.empty(),
                2,
                engine,
                Optional.of(directory.resolve("node" + node)),
                Optional.empty(),
                Optional.empty(),
                false,
                new Mining(1, 1, 1),
                staking)));
    }

    private List<LiveNode> start(Consensus engine, int from, int to) throws StartFailure {
        List<LiveNode> started = new ArrayList<>();
        for (int node = from; node < to; node++) {
            started.add(start(engine, node, Optional.empty()));
        }
        return started;
    }

    private static void add(LiveNode node, String text) {
        Client.Answer answer = new Client(node.port()).add(text);
        assertThat(answer.isAdded()).as("%s", answer).isTrue();
    }

    private static List<String> texts(LiveNode node) {
        return new Client(node.port())
                .texts().stream().filter(text -> !text.isEmpty()).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Consensus.class,
            names = {"WORK", "STAKE"})
    void goOnApartAndMeetAgainAndNothingIsLost(Consensus engine) throws Exception {
        stakes = Staking.init(directory.resolve("stake"), List.of(1L, 1L, 1L, 1L, 1L), 200)
                .get(0);
        List<LiveNode> all = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            ports[node] = FreePorts.pair();
            all.add(start(engine, node, all.stream().findFirst().map(first -> LiveNodes.at(first.port()))));
        }
        TreeSet<String> added = new TreeSet<>();
        for (int node = 0; node < NODES; node++) {
            add(all.get(node), "by " + node);
            added.add("by " + node);
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(all)
                        .allSatisfy(node ->
                                assertThat(new Client(node.port()).peerIds()).hasSize(NODES - 1)));
        nodes.closeAll();

        List<LiveNode> three = start(engine, 0, 3);
        add(three.get(1), "by three");
        nodes.closeAll();
        List<LiveNode> two = start(engine, 3, NODES);
        add(two.get(1), "by two");
        nodes.closeAll();

        added.addAll(List.of("by three", "by two"));
        List<LiveNode> met = start(engine, 0, NODES);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(met)
                        .allSatisfy(node -> assertThat(texts(node)).containsExactlyInAnyOrderElementsOf(added)));
    }
}
