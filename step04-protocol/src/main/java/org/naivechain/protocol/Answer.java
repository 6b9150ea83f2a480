package org.naivechain.protocol;

import java.util.OptionalLong;

/**
 * What a reply frame turned out to say.
 *
 * @param id the command that it answers; none for the bare reply of the original
 * @param outcome the reply, or silence if the frame says nothing that can be understood
 */
public record Answer(OptionalLong id, Outcome outcome) {}
