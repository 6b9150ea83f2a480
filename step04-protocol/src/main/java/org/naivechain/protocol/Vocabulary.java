package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words of one layer: its commands, and the replies that only it gives.
 *
 * @param replies records, beside those of {@link Reply}
 */
public record Vocabulary<C extends Command>(Class<C> commands, List<Class<? extends Reply>> replies) {
    /**
     * Checks that the commands are known.
     *
     * @throws IllegalArgumentException if the interface is not sealed
     */
    public Vocabulary {
        if (!commands.isSealed()) {
            throw new IllegalArgumentException("the commands of a layer must be a sealed interface: " + commands);
        }
        replies = List.copyOf(replies);
    }

    /** {@return the classes that are written with a name, commands and replies} */
    Stream<Class<?>> named() {
        return Stream.concat(Stream.of(commands.getPermittedSubclasses()), replies.stream())
                .filter(type -> type.isAnnotationPresent(JsonTypeName.class));
    }

    /** The words together with what handles the commands. */
    public Installed<C> handledBy(CommandHandler<? super C> handler) {
        return new Installed<>(this, handler);
    }

    /** A vocabulary that a node understands, as it can handle it. */
    public record Installed<C extends Command>(Vocabulary<C> vocabulary, CommandHandler<? super C> handler) {}
}
