package org.naivechain.consensus.sealed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.naivechain.protocol.Reply;

/** What is answered to a {@link SealedCommand}. */
public sealed interface SealedReply extends Reply {
    /**
     * By what rules blocks are sealed.
     *
     * @param text the engine and its numbers, the same text at all nodes of a network
     */
    @JsonTypeName("SEAL_RULES")
    record Rules(
            @JsonProperty(value = "text", required = true) String text) implements SealedReply {}
}
