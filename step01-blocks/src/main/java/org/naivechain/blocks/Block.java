package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/**
 * One block of a chain, as somebody claims it: whether index, link, and hash are right is for the chain to say. The index is
 * not hashed, as in the older system: only counting the blocks before tells whether it is right.
 *
 * <p>As JSON: <code>{"index": 1, "previous_hash": "71fb…", "data": "\"text\"", "curr_hash": "c8a8…"}</code>, and a
 * <code>"seal"</code> if it has one.
 *
 * @param index the position in the chain, 0 for the genesis block
 * @param previousHash the hash of the block before; {@link Hash#ORIGIN} for the genesis block
 * @param hash the hash of the block, which should be {@link #computedHash()}
 * @param seal none in the older system
 */
@JsonPropertyOrder({"index", "previous_hash", "data", "curr_hash", "seal"})
public record Block(
        @JsonProperty(value = "index", required = true) long index,

        @JsonProperty(value = "previous_hash", required = true)
        Hash previousHash,

        @JsonProperty(value = "data", required = true) BlockData data,
        @JsonProperty(value = "curr_hash", required = true) Hash hash,

        @JsonProperty("seal") @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<Seal> seal) {

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
        require(seal, "seal");
    }

    /** A block without a seal, as claimed. */
    public Block(long index, Hash previousHash, BlockData data, Hash hash) {
        this(index, previousHash, data, hash, Optional.empty());
    }

    /**
     * The block that follows this one and carries the data.
     *
     * @return a block with the right index, link, and hash
     */
    public Block next(BlockData next) {
        return linked(index + 1, hash, next);
    }

    /** {@return this block with a seal, and the hash that it has with it} */
    public Block sealed(Seal with) {
        return new Block(
                index, previousHash, data, Hash.ofBlock(previousHash, data, Optional.of(with)), Optional.of(with));
    }

    /** {@return the hash that this block should have: the SHA-256 of the previous hash, the data, and the seal, if it has one} */
    public Hash computedHash() {
        return Hash.ofBlock(previousHash, data, seal);
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
        return new Block(index, previousHash, other, hash, seal);
    }

    @Override
    public String toString() {
        String shown = "Block[index=" + index + ", previousHash=" + previousHash + ", data=" + data + ", hash=" + hash;
        return shown + seal.map(with -> ", seal=" + with.text()).orElse("") + "]";
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
