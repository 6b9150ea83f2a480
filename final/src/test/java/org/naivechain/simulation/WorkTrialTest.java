package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.WorkFactory;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Time;

/** Networks that agree by proof of work, in virtual time: whole ones, and broken ones that must be caught. */
class WorkTrialTest {
    /** Miners that find every number at once. */
    private static final WorkFactory CHEATS = new WorkFactory(
            Build.MINERS.difficulty(),
            time -> (candidate, from, found) -> time.after(Duration.ofMillis(300), () -> found.accept(from))::cancel,
            3,
            2);

    @Test
    void keepsItsPromisesUnderFaults() {
        List<Report> reports = LongStream.rangeClosed(1, 10)
                .mapToObj(seed -> Trial.run(Plan.of(seed), Build.WORK, passed -> {}))
                .toList();

        assertThat(reports).allSatisfy(report -> assertThat(report.violation()).isEmpty());
        assertThat(reports).allSatisfy(report -> assertThat(report.added()).isPositive());
        assertThat(reports.stream().mapToLong(report -> report.faults().size()).sum())
                .isPositive();
    }

    /** In these, others give up blocks that one has damaged, or one damage is in the way of the repair of another. */
    @Test
    void aDamagedBlockThatNoPeerHasIsGivenUp() {
        assertThat(List.of(140L, 165L, 275L, 280L))
                .allSatisfy(seed -> assertThat(Trial.run(Plan.of(seed), Build.WORK, passed -> {})
                                .violation())
                        .isEmpty());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Plan plan = Plan.of(7);

        assertThat(Trial.run(plan, Build.WORK, passed -> {})).isEqualTo(Trial.run(plan, Build.WORK, passed -> {}));
    }

    @Test
    void aBlockTakesTheTimeThatItShouldWhateverTheNumberOfMiners() {
        for (int nodes : List.of(2, 8)) {
            Plan plan = new Plan(nodes, 1, Duration.ofMinutes(3), Set.of());

            Report report = Trial.run(plan, Build.WORK, passed -> {});

            assertThat(report.violation()).isEmpty();
            double seconds = (double) report.time().toSeconds() / report.blocks();
            assertThat(seconds).as("%s nodes", nodes).isBetween(0.35, 0.7);
        }
    }

    @Test
    void aNetworkThatTakesBlocksWithoutWorkIsCaught() {
        assertCaught("breaks the rules", CHEATS, rules -> new Changed(rules) {
            @Override
            public Check check(Before before) {
                return block -> Verdict.SOUND;
            }
        });
    }

    @Test
    void minersThatDoNoWorkGetNowhereWhereOthersCheck() {
        Plan plan = new Plan(3, 1, Duration.ofSeconds(5), Set.of());

        Report report = Trial.run(plan, Build.sealing(CHEATS, Build.MINERS), passed -> {});

        // One in 200 attempts is a stroke of luck.
        assertThat(report.blocks()).isLessThan(60);
    }

    @Test
    void aNetworkInWhichNobodyGivesUpABranchIsCaught() {
        assertCaught("differ", Build.MINERS, rules -> new Changed(rules) {
            @Override
            public BigInteger weight(Block block) {
                return BigInteger.ZERO;
            }
        });
    }

    /** The first request is put into every block, so that the others get into none. */
    @Test
    void aNetworkThatPutsARequestIntoManyBlocksIsCaught() {
        assertCaught("was not added", Build.MINERS, rules -> new Changed(rules) {
            @Override
            public Optional<IdempotencyKey> key(Block block) {
                return Optional.empty();
            }
        });
    }

    /** Whose time runs five times as fast mines hard blocks soon, and easy ones when it is right again. */
    @Test
    void aNetworkThatCountsBlocksInsteadOfWorkIsCaught() {
        assertCaught("for a branch that weighs less", Build.MINERS, rules -> new Changed(rules) {
            @Override
            public BigInteger weight(Block block) {
                return BigInteger.ONE;
            }
        });
    }

    /** Rules of which one thing is to be changed. */
    abstract static class Changed implements BlockRules {
        private final BlockRules rules;

        Changed(BlockRules rules) {
            this.rules = rules;
        }

        @Override
        public Check check(Before before) {
            return rules.check(before);
        }

        @Override
        public Optional<IdempotencyKey> key(Block block) {
            return rules.key(block);
        }

        @Override
        public boolean heavierWins() {
            return rules.heavierWins();
        }

        @Override
        public BigInteger weight(Block block) {
            return rules.weight(block);
        }
    }

    private static void assertCaught(String what, WorkFactory miners, UnaryOperator<BlockRules> broken) {
        EngineFactory engine = new EngineFactory() {
            @Override
            public BlockRules rules(Time time) {
                return broken.apply(miners.rules(time));
            }

            @Override
            public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
                return miners.create(context, fetcher, box);
            }
        };
        Set<Fault> faults = EnumSet.of(Fault.PARTITION, Fault.CRASH, Fault.LOSS, Fault.CLOCK);
        Optional<Violation> caught = LongStream.rangeClosed(1, 30)
                .mapToObj(seed -> Trial.run(
                        new Plan(5, seed, Duration.ofSeconds(20), faults),
                        Build.sealing(engine, Build.MINERS),
                        passed -> {}))
                .flatMap(report -> report.violation().stream())
                .findFirst();

        assertThat(caught).isPresent();
        assertThat(caught.get().what()).contains(what);
    }
}
