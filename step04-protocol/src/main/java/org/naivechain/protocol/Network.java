package org.naivechain.protocol;

import java.util.function.Consumer;

/** The way to other nodes: a port, used by the node's thread. */
@FunctionalInterface
public interface Network {
    /** How long a peer has for its reply, as in the original. */
    int REPLY_SECONDS = 10;

    /**
     * Sends a command; must not block, and never throws. The outcome is told exactly once, later, on the node's thread: the
     * peer's reply, or {@link Outcome.Silence} after at most {@link #REPLY_SECONDS}.
     */
    void send(PeerAddress to, Command command, Consumer<Outcome> then);

    /** Says what a node that was called has done; must not block. Without a defence it has no consequences. */
    default void accuse(PeerAddress called, Misbehaviour what, String detail) {}
}
