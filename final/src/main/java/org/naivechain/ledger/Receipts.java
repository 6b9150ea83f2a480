package org.naivechain.ledger;

import java.util.Map;
import java.util.OptionalLong;
import org.naivechain.protocol.IdempotencyKey;

/**
 * Which request to add data became which block: a port, used by the node's thread. It is as durable as the blocks, and changes
 * together with them.
 */
public interface Receipts {
    /**
     * Looks a request up.
     *
     * @return the index of the block that it became; nothing if it has not become one
     */
    OptionalLong find(IdempotencyKey key);

    /**
     * The requests behind some of the blocks.
     *
     * @param from the index of the first block, not negative
     * @return the keys by the index of their blocks, in order; blocks that were added without a key are left out
     */
    Map<Long, IdempotencyKey> between(long from, long to);

    /**
     * Notes what requests became of.
     *
     * @param keys the keys by the index of their blocks
     */
    void record(Map<Long, IdempotencyKey> keys);

    /** Forgets the requests behind blocks that are given up. */
    void forget(long from);
}
