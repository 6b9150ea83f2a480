package org.naivechain.protocol;

import org.naivechain.blocks.Block;

/** The member's part in deciding on blocks: a port, called by the node's thread, behind which a consensus engine stands. */
public interface Voter {
    /**
     * A member proposes a block.
     *
     * @param block the proposed block
     * @return an acknowledgement, which is a vote for it, or a refusal
     */
    Reply vote(Block block);

    /**
     * A member says that a block was agreed on.
     *
     * @param commit the commit
     * @return an acknowledgement if the block is now in the chain, or a refusal
     */
    Reply commit(Command.AddBlock commit);

    /**
     * A member names a block that it appended.
     *
     * @param block the block
     * @return an acknowledgement if this node has it too, or a refusal
     */
    Reply confirm(Block block);
}
