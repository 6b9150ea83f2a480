package org.naivechain.protocol;

import java.util.function.Consumer;

/** What hears gossip: a port, called by the node's thread. */
public interface Gossiper {
    /**
     * Hears what another node knows of nodes; must not block.
     *
     * @param sentFrom the host that it came from, as an IP address
     * @param gossip the command
     * @return {@link Reply.Gossiped}, or a refusal
     */
    Reply hear(String sentFrom, Command.Gossip gossip);

    /**
     * Tries whether a node answers, for another that does not hear of it; must not block.
     *
     * @param probe the command
     * @param answer takes an acknowledgement if the node answers, or a refusal; exactly once, now or later
     */
    void probe(Command.Probe probe, Consumer<Reply> answer);

    /** Takes part in nothing. */
    Gossiper NONE = new Gossiper() {
        private static final Reply REFUSAL = new Reply.Refusal("this node does not gossip");

        @Override
        public Reply hear(String sentFrom, Command.Gossip gossip) {
            return REFUSAL;
        }

        @Override
        public void probe(Command.Probe probe, Consumer<Reply> answer) {
            answer.accept(REFUSAL);
        }
    };
}
