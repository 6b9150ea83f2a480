package org.naivechain.consensus.majority;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Optional;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/** What is answered to a {@link BallotCommand}, beside an acknowledgement or a refusal. */
public sealed interface BallotReply extends Reply {
    /**
     * Who answers, and what it knows of the node that asks.
     *
     * @param run a number that this run of the program has drawn, unlike that of any other
     * @param known how far the asker is known to have been; zeros if nothing is known
     */
    @JsonTypeName("IDENTIFIED")
    record Identified(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "run", required = true) long run,
            @JsonProperty(value = "known", required = true) Position known)
            implements BallotReply {}

    /**
     * A promise to vote under no lower ballot than the one that was asked for (phase 1b of Paxos).
     *
     * @param position how far decisions reach, as far as the member knows
     * @param vote what it voted for last, if it did
     */
    @JsonTypeName("PROMISED")
    record Promised(
            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty("vote") Optional<Vote> vote)
            implements BallotReply {}

    /**
     * No: the node that asks is no member any more, as it will find when it has fetched what is decided.
     *
     * @param position how far decisions reach, as far as the member knows
     */
    @JsonTypeName("AHEAD")
    record Ahead(
            @JsonProperty(value = "position", required = true)
            Position position) implements BallotReply {
        @Override
        public String toString() {
            return "it is at " + position + ", and knows of other members";
        }
    }

    /** No: this member has promised not to vote under a ballot as low as that. */
    @JsonTypeName("OUTBID")
    record Outbid(
            @JsonProperty(value = "promised", required = true)
            Ballot promised) implements BallotReply {
        @Override
        public String toString() {
            return "it has promised the ballot " + promised;
        }
    }
}
