package org.naivechain.consensus.majority;

import java.util.Optional;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.PeerId;

/**
 * What a member must not forget: what it has promised, what it has voted for, and how far it has seen other members to be. A
 * port, used by the node's thread. What is kept becomes durable with everything else that the node writes.
 */
public interface BallotBox {
    /** {@return the highest ballot that was promised or voted under: {@link Ballot#NONE} at first} */
    Ballot promised();

    /** {@return the last vote; nothing at first} */
    Optional<Vote> vote();

    /** Keeps a promise in place of a lower one. */
    void promise(Ballot ballot);

    /** Keeps a vote in place of the one before, and its ballot as promised. */
    void vote(Vote vote);

    /** {@return how far another member has been; zeros if it was never seen} */
    Position seen(PeerId member);

    /** Keeps how far another member is, in place of what was known before. */
    void see(PeerId member, Position position);
}
