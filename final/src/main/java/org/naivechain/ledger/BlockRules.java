package org.naivechain.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.naivechain.blocks.Block;
import org.naivechain.chain.BlockStore;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.IdempotencyKey;

/** What a network demands of its blocks, beside what every chain does: a port, used by the node's thread. */
public interface BlockRules {
    /** The rules of networks that agree by votes: a block has no seal. */
    BlockRules UNSEALED = before -> block -> block.seal().isEmpty()
            ? Verdict.SOUND
            : Verdict.fault(
                    block.index(),
                    "a block of this network has no seal: seal="
                            + block.seal().get().text());

    /** Few enough that even the largest blocks, of a mebibyte each, fit into a small heap. */
    int PAGE_BLOCKS = 32;

    /** Blocks that are known to be sound. */
    @FunctionalInterface
    interface Before {
        /** {@return up to so many blocks that lie before an index, in order, the last of them at {@code index - 1}} */
        List<Block> last(long index, int limit);
    }

    /** A check of blocks, one after the other. */
    @FunctionalInterface
    interface Check {
        /** {@return sound, or the rule that the block breaks; then the check is over} */
        Verdict next(Block block);
    }

    /** Begins a check of blocks whose index, link, and hash are right, after those that lie before them. */
    Check check(Before before);

    /**
     * Checks blocks in a store whose index, link, and hash are right, a few at a time.
     *
     * @param from the position of the first block to check; those before it are taken for sound
     * @param end the position after the last block to check
     * @param goOn whether to check more; asked again and again
     * @return sound, or the first fault; sound, too, of those that were checked if it was not to go on
     */
    default Verdict verify(BlockStore store, long from, long end, BooleanSupplier goOn) {
        Check check = check((index, limit) -> {
            long first = Math.max(0, index - limit);
            return store.read(first, (int) (index - first));
        });
        long next = Math.max(1, from);
        while (next < end && goOn.getAsBoolean()) {
            for (Block block : store.read(next, (int) Math.min(PAGE_BLOCKS, end - next))) {
                Verdict verdict = check.next(block);
                if (!verdict.isSound()) {
                    return verdict;
                }
                next++;
            }
        }
        return Verdict.SOUND;
    }

    /** {@return the request behind a block, if the block itself says so; no other block of a chain may say the same} */
    default Optional<IdempotencyKey> key(Block block) {
        return Optional.empty();
    }

    /** {@return whether of two branches the heavier one is chosen, which may be the shorter one; or else the longer one is} */
    default boolean heavierWins() {
        return false;
    }

    /** {@return how much a block weighs} */
    default BigInteger weight(Block block) {
        return BigInteger.ONE;
    }

    /** {@return the requests behind blocks by the index: what the blocks say themselves, or else what was told} */
    default Map<Long, IdempotencyKey> keys(List<Block> blocks, Map<Long, IdempotencyKey> told) {
        Map<Long, IdempotencyKey> keys = new TreeMap<>(told);
        blocks.forEach(block -> key(block).ifPresent(key -> keys.put(block.index(), key)));
        return keys;
    }
}
