package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.BallotReply;
import org.naivechain.consensus.majority.MemoryBallotBox;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.GossipReply;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.ForwardingBlocks;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;
import org.slf4j.helpers.NOPLogger;

class NodeTest {
    private static final Peer OURS = new Peer(new PeerId("ours"), new PeerAddress("127.0.0.1", 16001));
    private static final Peer ORIGINAL =
            new Peer(new PeerId("original"), new PeerAddress("127.0.0.1", 17001), Peer.Kind.ORIGINAL);

    private final VirtualTime time = new VirtualTime();
    private final List<PeerAddress> askedForBlocks = new ArrayList<>();

    /** What an original has need not have been decided, and says nothing of the requests behind the blocks. */
    @Test
    void whatWasDecidedByBallotsIsFetchedFromMembersOnly() {
        Node node = node(Consensus.MAJORITY);

        node.receive(
                () -> "127.0.0.1",
                new BallotCommand.Decide(new Ballot(1, OURS.id()), new Position(2, 1), Block.GENESIS.hash()),
                reply -> {});

        assertThat(askedForBlocks).containsExactly(OURS.address());
    }

    @Test
    void whereOriginalsVoteBlocksAreFetchedFromThemToo() {
        Node node = node(Consensus.NAIVE);
        Block beyond = Block.GENESIS.next(Block.GENESIS.data()).next(Block.GENESIS.data());

        node.receive(() -> "127.0.0.1", new PeerCommand.ValidateBlock(beyond), reply -> {});

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
                () -> "127.0.0.1",
                new GossipCommand.Gossip(self, 0, 0, List.of()),
                reply -> assertThat(reply).isInstanceOf(GossipReply.Gossiped.class));
    }

    @Test
    void whoHasLostTheEndOfItsChainNeitherVotesNorStandsNorTakesDataUntilItHasItAgain() {
        Block lost = Block.GENESIS.next(BlockData.of("decided"));
        MemoryKeptBlocks kept = new MemoryKeptBlocks();
        KeptBlocks damaged = remembering(kept, new Tip(2, lost.hash()));
        PeerStore peers = PeerStore.inMemory();
        peers.write(List.of(OURS));
        VirtualTime time = new VirtualTime();
        List<Command> sent = new ArrayList<>();
        List<Outcome> answer = new ArrayList<>(List.of(new Outcome.Silence("away")));
        Node node = new Node(
                new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)),
                new Node.Stores(
                        damaged,
                        new MemoryReceipts(),
                        new MemoryMemberships(),
                        new MemoryBallotBox(),
                        peers,
                        Durability.NONE),
                new Node.Ports(
                        (to, command, then) -> {
                            boolean isQuestion = command instanceof BallotCommand.Identify;
                            if (!isQuestion) {
                                sent.add(command);
                            }
                            Reply identity = new BallotReply.Identified(OURS.id(), 1, Position.START);
                            time.after(Duration.ofMillis(1), () -> then.accept(isQuestion ? identity : answer.get(0)));
                        },
                        time,
                        new Random(1)),
                Consensus.MAJORITY.engine(1),
                name -> NOPLogger.NOP_LOGGER);
        Ballot ballot = new Ballot(1, OURS.id());
        List<Reply> replies = new ArrayList<>();
        List<AddOutcome> outcomes = new ArrayList<>();

        time.advance(Duration.ofSeconds(10));
        node.receive(() -> "127.0.0.1", new BallotCommand.Prepare(ballot, new Position(1, 1)), replies::add);
        node.receive(() -> "127.0.0.1", new PeerCommand.ValidateBlock(lost), replies::add);
        node.add(BlockData.of("data"), outcomes::add);

        Reply refusal =
                new Reply.Refusal("this node has lost the end of its chain, from block 1 on, and is fetching it");
        assertThat(replies).hasSize(2).startsWith(refusal).allMatch(reply -> reply instanceof Reply.Refusal);
        assertThat(outcomes).singleElement().isInstanceOf(AddOutcome.NotAdded.class);
        assertThat(sent).isNotEmpty().allMatch(command -> command instanceof SyncCommand.GetBlocks);

        answer.set(0, new SyncReply.Blocks(OURS.id(), List.of(lost), 2));
        time.advance(Duration.ofSeconds(60));
        node.receive(
                () -> "127.0.0.1",
                new BallotCommand.Prepare(new Ballot(1_000, OURS.id()), new Position(2, 1)),
                replies::add);

        assertThat(node.lostEnd()).isEmpty();
        assertThat(node.head()).isEqualTo(lost);
        assertThat(replies.get(2)).isInstanceOf(BallotReply.Promised.class);
        assertThat(sent).anyMatch(command -> command instanceof BallotCommand.Prepare);
    }

    /** A node alone with its disk: nobody else need have learned of the decision. */
    @Test
    void whatANodeVotedForAndSawDecidedIsRegainedFromItsVote() {
        Batch batch = new Batch(
                new Position(1, 1),
                Block.GENESIS.hash(),
                List.of(
                        new Addition(IdempotencyKey.ofClient("a"), BlockData.of("a")),
                        new Addition(IdempotencyKey.ofClient("b"), BlockData.of("b"))));
        Node.Stores stores = Node.Stores.inMemory();

        Node node = afterTheLossOfOneBlock(batch, stores);

        assertThat(node.lostEnd()).isEmpty();
        assertThat(node.page(0, 10))
                .containsExactly(Block.GENESIS, batch.blocks().get(0));
        assertThat(stores.receipts().find(IdempotencyKey.ofClient("a"))).hasValue(1);
        assertThat(stores.receipts().find(IdempotencyKey.ofClient("b"))).isEmpty();
    }

    /** The block that was lost has the same text, and so the same hash, and is another user's. */
    @Test
    void whatANodeVotedForIsNotRegainedIfTheReceiptsSayThatItWasSomethingElse() {
        Batch batch = new Batch(
                new Position(1, 1),
                Block.GENESIS.hash(),
                List.of(new Addition(IdempotencyKey.ofClient("never-decided"), BlockData.of("a"))));
        Node.Stores stores = Node.Stores.inMemory();
        stores.receipts().record(Map.of(1L, IdempotencyKey.ofClient("decided")));

        Node node = afterTheLossOfOneBlock(batch, stores);

        assertThat(node.lostEnd()).isPresent();
        assertThat(stores.receipts().find(IdempotencyKey.ofClient("never-decided")))
                .isEmpty();
    }

    private static Node afterTheLossOfOneBlock(Batch voted, Node.Stores stores) {
        stores.ballots().vote(new Vote(new Ballot(1, OURS.id()), voted));
        KeptBlocks damaged =
                remembering(stores.blocks(), new Tip(2, voted.blocks().get(0).hash()));
        return new Node(
                new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)),
                new Node.Stores(
                        damaged,
                        stores.receipts(),
                        stores.memberships(),
                        stores.ballots(),
                        stores.peers(),
                        Durability.NONE),
                new Node.Ports((to, command, then) -> {}, new VirtualTime(), new Random(1)),
                Consensus.MAJORITY.engine(1),
                name -> NOPLogger.NOP_LOGGER);
    }

    private Node node(Consensus consensus) {
        Node.Stores stores = Node.Stores.inMemory();
        stores.peers().write(List.of(ORIGINAL, OURS));
        return new Node(
                new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)),
                stores,
                new Node.Ports(
                        (to, command, then) -> {
                            if (command instanceof SyncCommand.GetBlocks) {
                                askedForBlocks.add(to);
                                then.accept(new Reply.Refusal("none here"));
                            }
                        },
                        time,
                        new Random(1)),
                consensus.engine(2),
                name -> NOPLogger.NOP_LOGGER);
    }

    /** A store that knows that it had more. */
    private static KeptBlocks remembering(KeptBlocks blocks, Tip tip) {
        return new ForwardingBlocks(blocks) {
            @Override
            public Optional<Tip> tip() {
                return Optional.of(tip);
            }
        };
    }
}
