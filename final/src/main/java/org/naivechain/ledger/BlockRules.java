package org.naivechain.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.naivechain.blocks.Block;
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

    /** {@return the request behind a block, if the block itself says so; no other block of a chain may say the same} */
    default Optional<IdempotencyKey> key(Block block) {
        return Optional.empty();
    }

    /** {@return how much a block counts in the choice between two branches; nothing, where the longer one is chosen} */
    default Optional<BigInteger> weight(Block block) {
        return Optional.empty();
    }

    /** {@return the requests behind blocks by the index: what the blocks say themselves, or else what was told} */
    default Map<Long, IdempotencyKey> keys(List<Block> blocks, Map<Long, IdempotencyKey> told) {
        Map<Long, IdempotencyKey> keys = new TreeMap<>(told);
        blocks.forEach(block -> key(block).ifPresent(key -> keys.put(block.index(), key)));
        return keys;
    }
}
