package org.naivechain.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/**
 * What is proposed, voted on, and decided at once: blocks, or who the members are from then on. Of blocks only what cannot be
 * computed travels: index, links, and hashes follow from where the batch stands. A value; for one thread at a time, as the
 * blocks are computed when they are asked for.
 */
public final class Batch {
    private final Position start;
    private final Hash previousHash;
    private final List<Addition> additions;
    private final Optional<Membership> next;
    private List<Block> blocks;

    /**
     * A batch.
     *
     * @param previousHash the hash of the last block before it
     * @param additions what the blocks carry, in order
     * @param next the members from then on; only without additions
     * @throws IllegalArgumentException if there is nothing to decide or too much, or the batch would replace the genesis
     *     block
     */
    @JsonCreator
    Batch(
            @JsonProperty(value = "start", required = true) Position start,
            @JsonProperty(value = "previous_hash", required = true) Hash previousHash,
            @JsonProperty(value = "additions", required = true) List<Addition> additions,
            @JsonProperty("next") Optional<Membership> next) {
        if (start.length() < 1 || additions.isEmpty() == next.isEmpty()) {
            throw new IllegalArgumentException("a batch follows the genesis block, and has additions or names the next"
                    + " members: start=" + start + ", additions=" + additions.size() + ", next=" + next);
        }
        if (next.isPresent()
                && (next.get().version() != start.version() + 1 || next.get().from() != start.length())) {
            throw new IllegalArgumentException("the next members must follow " + start + ": " + next.get());
        }
        this.start = start;
        this.previousHash = Objects.requireNonNull(previousHash, "previous_hash");
        this.additions = List.copyOf(additions);
        this.next = next;
    }

    /**
     * Blocks.
     *
     * @param start which decision they are to be; its length is the index of the first
     * @param additions what they carry, in order; at least one
     * @throws IllegalArgumentException if there are none, or they would replace the genesis block
     */
    public Batch(Position start, Hash previousHash, List<Addition> additions) {
        this(start, previousHash, additions, Optional.empty());
    }

    /**
     * Another membership.
     *
     * @throws IllegalArgumentException if it is a network's first, which nobody could decide on
     */
    public Batch(Hash previousHash, Membership next) {
        this(new Position(next.from(), next.version() - 1), previousHash, List.of(), Optional.of(next));
    }

    /** {@return where the batch begins: everything before is decided when this is voted on} */
    @JsonProperty("start")
    public Position start() {
        return start;
    }

    /** {@return where the blocks begin: the index of the first block, at least 1} */
    @JsonIgnore
    public long from() {
        return start.length();
    }

    /** {@return what it follows: the hash of the block before the first} */
    @JsonProperty("previous_hash")
    public Hash previousHash() {
        return previousHash;
    }

    /** {@return what the blocks carry, in order; none if the batch names the next members} */
    @JsonProperty("additions")
    public List<Addition> additions() {
        return additions;
    }

    /** {@return who the members are when the batch is decided; nothing if they stay the same} */
    @JsonProperty("next")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public Optional<Membership> next() {
        return next;
    }

    /** {@return where the batch ends: what is decided when it is} */
    @JsonIgnore
    public Position end() {
        return new Position(start.length() + additions.size(), start.version() + (next.isPresent() ? 1 : 0));
    }

    /**
     * The part of these blocks that is not decided yet.
     *
     * @return nothing if all of it is, or none of it can be decided there
     */
    public Optional<Batch> beyond(Position position) {
        long decided = position.length() - start.length();
        if (position.version() != start.version() || decided < 0 || decided > 0 && decided >= additions.size()) {
            return Optional.empty();
        }
        return Optional.of(
                decided == 0
                        ? this
                        : new Batch(
                                position,
                                blocks().get((int) decided - 1).hash(),
                                additions.subList((int) decided, additions.size())));
    }

    /**
     * The first of these blocks.
     *
     * @param length up to which length of the chain; beyond the start of the batch, and not beyond its end
     * @return the batch, without the blocks after that
     */
    public Batch upTo(long length) {
        return length == end().length()
                ? this
                : new Batch(start, previousHash, additions.subList(0, (int) (length - start.length())));
    }

    /**
     * The hash of a block of this batch, or of the block before it.
     *
     * @param index one less than where the batch begins, or more
     */
    public Hash hashAt(long index) {
        return index < from()
                ? previousHash
                : blocks().get((int) (index - from())).hash();
    }

    /** {@return the blocks, computed once: a block for each addition, each linked to the one before} */
    @JsonIgnore
    public List<Block> blocks() {
        if (blocks == null) {
            List<Block> computed = new ArrayList<>(additions.size());
            Hash previous = previousHash;
            for (Addition addition : additions) {
                Hash hash = Hash.of(previous, addition.data());
                computed.add(new Block(from() + computed.size(), previous, addition.data(), hash));
                previous = hash;
            }
            blocks = List.copyOf(computed);
        }
        return blocks;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Batch batch
                && start.equals(batch.start)
                && previousHash.equals(batch.previousHash)
                && additions.equals(batch.additions)
                && next.equals(batch.next);
    }

    @Override
    public int hashCode() {
        return Objects.hash(start, previousHash, additions, next);
    }

    @Override
    public String toString() {
        return "Batch[start=" + start + ", previousHash=" + previousHash + ", additions=" + additions
                + next.map(membership -> ", next=" + membership).orElse("") + "]";
    }
}
