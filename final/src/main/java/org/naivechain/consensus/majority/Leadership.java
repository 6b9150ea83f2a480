package org.naivechain.consensus.majority;

import java.util.Optional;
import org.naivechain.protocol.Peer;

/** Who proposes just now, as far as this node knows. */
interface Leadership {
    /** This node itself. */
    Optional<Proposer> proposing();

    /** Another member that was heard of lately. */
    Optional<Peer> proposer();

    /** The ballot of the proposer that was heard of last. */
    Ballot ballot();
}
