package org.naivechain.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.naivechain.protocol.Peer;

/**
 * A request to change who the members are. To request the same again changes nothing.
 *
 * @param peer the node that comes or goes; one of this program
 */
public record Change(
        @JsonProperty(value = "kind", required = true) Kind kind,
        @JsonProperty(value = "peer", required = true) Peer peer) {
    /** What becomes of the node. */
    public enum Kind {
        /** It becomes a member. */
        ADD,
        /** It is no member any more: it has left, or will not come back. */
        REMOVE
    }

    /**
     * Checks who is meant.
     *
     * @throws IllegalArgumentException if the node could be no member
     */
    public Change {
        if (!peer.runsThisProgram()) {
            throw new IllegalArgumentException("a node of the original has no vote: " + peer);
        }
    }

    /** A node is to become a member. */
    public static Change add(Peer peer) {
        return new Change(Kind.ADD, peer);
    }

    /** A node is to be no member any more. */
    public static Change remove(Peer peer) {
        return new Change(Kind.REMOVE, peer);
    }

    @Override
    public String toString() {
        return (kind == Kind.ADD ? "admit " : "remove ") + peer;
    }
}
