package org.naivechain.simulation;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

/**
 * What a simulated user asks of a node.
 *
 * @param text what the block is to carry
 * @param key what names the request, if it may be asked again
 * @param then takes the outcome
 */
record UserRequest(String text, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {}
