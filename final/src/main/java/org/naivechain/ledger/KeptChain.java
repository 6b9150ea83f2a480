package org.naivechain.ledger;

import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.BlockStore;
import org.naivechain.chain.Chain;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;

/**
 * A chain whose store may lose blocks. If its last blocks are missing, are no blocks, or are not those that were written, the
 * chain ends before them, and knows that it has lost its end: what comes there must be what was there. For one thread at a time.
 */
public final class KeptChain extends Chain {
    private final KeptBlocks store;
    private final BlockRules rules;
    private Optional<Tip> lostEnd;

    private KeptChain(KeptBlocks store, BlockRules rules) {
        super(store);
        this.store = store;
        this.rules = rules;
        this.lostEnd = lostEnd(store, rules);
    }

    /**
     * {@return the end that a store once had, if it has lost that; nothing where the heavier branch wins, as a chain may have become
     * shorter there, and nobody has voted for what it had}
     */
    public static Optional<Tip> lostEnd(KeptBlocks store, BlockRules rules) {
        return store.tip().filter(tip -> tip.length() > store.length() && !rules.heavierWins());
    }

    /** The chain of a network that agrees by votes; see {@link #over(KeptBlocks, BlockRules)}. */
    public static KeptChain over(KeptBlocks store) {
        return over(store, BlockRules.UNSEALED);
    }

    /** The chain that a store holds, not verified; an empty store is given the genesis block. */
    public static KeptChain over(KeptBlocks store, BlockRules rules) {
        Optional<Tip> tip = store.tip();
        long end = Math.min(store.length(), tip.map(Tip::length).orElse(Long.MAX_VALUE));
        while (end > 0 && !isSoundEnd(store, tip, end - 1)) {
            end--;
        }
        if (end == 0) {
            store.write(0, List.of(Block.GENESIS));
        } else if (end < store.length()) {
            store.write(end, List.of());
        }
        return new KeptChain(store, rules);
    }

    private static boolean isSoundEnd(BlockStore store, Optional<Tip> tip, long index) {
        try {
            Block block = store.read(index, 1).get(0);
            return block.index() == index
                    && block.hash().equals(block.computedHash())
                    && tip.stream()
                            .allMatch(end -> end.index() != index || end.hash().equals(block.hash()));
        } catch (DamagedBlockException e) {
            return false;
        }
    }

    /**
     * {@return the end that this chain once had, as long as it has not got it back; nothing if all is there} Until then nobody
     * must be told that there is nothing beyond the head.
     */
    public Optional<Tip> lostEnd() {
        return lostEnd;
    }

    @Override
    public Verdict check(Block block) {
        Verdict verdict = super.check(block);
        return verdict.isSound() ? allowed(List.of(block)) : verdict;
    }

    @Override
    public Verdict compare(List<Block> theirs) {
        Verdict verdict = super.compare(theirs);
        return verdict.isSound()
                ? allowed(theirs.stream()
                        .filter(block -> block.index() >= length())
                        .toList())
                : verdict;
    }

    @Override
    protected Verdict follow(long from, List<Block> blocks) {
        Verdict verdict = super.follow(from, blocks);
        return verdict.isSound() ? sealed(blocks) : verdict;
    }

    private Verdict allowed(List<Block> added) {
        Verdict verdict = regains(added);
        return verdict.isSound() ? sealed(added) : verdict;
    }

    /** What a block may be depends on those before it: where these are damaged, nothing is taken before they are repaired. */
    private Verdict sealed(List<Block> added) {
        BlockRules.Check check = rules.check(this::before);
        Verdict verdict = Verdict.SOUND;
        try {
            for (int i = 0; i < added.size() && verdict.isSound(); i++) {
                // Nobody has sealed the genesis block.
                verdict = added.get(i).index() == 0 ? verdict : check.next(added.get(i));
            }
        } catch (DamagedBlockException e) {
            verdict = Verdict.fault(e.index(), "this chain is damaged: " + e.reason());
        }
        return verdict;
    }

    /** {@return up to so many blocks that lie before an index, in order} */
    public List<Block> before(long index, int limit) {
        long from = Math.max(0, index - limit);
        return store.read(from, (int) (index - from));
    }

    /** {@return what the network demands of its blocks} */
    public BlockRules rules() {
        return rules;
    }

    @Override
    public Verdict appendComputed(List<Block> computed) {
        Verdict verdict = regains(computed);
        return verdict.isSound() ? super.appendComputed(computed) : verdict;
    }

    private Verdict regains(List<Block> blocks) {
        return lostEnd.flatMap(tip -> blocks.stream()
                        .filter(block ->
                                block.index() == tip.index() && !block.hash().equals(tip.hash()))
                        .findFirst()
                        .map(block -> Verdict.fault(
                                block.index(),
                                "the chain ended here with " + tip.hash() + " before its end was lost: curr_hash="
                                        + block.hash())))
                .orElse(Verdict.SOUND);
    }

    /**
     * Replaces blocks that were altered or are missing; those after them stay. All or nothing.
     *
     * @param mended what belongs there, in order, none beyond the head; at least one block
     * @return sound if they are now in their places, or the first that does not follow the one before
     */
    public Verdict mend(List<Block> mended) {
        long from = mended.get(0).index();
        Verdict verdict = follow(from, mended);
        if (verdict.isSound()) {
            store.replace(from, mended);
        }
        return verdict;
    }

    /**
     * Gives up more of a chain that has lost its end, as what follows cannot be relied on.
     *
     * @param length how many blocks are to stay, at least 1
     * @throws IllegalStateException if the chain has all that it ever had
     */
    public void retreat(long length) {
        if (lostEnd.isEmpty()) {
            throw new IllegalStateException("a chain must not be cut off that has its end: length=" + length());
        }
        write(length, List.of());
    }

    @Override
    protected void write(long from, List<Block> blocks) {
        super.write(from, blocks);
        lostEnd = lostEnd.filter(tip -> tip.length() > length());
    }
}
