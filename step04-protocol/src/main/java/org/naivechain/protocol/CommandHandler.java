package org.naivechain.protocol;

import java.util.function.Consumer;

/** What hears commands that arrive: called by the node's thread. */
@FunctionalInterface
public interface CommandHandler<C extends Command> {
    /**
     * Handles a command; must not block.
     *
     * @param answer takes the reply, exactly once, now or later
     */
    void receive(Sender sender, C command, Consumer<Reply> answer);
}
