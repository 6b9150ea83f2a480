package org.naivechain.protocol;

import java.util.function.Consumer;

/** The way to other nodes: a port, used by the node's thread. */
public interface Network {
    /**
     * Sends a command; must not block, and never throws. The outcome is told exactly once, later, on the node's thread: the peer's reply, or
     * {@link Outcome.Silence} after at most {@link #REPLY_SECONDS}.
     *
     * @param to where the peer listens
     * @param command what to ask of it
     * @param then what to do with the outcome
     */
    void send(PeerAddress to, Command command, Consumer<Outcome> then);

    /** How long a peer has for its reply, as in the original. */
    int REPLY_SECONDS = 10;
}
