package org.naivechain.consensus.majority;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Vocabulary;

/** What members that vote by ballots ask each other. */
public sealed interface BallotCommand extends Command {
    /** These commands, and their replies. */
    Vocabulary<BallotCommand> VOCABULARY = new Vocabulary<>(
            BallotCommand.class,
            List.of(
                    BallotReply.Identified.class,
                    BallotReply.Promised.class,
                    BallotReply.Ahead.class,
                    BallotReply.Outbid.class));

    /** Calls the visitor's method for this command. */
    void accept(Visitor visitor);

    /** What to do for each kind of command. */
    interface Visitor {
        void identify(Identify question);

        void prepare(Prepare prepare);

        void propose(Propose proposal);

        void decide(Decide decision);

        void submit(Submit submission);

        void amend(Amend amendment);
    }

    /**
     * A member, the asker, asks which node answers at another's address, and how far that one knows the asker to have been;
     * answered with {@link BallotReply.Identified}.
     */
    @JsonTypeName("IDENTIFY")
    record Identify(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId) implements BallotCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.identify(this);
        }
    }

    /**
     * A member wants to propose (phase 1a of Paxos); answered with {@link BallotReply.Promised}.
     *
     * @param position how far decisions reach, as far as it knows
     * @param run which run of the program asks, so that it is not taken for another one with the same id; nodes of the version
     *     before do not say it
     */
    @JsonTypeName("PREPARE")
    record Prepare(
            @JsonProperty(value = "ballot", required = true) Ballot ballot,

            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty("run") Optional<Long> run)
            implements BallotCommand {
        /** A question that does not say which run asks. */
        public Prepare(Ballot ballot, Position position) {
            this(ballot, position, Optional.empty());
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.prepare(this);
        }
    }

    /** A member asks for votes for a batch (phase 2a of Paxos); an acknowledgement is a vote. */
    @JsonTypeName("PROPOSE")
    record Propose(
            @JsonProperty(value = "ballot", required = true) Ballot ballot,
            @JsonProperty(value = "batch", required = true) Batch batch)
            implements BallotCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.propose(this);
        }
    }

    /**
     * The proposer says what has been decided, when it is and from time to time, which tells that the proposer is there. A
     * member acknowledges it that has all of it.
     */
    @JsonTypeName("DECIDE")
    record Decide(
            @JsonProperty(value = "ballot", required = true) Ballot ballot,

            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty(value = "head", required = true) Hash head)
            implements BallotCommand {
        /**
         * Checks that there is a last block.
         *
         * @throws IllegalArgumentException if no block is decided, not even the first
         */
        public Decide {
            if (position.length() < 1) {
                throw new IllegalArgumentException("a decision follows the genesis block: position=" + position);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.decide(this);
        }
    }

    /**
     * A member hands over to the proposer what its users want to add. An acknowledgement says that the proposer has taken
     * it; that it is done shows in the chain.
     *
     * @param additions what to add, in order; at least one
     */
    @JsonTypeName("SUBMIT")
    record Submit(
            @JsonProperty(value = "additions", required = true)
            List<Addition> additions) implements BallotCommand {
        /**
         * Keeps a copy of the additions.
         *
         * @throws IllegalArgumentException if there are none
         */
        public Submit {
            if (additions.isEmpty()) {
                throw new IllegalArgumentException("additions must not be empty");
            }
            additions = List.copyOf(additions);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.submit(this);
        }
    }

    /** A member hands over to the proposer a change of who the members are; acknowledged when it is decided. */
    @JsonTypeName("AMEND")
    record Amend(
            @JsonProperty(value = "change", required = true) Change change) implements BallotCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.amend(this);
        }
    }
}
