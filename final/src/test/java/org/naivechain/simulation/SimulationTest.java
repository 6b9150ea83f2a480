package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;

class SimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Simulation simulation = simulation(42);
    private final List<Node> nodes = new ArrayList<>();

    private static Simulation simulation(long seed) {
        return new Simulation(seed, Build.NAIVE);
    }

    @Test
    void fiveNodesAgreeOnEveryBlockWhenOneWritesAtATime() {
        fiveNodes();
        for (int i = 0; i < 50; i++) {
            assertThat(add(nodes.get(i % 5), "text " + i)).isInstanceOf(AddOutcome.Added.class);
        }

        List<Block> chain = Simulation.chain(nodes.get(0));
        assertThat(chain).hasSize(51);
        assertThat(nodes).allSatisfy(node -> assertThat(Simulation.chain(node)).isEqualTo(chain));
    }

    @Test
    void theSameSeedGivesTheSameTraceToTheMessage() {
        List<String> first = run(7);
        List<String> again = run(7);
        List<String> other = run(8);

        assertThat(first).hasSizeGreaterThan(200).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void theSeedDecidesTheDelaysToo() {
        assertThat(times(run(7))).isNotEqualTo(times(run(8)));
    }

    private static List<String> times(List<String> trace) {
        return trace.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    @Test
    void aNodeThatCrashedIsToldNothingMore() {
        fiveNodes();
        List<AddOutcome> outcomes = new ArrayList<>();
        nodes.get(0).add(BlockData.of("the last words"), outcomes::add);

        crash(0);
        simulation.time().advance(Duration.ofSeconds(20));

        assertThat(outcomes).isEmpty();
        assertThat(nodes.get(0).length()).isEqualTo(1);
    }

    @Test
    void manyAddsAtOneNodeGoInOneAfterTheOther() {
        fiveNodes();
        List<AddOutcome> outcomes = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            nodes.get(0).add(BlockData.of("text " + i), outcomes::add);
        }
        simulation.time().advance(Duration.ofSeconds(20));

        assertThat(outcomes).hasSize(100).allMatch(outcome -> outcome instanceof AddOutcome.Added);
        List<Block> chain = Simulation.chain(nodes.get(4));
        for (int i = 0; i < 100; i++) {
            assertThat(chain.get(i + 1).data().text()).isEqualTo("text " + i);
        }
    }

    @Test
    void aMajorityGoesOnWithoutAMinority() {
        fiveNodes();
        crash(3);
        crash(4);

        assertThat(add(nodes.get(0), "with three of five")).isInstanceOf(AddOutcome.Added.class);

        assertThat(nodes.subList(0, 3))
                .allSatisfy(node -> assertThat(node.length()).isEqualTo(2));
    }

    @Test
    void aMinorityAddsNothingBecauseSilentMembersCount() {
        fiveNodes();
        crash(2);
        crash(3);
        crash(4);

        assertThat(add(nodes.get(0), "with two of five"))
                .isInstanceOfSatisfying(
                        AddOutcome.NotAdded.class,
                        notAdded -> assertThat(notAdded.reason())
                                .matches("the vote failed, [12] of 5 members agreed and 3 are needed \\(.*")
                                .contains(nodes.get(2).self() + ": Connection refused")
                                .endsWith("; the data was not added, try again"));
        assertThat(nodes.subList(0, 2))
                .allSatisfy(node -> assertThat(node.length()).isEqualTo(1));
    }

    @Test
    void membersThatAreCutOffAreSilentAndTheVoteFailsInTime() {
        fiveNodes();
        for (Node node : nodes.subList(2, 5)) {
            simulation.network().cutOff(node.self().address());
        }
        List<AddOutcome> outcomes = new ArrayList<>();

        nodes.get(0).add(BlockData.of("into the silence"), outcomes::add);
        simulation.time().advance(Duration.ofSeconds(9));
        assertThat(outcomes).isEmpty();
        simulation.time().advance(Duration.ofSeconds(2));

        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);
        for (Node node : nodes.subList(2, 5)) {
            simulation.network().heal(node.self().address());
        }
        assertThat(add(nodes.get(0), "and again")).isInstanceOf(AddOutcome.Added.class);
    }

    @Test
    void aMemberThatMissedBlocksFetchesThemWhenItHearsOfTheNext() {
        fiveNodes();
        Node away = nodes.get(4);
        simulation.network().cutOff(away.self().address());
        for (int i = 0; i < 10; i++) {
            assertThat(add(nodes.get(0), "text " + i)).isInstanceOf(AddOutcome.Added.class);
        }
        assertThat(away.length()).isEqualTo(1);

        simulation.network().heal(away.self().address());
        add(nodes.get(1), "one more");
        simulation.time().advance(SECOND);

        assertThat(Simulation.chain(away)).isEqualTo(Simulation.chain(nodes.get(0)));
    }

    @Test
    void aMemberThatMissedBlocksFetchesThemAndWrites() {
        fiveNodes();
        Node away = nodes.get(4);
        simulation.network().cutOff(away.self().address());
        add(nodes.get(0), "missed");
        simulation.network().heal(away.self().address());

        assertThat(add(away, "in time")).isInstanceOf(AddOutcome.Added.class);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(Simulation.chain(node)).isEqualTo(Simulation.chain(nodes.get(0))));
    }

    @Test
    void nodesThatJoinAtTheSameMomentAllHearOfEachOther() {
        nodes.add(simulation.machine().start());
        nodes.add(Joins.joined(simulation, nodes.get(0)));
        List<JoinOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Node node = simulation.machine().start();
            nodes.add(node);
            // Three through one member, three through the other.
            Peer member = nodes.get(i % 2).self();
            node.join(member.address(), Optional.of(member.id()), outcomes::add);
        }
        simulation.time().advance(Duration.ofSeconds(20));

        assertThat(outcomes).hasSize(6).allMatch(outcome -> outcome instanceof JoinOutcome.Joined);
        assertThat(nodes).allSatisfy(node -> assertThat(node.peers()).hasSize(7));
        assertThat(add(nodes.get(7), "by the last")).isInstanceOf(AddOutcome.Added.class);
        assertThat(add(nodes.get(4), "by another")).isInstanceOf(AddOutcome.Added.class);
        assertThat(nodes).allSatisfy(node -> assertThat(node.length()).isEqualTo(3));
    }

    @Test
    void aNetworkThatLackedAMajorityForLongGoesOnWhenItHasOne() {
        fiveNodes();
        for (Node node : nodes.subList(2, 5)) {
            simulation.network().cutOff(node.self().address());
        }
        List<AddOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            nodes.get(0).add(BlockData.of("in vain " + i), outcomes::add);
        }
        simulation.time().advance(Duration.ofMinutes(30));
        assertThat(outcomes).hasSize(150).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);

        simulation.network().heal(nodes.get(2).self().address());

        assertThat(add(nodes.get(0), "three of five")).isInstanceOf(AddOutcome.Added.class);
    }

    @Test
    void whatIsStillUnderWayWhenANodeStopsIsTold() {
        fiveNodes();
        List<AddOutcome> outcomes = new ArrayList<>();
        nodes.get(0).add(BlockData.of("first"), outcomes::add);
        nodes.get(0).add(BlockData.of("second"), outcomes::add);

        nodes.get(0).stop("this node is shutting down");
        nodes.get(0).add(BlockData.of("third"), outcomes::add);

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(outcome ->
                        assertThat(((AddOutcome.NotAdded) outcome).reason()).startsWith("this node is shutting down"));
        simulation.time().advance(SECOND);
        assertThat(nodes).allSatisfy(node -> assertThat(node.length()).isEqualTo(1));
    }

    private List<String> run(long seed) {
        simulation = simulation(seed);
        nodes.clear();
        fiveNodes();
        for (int i = 0; i < 10; i++) {
            add(nodes.get(i % 5), "text " + i);
        }
        crash(4);
        add(nodes.get(0), "without the last");
        return simulation.trace().lines();
    }

    private void fiveNodes() {
        nodes.add(simulation.machine().start());
        for (int i = 1; i < 5; i++) {
            nodes.add(Joins.joined(simulation, nodes.get(i - 1)));
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.peers()).hasSize(4));
    }

    private void crash(int node) {
        simulation.network().crash(nodes.get(node).self().address());
    }

    private AddOutcome add(Node node, String text) {
        List<AddOutcome> outcomes = new ArrayList<>();
        node.add(BlockData.of(text), outcomes::add);
        simulation.time().advance(SECOND);
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }
}
