package org.naivechain.protocol;

/** What comes of an attempt to join a network. */
public sealed interface JoinOutcome {
    /** This node is a member, and has the chain of the member that it joined through. */
    record Joined(Peer peer) implements JoinOutcome {}

    /**
     * This node is no member.
     *
     * @param reason why, and what to do
     * @param passing whether trying again later may help
     */
    record NotJoined(String reason, boolean passing) implements JoinOutcome {
        /** It did not work this time. */
        public static NotJoined yet(String reason) {
            return new NotJoined(reason, true);
        }

        /** It cannot work. */
        public static NotJoined ever(String reason) {
            return new NotJoined(reason, false);
        }
    }
}
