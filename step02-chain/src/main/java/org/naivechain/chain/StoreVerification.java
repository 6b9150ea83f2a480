package org.naivechain.chain;

import java.util.List;
import org.naivechain.blocks.Block;

/**
 * Checks the blocks of a store between two positions, a few at a time, so that it can be interrupted and done in parallel:
 * ranges that touch, each checked against the block before it, are checked as a whole. For one thread at a time, the store's.
 */
public final class StoreVerification {
    /** Few enough that even the largest blocks, of a mebibyte each, fit into a small heap. */
    private static final int STEP_BLOCKS = 32;

    private final BlockStore store;
    private final long end;
    private long next;
    private long count = STEP_BLOCKS;
    private Verification verification;
    private Verdict verdict = Verdict.SOUND;

    /**
     * A verification that has checked nothing yet.
     *
     * @param from the position of the first block to check, not negative; the block before it is taken for sound
     * @param end the position after the last block to check
     */
    public StoreVerification(BlockStore store, long from, long end) {
        this.store = store;
        this.next = from;
        this.end = end;
        if (from == 0) {
            verification = Verification.ofWholeChain();
        }
    }

    /**
     * Checks the next blocks.
     *
     * @return whether there is more to check
     */
    public boolean step() {
        if (isUnderWay()) {
            try {
                check((int) Math.min(count, end - next));
                count = STEP_BLOCKS;
            } catch (DamagedBlockException e) {
                damaged(e);
            }
        }
        return isUnderWay();
    }

    /** {@return what has come out so far: sound if everything was that was checked, or the first fault} */
    public Verdict verdict() {
        return verdict;
    }

    /** {@return how far it has come: the position of the next block to check} */
    public long next() {
        return next;
    }

    private boolean isUnderWay() {
        return verdict.isSound() && next < end;
    }

    private void check(int wanted) {
        if (verification == null) {
            List<Block> before = store.read(next - 1, 1);
            if (before.isEmpty()) {
                verdict = missing(next - 1);
                return;
            }
            verification = Verification.after(before.get(0));
        }
        List<Block> blocks = store.read(next, wanted);
        for (Block block : blocks) {
            verdict = verification.next(block);
            if (!verdict.isSound()) {
                return;
            }
            next++;
        }
        if (blocks.size() < wanted) {
            verdict = missing(next);
        }
    }

    private void damaged(DamagedBlockException e) {
        if (e.index() > next) {
            // The blocks before the damaged one come first, as they may have a fault of their own.
            count = e.index() - next;
        } else {
            verdict = Verdict.fault(e.index(), e.reason());
        }
    }

    private static Verdict missing(long index) {
        return Verdict.fault(index, "the block is missing");
    }
}
