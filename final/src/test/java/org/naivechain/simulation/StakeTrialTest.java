package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.node.EngineFactory;
import org.naivechain.protocol.Time;

/** Networks that agree by proof of stake, in virtual time. */
class StakeTrialTest {
    @Test
    void keepsItsPromisesUnderFaults() {
        List<Report> reports = LongStream.rangeClosed(1, 10)
                .mapToObj(seed -> Trial.run(Plan.of(seed), Build.STAKE, passed -> {}))
                .toList();

        assertThat(reports).allSatisfy(report -> assertThat(report.violation()).isEmpty());
        assertThat(reports).allSatisfy(report -> assertThat(report.added()).isPositive());
        assertThat(reports.stream().mapToLong(report -> report.faults().size()).sum())
                .isPositive();
    }

    /** In these, others give up blocks that one has damaged, or one damage is in the way of the repair of another. */
    @Test
    void aDamagedBlockThatNoPeerHasIsGivenUp() {
        assertThat(List.of(80L, 290L, 340L))
                .allSatisfy(seed -> assertThat(Trial.run(Plan.of(seed), Build.STAKE, passed -> {})
                                .violation())
                        .isEmpty());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Plan plan = Plan.of(7);

        assertThat(Trial.run(plan, Build.STAKE, passed -> {})).isEqualTo(Trial.run(plan, Build.STAKE, passed -> {}));
    }

    @Test
    void everySlotWhoseHolderIsThereHasABlock() {
        for (int nodes : List.of(3, 5)) {
            Report report = Trial.run(new Plan(nodes, 1, Duration.ofMinutes(3), Set.of()), Build.STAKE, passed -> {});

            assertThat(report.violation()).isEmpty();
            double slots = 2.0 * report.time().toSeconds();
            assertThat(report.blocks() / slots).as("%s nodes", nodes).isBetween(nodes / 5.0 - 0.1, nodes / 5.0 + 0.1);
        }
    }

    @Test
    void aNetworkThatDoesNotCheckWhoseTurnItIsIsCaught() {
        EngineFactory engine = new EngineFactory() {
            @Override
            public BlockRules rules(Time time) {
                return new WorkTrialTest.Changed(VirtualHolders.EQUAL.rules(time)) {
                    @Override
                    public Check check(Before before) {
                        return block -> Verdict.SOUND;
                    }
                };
            }

            @Override
            public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
                // One of them takes every turn for its own.
                int machine = Simulation.machineAt(context.peers().self().address());
                VirtualHolders holders = machine == 0 ? new VirtualHolders(List.of(1L)) : VirtualHolders.EQUAL;
                return holders.create(context, fetcher, box, machine);
            }
        };

        Report report = Trial.run(
                new Plan(3, 1, Duration.ofSeconds(20), Set.of()),
                Build.staking(engine, VirtualHolders.EQUAL),
                passed -> {});

        assertThat(report.violation()).isPresent();
        assertThat(report.violation().get().what()).contains("is the turn of holder");
    }
}
