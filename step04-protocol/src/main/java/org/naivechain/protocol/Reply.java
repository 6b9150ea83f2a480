package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What a node answers to a command. A layer may have replies of its own, beside these that all nodes of this program know. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public non-sealed interface Reply extends Outcome {
    /** The one acknowledgement. */
    Reply ACK = new Ack();

    /** Yes: done, or agreed. */
    @JsonTypeName("ACK")
    record Ack() implements Reply {
        @Override
        public String toString() {
            return "ACK";
        }
    }

    /**
     * No: nothing was done; for a vote, no vote.
     *
     * @param reason the rule that the command breaks, with the value that breaks it
     */
    @JsonTypeName("KCA")
    record Refusal(
            @JsonProperty(value = "reason", required = true) String reason) implements Reply {
        @Override
        public String toString() {
            return reason;
        }
    }

    /** I am here, and this is my id. Nodes of the original cannot say this. */
    @JsonTypeName("PONG")
    record Pong(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId) implements Reply {}
}
