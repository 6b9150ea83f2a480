package org.naivechain.ledger;

import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;

/** A store that does what another does, but for what a test overrides. */
public class ForwardingBlocks implements KeptBlocks {
    private final KeptBlocks kept;

    /** Over the store that does it. */
    public ForwardingBlocks(KeptBlocks kept) {
        this.kept = kept;
    }

    @Override
    public long length() {
        return kept.length();
    }

    @Override
    public List<Block> read(long from, int limit) {
        return kept.read(from, limit);
    }

    @Override
    public void write(long from, List<Block> blocks) {
        kept.write(from, blocks);
    }

    @Override
    public void replace(long from, List<Block> blocks) {
        kept.replace(from, blocks);
    }

    @Override
    public Optional<Tip> tip() {
        return kept.tip();
    }
}
