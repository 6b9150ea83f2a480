package org.naivechain.protocol;

import java.util.OptionalLong;

/** What a reply frame turned out to say, and to which command; the bare reply of the original names none. */
public record Answer(OptionalLong id, Outcome outcome) {}
