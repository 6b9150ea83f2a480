package org.naivechain.node;

import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.LedgerContext;

/** What makes the consensus engine of a node. */
@FunctionalInterface
public interface EngineFactory {
    /**
     * Makes an engine.
     *
     * @param fetcher what to call when others turn out to have blocks that this node misses
     * @param box where it keeps what it has promised and voted for, if it does
     */
    Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box);
}
