package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/**
 * Blocks in a row, from the genesis block to the head: each names the hash of the one before, so that no block can change
 * without breaking all that follow. For one thread at a time.
 */
public class Chain {
    private static final int PAGE_BYTES = 512 * 1024;
    /** What a block takes up beside its data: two hashes, the index, and four field names. */
    private static final int BLOCK_BYTES = 200;

    private static final int READ_AHEAD = 32;

    private final BlockStore store;
    private Block head;

    /** A chain over the blocks of a store, which has at least the genesis block; not verified. */
    protected Chain(BlockStore store) {
        this.store = store;
        this.head = store.read(store.length() - 1, 1).get(0);
    }

    /**
     * The chain that a store holds, not verified; an empty store is given the genesis block.
     *
     * @param store where the blocks are, used by this chain alone
     * @throws DamagedBlockException if the last block is damaged
     */
    public static Chain over(BlockStore store) {
        if (store.length() == 0) {
            store.write(0, List.of(Block.GENESIS));
        }
        return new Chain(store);
    }

    /** {@return how many blocks there are: at least 1, for the genesis block} */
    public long length() {
        return store.length();
    }

    /** {@return the last block: the block that the next one follows} */
    public Block head() {
        return head;
    }

    /**
     * Some of the blocks, in order, in a page of half a mebibyte.
     *
     * @param from the index of the first, not negative
     * @return the blocks, up to the first that is damaged; none only if the limit is 0 or the chain ends before
     * @throws DamagedBlockException if the first of them is damaged
     */
    public List<Block> page(long from, int limit) {
        return page(from, limit, PAGE_BYTES);
    }

    /**
     * Some of the blocks, in order: the page ends at the limit, at the end of the chain, or with the block that fills it,
     * whichever comes first. Each block has the hash that it says, and follows the one before it on the page.
     *
     * @param from the index of the first, not negative
     * @param bytes how many bytes of JSON fill the page, roughly
     * @return the blocks, up to the first that is damaged; none only if the limit is 0 or the chain ends before
     * @throws DamagedBlockException if the first of them is damaged
     */
    public List<Block> page(long from, int limit, int bytes) {
        Verification verification = Verification.from(from);
        List<Block> page = new ArrayList<>();
        long taken = 0;
        while (page.size() < limit) {
            List<Block> read = readSound(from + page.size(), Math.min(READ_AHEAD, limit - page.size()), page.isEmpty());
            for (Block block : read) {
                if (verification.next(block) instanceof Verdict.Fault fault) {
                    if (page.isEmpty()) {
                        throw new DamagedBlockException(from, fault.reason());
                    }
                    return page;
                }
                page.add(block);
                taken += BLOCK_BYTES + block.data().literal().length();
                if (taken >= bytes) {
                    return page;
                }
            }
            if (read.isEmpty()) {
                break;
            }
        }
        return page;
    }

    /** What is before a damaged block can be had all the same. */
    private List<Block> readSound(long from, int limit, boolean first) {
        try {
            return store.read(from, limit);
        } catch (DamagedBlockException e) {
            if (first && e.index() <= from) {
                throw e;
            }
            return e.index() <= from ? List.of() : store.read(from, (int) (e.index() - from));
        }
    }

    /**
     * What the next block would be; the chain stays as it is.
     *
     * @return a block that can be appended
     */
    public Block next(BlockData data) {
        return head.next(data);
    }

    /**
     * Whether a block could be appended now; the chain stays as it is.
     *
     * @return sound, or the rule that the block breaks
     */
    public Verdict check(Block block) {
        return Verification.after(head).next(block);
    }

    /**
     * Appends a block if it is sound.
     *
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
        Verdict verdict = compare(theirs);
        if (verdict.isSound()) {
            long length = length();
            write(theirs.stream().filter(block -> block.index() >= length).toList());
        }
        return verdict;
    }

    /**
     * Appends blocks that were computed here, one from the other, so that their hashes need not be computed again: for the finished
     * node, which adds many at once.
     *
     * @param computed blocks in order, each linked to the one before
     * @return sound if they are now the end of the chain, or the rule that the first of them breaks
     */
    public Verdict appendComputed(List<Block> computed) {
        Verdict verdict = check(computed.get(0));
        if (verdict.isSound()) {
            write(computed);
        }
        return verdict;
    }

    /**
     * Takes over another end: gives up the blocks from the branch on for those of the branch. All or nothing. For the finished
     * node, which chooses between two chains that part.
     *
     * @param branch what follows a block that stays, in order; at least one block
     * @return sound if the chain now ends with the branch, or the first block of it that does not fit
     */
    public Verdict reorganise(List<Block> branch) {
        long from = branch.get(0).index();
        if (from < 1 || from > length()) {
            return Verdict.fault(from, "a branch must follow a block that stays: length=" + length());
        }
        Verdict verdict = follow(from, branch);
        if (verdict.isSound()) {
            write(from, branch);
        }
        return verdict;
    }

    /** Checks blocks that are to stand from an index on: against the block before them, and one against the other. */
    protected Verdict follow(long from, List<Block> blocks) {
        Verification verification = from == 0
                ? Verification.ofWholeChain()
                : Verification.after(store.read(from - 1, 1).get(0));
        Verdict verdict = Verdict.SOUND;
        for (int i = 0; i < blocks.size() && verdict.isSound(); i++) {
            verdict = verification.next(blocks.get(i));
        }
        return verdict;
    }

    /**
     * Whether blocks that somebody else has could be taken over; the chain stays as it is.
     *
     * @param theirs blocks in order, the first at most one beyond the head
     * @return sound if {@link #adopt} would take them, or the first block that does not fit
     */
    public Verdict compare(List<Block> theirs) {
        Verification verification = Verification.after(head);
        boolean beyond = false;
        for (Block block : theirs) {
            beyond |= block.index() >= length();
            Verdict verdict = beyond ? verification.next(block) : same(block);
            if (!verdict.isSound()) {
                return verdict;
            }
        }
        return Verdict.SOUND;
    }

    /**
     * Checks every index, link, and hash, genesis included, and that every block can be read.
     *
     * @return sound, or the first fault
     */
    public Verdict verify() {
        StoreVerification verification = new StoreVerification(store, 0, length());
        while (verification.step()) {}
        return verification.verdict();
    }

    private Verdict same(Block theirs) {
        Block ours;
        try {
            ours = store.read(theirs.index(), 1).get(0);
        } catch (DamagedBlockException e) {
            return Verdict.fault(e.index(), "this chain is damaged here: " + e.reason());
        }
        return ours.equals(theirs)
                ? Verdict.SOUND
                : Verdict.fault(
                        theirs.index(),
                        "the chains differ from here on: ours has hash " + ours.hash() + ", theirs " + theirs.hash());
    }

    private void write(List<Block> added) {
        if (!added.isEmpty()) {
            write(store.length(), added);
        }
    }

    /** Replaces everything from an index on, without a check; at least one block stays or is given. */
    protected void write(long from, List<Block> blocks) {
        store.write(from, blocks);
        head = blocks.isEmpty() ? store.read(from - 1, 1).get(0) : blocks.get(blocks.size() - 1);
    }
}
