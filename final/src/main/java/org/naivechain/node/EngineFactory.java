package org.naivechain.node;

import java.time.InstantSource;
import java.util.Optional;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.work.WorkRules;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Time;

/** What makes the consensus engine of a node. */
@FunctionalInterface
public interface EngineFactory {
    /** How networks say it whose members vote. */
    String VOTES = "votes";

    /** {@return what the engine demands of blocks} */
    default BlockRules rules(Time time) {
        return BlockRules.UNSEALED;
    }

    /** {@return by what rules blocks come about, the same text at all nodes of a network: what a node's file remembers} */
    default String inWords() {
        return VOTES;
    }

    /** {@return what {@link #inWords} says that is demanded of blocks; nothing if this program knows no such rules} */
    static Optional<BlockRules> rules(String words, InstantSource clock) {
        return words.equals(VOTES) ? Optional.of(BlockRules.UNSEALED) : WorkRules.ofWords(words, clock);
    }

    /**
     * Makes an engine.
     *
     * @param fetcher what to call when others turn out to have blocks that this node misses
     * @param box where it keeps what it has promised and voted for, if it does
     */
    Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box);
}
