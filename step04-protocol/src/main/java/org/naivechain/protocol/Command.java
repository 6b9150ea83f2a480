package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;

/**
 * What a node may ask of another. The commands are those of the original, with fields of ours added that it ignores, and
 * some that are ours alone. Every command is handled by a {@link Visitor}, so a new one that nobody handles does
 * not compile.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "CMD")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface Command {
    /**
     * Calls the visitor's method for this command.
     *
     * @param visitor what to do for each kind of command
     */
    void accept(Visitor visitor);

    /** What to do for each kind of command. */
    interface Visitor {
        /**
         * A node wants to become a member.
         *
         * @param join the command
         */
        void newPeerJoin(NewPeerJoin join);

        /**
         * A member sends what it knows to a node that wants to become one.
         *
         * @param upload the command
         */
        void joinDataUpload(JoinDataUpload upload);

        /**
         * A new member introduces itself.
         *
         * @param introduction the command
         */
        void addPeer(AddPeer introduction);

        /**
         * A member asks for a vote.
         *
         * @param vote the command
         */
        void validateBlock(ValidateBlock vote);

        /**
         * A member says that a block was agreed on.
         *
         * @param commit the command
         */
        void addBlock(AddBlock commit);

        /**
         * A member names the block that it appended.
         *
         * @param confirmation the command
         */
        void confirmBlock(ConfirmBlock confirmation);

        /**
         * Somebody asks for a page of the chain.
         *
         * @param request the command
         */
        void getBlocks(GetBlocks request);

        /** Somebody asks whether this node is there. */
        void ping();

        /**
         * A member asks who is there, and what is known of it.
         *
         * @param question the command
         */
        void identify(Identify question);

        /**
         * A member wants to propose.
         *
         * @param prepare the command
         */
        void prepare(Prepare prepare);

        /**
         * A member proposes blocks.
         *
         * @param proposal the command
         */
        void propose(Propose proposal);

        /**
         * A member says what has been decided.
         *
         * @param decision the command
         */
        void decide(Decide decision);

        /**
         * A member hands over what its users want to add.
         *
         * @param submission the command
         */
        void submit(Submit submission);

        /**
         * A member hands over a change of who the members are.
         *
         * @param amendment the command
         */
        void amend(Amend amendment);

        /**
         * A node says what it knows of nodes.
         *
         * @param gossip the command
         */
        void gossip(Gossip gossip);

        /**
         * A node asks whether another answers.
         *
         * @param probe the command
         */
        void probe(Probe probe);
    }

    /** A command that names a peer by its id and by the address at which it says it can be called. */
    sealed interface Introduction extends Command {
        /** {@return the id of the peer that is introduced} */
        PeerId peerId();

        /** {@return where it says it can be called: its host, which may be the wildcard {@code 0.0.0.0}} */
        String peerHost();

        /** {@return the port there} */
        Port peerPort();

        /**
         * The peer that is introduced.
         *
         * @param sentFrom the host that the command came from
         * @return its id and the address at which to call it
         */
        default Peer peer(String sentFrom) {
            return Command.peer(peerId(), peerHost(), peerPort(), runsThisProgram(), sentFrom);
        }

        /** {@return whether the peer runs this program; false for a node of the original, which says nothing of the kind} */
        boolean runsThisProgram();
    }

    /**
     * A node wants to become a member; answered after the receiver has sent it a {@link JoinDataUpload}.
     *
     * @param peerId the joiner
     * @param peerHost the host at which it says it can be called
     * @param peerPort the port at which it can be called
     * @param expectedId the id that the joiner believes the receiver has; ours alone
     * @param length how many blocks the joiner has; ours alone, and who says it can fetch a long chain in pages
     * @param ballots whether the joiner votes by ballots; ours alone
     */
    @JsonTypeName("NEW_PEER_JOIN")
    record NewPeerJoin(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "peer_host", required = true)
            String peerHost,

            @JsonProperty(value = "peer_port", required = true)
            Port peerPort,

            @JsonProperty("expected_id") Optional<PeerId> expectedId,
            @JsonProperty("length") Optional<Long> length,
            @JsonProperty("ballots") Optional<Boolean> ballots)
            implements Introduction {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if the host is no host
         */
        public NewPeerJoin {
            new PeerAddress(peerHost, peerPort);
        }

        @Override
        public boolean runsThisProgram() {
            return length.isPresent();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.newPeerJoin(this);
        }
    }

    /**
     * What a member knows, for a node that asked to become one.
     *
     * @param peerList the other members
     * @param dataList the blocks, all of them or, to a joiner that can fetch pages, the first
     * @param length how many blocks there are; ours alone
     */
    @JsonTypeName("NEW_JOIN_DATA_UPLOAD")
    record JoinDataUpload(
            @JsonProperty(value = "peer_list", required = true)
            List<ListedPeer> peerList,

            @JsonProperty(value = "data_list", required = true)
            List<Block> dataList,

            @JsonProperty("length") Optional<Long> length)
            implements Command {
        /** Keeps copies of the lists. */
        public JoinDataUpload {
            peerList = List.copyOf(peerList);
            dataList = List.copyOf(dataList);
        }

        /**
         * The other members.
         *
         * @param sentFrom the host that the command came from
         * @return their ids and the addresses at which to call them
         */
        public List<Peer> peers(String sentFrom) {
            return peerList.stream()
                    .map(listed -> Command.peer(
                            listed.peer(),
                            listed.host(),
                            listed.port(),
                            listed.voter().orElse(false),
                            sentFrom))
                    .toList();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.joinDataUpload(this);
        }
    }

    /**
     * A member in the list of a {@link JoinDataUpload}.
     *
     * @param peer its id
     * @param host the host at which it can be called
     * @param port the port there
     * @param voter whether it runs this program; ours alone
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ListedPeer(
            @JsonProperty(value = "peer", required = true) PeerId peer,
            @JsonProperty(value = "host", required = true) String host,
            @JsonProperty(value = "port", required = true) Port port,
            @JsonProperty("voter") Optional<Boolean> voter) {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if the host is no host
         */
        public ListedPeer {
            new PeerAddress(host, port);
        }

        /**
         * A member as the original lists it.
         *
         * @param peer its id
         * @param host the host at which it can be called
         * @param port the port there
         */
        public ListedPeer(PeerId peer, String host, Port port) {
            this(peer, host, port, Optional.empty());
        }
    }

    /**
     * A new member introduces itself to a member that it was told of.
     *
     * @param peerId the new member
     * @param peerHost the host at which it says it can be called
     * @param peerPort the port there
     * @param voter whether it runs this program; ours alone
     */
    @JsonTypeName("ADD_PEER")
    record AddPeer(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "peer_host", required = true)
            String peerHost,

            @JsonProperty(value = "peer_port", required = true)
            Port peerPort,

            @JsonProperty("voter") Optional<Boolean> voter)
            implements Introduction {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if the host is no host
         */
        public AddPeer {
            new PeerAddress(peerHost, peerPort);
        }

        /**
         * An introduction as the original writes it.
         *
         * @param peerId the new member
         * @param peerHost the host at which it says it can be called
         * @param peerPort the port there
         */
        public AddPeer(PeerId peerId, String peerHost, Port peerPort) {
            this(peerId, peerHost, peerPort, Optional.empty());
        }

        @Override
        public boolean runsThisProgram() {
            return voter.orElse(false);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.addPeer(this);
        }
    }

    /**
     * A member asks: would you append this block next? An acknowledgement is a vote for it.
     *
     * @param block the proposed block
     */
    @JsonTypeName("VALIDATE_BLOCK")
    record ValidateBlock(
            @JsonProperty(value = "block_data", required = true)
            Block block) implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.validateBlock(this);
        }
    }

    /**
     * A member says: append the block that carries this text, a majority has agreed.
     *
     * @param text the user's text (not its literal)
     * @param block the whole block; ours alone, so that a receiver need not guess which block is meant
     */
    @JsonTypeName("ADD_BLOCK")
    record AddBlock(
            @JsonProperty(value = "data", required = true) String text,
            @JsonProperty("block") Optional<Block> block) implements Command {
        /**
         * Checks that both fields say the same.
         *
         * @throws IllegalArgumentException if the text is too long for a block, or the block carries another one
         */
        public AddBlock {
            BlockData data = BlockData.of(text);
            if (block.isPresent() && !block.get().data().equals(data)) {
                throw new IllegalArgumentException("data and block must carry the same text: data=" + data + ", block="
                        + block.get().data());
            }
        }

        /** {@return what the block carries} */
        public BlockData blockData() {
            return BlockData.of(text);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.addBlock(this);
        }
    }

    /**
     * A member names the block that it has just appended: on the wire a bare block, without {@code CMD}.
     *
     * @param block the appended block
     */
    record ConfirmBlock(Block block) implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.confirmBlock(this);
        }
    }

    /**
     * Somebody asks for a page of the chain; answered with {@link Reply.Blocks}. Ours alone: a node of the original
     * acknowledges it like any command that it does not know.
     *
     * @param from the index of the first block wanted
     * @param limit how many are wanted at the most
     * @param version the version of the membership that is known; 0 for none
     */
    @JsonTypeName("GET_BLOCKS")
    record GetBlocks(
            @JsonProperty(value = "from", required = true) long from,
            @JsonProperty(value = "limit", required = true) int limit,

            @JsonProperty(value = "version", required = true)
            long version)
            implements Command {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the index is negative or nothing is wanted
         */
        public GetBlocks {
            if (from < 0 || limit < 1 || version < 0) {
                throw new IllegalArgumentException("from and version must not be negative and limit must be positive:"
                        + " from=" + from + ", limit=" + limit + ", version=" + version);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.getBlocks(this);
        }
    }

    /** Somebody asks whether this node is there; answered with {@link Reply.Pong}. A node of the original hangs up. */
    @JsonTypeName("PING")
    record Ping() implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.ping();
        }
    }

    /**
     * A member asks which node answers at another's address, and how far that one knows the asker to have been; answered with
     * {@link Reply.Identified}. Ours alone.
     *
     * @param peerId the asker
     */
    @JsonTypeName("IDENTIFY")
    record Identify(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId) implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.identify(this);
        }
    }

    /**
     * A member wants to propose (phase 1a of Paxos); answered with {@link Reply.Promised}. Ours alone.
     *
     * @param ballot under which ballot
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
            implements Command {
        /**
         * A question that does not say which run asks.
         *
         * @param ballot under which ballot
         * @param position how far decisions reach, as far as it knows
         */
        public Prepare(Ballot ballot, Position position) {
            this(ballot, position, Optional.empty());
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.prepare(this);
        }
    }

    /**
     * A member asks for votes (phase 2a of Paxos); an acknowledgement is a vote. Ours alone.
     *
     * @param ballot under which ballot
     * @param batch for which blocks
     */
    @JsonTypeName("PROPOSE")
    record Propose(
            @JsonProperty(value = "ballot", required = true) Ballot ballot,
            @JsonProperty(value = "batch", required = true) Batch batch)
            implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.propose(this);
        }
    }

    /**
     * The proposer says what has been decided, when it is and from time to time, which tells that the proposer is there.
     * Acknowledged by who has all of it. Ours alone.
     *
     * @param ballot under which ballot it proposes
     * @param position how far decisions reach
     * @param head the hash of the last decided block
     */
    @JsonTypeName("DECIDE")
    record Decide(
            @JsonProperty(value = "ballot", required = true) Ballot ballot,

            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty(value = "head", required = true) Hash head)
            implements Command {
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
     * it; that it is done shows in the chain. Ours alone.
     *
     * @param additions what to add, in order; at least one
     */
    @JsonTypeName("SUBMIT")
    record Submit(
            @JsonProperty(value = "additions", required = true)
            List<Addition> additions) implements Command {
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

    /**
     * A member hands over to the proposer a change of who the members are; acknowledged when it is decided. Ours alone.
     *
     * @param change who is to come or to go
     */
    @JsonTypeName("AMEND")
    record Amend(
            @JsonProperty(value = "change", required = true) Change change) implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.amend(this);
        }
    }

    /**
     * A node says how it is, and what it has heard of others; answered with {@link Reply.Gossiped}. Ours alone.
     *
     * @param self the sender
     * @param known how many other nodes the sender knows that are not gone; who knows less than the receiver is told more
     * @param from how many the receiver has told already, of all that it knows, when the sender asks on; 0 to begin
     * @param digest some of them, at most {@link #MAX_DIGEST}
     */
    @JsonTypeName("GOSSIP")
    record Gossip(
            @JsonProperty(value = "self", required = true) Rumour self,
            @JsonProperty(value = "known", required = true) int known,
            @JsonProperty(value = "from", required = true) int from,

            @JsonProperty(value = "digest", required = true) List<Rumour> digest)
            implements Command {
        /** The most rumours in one message. */
        public static final int MAX_DIGEST = 1_000;

        /**
         * Keeps a copy of the digest.
         *
         * @throws IllegalArgumentException if it is too long, or a number is negative
         */
        public Gossip {
            known = notNegative("known", known);
            from = notNegative("from", from);
            digest = checked(digest);
        }

        static int notNegative(String name, int count) {
            if (count < 0) {
                throw new IllegalArgumentException(name + " must not be negative: " + count);
            }
            return count;
        }

        static List<Rumour> checked(List<Rumour> digest) {
            if (digest.size() > MAX_DIGEST) {
                throw new IllegalArgumentException(
                        "a digest must have at most " + MAX_DIGEST + " rumours: " + digest.size());
            }
            return List.copyOf(digest);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.gossip(this);
        }
    }

    /**
     * A node that does not hear from another asks whether the receiver does (SWIM's ping-req); an acknowledgement says yes.
     * Ours alone.
     *
     * @param id who does not answer
     * @param address where it was called
     */
    @JsonTypeName("PROBE")
    record Probe(
            @JsonProperty(value = "peer_id", required = true)
            PeerId id,

            @JsonProperty(value = "address", required = true)
            PeerAddress address)
            implements Command {
        @Override
        public void accept(Visitor visitor) {
            visitor.probe(this);
        }
    }

    /**
     * What an introduction says of whose program the peer runs.
     *
     * @param peer who is introduced
     * @return true for one of this program; of a node of the original nothing, as it would itself
     */
    static Optional<Boolean> voter(Peer peer) {
        return peer.runsThisProgram() ? Optional.of(true) : Optional.empty();
    }

    private static Peer peer(PeerId id, String host, Port port, boolean ours, String sentFrom) {
        Peer.Kind kind = ours ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL;
        return new Peer(id, new PeerAddress(host, port).seenFrom(sentFrom), kind);
    }
}
