package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.naivechain.node.Consensus;

class ComparisonTest {
    @Test
    void enginesDoWhatTheyAreKnownFor() {
        Comparison comparison = Comparison.run(
                new Comparison.Settings(5, 1, EnumSet.of(Scenario.NONE, Scenario.TAKEOVER), 0.3), over -> {});

        Comparison.Row majority = row(comparison, Consensus.MAJORITY, Scenario.NONE);
        Comparison.Row work = row(comparison, Consensus.WORK, Scenario.NONE);
        assertThat(majority.adds()).isGreaterThan(10 * work.adds());
        assertThat(work.adds()).isGreaterThan(60);
        assertThat(work.blocks()).isBetween(100L, 150L);
        assertThat(work.hashes() / work.adds()).isBetween(150L, 400L);
        for (Consensus engine : List.of(Consensus.WORK, Consensus.STAKE)) {
            Comparison.Row attacked = row(comparison, engine, Scenario.TAKEOVER);
            assertThat(attacked.successes()).isEqualTo(attacked.attempts()).isGreaterThan(20);
            assertThat(attacked.undone()).isPositive();
        }
        assertThat(row(comparison, Consensus.MAJORITY, Scenario.TAKEOVER).undone())
                .isZero();
        assertThat(comparison.broken()).isEmpty();
    }

    @Test
    void aMinoritySucceedsAsOftenAsComputedAndTheSameSeedGivesTheSameFigures() {
        Comparison.Settings settings = new Comparison.Settings(5, 2, EnumSet.of(Scenario.ATTACK), 0.3);
        Comparison comparison = Comparison.run(settings, over -> {});

        assertThat(comparison.broken()).isEmpty();
        assertThat(row(comparison, Consensus.STAKE, Scenario.ATTACK).measured()).isBetween(0.02, 0.3);
        assertThat(Comparison.run(settings, over -> {})).isEqualTo(comparison);
    }

    @Test
    void aKeyThatSignsOnTwoBranchesLosesItsTurns() {
        Comparison comparison =
                Comparison.run(new Comparison.Settings(5, 1, EnumSet.of(Scenario.EQUIVOCATION), 0.3), over -> {});

        assertThat(comparison.rows()).hasSize(1);
        assertThat(comparison.rows().get(0).expelled()).isPresent();
    }

    @Test
    void whatMustNotBeIsNamed() {
        Comparison.Settings settings = new Comparison.Settings(5, 1, Set.of(), 0.3);

        assertThat(new Comparison(settings, List.of(row(Consensus.MAJORITY, Scenario.LOSS, 1, 0, 0))).broken())
                .containsExactly("the majority vote undid 1 answered adds under loss");
        assertThat(new Comparison(settings, List.of(row(Consensus.WORK, Scenario.ATTACK, 9, 100, 26))).broken())
                .containsExactly("with work, 26 of 100 attacks succeeded, more than computed");
        assertThat(new Comparison(settings, List.of(row(Consensus.WORK, Scenario.ATTACK, 9, 100, 20))).broken())
                .isEmpty();
        assertThat(new Comparison(settings, List.of(row(Consensus.NAIVE, Scenario.LOSS, 1, 0, 0))).broken())
                .isEmpty();
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Comparison.Settings(3, 1, Set.of(), 0.3))
                .hasMessage("compared networks have 4 to 50 nodes: 3");
        assertThatThrownBy(() -> new Comparison.Settings(5, 1, Set.of(), 0.5))
                .hasMessage("the attacker's share must be more than 0 and less than 0.5: 0.5");
        assertThatThrownBy(() -> Scenario.of("rain")).hasMessageContaining("a scenario must be one of [none, loss,");
    }

    private static Comparison.Row row(Consensus engine, Scenario scenario, long undone, int attempts, int successes) {
        return new Comparison.Row(
                engine,
                scenario,
                10,
                60,
                Optional.of(Duration.ofSeconds(1)),
                undone,
                0,
                0,
                10,
                10,
                0,
                attempts,
                successes,
                Optional.empty());
    }

    private static Comparison.Row row(Comparison comparison, Consensus engine, Scenario scenario) {
        return comparison.rows().stream()
                .filter(row -> row.engine() == engine && row.scenario() == scenario)
                .findFirst()
                .orElseThrow();
    }
}
