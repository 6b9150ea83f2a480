package org.naivechain.consensus.work;

import java.util.function.LongConsumer;

/** Who computes hashes: a port, used by the node's thread. */
@FunctionalInterface
public interface Miner {
    /**
     * Begins to look for a nonce; must not block.
     *
     * @param from the nonce to begin with, not negative
     * @param found takes the nonce, once, later, on the node's thread, unless the search is stopped before
     */
    Search begin(Candidate candidate, long from, LongConsumer found);

    /** A search for a nonce. */
    @FunctionalInterface
    interface Search {
        /** Gives it up; does nothing if it is over. */
        void stop();
    }
}
