package org.naivechain.protocol;

import java.util.function.Consumer;

/** What hears commands that arrive: called by the node's thread. */
@FunctionalInterface
public interface CommandHandler {
    /**
     * Handles a command; must not block.
     *
     * @param sentFrom the host that it came from, as an IP address
     * @param command what is asked
     * @param answer takes the reply, exactly once, now or later
     */
    void receive(String sentFrom, Command command, Consumer<Reply> answer);
}
