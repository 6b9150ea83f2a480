package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.BallotReply;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.storage.DataDirectory;
import org.naivechain.storage.GroupCommit;
import org.naivechain.storage.TestFile;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;
import org.slf4j.helpers.NOPLogger;

/** Nothing is promised that a crash could make the node forget. */
class AnswersWaitForTheDiskTest {
    private static final String HOST = "127.0.0.1";
    private static final PeerId PROPOSER = new PeerId("b");
    private static final Ballot BALLOT = new Ballot(1, PROPOSER);
    private static final Batch BATCH = new Batch(
            new Position(1, 1),
            Block.GENESIS.hash(),
            List.of(new Addition(IdempotencyKey.ofClient("key"), BlockData.of("text"))));

    @TempDir
    private Path directory;

    private final Queue<Runnable> commits = new ArrayDeque<>();
    private final List<Reply> answers = new ArrayList<>();
    private DataDirectory data;
    private Node node;

    @BeforeEach
    void start() throws Exception {
        data = DataDirectory.open(directory);
        PeerStore peers = PeerStore.inMemory();
        peers.write(List.of(new Peer(PROPOSER, LiveNodes.at(15003))));
        GroupCommit durability = data.commits(commits::add, since -> {});
        node = new Node(
                new Peer(new PeerId("a"), LiveNodes.at(15001)),
                new Node.Stores(data.blocks(), data.receipts(), data.memberships(), data.ballots(), peers, durability),
                new Node.Ports(
                        // It answers at once, when it is asked how far this node was.
                        (to, command, then) -> then.accept(new BallotReply.Identified(PROPOSER, 1, Position.START)),
                        new VirtualTime(),
                        new Random(1)),
                Consensus.MAJORITY.engine(1),
                name -> NOPLogger.NOP_LOGGER);
        durability.commit();
        commits.clear();
    }

    @AfterEach
    void close() {
        data.abandon();
    }

    private Path path() {
        return data.file();
    }

    private void receive(Command command) {
        node.receive(() -> HOST, command, answers::add);
    }

    @Test
    void aPromiseIsGivenWhenItIsOnTheDisk() {
        receive(new BallotCommand.Prepare(BALLOT, new Position(1, 1)));
        assertThat(answers).isEmpty();
        assertThat(TestFile.committed(path(), "promise")).isZero();

        commits.remove().run();

        assertThat(answers).containsExactly(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        assertThat(TestFile.committed(path(), "promise")).isEqualTo(1);
    }

    @Test
    void aVoteIsGivenWhenItIsOnTheDisk() {
        receive(new BallotCommand.Propose(BALLOT, BATCH));
        assertThat(answers).isEmpty();

        commits.remove().run();

        assertThat(answers).containsExactly(Reply.ACK);
        assertThat(TestFile.committed(path(), "vote")).isEqualTo(1);
    }

    @Test
    void whatAsksForNoWriteIsAnsweredAtOnce() {
        receive(new PeerCommand.Ping());

        assertThat(answers).containsExactly(new Reply.Pong(new PeerId("a")));
        assertThat(commits).isEmpty();
    }

    @Test
    void whatRestsOnNothingWrittenIsAnsweredThoughTheDiskIsBehind() {
        receive(new BallotCommand.Prepare(BALLOT, new Position(1, 1)));
        receive(new SyncCommand.GetBlocks(0, 10, 0));
        assertThat(answers).hasSize(1).hasOnlyElementsOfType(SyncReply.Blocks.class);
        assertThat(commits).hasSize(1);

        commits.remove().run();

        assertThat(answers).hasSize(2);
    }

    @Test
    void theAnswerToADecisionWaitsButAsksForNoWriteToTheDisk() {
        receive(new BallotCommand.Propose(BALLOT, BATCH));
        commits.remove().run();
        answers.clear();

        receive(new BallotCommand.Decide(
                BALLOT, new Position(2, 1), BATCH.blocks().get(0).hash()));
        assertThat(node.length()).isEqualTo(2);
        assertThat(answers).isEmpty();
        assertThat(commits).isEmpty();

        // What somebody else waits for takes it along.
        receive(new BallotCommand.Prepare(BALLOT.next(PROPOSER), new Position(2, 1)));
        commits.remove().run();
        assertThat(answers)
                .containsExactly(
                        Reply.ACK, new BallotReply.Promised(new Position(2, 1), Optional.of(new Vote(BALLOT, BATCH))));
        assertThat(TestFile.committed(path(), "blocks")).isEqualTo(2);
        assertThat(TestFile.committed(path(), "receipts")).isEqualTo(1);
    }
}
