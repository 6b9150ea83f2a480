package org.naivechain.protocol;

/**
 * A node of the network: who it is and where it can be called.
 *
 * @param id its name
 * @param address where its WebSocket listener is
 * @param kind whose program it runs, as far as is known
 */
public record Peer(PeerId id, PeerAddress address, Kind kind) {
    /** Whose program a node runs. */
    public enum Kind {
        /** This one: the node knows ballots, and can be a member where they are used. */
        OURS,
        /** The older Python system, or one that speaks like it. */
        ORIGINAL
    }

    /**
     * A node of ours.
     *
     * @param id its name
     * @param address where its WebSocket listener is
     */
    public Peer(PeerId id, PeerAddress address) {
        this(id, address, Kind.OURS);
    }

    /**
     * Whether it runs this program.
     *
     * @return false for a node of the original
     */
    public boolean isOurs() {
        return kind == Kind.OURS;
    }

    @Override
    public String toString() {
        return id + " at " + address;
    }
}
