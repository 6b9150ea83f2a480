package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import org.naivechain.blocks.Block;

/** A store that forgets everything when the program ends. For one thread at a time. */
public class MemoryBlockStore implements BlockStore {
    private final List<Block> blocks = new ArrayList<>();

    /** An empty store. */
    public MemoryBlockStore() {}

    @Override
    public long length() {
        return blocks.size();
    }

    @Override
    public List<Block> read(long from, int limit) {
        int start = (int) Math.min(from, blocks.size());
        int end = (int) Math.min(start + (long) limit, blocks.size());
        return List.copyOf(blocks.subList(start, end));
    }

    @Override
    public void write(long from, List<Block> replacement) {
        if (from > blocks.size()) {
            throw new IllegalArgumentException("a store has no gaps: length=" + blocks.size() + ", from=" + from);
        }
        List<Block> added = List.copyOf(replacement);
        blocks.subList((int) from, blocks.size()).clear();
        blocks.addAll(added);
    }
}
