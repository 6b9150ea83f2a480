package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/**
 * The commands of the original, and {@link Ping}. Fields that are optional were added by this program: nodes of the original
 * neither write nor read them. A {@link Visitor} handles every command, so one that nobody handles does not compile.
 */
public sealed interface PeerCommand extends Command {
    /** These commands; their replies are those of {@link Reply}. */
    Vocabulary<PeerCommand> VOCABULARY =
            new Vocabulary<>(PeerCommand.class, List.of(Reply.Ack.class, Reply.Refusal.class, Reply.Pong.class));

    /** Calls the visitor's method for this command. */
    void accept(Visitor visitor);

    /** What to do for each kind of command. */
    interface Visitor {
        void newPeerJoin(NewPeerJoin join);

        void joinDataUpload(JoinDataUpload upload);

        void addPeer(AddPeer introduction);

        void validateBlock(ValidateBlock vote);

        void addBlock(AddBlock commit);

        void confirmBlock(ConfirmBlock confirmation);

        void ping();
    }

    /**
     * A node wants to become a member; answered after the receiver has sent it a {@link JoinDataUpload}.
     *
     * @param peerHost the host at which the joiner says it can be called
     * @param expectedId the id that the joiner believes the receiver has
     * @param length how many blocks the joiner has; who says it need not be sent the whole chain
     * @param agrees whether the joiner agrees with others on who the members are
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
            @JsonProperty("ballots") Optional<Boolean> agrees)
            implements PeerCommand {
        /** Refuses a host that is none, with an {@link IllegalArgumentException}. */
        public NewPeerJoin {
            new PeerAddress(peerHost, peerPort);
        }

        /** A join as the original asks for it, and whom it asks. */
        public NewPeerJoin(Peer joiner, PeerId expected) {
            this(
                    joiner.id(),
                    joiner.address().host(),
                    joiner.address().port(),
                    Optional.of(expected),
                    Optional.empty(),
                    Optional.empty());
        }

        /** {@return the joiner, at the address at which it can be called by one who saw this come from a host} */
        public Peer peer(String sentFrom) {
            return PeerCommand.peer(peerId, peerHost, peerPort, runsThisProgram(), sentFrom);
        }

        /** {@return whether the joiner runs this program; false for a node of the original} */
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
     * @param dataList all blocks, or, to a joiner that says its length, as many as tell whether its chain is the same
     */
    @JsonTypeName("NEW_JOIN_DATA_UPLOAD")
    record JoinDataUpload(
            @JsonProperty(value = "peer_list", required = true)
            List<ListedPeer> peerList,

            @JsonProperty(value = "data_list", required = true)
            List<Block> dataList,

            @JsonProperty("length") Optional<Long> length)
            implements PeerCommand {
        /** Keeps copies of the lists. */
        public JoinDataUpload {
            peerList = List.copyOf(peerList);
            dataList = List.copyOf(dataList);
        }

        /** {@return the other members, at the addresses at which they can be called by one who saw this come from a host} */
        public List<Peer> peers(String sentFrom) {
            return peerList.stream().map(listed -> listed.peer(sentFrom)).toList();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.joinDataUpload(this);
        }
    }

    /** A member in the list of a {@link JoinDataUpload}. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ListedPeer(
            @JsonProperty(value = "peer", required = true) PeerId peer,
            @JsonProperty(value = "host", required = true) String host,
            @JsonProperty(value = "port", required = true) Port port,
            @JsonProperty("voter") Optional<Boolean> voter) {
        /** Refuses a host that is none, with an {@link IllegalArgumentException}. */
        public ListedPeer {
            new PeerAddress(host, port);
        }

        /** A member, as it is listed. */
        public ListedPeer(Peer member) {
            this(member.id(), member.address().host(), member.address().port(), PeerCommand.voter(member));
        }

        private Peer peer(String sentFrom) {
            return PeerCommand.peer(peer, host, port, voter.orElse(false), sentFrom);
        }
    }

    /**
     * A member introduces a node, mostly itself, to another.
     *
     * @param peerHost the host at which it says it can be called
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
            implements PeerCommand {
        /** Refuses a host that is none, with an {@link IllegalArgumentException}. */
        public AddPeer {
            new PeerAddress(peerHost, peerPort);
        }

        /** The introduction of a node. */
        public AddPeer(Peer peer) {
            this(peer.id(), peer.address().host(), peer.address().port(), PeerCommand.voter(peer));
        }

        /** {@return who is introduced, at the address at which it can be called by one who saw this come from a host} */
        public Peer peer(String sentFrom) {
            return PeerCommand.peer(peerId, peerHost, peerPort, voter.orElse(false), sentFrom);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.addPeer(this);
        }
    }

    /** A member asks: would you append this block next? An acknowledgement is a vote for it. */
    @JsonTypeName("VALIDATE_BLOCK")
    record ValidateBlock(
            @JsonProperty(value = "block_data", required = true)
            Block block) implements PeerCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.validateBlock(this);
        }
    }

    /**
     * A member says: append the block that carries this text, a majority has agreed.
     *
     * @param text the user's text (not its literal)
     * @param block the whole block, so that a receiver need not guess which one is meant
     */
    @JsonTypeName("ADD_BLOCK")
    record AddBlock(
            @JsonProperty(value = "data", required = true) String text,
            @JsonProperty("block") Optional<Block> block) implements PeerCommand {
        /** Refuses a text that is too long or is not the block's, with an {@link IllegalArgumentException}. */
        public AddBlock {
            BlockData data = BlockData.of(text);
            if (block.isPresent() && !block.get().data().equals(data)) {
                throw new IllegalArgumentException("data and block must carry the same text: data=" + data + ", block="
                        + block.get().data());
            }
        }

        /** The commit of a block. */
        public AddBlock(Block block) {
            this(block.data().text(), Optional.of(block));
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

    /** A member names the block that it has just appended: on the wire a bare block, without {@code CMD}. */
    record ConfirmBlock(Block block) implements PeerCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.confirmBlock(this);
        }
    }

    /** Somebody asks whether this node is there; answered with {@link Reply.Pong}. A node of the original hangs up. */
    @JsonTypeName("PING")
    record Ping() implements PeerCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.ping();
        }
    }

    private static Optional<Boolean> voter(Peer peer) {
        return peer.runsThisProgram() ? Optional.of(true) : Optional.empty();
    }

    private static Peer peer(PeerId id, String host, Port port, boolean runsThisProgram, String sentFrom) {
        Peer.Kind kind = runsThisProgram ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL;
        return new Peer(id, new PeerAddress(host, port).seenFrom(sentFrom), kind);
    }
}
