package org.naivechain.node;

import java.util.Locale;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.consensus.naive.NaiveVote;

/** How the members of a network agree on blocks; all must do it in the same way. */
public enum Consensus {
    /** By ballots: nothing that was acknowledged is ever lost or contradicted. */
    MAJORITY,
    /** As the original does, which forks when two nodes write at once; for networks that the original writes to. */
    NAIVE;

    EngineFactory engine(int minNodes) {
        return this == MAJORITY
                ? (context, fetcher, box) -> new MajorityVote(context, fetcher, box, minNodes)
                : (context, fetcher, box) -> new NaiveVote(context, fetcher, minNodes);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
