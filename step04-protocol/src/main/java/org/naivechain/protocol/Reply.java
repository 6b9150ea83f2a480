package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * A page of the chain. Nodes of the original cannot say this. It names who sends it, because an address may have come to
     * belong to a node of another network, whose blocks are none of this one's.
     *
     * @param peerId the id of the node that answers
     * @param blocks the blocks, in order; none if the chain ends before the first one wanted
     * @param position how far decisions reach, as far as the member knows
     * @param keys the requests behind the blocks, by the index of the block
     * @param membership who the members were at the end of the page, if who asks does not know yet
     */
    @JsonTypeName("BLOCKS")
    record Blocks(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "blocks", required = true) List<Block> blocks,

            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty(value = "keys", required = true) Map<Long, IdempotencyKey> keys,

            @JsonProperty("membership") @JsonInclude(JsonInclude.Include.NON_ABSENT)
            Optional<Membership> membership)
            implements Reply {
        /** Keeps copies. */
        public Blocks {
            blocks = List.copyOf(blocks);
            keys = Map.copyOf(keys);
        }

        /**
         * A page of blocks that were added without keys.
         *
         * @param peerId the id of the node that answers
         * @param blocks the blocks, in order
         * @param length how many blocks the whole chain has
         */
        public Blocks(PeerId peerId, List<Block> blocks, long length) {
            this(peerId, blocks, new Position(length, 0), Map.of(), Optional.empty());
        }
    }

    /**
     * Who answers, and what it knows of the node that asks. Nodes of the original cannot say this.
     *
     * @param peerId the id of the node that answers
     * @param run a number that this run of the program has drawn, unlike that of any other
     * @param known how far the asker is known to have been; zeros if nothing is known
     */
    @JsonTypeName("IDENTIFIED")
    record Identified(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "run", required = true) long run,

            @JsonProperty(value = "known", required = true) Position known)
            implements Reply {}

    /**
     * A promise to vote under no lower ballot than the one that was asked for (phase 1b of Paxos). Nodes of the original
     * cannot say this.
     *
     * @param position how far decisions reach, as far as the member knows
     * @param vote what it voted for beyond that, if it did
     */
    @JsonTypeName("PROMISED")
    record Promised(
            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty("vote") @JsonInclude(JsonInclude.Include.NON_ABSENT)
            Optional<Vote> vote)
            implements Reply {}

    /**
     * No: who asks is no member any more, as it will find when it has fetched what is decided. Nodes of the original cannot say
     * this.
     *
     * @param position how far decisions reach, as far as the member knows
     */
    @JsonTypeName("AHEAD")
    record Ahead(
            @JsonProperty(value = "position", required = true)
            Position position) implements Reply {
        @Override
        public String toString() {
            return "it is at " + position + ", and knows of other members";
        }
    }

    /**
     * No: this member has promised not to vote under a ballot as low as that. Nodes of the original cannot say this.
     *
     * @param promised the ballot that it has promised
     */
    @JsonTypeName("OUTBID")
    record Outbid(
            @JsonProperty(value = "promised", required = true)
            Ballot promised) implements Reply {
        @Override
        public String toString() {
            return "it has promised the ballot " + promised;
        }
    }

    /**
     * How this node is, and what it has heard of others. Nodes of the original cannot say this.
     *
     * @param self the node that answers
     * @param known how many other nodes it knows that are not gone; who knows far less asks on
     * @param digest others, at most {@link Command.Gossip#MAX_DIGEST}
     */
    @JsonTypeName("GOSSIPED")
    record Gossiped(
            @JsonProperty(value = "self", required = true) Rumour self,
            @JsonProperty(value = "known", required = true) int known,

            @JsonProperty(value = "digest", required = true) List<Rumour> digest)
            implements Reply {
        /**
         * Keeps a copy of the digest.
         *
         * @throws IllegalArgumentException if it is too long, or the number is negative
         */
        public Gossiped {
            known = Command.Gossip.notNegative("known", known);
            digest = Command.Gossip.checked(digest);
        }
    }
}
