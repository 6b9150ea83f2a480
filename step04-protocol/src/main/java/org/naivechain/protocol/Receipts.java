package org.naivechain.protocol;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Which wish to add data became which block: a port, used by the node's thread. It is as durable as the blocks, and changes
 * together with them.
 */
public interface Receipts {
    /**
     * Looks a wish up.
     *
     * @param key the wish
     * @return the index of the block that it became; nothing if it has not become one
     */
    OptionalLong find(AddKey key);

    /**
     * The wishes behind some of the blocks.
     *
     * @param from the index of the first block, not negative
     * @param to the index after the last block
     * @return the keys by the index of their blocks, in order; blocks that were added without a key are left out
     */
    Map<Long, AddKey> between(long from, long to);

    /**
     * Notes what wishes became of.
     *
     * @param keys the keys by the index of their blocks
     */
    void record(Map<Long, AddKey> keys);

    /**
     * Forgets the wishes behind blocks that are given up.
     *
     * @param from the index of the first such block
     */
    void forget(long from);
}
