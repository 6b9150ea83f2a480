package org.naivechain.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.chain.MemoryBlockStore;

/** A store that forgets everything when the program ends. For one thread at a time. */
public final class MemoryKeptBlocks extends MemoryBlockStore implements KeptBlocks {
    @Override
    public void replace(long from, List<Block> blocks) {
        long to = from + blocks.size();
        if (to > length()) {
            throw new IllegalArgumentException("only what is there is replaced: length=" + length() + ", to=" + to);
        }
        write(
                from,
                Stream.concat(blocks.stream(), read(to, Integer.MAX_VALUE).stream())
                        .toList());
    }

    @Override
    public Optional<Tip> tip() {
        return Optional.empty();
    }
}
