package org.naivechain.protocol;

/**
 * Where the logic says that another node proved to be hostile or broken: a port, used by the node's thread. Who goes on like
 * that is shut out for a while. The word of one node about another is no proof, and neither is a mere disagreement, such as a
 * fork.
 */
public interface Misbehaviour {
    /** Nobody minds. */
    Misbehaviour IGNORED = new Misbehaviour() {
        @Override
        public void ofSender(String sentFrom, Kind kind, String detail) {}

        @Override
        public void ofCalled(PeerAddress peer, Kind kind, String detail) {}
    };

    /**
     * Says what the sender of the command that is being handled has done; must not block.
     *
     * @param sentFrom the host that the command came from, as an IP address
     * @param kind what it is called
     * @param detail what it was, for the log
     */
    void ofSender(String sentFrom, Kind kind, String detail);

    /**
     * Says what a node that this one called has answered; must not block.
     *
     * @param peer where it was called
     * @param kind what it is called
     * @param detail what it was, for the log
     */
    void ofCalled(PeerAddress peer, Kind kind, String detail);

    /** What others may do wrong, and how much it counts: the more, the surer it is that no honest node does it. */
    enum Kind {
        /** What cannot be read at all. */
        GARBAGE(1_000),
        /** JSON, but no command, or none with sense; a node of another version may send a few. */
        MALFORMED(100),
        /** More than the limits allow. */
        FLOOD(1),
        /** Blocks whose own hashes are wrong. */
        FORGED_BLOCK(2_500),
        /** A length of the chain, and no blocks when asked for them. */
        FALSE_HEIGHT(2_500),
        /** An id that belongs to another; one who tells of a node that has moved does this too. */
        FALSE_ID(500),
        /** Votes asked for under a ballot that is outbid; one who was away for a while does this too. */
        STALE_VOTE(20);

        private final int points;

        Kind(int points) {
            this.points = points;
        }

        /** {@return how many penalty points it counts, to be held against a limit} */
        public int points() {
            return points;
        }
    }
}
