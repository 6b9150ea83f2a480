package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionsTest {
    @Test
    void asksForTheLastBlockAndThenHalfWay() {
        assertThat(Questions.of(8, index -> index <= 5).text())
                .isEqualTo("block 7: different\nblock 3: the same\nblock 5: the same\nblock 6: different");
    }

    @Test
    void oneQuestionIsEnoughForChainsThatAreTheSame() {
        assertThat(Questions.of(20_000, index -> true).text()).isEqualTo("block 19999: the same");
    }

    @Test
    void chainsWithNothingInCommonAreDrawnToo() {
        Picture picture = Questions.of(2, index -> false);

        assertThat(picture.text()).isEqualTo("block 1: different\nblock 0: different");
        assertThat(picture.html()).startsWith("<img");
    }
}
