package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Height;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Position;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Rumour;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

class NodeTest {
    private static final Peer OURS = new Peer(new PeerId("ours"), new PeerAddress("127.0.0.1", 16001));
    private static final Peer ORIGINAL =
            new Peer(new PeerId("original"), new PeerAddress("127.0.0.1", 17001), Peer.Kind.ORIGINAL);

    private final VirtualTime time = new VirtualTime();
    private final List<PeerAddress> askedForBlocks = new ArrayList<>();

    /** What an original has need not have been decided, and says nothing of the wishes behind the blocks. */
    @Test
    void whatWasDecidedByBallotsIsFetchedFromMembersOnly() {
        Node node = node(Consensus.MAJORITY);

        node.receive(
                "127.0.0.1",
                new Command.Decide(new Ballot(1, OURS.id()), new Position(2, 1), Block.GENESIS.hash()),
                reply -> {});

        assertThat(askedForBlocks).containsExactly(OURS.address());
    }

    @Test
    void whereOriginalsVoteBlocksAreFetchedFromThemToo() {
        Node node = node(Consensus.NAIVE);
        Block beyond = Block.GENESIS.next(Block.GENESIS.data()).next(Block.GENESIS.data());

        node.receive("127.0.0.1", new Command.ValidateBlock(beyond), reply -> {});

        assertThat(askedForBlocks).containsExactlyInAnyOrder(OURS.address(), ORIGINAL.address());
    }

    @Test
    void inTheNaiveVoteWhoIsHeardOfCounts() {
        Node node = node(Consensus.NAIVE);

        hear(node, "stranger", 1);

        assertThat(node.peers()).extracting(Peer::id).contains(new PeerId("stranger"));
        assertThat(node.members()).isEqualTo(4);
    }

    @Test
    void whereMembersAreAgreedOnWhoIsHeardOfDoesNotCount() {
        Node node = node(Consensus.MAJORITY);

        hear(node, "stranger", 1);

        assertThat(node.seen()).hasSize(1);
        assertThat(node.peers()).containsExactly(ORIGINAL, OURS);
        assertThat(node.members()).isEqualTo(2);
    }

    @Test
    void whoHearsThatAnotherIsFurtherFetchesWhatDoesNotComeByItself() {
        Node node = node(Consensus.MAJORITY);

        hear(node, "stranger", 9);
        assertThat(askedForBlocks).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertThat(askedForBlocks).containsExactly(OURS.address());
    }

    @Test
    void whoHearsThatAnotherIsAsFarFetchesNothing() {
        Node node = node(Consensus.MAJORITY);

        hear(node, "stranger", 1);
        time.advance(Duration.ofSeconds(5));

        assertThat(askedForBlocks).isEmpty();
    }

    private static void hear(Node node, String id, long length) {
        Rumour self = new Rumour(
                new PeerId(id),
                new PeerAddress("127.0.0.1", 18_001),
                0,
                Rumour.State.ALIVE,
                new Height(length, 0, Block.GENESIS.hash()));
        node.receive(
                "127.0.0.1",
                new Command.Gossip(self, 0, List.of()),
                reply -> assertThat(reply).isInstanceOf(Reply.Gossiped.class));
    }

    private Node node(Consensus consensus) {
        Node.Stores stores = Node.Stores.inMemory();
        stores.peers().write(List.of(ORIGINAL, OURS));
        return new Node(
                new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)),
                stores,
                new Node.Ports(
                        (to, command, then) -> {
                            if (command instanceof Command.GetBlocks) {
                                askedForBlocks.add(to);
                                then.accept(new Reply.Refusal("none here"));
                            }
                        },
                        time,
                        new Random(1)),
                consensus.engine(2),
                name -> NOPLogger.NOP_LOGGER);
    }
}
