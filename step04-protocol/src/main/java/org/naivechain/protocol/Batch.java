package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/**
 * Blocks that are proposed, voted on, and decided together. Only what cannot be computed travels: index, links, and hashes
 * follow from where the batch stands.
 *
 * @param from the index of the first block
 * @param previousHash the hash of the block before it
 * @param additions what the blocks carry, in order; at least one
 */
public record Batch(
        @JsonProperty(value = "from", required = true) long from,

        @JsonProperty(value = "previous_hash", required = true)
        Hash previousHash,

        @JsonProperty(value = "additions", required = true) List<Addition> additions) {
    /**
     * Keeps a copy of the additions.
     *
     * @throws IllegalArgumentException if there are none, or the batch would replace the genesis block
     */
    public Batch {
        if (from < 1 || additions.isEmpty()) {
            throw new IllegalArgumentException("a batch follows the genesis block and is not empty: from=" + from
                    + ", additions=" + additions.size());
        }
        additions = List.copyOf(additions);
    }

    /**
     * Where the batch ends.
     *
     * @return how long the chain is when it is decided
     */
    public long end() {
        return from + additions.size();
    }

    /**
     * The blocks, computed anew.
     *
     * @return a block for each addition, each linked to the one before
     */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>(additions.size());
        Hash previous = previousHash;
        for (Addition addition : additions) {
            Hash hash = Hash.of(previous, addition.data());
            blocks.add(new Block(from + blocks.size(), previous, addition.data(), hash));
            previous = hash;
        }
        return blocks;
    }
}
