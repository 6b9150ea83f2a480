package org.naivechain.protocol;

/** What comes of an attempt to join a network. */
public sealed interface JoinOutcome {
    /**
     * This node is a member, and has the chain.
     *
     * @param peer the member that it joined through
     */
    record Joined(Peer peer) implements JoinOutcome {}

    /**
     * This node is no member.
     *
     * @param reason why, and what to do
     */
    record NotJoined(String reason) implements JoinOutcome {}
}
