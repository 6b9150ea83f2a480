package org.naivechain.chain;

import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/** Checks blocks one after the other, so that a chain of any length can be verified in slices. For one thread at a time. */
public final class Verification {
    private final long first;
    private Block last;

    private Verification(long first, Block last) {
        this.first = first;
        this.last = last;
    }

    /** {@return a verification of a whole chain, which expects the genesis block first} */
    public static Verification ofWholeChain() {
        return from(0);
    }

    /**
     * A verification of a part of a chain, which does not tell whether the part belongs there.
     *
     * @param index the index of the first block checked, not negative
     * @return a verification that expects the block with that index first, after whatever block; if it is 0, the genesis block
     */
    public static Verification from(long index) {
        return new Verification(index, null);
    }

    /**
     * A verification of what is to follow a block that is known to be sound.
     *
     * @return a verification that expects the block after the head first
     */
    public static Verification after(Block head) {
        return new Verification(head.index() + 1, head);
    }

    /**
     * Checks the next block; if it is sound, the one after it is expected next.
     *
     * @return sound, or the first rule that the block breaks
     */
    public Verdict next(Block block) {
        Verdict verdict = check(block);
        if (verdict.isSound()) {
            last = block;
        }
        return verdict;
    }

    private Verdict check(Block block) {
        long index = last == null ? first : last.index() + 1;
        if (index == 0) {
            return genesis(block);
        }
        if (block.index() != index) {
            return Verdict.fault(index, "index must follow " + (index - 1) + ": index=" + block.index());
        }
        return last == null ? hashed(block) : follows(block);
    }

    private static Verdict genesis(Block block) {
        return block.equals(Block.GENESIS)
                ? Verdict.SOUND
                : Verdict.fault(0, "the first block must be the genesis block of the network: " + block);
    }

    private Verdict follows(Block block) {
        if (!block.previousHash().equals(last.hash())) {
            return Verdict.fault(
                    block.index(), "previous_hash must be " + last.hash() + ": previous_hash=" + block.previousHash());
        }
        return hashed(block);
    }

    private static Verdict hashed(Block block) {
        Hash computed = block.computedHash();
        if (!block.hash().equals(computed)) {
            return Verdict.fault(block.index(), "curr_hash must be " + computed + ": curr_hash=" + block.hash());
        }
        return Verdict.SOUND;
    }
}
