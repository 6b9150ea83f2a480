package org.naivechain.node;

import java.time.Duration;
import org.naivechain.consensus.work.Difficulty;

/**
 * How a node takes part in a network that agrees by proof of work.
 *
 * @param threads how many compute hashes; with 0 the node only verifies what others mine
 * @param blockSeconds how long a block should take; the same for all nodes of a network
 * @param confirmations how many blocks must follow a block before its user is told
 */
public record Mining(int threads, int blockSeconds, int confirmations) {
    /** Enough for nodes on one machine, and for users who do not like to wait. */
    public static final Mining DEFAULT = new Mining(1, 2, 3);

    /** As many attempts as a thread makes in a second, roughly: the first blocks come about as fast as the later ones. */
    private static final long FIRST_ATTEMPTS_PER_SECOND = 500_000;

    private static final int MAX_THREADS = 256;
    private static final int MAX_BLOCK_SECONDS = 86_400;
    private static final int MAX_CONFIRMATIONS = 1_000;

    /** Checks the numbers: an {@link IllegalArgumentException} says which one is out of range. */
    public Mining {
        check("--mining-threads", threads, 0, MAX_THREADS);
        check("--block-seconds", blockSeconds, 1, MAX_BLOCK_SECONDS);
        check("--confirmations", confirmations, 0, MAX_CONFIRMATIONS);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
        }
    }

    Difficulty difficulty() {
        return Difficulty.of(Duration.ofSeconds(blockSeconds), FIRST_ATTEMPTS_PER_SECOND * blockSeconds);
    }
}
