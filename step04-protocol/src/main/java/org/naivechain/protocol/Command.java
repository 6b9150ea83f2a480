package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/**
 * What a node may ask of another. The commands are those of the original, with fields of ours added that it ignores, and one
 * that is ours alone ({@link GetBlocks}). Every command is handled by a {@link Visitor}, so a new one that nobody handles does
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
    }

    /** A command that names a peer by its id and by the address at which it says it can be called. */
    sealed interface Introduction extends Command {
        /**
         * Who is introduced.
         *
         * @return the peer's id
         */
        PeerId peerId();

        /**
         * Where it says it can be called.
         *
         * @return its host, which may be the wildcard {@code 0.0.0.0}
         */
        String peerHost();

        /**
         * The port there.
         *
         * @return its port
         */
        Port peerPort();

        /**
         * The peer that is introduced.
         *
         * @param sentFrom the host that the command came from
         * @return its id and the address at which to call it
         */
        default Peer peer(String sentFrom) {
            return Command.peer(peerId(), peerHost(), peerPort(), sentFrom);
        }
    }

    /**
     * A node wants to become a member; answered after the receiver has sent it a {@link JoinDataUpload}.
     *
     * @param peerId the joiner
     * @param peerHost the host at which it says it can be called
     * @param peerPort the port at which it can be called
     * @param expectedId the id that the joiner believes the receiver has; ours alone
     * @param length how many blocks the joiner has; ours alone, and who says it can fetch a long chain in pages
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
            @JsonProperty("length") Optional<Long> length)
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
                    .map(listed -> Command.peer(listed.peer(), listed.host(), listed.port(), sentFrom))
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
     */
    record ListedPeer(
            @JsonProperty(value = "peer", required = true) PeerId peer,
            @JsonProperty(value = "host", required = true) String host,
            @JsonProperty(value = "port", required = true) Port port) {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if the host is no host
         */
        public ListedPeer {
            new PeerAddress(host, port);
        }
    }

    /**
     * A new member introduces itself to a member that it was told of.
     *
     * @param peerId the new member
     * @param peerHost the host at which it says it can be called
     * @param peerPort the port there
     */
    @JsonTypeName("ADD_PEER")
    record AddPeer(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "peer_host", required = true)
            String peerHost,

            @JsonProperty(value = "peer_port", required = true)
            Port peerPort)
            implements Introduction {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if the host is no host
         */
        public AddPeer {
            new PeerAddress(peerHost, peerPort);
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

        /**
         * What the block carries.
         *
         * @return the text as a block's data
         */
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
     */
    @JsonTypeName("GET_BLOCKS")
    record GetBlocks(
            @JsonProperty(value = "from", required = true) long from,
            @JsonProperty(value = "limit", required = true) int limit)
            implements Command {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the index is negative or nothing is wanted
         */
        public GetBlocks {
            if (from < 0 || limit < 1) {
                throw new IllegalArgumentException(
                        "from must not be negative and limit must be positive: from=" + from + ", limit=" + limit);
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

    private static Peer peer(PeerId id, String host, Port port, String sentFrom) {
        return new Peer(id, new PeerAddress(host, port).seenFrom(sentFrom));
    }
}
