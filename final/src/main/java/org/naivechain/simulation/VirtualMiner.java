package org.naivechain.simulation;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.naivechain.consensus.work.Candidate;
import org.naivechain.consensus.work.Miner;
import org.naivechain.protocol.Time;

/**
 * Computes hashes in virtual time, so many in a second. The hashes are real ones and are computed at once; what is found is told when
 * its turn has come. A search ends after a while, as those who seal blocks begin it again. For one thread.
 *
 * @param rate hashes in a second
 * @param most how many are tried in one search
 */
record VirtualMiner(Time time, int rate, int most) implements Miner {
    @Override
    public Search begin(Candidate candidate, long from, LongConsumer found) {
        Candidate.Attempts attempts = candidate.attempts();
        for (int i = 0; i < most; i++) {
            long nonce = from + i;
            if (attempts.meets(nonce)) {
                Duration taken =
                        Duration.ofNanos((i + 1) * Duration.ofSeconds(1).toNanos() / rate);
                return time.after(taken, () -> found.accept(nonce))::cancel;
            }
        }
        return () -> {};
    }
}
