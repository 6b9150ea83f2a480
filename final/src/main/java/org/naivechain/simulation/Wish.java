package org.naivechain.simulation;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.AddKey;
import org.naivechain.protocol.AddOutcome;

/**
 * What a simulated user asks of a node.
 *
 * @param text what the block is to carry
 * @param key what names the wish, if it may be asked again
 * @param then takes the outcome
 */
record Wish(String text, Optional<AddKey> key, Consumer<AddOutcome> then) {}
