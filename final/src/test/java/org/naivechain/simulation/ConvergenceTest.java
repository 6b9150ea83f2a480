package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergenceTest {
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 300})
    void wordGetsRoundInTimeThatGrowsWithTheLogarithmOfTheSize(int nodes) {
        Convergence measured = Convergence.run(nodes, 1, stage -> {});

        double log = measured.logarithm();
        assertThat(log).isEqualTo(Math.log(nodes) / Math.log(2));
        assertThat(measured.formation().rounds()).isBetween(0.5, 0.5 * log + 2);
        assertThat(measured.newcomer().rounds()).isBetween(0.5, 0.5 * log + 2);
        // The suspicion alone lasts three times the logarithm.
        assertThat(measured.death().rounds()).isBetween(3 * log, 4 * log + 4);
        assertThat(measured.formation().messagesPerNode())
                .isBetween(2.0, 7 * measured.formation().rounds());
        assertThat(measured.newcomer().messagesPerNode())
                .isBetween(2.0, 7 * measured.newcomer().rounds());
        assertThat(measured.falseAlarms()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Convergence first = Convergence.run(50, 7, stage -> {});

        assertThat(Convergence.run(50, 7, stage -> {})).isEqualTo(first);
        assertThat(Convergence.run(50, 8, stage -> {})).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 5_001})
    void tooFewOrTooManyNodesAreRefused(int nodes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Convergence.run(nodes, 1, stage -> {}))
                .withMessage("a network that gossips has 3 to 5000 nodes: " + nodes);
    }
}
