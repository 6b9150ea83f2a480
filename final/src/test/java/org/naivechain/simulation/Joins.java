package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.node.Node;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;

/** Nodes that have joined others. */
final class Joins {
    private static final Duration LONG_ENOUGH_TO_JOIN = Duration.ofSeconds(20);

    private Joins() {}

    static Node joined(Simulation simulation, Node through) {
        Node node = simulation.machine().start();
        Peer member = through.self();
        List<JoinOutcome> outcomes = new ArrayList<>();
        node.join(member.address(), Optional.of(member.id()), outcomes::add);
        simulation.time().advance(LONG_ENOUGH_TO_JOIN);
        assertThat(outcomes).containsExactly(new JoinOutcome.Joined(member));
        return node;
    }
}
