package org.naivechain.node;

import java.util.function.Function;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.sealed.SealedEngine;
import org.naivechain.consensus.work.Difficulty;
import org.naivechain.consensus.work.Miner;
import org.naivechain.consensus.work.WorkRules;
import org.naivechain.consensus.work.WorkSealer;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Time;

/**
 * Makes engines that agree by proof of work.
 *
 * @param miners makes what computes hashes, given the node's clock
 * @param confirmations how many blocks must follow a block before its user is told
 */
public record WorkFactory(Difficulty difficulty, Function<Time, Miner> miners, int confirmations, int minNodes)
        implements EngineFactory {
    @Override
    public BlockRules rules(Time time) {
        return new WorkRules(difficulty, time::now);
    }

    @Override
    public String inWords() {
        return WorkRules.inWords(difficulty);
    }

    @Override
    public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
        Time clock = context.time();
        WorkSealer sealer =
                new WorkSealer(context, new WorkRules(difficulty, clock::now), difficulty, miners.apply(clock));
        return new SealedEngine(
                context, fetcher, sealer, new SealedEngine.Settings("work", inWords(), confirmations, minNodes));
    }
}
