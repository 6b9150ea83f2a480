package org.naivechain.protocol;

import java.util.OptionalLong;

/** What a frame turned out to ask. */
public sealed interface Request {
    /**
     * A command.
     *
     * @param command what is asked
     * @param id what its reply must name; none if the sender expects the bare reply of the original
     */
    record Understood(Command command, OptionalLong id) implements Request {}

    /**
     * JSON, but no command that this node understands: it is refused.
     *
     * @param reason what is wrong, and where
     * @param id what the refusal must name, if the frame says it
     */
    record Malformed(String reason, OptionalLong id) implements Request {}

    /**
     * No JSON object at all: whoever sends this is hung up on, as the original does.
     *
     * @param reason what is wrong, and where
     */
    record NotJson(String reason) implements Request {}
}
