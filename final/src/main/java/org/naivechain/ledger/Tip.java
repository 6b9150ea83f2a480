package org.naivechain.ledger;

import java.util.Objects;
import org.naivechain.blocks.Hash;

/**
 * Where a chain ended: with its hash, the last block says everything about all blocks before it.
 *
 * @param length how many blocks there were, at least 1
 */
public record Tip(long length, Hash hash) {
    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if there was no block
     */
    public Tip {
        if (length < 1) {
            throw new IllegalArgumentException("a chain has at least the genesis block: length=" + length);
        }
        Objects.requireNonNull(hash, "hash");
    }

    /** {@return the index of the last block: one less than the length} */
    public long index() {
        return length - 1;
    }
}
