package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.naivechain.blocks.Block;

/** What a node answers to a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
public sealed interface Reply extends Outcome {
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

    /**
     * I am here. Nodes of the original cannot say this.
     *
     * @param peerId the id of the node that answers
     */
    @JsonTypeName("PONG")
    record Pong(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId) implements Reply {}

    /**
     * A page of the chain. Nodes of the original cannot say this.
     *
     * @param blocks the blocks, in order; none if the chain ends before the first one wanted
     * @param length how many blocks the whole chain has
     */
    @JsonTypeName("BLOCKS")
    record Blocks(
            @JsonProperty(value = "blocks", required = true) List<Block> blocks,
            @JsonProperty(value = "length", required = true) long length)
            implements Reply {
        /** Keeps a copy of the blocks. */
        public Blocks {
            blocks = List.copyOf(blocks);
        }
    }
}
