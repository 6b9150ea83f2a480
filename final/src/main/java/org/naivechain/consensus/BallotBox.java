package org.naivechain.consensus;

import java.util.Optional;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Vote;

/**
 * What a member must never forget: what it has promised and what it has voted for. A port, used by the node's thread. What is
 * kept becomes durable with everything else that the node writes.
 */
public interface BallotBox {
    /**
     * The highest ballot that was promised or voted under.
     *
     * @return {@link Ballot#NONE} at first
     */
    Ballot promised();

    /**
     * The last vote.
     *
     * @return nothing at first
     */
    Optional<Vote> vote();

    /**
     * Keeps a promise in place of a lower one.
     *
     * @param ballot the promised ballot
     */
    void promise(Ballot ballot);

    /**
     * Keeps a vote in place of the one before, and its ballot as promised.
     *
     * @param vote the vote
     */
    void vote(Vote vote);
}
