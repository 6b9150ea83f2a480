package org.naivechain.consensus.sealed;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;

/** What makes the seals of an engine: a port, used by the node's thread. */
public interface Sealer {
    /**
     * Begins to seal the block that follows the head, and gives up what it was sealing before; must not block.
     *
     * @param next what the block is to carry; nothing makes a block without data, which confirms those before it
     * @param then takes the block, later, on the node's thread, if it could be sealed before this is called again or stopped
     */
    void seal(Block head, Optional<Addition> next, Consumer<Block> then);

    /** {@return what is to be added to the chain because of a block that was heard of: the proof of a fault of who made it} */
    default Optional<BlockData> evidence(Block heard) {
        return Optional.empty();
    }

    /** Gives up what is being sealed. */
    void stop();
}
