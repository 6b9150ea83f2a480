package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void marksEveryPlaceWhereTwoTextsDiffer() {
        assertThat(Difference.of("71fb", "71ff").text()).isEqualTo("71fb\n71ff\n   ^\n1 of 4 differ");
        assertThat(Difference.of("71fb", "71ff").html()).containsOnlyOnce("<span");
    }

    @Test
    void whatIsBeyondTheEndOfTheOtherDiffers() {
        assertThat(Difference.of("ab", "a").text()).endsWith("1 of 2 differ");
        assertThat(Difference.of("a", "a<").html()).contains("&lt;");
    }
}
