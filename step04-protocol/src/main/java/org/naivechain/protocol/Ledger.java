package org.naivechain.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;

/** The chain and the receipts that belong to it, which change together. For the node's thread only. */
public final class Ledger {
    private final List<Reader> readers = new ArrayList<>();
    private final Chain chain;
    private final Receipts receipts;

    /** Who wants to know what the chain gains. */
    @FunctionalInterface
    public interface Reader {
        /**
         * The chain has grown.
         *
         * @param blocks what it gained, in order
         * @param keys the wishes behind them, by the index of the block
         */
        void grown(List<Block> blocks, Map<Long, AddKey> keys);
    }

    /**
     * A ledger that nobody watches yet.
     *
     * @param chain the blocks
     * @param receipts the wishes behind them
     */
    public Ledger(Chain chain, Receipts receipts) {
        this.chain = chain;
        this.receipts = receipts;
    }

    /**
     * The blocks.
     *
     * @return the chain, to read
     */
    public Chain chain() {
        return chain;
    }

    /**
     * The wishes behind the blocks.
     *
     * @return the receipts, to read
     */
    public Receipts receipts() {
        return receipts;
    }

    /**
     * Has somebody told whenever the chain grows.
     *
     * @param reader who wants to know
     */
    public void tell(Reader reader) {
        readers.add(reader);
    }

    /**
     * Takes over blocks as {@link Chain#adopt} does, with their receipts. All or nothing.
     *
     * @param blocks blocks in order, the first at most one beyond the head
     * @param keys the wishes behind them, by the index of the block
     * @return sound if the chain now holds all of them, or the first block that does not fit
     */
    public Verdict adopt(List<Block> blocks, Map<Long, AddKey> keys) {
        long before = chain.length();
        return record(before, blocks, keys, chain.adopt(blocks));
    }

    /**
     * Appends what was decided, with its receipts. All or nothing.
     *
     * @param batch follows the chain, or a block of it
     * @return sound if the chain now ends as the batch does
     */
    public Verdict append(Batch batch) {
        long before = chain.length();
        Map<Long, AddKey> keys = new TreeMap<>();
        for (int i = 0; i < batch.additions().size(); i++) {
            keys.put(batch.from() + i, batch.additions().get(i).key());
        }
        List<Block> blocks = batch.blocks();
        Verdict verdict = batch.from() == before ? chain.appendComputed(blocks) : chain.adopt(blocks);
        return record(before, blocks, keys, verdict);
    }

    private Verdict record(long before, List<Block> blocks, Map<Long, AddKey> keys, Verdict verdict) {
        if (chain.length() > before) {
            List<Block> gained =
                    blocks.stream().filter(block -> block.index() >= before).toList();
            Map<Long, AddKey> added = new TreeMap<>(keys);
            added.keySet().removeIf(index -> index < before || index >= chain.length());
            receipts.record(added);
            readers.forEach(reader -> reader.grown(gained, added));
        }
        return verdict;
    }
}
