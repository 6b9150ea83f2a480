package org.naivechain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonAncestorTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 31, 32, 33, 100})
    void isFoundWhereverItIsWithALogarithmicNumberOfQuestions(long length) {
        for (long ancestor = -1; ancestor < length; ancestor++) {
            assertThat(questions(length, ancestor)).isLessThanOrEqualTo(ceilOfLog2(length) + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 499_999, 500_000, 999_998, 999_999})
    void twentyOneQuestionsAreEnoughForAMillionBlocks(long ancestor) {
        assertThat(questions(1_000_000, ancestor)).isLessThanOrEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, Long.MAX_VALUE})
    void oneQuestionIsEnoughIfNothingDiffers(long length) {
        assertThat(questions(length, length - 1)).isEqualTo(1);
    }

    private static int questions(long length, long ancestor) {
        CommonAncestor search = new CommonAncestor(length);
        int questions = 0;
        while (!search.isFound()) {
            questions++;
            search.answer(search.question() <= ancestor);
        }
        assertThat(search.ancestor()).isEqualTo(ancestor);
        return questions;
    }

    private static int ceilOfLog2(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number - 1);
    }
}
