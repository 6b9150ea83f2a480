package org.naivechain.chain;

import java.util.List;
import org.naivechain.blocks.Block;

/**
 * Where a chain keeps its blocks: a port, used by one thread at a time. A store does not judge blocks; it keeps what it is
 * given, in order, without gaps.
 */
public interface BlockStore {
    /** {@return how many blocks are kept; the last has the position {@code length() - 1}} */
    long length();

    /**
     * Reads blocks in order.
     *
     * @param from the position of the first block wanted, not negative
     * @param limit how many are wanted at the most, not negative
     * @return the blocks, fewer or none where the store ends; the caller may keep the list
     * @throws DamagedBlockException if one of them is no block any more, as somebody else wrote there; it names the first
     */
    List<Block> read(long from, int limit);

    /**
     * Replaces everything from a position on, all or nothing: when this returns the store ends with the given blocks.
     *
     * @param from where the first block goes: at most {@link #length()}, which appends
     * @param blocks what the store is to hold from there on
     * @throws IllegalArgumentException if this would leave a gap
     */
    void write(long from, List<Block> blocks);
}
