package org.naivechain.ledger;

import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.BlockStore;

/** A store of blocks that somebody may damage, and that can be repaired: a port, used by one thread at a time. */
public interface KeptBlocks extends BlockStore {
    /**
     * Replaces some blocks and leaves those after them, all or nothing: for blocks that somebody else altered or removed.
     *
     * @param from the position of the first
     * @throws IllegalArgumentException if one would be beyond the last
     */
    void replace(long from, List<Block> blocks);

    /**
     * {@return the farthest end that was ever written, whatever has become of it since: whoever opens the store and finds less
     * knows that something was lost; nothing if the store cannot tell}
     */
    Optional<Tip> tip();
}
