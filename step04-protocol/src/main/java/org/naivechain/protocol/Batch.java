package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/**
 * Blocks that are proposed, voted on, and decided together. Only what cannot be computed travels: index, links, and hashes
 * follow from where the batch stands. A value; for one thread at a time, as the blocks are computed when they are asked for.
 */
public final class Batch {
    private final long from;
    private final Hash previousHash;
    private final List<Addition> additions;
    private List<Block> blocks;

    /**
     * A batch.
     *
     * @param from the index of the first block
     * @param previousHash the hash of the block before it
     * @param additions what the blocks carry, in order; at least one
     * @throws IllegalArgumentException if there are none, or the batch would replace the genesis block
     */
    @JsonCreator
    public Batch(
            @JsonProperty(value = "from", required = true) long from,
            @JsonProperty(value = "previous_hash", required = true) Hash previousHash,
            @JsonProperty(value = "additions", required = true) List<Addition> additions) {
        if (from < 1 || additions.isEmpty()) {
            throw new IllegalArgumentException("a batch follows the genesis block and is not empty: from=" + from
                    + ", additions=" + additions.size());
        }
        this.from = from;
        this.previousHash = Objects.requireNonNull(previousHash, "previous_hash");
        this.additions = List.copyOf(additions);
    }

    /**
     * Where the batch begins.
     *
     * @return the index of the first block, at least 1
     */
    @JsonProperty("from")
    public long from() {
        return from;
    }

    /**
     * What it follows.
     *
     * @return the hash of the block before the first
     */
    @JsonProperty("previous_hash")
    public Hash previousHash() {
        return previousHash;
    }

    /**
     * What the blocks carry.
     *
     * @return at least one, in order
     */
    @JsonProperty("additions")
    public List<Addition> additions() {
        return additions;
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
     * The blocks, computed once.
     *
     * @return a block for each addition, each linked to the one before
     */
    @JsonIgnore
    public List<Block> blocks() {
        if (blocks == null) {
            List<Block> computed = new ArrayList<>(additions.size());
            Hash previous = previousHash;
            for (Addition addition : additions) {
                Hash hash = Hash.of(previous, addition.data());
                computed.add(new Block(from + computed.size(), previous, addition.data(), hash));
                previous = hash;
            }
            blocks = List.copyOf(computed);
        }
        return blocks;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Batch batch
                && from == batch.from
                && previousHash.equals(batch.previousHash)
                && additions.equals(batch.additions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, previousHash, additions);
    }

    @Override
    public String toString() {
        return "Batch[from=" + from + ", previousHash=" + previousHash + ", additions=" + additions + "]";
    }
}
