package org.naivechain.chain;

import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/**
 * Checks blocks one after the other, so that a chain of any length can be verified in slices. For one thread at a time.
 */
public final class Verification {
    private Block last;

    private Verification(Block last) {
        this.last = last;
    }

    /**
     * A verification of a whole chain.
     *
     * @return a verification that expects the genesis block first
     */
    public static Verification ofWholeChain() {
        return new Verification(null);
    }

    /**
     * A verification of what is to follow a block that is known to be sound.
     *
     * @param head the block before the first one checked
     * @return a verification that expects the block after the head first
     */
    public static Verification after(Block head) {
        return new Verification(head);
    }

    /**
     * Checks the next block; if it is sound, the one after it is expected next.
     *
     * @param block the block that claims to be next
     * @return sound, or the first rule that the block breaks
     */
    public Verdict next(Block block) {
        Verdict verdict = last == null ? genesis(block) : follows(block);
        if (verdict.isSound()) {
            last = block;
        }
        return verdict;
    }

    private static Verdict genesis(Block block) {
        return block.equals(Block.GENESIS)
                ? Verdict.SOUND
                : Verdict.fault(0, "the first block must be the genesis block of the network: " + block);
    }

    private Verdict follows(Block block) {
        long index = last.index() + 1;
        if (block.index() != index) {
            return Verdict.fault(index, "index must follow " + last.index() + ": index=" + block.index());
        }
        if (!block.previousHash().equals(last.hash())) {
            return Verdict.fault(
                    index, "previous_hash must be " + last.hash() + ": previous_hash=" + block.previousHash());
        }
        Hash computed = block.computedHash();
        if (!block.hash().equals(computed)) {
            return Verdict.fault(index, "curr_hash must be " + computed + ": curr_hash=" + block.hash());
        }
        return Verdict.SOUND;
    }
}
