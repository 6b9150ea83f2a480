package org.naivechain.ledger;

import org.naivechain.protocol.Peer;

/** What to tell when others turn out to have blocks that this node misses. Called by the node's thread. */
@FunctionalInterface
public interface BlockFetcher {
    /**
     * Sees to it that the blocks are fetched; must not block.
     *
     * @param then called once, later: when there are new blocks, or when no peer has any
     */
    void catchUp(Runnable then);

    /** Sees to it that the blocks are fetched, which nobody waits for. */
    default void catchUp() {
        catchUp(() -> {});
    }

    /** Sees to it that a peer's chain of some length is compared with this node's, where chains can differ. */
    default void compare(Peer peer, long length) {}
}
