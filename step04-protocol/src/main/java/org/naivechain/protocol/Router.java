package org.naivechain.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands each command to the layer that it belongs to. Router and codec are made of one list: whatever can be read is handled,
 * and what is not installed is an unknown command. For the node's thread only.
 */
public final class Router implements CommandHandler<Command> {
    private final Map<Class<?>, CommandHandler<Command>> handlers = new HashMap<>();
    private final List<Vocabulary<?>> words;

    /** A router for the vocabularies that a node understands. */
    public Router(List<Vocabulary.Installed<?>> installed) {
        this.words = installed.stream()
                .<Vocabulary<?>>map(Vocabulary.Installed::vocabulary)
                .toList();
        installed.forEach(this::install);
    }

    private <C extends Command> void install(Vocabulary.Installed<C> installed) {
        Class<C> commands = installed.vocabulary().commands();
        for (Class<?> command : commands.getPermittedSubclasses()) {
            handlers.put(
                    command,
                    (sender, received, answer) -> installed.handler().receive(sender, commands.cast(received), answer));
        }
    }

    /** {@return what reads and writes the frames of these vocabularies, made anew: it takes a while, and is to be kept} */
    public Codec codec() {
        return new Codec(words);
    }

    @Override
    public void receive(Sender sender, Command command, Consumer<Reply> answer) {
        handlers.get(command.getClass()).receive(sender, command, answer);
    }
}
