package org.naivechain.ledger;

import java.util.Optional;

/**
 * Where a node keeps who the members were, by version: a port, used by the node's thread. It is as durable as the blocks, and
 * changes together with them.
 */
public interface Memberships {
    /** {@return the membership with the highest version: {@link Membership#NONE} at first} */
    Membership latest();

    /**
     * The membership with the highest version among those that had begun at some length of the chain.
     *
     * @return {@link Membership#NONE} if none is known
     */
    Membership at(long length);

    /**
     * A membership by its version.
     *
     * @return nothing if it is not known
     */
    Optional<Membership> find(long version);

    /**
     * Keeps a membership beside those before it.
     *
     * @param membership one whose version is higher than all that are kept; {@link Membership#NONE} as the first, if the node
     *     knows that it belongs to no network
     */
    void record(Membership membership);

    /** Forgets all. */
    void clear();
}
