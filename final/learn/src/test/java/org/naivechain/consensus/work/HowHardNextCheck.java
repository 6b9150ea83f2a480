package org.naivechain.consensus.work;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class HowHardNextCheck {
    /** 16 blocks should take 160 s. */
    private final Difficulty difficulty = Difficulty.of(Duration.ofSeconds(10), 1_024);

    private void work(long expected, long seconds, String why) {
        String next = difficulty.adjusted(difficulty.first(), Duration.ofSeconds(seconds));
        BigInteger rounded =
                Difficulty.work(next).add(BigInteger.ONE).shiftRight(1).shiftLeft(1);
        Explain.same(
                BigInteger.valueOf(expected),
                rounded,
                "16 blocks of 1024 attempts should take 160 s, and took " + seconds
                        + " s. The next target asks for so many attempts (made even):",
                why);
    }

    @Test
    @DisplayName("Blocks that take the time that they should stay as hard as they are.")
    void stays() {
        work(1_024, 160, "Nothing is to be changed.");
    }

    @Test
    @DisplayName("Twice as fast makes twice the work, and twice as slow half of it.")
    void follows() {
        work(2_048, 80, "If blocks come too fast, more work is needed: a smaller target.");
        work(512, 320, "If blocks come too slowly, less work is needed: a larger target.");
        work(1_706, 96, "60% of the time. The target is a number of 256 bits: multiply before you divide.");
    }

    @Test
    @DisplayName("All nodes get the same 64 digits.")
    void everyDigit() {
        String last = "000010c6f7a0b5ed8d36b4c7f34938583621fafc8b0079a2834d26fa3fcc9ea9";
        digits(10, last, 80_000);
        digits(10, last, 123_457);
        digits(7, last, 98_765);
    }

    private static void digits(int blockSeconds, String last, long millis) {
        long wanted = 16_000L * blockSeconds;
        BigInteger next =
                new BigInteger(last, 16).multiply(BigInteger.valueOf(millis)).divide(BigInteger.valueOf(wanted));
        Explain.same(
                "0".repeat(64 - next.toString(16).length()) + next.toString(16),
                Difficulty.of(Duration.ofSeconds(blockSeconds), 1_024).adjusted(last, Duration.ofMillis(millis)),
                "16 blocks with the target " + last + " should take 160,000 ms, and took " + millis
                        + ". The next target:",
                "A node whose last digit differs is alone: all others refuse its blocks. Multiply first, then divide, and all"
                        + " of it in whole numbers: milliseconds, and no fractions.");
    }

    @Test
    @DisplayName("No clock makes it more than four times as hard, or as easy, at once.")
    void bounded() {
        String why =
                "A liar writes any time into its blocks. Without a bound it could make the next ones cost nothing.";
        work(4_096, 1, why);
        work(4_096, 0, why);
        work(4_096, -1_000, why);
        work(256, 86_400, why);
    }

    @Test
    @DisplayName("A target stays one: 64 digits, and not zero.")
    void staysATarget() {
        String all = "f".repeat(64);
        String one = "0".repeat(63) + "1";
        Explain.same(
                all,
                difficulty.adjusted(all, Duration.ofHours(1)),
                "The target was the largest hash that there is, and blocks took too long. The next target:",
                "It cannot become easier. 65 digits are no hash, and every node would refuse the block.");
        Explain.same(
                one,
                difficulty.adjusted(one, Duration.ZERO),
                "The target was 1, and blocks came too fast. The next target:",
                "A target of 0 would be met by no block, ever.");
    }
}
