package org.naivechain.consensus.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.blocks.Hash;

class DifficultyTest {
    private final Difficulty difficulty = Difficulty.of(Duration.ofSeconds(10), 1L << 20);

    @Test
    void ATargetForAMillionAttemptsBeginsWithFiveZeros() {
        assertThat(difficulty.first()).isEqualTo("00000" + "f".repeat(59));
        assertThat(Difficulty.work(difficulty.first())).isEqualTo(BigInteger.valueOf(1L << 20));
    }

    @Test
    void aHashMeetsATargetThatIsNotBelowIt() {
        String target = "00ff" + "0".repeat(60);

        assertThat(Difficulty.meets(new Hash(target), target)).isTrue();
        assertThat(Difficulty.meets(new Hash("00fe" + "f".repeat(60)), target)).isTrue();
        assertThat(Difficulty.meets(new Hash("00ff" + "0".repeat(59) + "1"), target))
                .isFalse();
    }

    /** 16 blocks should take 160 s. */
    @ParameterizedTest
    @CsvSource({
        "160, 1048576",
        "80, 2097152",
        "40, 4194304",
        "1, 4194304",
        "-500, 4194304",
        "320, 524288",
        "640, 262144",
        "99999, 262144"
    })
    void theWorkFollowsTheTimeAndByAFactorOfFourAtTheMost(long seconds, long work) {
        String next = difficulty.adjusted(difficulty.first(), Duration.ofSeconds(seconds));

        assertThat(Difficulty.work(next).doubleValue())
                .isCloseTo(work, org.assertj.core.data.Percentage.withPercentage(0.01));
    }

    @Test
    void aTargetStaysOne() {
        String all = "f".repeat(64);
        String one = "0".repeat(63) + "1";

        assertThat(difficulty.adjusted(all, Duration.ofDays(1))).isEqualTo(all);
        assertThat(difficulty.adjusted(one, Duration.ZERO)).isEqualTo(one);
    }

    @Test
    void theFirstTargetHoldsFor17BlocksAndLaterOnesFor16() {
        assertThat(java.util.stream.LongStream.rangeClosed(1, 60).filter(Difficulty::isAdjustedAt))
                .containsExactly(18L, 34L, 50L);
    }
}
