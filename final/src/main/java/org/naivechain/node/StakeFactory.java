package org.naivechain.node;

import java.util.Optional;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.sealed.SealedEngine;
import org.naivechain.consensus.stake.Signatures;
import org.naivechain.consensus.stake.StakeKey;
import org.naivechain.consensus.stake.StakeRules;
import org.naivechain.consensus.stake.StakeSealer;
import org.naivechain.consensus.stake.Stakes;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Time;

/**
 * Makes engines that agree by proof of stake.
 *
 * @param signatures of the holders of these stakes; may be shared by the nodes of a program
 * @param key that of a holder; without it a node only verifies
 * @param confirmations how many blocks must follow a block before its user is told
 */
public record StakeFactory(
        Stakes stakes, Signatures signatures, Optional<StakeKey> key, int confirmations, int minNodes)
        implements EngineFactory {
    @Override
    public BlockRules rules(Time time) {
        return new StakeRules(stakes, signatures, time::now);
    }

    @Override
    public String inWords() {
        return StakeRules.inWords(stakes);
    }

    @Override
    public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
        StakeRules rules = new StakeRules(stakes, signatures, context.time()::now);
        StakeSealer sealer = new StakeSealer(context, stakes, signatures, rules, key);
        return new SealedEngine(
                context, fetcher, sealer, new SealedEngine.Settings("stake", inWords(), confirmations, minNodes));
    }
}
