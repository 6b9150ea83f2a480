package org.naivechain.consensus.work;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;

class TryANumberCheck {
    private static Candidate candidate(String target) {
        return new Candidate(Block.GENESIS, BlockData.of("Alice pays Bob 5"), Optional.empty(), 7, target);
    }

    private static void agrees(Candidate.Attempts attempts, Candidate candidate, String target, long nonce) {
        String hash = candidate.with(nonce).hash().text();
        Explain.same(
                hash.compareTo(target) <= 0,
                attempts.meets(nonce),
                "With the nonce " + nonce + " the block has the hash " + hash + ", and the target is " + target
                        + ". `meets` says:",
                "Everybody else computes the hash of the whole block, and compares it with the target.");
    }

    @Test
    @DisplayName("The first attempt hashes the text up to the nonce, and then the digits of the nonce.")
    void theFirstAttempt() {
        for (char digit : "123456789abcdef".toCharArray()) {
            String target = digit + "0".repeat(63);
            for (long nonce : new long[] {0, 7, 10, 99, 4711, Long.MAX_VALUE}) {
                Candidate candidate = candidate(target);
                agrees(candidate.attempts(), candidate, target, nonce);
            }
        }
    }

    @Test
    @DisplayName("An attempt leaves what was begun as it was, for the next one.")
    void manyAttempts() {
        String target = "2" + "0".repeat(63);
        Candidate candidate = candidate(target);
        Candidate.Attempts attempts = candidate.attempts();
        for (long nonce = 0; nonce < 200; nonce++) {
            agrees(attempts, candidate, target, nonce);
        }
    }

    @Test
    @DisplayName("Bytes from 128 on are large numbers, and not negative ones.")
    void unsignedBytes() {
        String target = "7f" + "f".repeat(62);
        Candidate candidate = candidate(target);
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = LongStream.range(0, 1_000)
                .filter(n -> candidate.with(n).hash().text().charAt(0) >= '8')
                .findFirst()
                .orElseThrow();
        agrees(attempts, candidate, target, nonce);
    }
}
