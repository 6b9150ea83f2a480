package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;

/** Networks with the naive vote, which fork as soon as two write at once, and grow together again. */
class ForkedNetworkTest {
    private static final int NODES = 5;
    private static final Duration WRITING = Duration.ofSeconds(20);
    private static final Duration HEALING = Duration.ofSeconds(120);
    private static final int SEEDS = Integer.getInteger("seeds", 20);

    private final List<Machine> machines = new ArrayList<>();
    private int forked;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAllIsHealedAllHaveTheSameChainAndNothingAcknowledgedHasDisappeared(boolean crashes) {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(
                    seed,
                    crashes
                            ? EnumSet.complementOf(EnumSet.of(Fault.DAMAGE))
                            : EnumSet.of(Fault.PARTITION, Fault.DELAY));
        }

        // Where nothing forks nothing is shown.
        assertThat(forked).isGreaterThan(SEEDS / 2);
    }

    /** At the same index, each with the votes of a majority, as all vote for both: one of the two must be added again. */
    @Test
    void ofTwoBlocksThatWereAgreedOnAtOnceTheOneThatIsGivenUpIsAddedAgain() {
        int orphans = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(seed, Build.NAIVE);
            Node first = simulation.machine().start();
            List<Node> nodes = List.of(first, Joins.joined(simulation, first), Joins.joined(simulation, first));
            List<String> inSomeChain = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String text = "text " + i;
                nodes.get(i).add(BlockData.of(text), outcome -> {
                    if (!(outcome instanceof AddOutcome.NotAdded)) {
                        inSomeChain.add(text);
                    }
                });
            }

            simulation.time().advance(HEALING);

            List<Block> chain = Simulation.chain(first);
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(Simulation.chain(node)).isEqualTo(chain));
            assertThat(chain.stream().skip(1).map(block -> block.data().text()))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(inSomeChain);
            orphans += simulation.trace().lines().stream().anyMatch(line -> line.contains("Added an orphan again"))
                    ? 1
                    : 0;
        }
        assertThat(orphans).isPositive();
    }

    private void run(int seed, Set<Fault> kinds) {
        machines.clear();
        Simulation simulation = new Simulation(seed, Build.NAIVE, false);
        for (int i = 0; i < NODES; i++) {
            machines.add(simulation.machine());
        }
        machines.forEach(machine -> machine.knows(machines.stream()
                .filter(other -> other != machine)
                .map(Machine::self)
                .toList()));
        machines.forEach(Machine::start);
        List<Machine> written = machines.subList(0, 2);
        Users users = new Users(written, simulation.time(), new Random(seed), 1);
        Faults faults = new Faults(kinds, machines, nobody -> {}, nobody -> false, simulation, new Random(seed));
        written.forEach(users::begin);
        faults.begin();
        simulation.time().advance(WRITING);
        users.end();
        faults.end();
        forked += chains().size() > 1 ? 1 : 0;

        simulation.time().advance(HEALING);

        assertThat(chains()).as("seed %d", seed).hasSize(1);
        List<Block> chain = chains().iterator().next();
        Verification verification = Verification.ofWholeChain();
        assertThat(chain).allMatch(block -> verification.next(block) == Verdict.SOUND);
        Map<String, Long> counts = chain.stream()
                .collect(Collectors.groupingBy(block -> block.data().text(), Collectors.counting()));
        // Two who add the same text at once may both be shown the same block: the naive vote knows no keys.
        users.tallies().forEach((text, tally) -> {
            if (tally.added() > 0) {
                assertThat(counts).as("seed %d", seed).containsKey(text);
            }
            assertThat(counts.getOrDefault(text, 0L))
                    .as("seed %d, \"%s\"", seed, text)
                    .isLessThanOrEqualTo(tally.most());
        });
        assertThat(users.added()).isPositive();
    }

    private Set<List<Block>> chains() {
        return machines.stream()
                .map(machine -> Simulation.chain(machine.node().orElseThrow()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
