package org.naivechain.node;

import java.util.Locale;
import java.util.Optional;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.consensus.naive.NaiveVote;
import org.naivechain.consensus.stake.Signatures;
import org.naivechain.consensus.work.Miner;

/** How the members of a network agree on blocks; all must do it in the same way. */
public enum Consensus {
    /** By ballots: nothing that was acknowledged is ever lost or contradicted. */
    MAJORITY,
    /** As the original does, which forks when two nodes write at once; for networks that the original writes to. */
    NAIVE,
    /** By proof of work: whoever finds a number that makes a block's hash small extends the chain, and the most work wins. */
    WORK,
    /** By proof of stake: each slot of time belongs to one holder, who signs a block, and the most blocks win. */
    STAKE;

    /** {@return whether blocks are sealed, and get the safer the more of them follow} */
    public boolean isSealed() {
        return this == WORK || this == STAKE;
    }

    /** What makes the engines of nodes that vote. */
    EngineFactory engine(int minNodes) {
        return engine(minNodes, Mining.DEFAULT, (candidate, from, found) -> () -> {}, Optional.empty());
    }

    EngineFactory engine(int minNodes, Mining mining, Miner miner, Optional<Staking> staking) {
        return switch (this) {
            case MAJORITY -> (context, fetcher, box) -> new MajorityVote(context, fetcher, box, minNodes);
            case NAIVE -> (context, fetcher, box) -> new NaiveVote(context, fetcher, minNodes);
            case WORK -> new WorkFactory(mining.difficulty(), time -> miner, mining.confirmations(), minNodes);
            case STAKE -> {
                Staking own = staking.orElseThrow();
                yield new StakeFactory(
                        own.stakes(), new Signatures(own.stakes()), own.key(), own.confirmations(), minNodes);
            }
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
