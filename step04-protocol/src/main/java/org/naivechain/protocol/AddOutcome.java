package org.naivechain.protocol;

import org.naivechain.blocks.Block;

/** What comes of an attempt to add data. */
public sealed interface AddOutcome {
    /** The data is in the chain, in this block. */
    record Added(Block block) implements AddOutcome {}

    /** The data is not in the chain and will not be, unless it is added again; the reason says what to do. */
    record NotAdded(String reason) implements AddOutcome {}

    /** The key belongs to other data: nothing was added by this, and trying again will not help. */
    record Contradicted(String reason) implements AddOutcome {}

    /** Nobody can tell yet whether the data will be in the chain. */
    record Unknown(String reason) implements AddOutcome {}
}
