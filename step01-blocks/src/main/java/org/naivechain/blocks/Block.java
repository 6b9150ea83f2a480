package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One block of a chain, as somebody claims it: whether index, link, and hash are right is for the chain to say. The index is
 * not hashed, as in the older system: only counting the blocks before tells whether it is right.
 *
 * <p>As JSON: <code>{"index": 1, "previous_hash": "71fb…", "data": "\"text\"", "curr_hash": "c8a8…"}</code>.
 *
 * @param index the position in the chain, 0 for the genesis block
 * @param previousHash the hash of the block before; {@link Hash#ORIGIN} for the genesis block
 * @param hash the hash of the block, which should be {@link #computedHash()}
 */
@JsonPropertyOrder({"index", "previous_hash", "data", "curr_hash"})
public record Block(
        @JsonProperty(value = "index", required = true) long index,

        @JsonProperty(value = "previous_hash", required = true)
        Hash previousHash,

        @JsonProperty(value = "data", required = true) BlockData data,
        @JsonProperty(value = "curr_hash", required = true) Hash hash) {

    /** The first block of every chain of the network. */
    public static final Block GENESIS = linked(0, Hash.ORIGIN, BlockData.of("random"));

    /**
     * Takes a block as claimed.
     *
     * @throws IllegalArgumentException if the index is negative
     * @throws NullPointerException if a part is missing
     */
    public Block {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative: index=" + index);
        }
        require(previousHash, "previous_hash");
        require(data, "data");
        require(hash, "curr_hash");
    }

    /**
     * The block that follows this one and carries the data.
     *
     * @return a block with the right index, link, and hash
     */
    public Block next(BlockData next) {
        return linked(index + 1, hash, next);
    }

    /** {@return the hash that this block should have: the SHA-256 of the previous hash and the data} */
    public Hash computedHash() {
        return Hash.of(previousHash, data);
    }

    /** {@return whether the hash is the one that this block should have; false if the data or the link alone was altered} */
    public boolean hasRightHash() {
        return hash.equals(computedHash());
    }

    /**
     * This block with other data but the hash that it had: what tampering looks like.
     *
     * @return a block whose hash is wrong, unless the data is the same
     */
    public Block tampered(BlockData other) {
        return new Block(index, previousHash, other, hash);
    }

    private static Block linked(long index, Hash previous, BlockData data) {
        return new Block(index, previous, data, Hash.of(previous, data));
    }

    private static void require(Object part, String name) {
        if (part == null) {
            throw new NullPointerException(name + " must not be null");
        }
    }
}
