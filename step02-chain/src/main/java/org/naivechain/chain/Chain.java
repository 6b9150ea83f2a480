package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/**
 * Blocks in a row, from the genesis block to the head: each names the hash of the one before, so that no block can change
 * without breaking all that follow. For one thread at a time.
 */
public final class Chain {
    private static final int PAGE = 1_000;

    private final BlockStore store;
    private Block head;

    private Chain(BlockStore store, Block head) {
        this.store = store;
        this.head = head;
    }

    /**
     * The chain that a store holds; an empty store is given the genesis block.
     *
     * @param store where the blocks are, used by this chain alone
     * @return the chain, not verified
     */
    public static Chain over(BlockStore store) {
        if (store.length() == 0) {
            store.write(0, List.of(Block.GENESIS));
        }
        return new Chain(store, store.read(store.length() - 1, 1).get(0));
    }

    /**
     * How many blocks there are.
     *
     * @return at least 1, for the genesis block
     */
    public long length() {
        return store.length();
    }

    /**
     * The last block.
     *
     * @return the block that the next one follows
     */
    public Block head() {
        return head;
    }

    /**
     * Some of the blocks, in order.
     *
     * @param from the index of the first, not negative
     * @param limit how many at the most
     * @return the blocks, fewer or none where the chain ends
     */
    public List<Block> blocks(long from, int limit) {
        return store.read(from, limit);
    }

    /**
     * What the next block would be; the chain stays as it is.
     *
     * @param data what the block is to carry
     * @return a block that can be appended
     */
    public Block next(BlockData data) {
        return head.next(data);
    }

    /**
     * Whether a block could be appended now; the chain stays as it is.
     *
     * @param block a block that claims to be next
     * @return sound, or the rule that the block breaks
     */
    public Verdict check(Block block) {
        return Verification.after(head).next(block);
    }

    /**
     * Appends a block if it is sound.
     *
     * @param block a block that claims to be next
     * @return sound if the block is now the head, or the rule that it breaks
     */
    public Verdict append(Block block) {
        Verdict verdict = check(block);
        if (verdict.isSound()) {
            write(List.of(block));
        }
        return verdict;
    }

    /**
     * Takes over blocks that somebody else has: those that this chain has too must be the same, those beyond its head are
     * appended. All or nothing.
     *
     * @param theirs blocks in order, the first at most one beyond the head
     * @return sound if this chain now holds all of them, or the first block that does not fit
     */
    public Verdict adopt(List<Block> theirs) {
        Verification verification = Verification.after(head);
        List<Block> added = new ArrayList<>();
        for (Block block : theirs) {
            Verdict verdict = block.index() < length() && added.isEmpty() ? same(block) : verification.next(block);
            if (!verdict.isSound()) {
                return verdict;
            }
            if (block.index() >= length()) {
                added.add(block);
            }
        }
        write(added);
        return Verdict.SOUND;
    }

    /**
     * Checks every index, link, and hash, genesis included.
     *
     * @return sound, or the first fault
     */
    public Verdict verify() {
        Verification verification = Verification.ofWholeChain();
        for (long from = 0; from < length(); from += PAGE) {
            for (Block block : store.read(from, PAGE)) {
                Verdict verdict = verification.next(block);
                if (!verdict.isSound()) {
                    return verdict;
                }
            }
        }
        return Verdict.SOUND;
    }

    private Verdict same(Block theirs) {
        Block ours = store.read(theirs.index(), 1).get(0);
        return ours.equals(theirs)
                ? Verdict.SOUND
                : Verdict.fault(
                        theirs.index(),
                        "the chains differ from here on: ours has hash " + ours.hash() + ", theirs " + theirs.hash());
    }

    private void write(List<Block> added) {
        if (!added.isEmpty()) {
            store.write(store.length(), added);
            head = added.get(added.size() - 1);
        }
    }
}
