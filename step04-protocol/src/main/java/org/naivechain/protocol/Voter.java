package org.naivechain.protocol;

import org.naivechain.blocks.Block;

/** A member's part in deciding on blocks, as in the original: a port, called by the node's thread. */
public interface Voter {
    /** {@return an acknowledgement, which is a vote for a block that a member proposes, or a refusal} */
    Reply vote(Block block);

    /** {@return an acknowledgement if a block that was agreed on is now in the chain, or a refusal} */
    Reply commit(PeerCommand.AddBlock commit);

    /** {@return an acknowledgement if this node, too, has a block that a member has appended, or a refusal} */
    Reply confirm(Block block);
}
