package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;

/** Three nodes with the naive vote, and two users who add in the same moment. */
class AddThatAForkSwallowedCheck {
    private static final int SEEDS = 2;

    private final List<String> told = new ArrayList<>();

    private List<Node> nodes;
    private Simulation simulation;

    private void run(int seed) {
        told.clear();
        simulation = new Simulation(seed, Build.NAIVE, true);
        Node first = simulation.machine().start();
        nodes = List.of(first, Joins.joined(simulation, first), Joins.joined(simulation, first));
        add(0, "before");
        simulation.time().advance(Duration.ofSeconds(1));
        add(0, "from user A");
        add(1, "from user B");
        simulation.time().advance(Duration.ofSeconds(20));
    }

    private void add(int node, String text) {
        nodes.get(node).add(BlockData.of(text), outcome -> {
            if (!(outcome instanceof AddOutcome.NotAdded)) {
                told.add(text);
            }
        });
    }

    private static List<String> texts(Node node) {
        return Simulation.chain(node).stream()
                .skip(1)
                .map(Block::data)
                .map(data -> data.text())
                .toList();
    }

    private String log() {
        return simulation.trace().lines().stream()
                .filter(line -> line.contains(" added: ")
                        || line.contains("The chain has forked")
                        || line.contains("Reorganised"))
                .map(line -> line.replaceAll("\\b([0-9a-f]{8})[0-9a-f-]{28,56}\\b", "$1"))
                .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    @Test
    @DisplayName("what was added in a branch that is given up is in the chain in the end")
    void nothingIsLost() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed);
            for (String text : told) {
                Explain.that(
                        texts(nodes.get(0)).contains(text),
                        "Seed " + seed + ": \"" + text + "\" should be in the chain, and it is not: "
                                + texts(nodes.get(0)) + ". The log:" + log(),
                        "The user was told that it is added, or that nobody knows. Whose node gave up its block, and"
                                + " how many of its users'"
                                + " adds does its log say that it keeps?");
            }
        }
    }

    @Test
    @DisplayName("nothing is added twice")
    void nothingIsThereTwice() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed);
            List<String> texts = texts(nodes.get(0));
            Explain.same(
                    texts.stream().distinct().toList(),
                    texts,
                    "Seed " + seed + ": after the fork was settled the chain holds these texts:",
                    "What is in a block that stays must not be added again.");
        }
    }

    @Test
    @DisplayName("all nodes end with the same chain")
    void allEndWithTheSameChain() {
        run(0);
        for (Node node : nodes) {
            Explain.same(
                    texts(nodes.get(0)),
                    texts(node),
                    "Seed 0: the texts in the chain of " + node.self().address() + ":",
                    "The fork must be over.");
        }
    }
}
