package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpOddsTest {
    /** The table of the paper, section 11. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1, 0.2045873",
        "0.1, 5, 0.0009137",
        "0.3, 5, 0.1773523",
        "0.3, 10, 0.0416605",
        "0.3, 50, 0.0000006"
    })
    void nakamotosNumbersComeOut(double q, int blocks, double expected) {
        assertThat(CatchUpOdds.nakamoto(q, blocks)).isCloseTo(expected, within(5e-8));
    }

    @Test
    void theExactNumberIsThatOfRaces() {
        Random random = new Random(1);
        int races = 100_000;
        int won = 0;
        for (int race = 0; race < races; race++) {
            int honest = 0;
            int secret = 0;
            while (honest < 4 || secret <= honest && honest - secret < 40) {
                if (random.nextDouble() < 0.3) {
                    secret++;
                } else {
                    honest++;
                }
            }
            won += secret > honest ? 1 : 0;
        }

        assertThat(CatchUpOdds.exact(0.3, 4)).isCloseTo((double) won / races, within(0.004));
        assertThat(CatchUpOdds.exact(0.3, 29)).isLessThan(0.001);
        assertThat(CatchUpOdds.confirmations(0.3, 0.001)).isEqualTo(28);
        assertThat(CatchUpOdds.exact(0.5, 4)).isEqualTo(1);
    }
}
