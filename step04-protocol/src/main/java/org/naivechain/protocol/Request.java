package org.naivechain.protocol;

import java.util.OptionalLong;

/** What a frame turned out to ask. */
public sealed interface Request {
    /** A command, and the number that its reply must name; none if the sender expects the bare reply of the original. */
    record Understood(Command command, OptionalLong id) implements Request {}

    /** JSON, but no command that this node understands: it is refused, with the reason. */
    record Malformed(String reason, OptionalLong id) implements Request {}

    /** No JSON object at all: whoever sends this is hung up on, as the original does. */
    record NotJson(String reason) implements Request {}
}
