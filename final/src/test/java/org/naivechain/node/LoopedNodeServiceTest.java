package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.majority.MemoryBallotBox;
import org.naivechain.consensus.naive.NaiveVote;
import org.naivechain.http.NodeDetail;
import org.naivechain.http.PeerDetail;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.ForwardingBlocks;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.storage.SqliteBlockStore;
import org.naivechain.storage.SqliteFile;
import org.naivechain.storage.StorageFailure;
import org.naivechain.storage.TestFile;
import org.slf4j.helpers.NOPLogger;

class LoopedNodeServiceTest {
    private static final int MANY_SLICES = 1_200;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final VirtualTime time = new VirtualTime();
    private final DamagedStore store = new DamagedStore();
    private final Node node = node(store);
    private final HealthCheck health = new HealthCheck(node, time, NOPLogger.NOP_LOGGER);
    private final LoopedNodeService service =
            new LoopedNodeService(node, new StorageLock(tasks::add), Instant.EPOCH, health, new Profile(false));

    LoopedNodeServiceTest() {
        health.begin(Verdict.SOUND);
    }

    private static Node node(KeptBlocks blocks) {
        return new Node(
                new Peer(new PeerId("a"), LiveNodes.at(15001)),
                new Node.Stores(
                        blocks,
                        new MemoryReceipts(),
                        new MemoryMemberships(),
                        new MemoryBallotBox(),
                        PeerStore.inMemory(),
                        Durability.NONE),
                new Node.Ports((to, command, then) -> {}, new VirtualTime(), new Random(1)),
                (context, fetcher, box) -> new NaiveVote(context, fetcher, 1),
                name -> NOPLogger.NOP_LOGGER);
    }

    /** A store from which a block can be lost. */
    private static final class DamagedStore extends ForwardingBlocks {
        private boolean damaged;

        DamagedStore() {
            super(new MemoryKeptBlocks());
        }

        @Override
        public List<Block> read(long from, int limit) {
            if (damaged) {
                throw new DamagedBlockException(0, "its row is missing");
            }
            return super.read(from, limit);
        }
    }

    @Test
    void aTamperedChainIsNotHealthyHoweverFarTheBlockIs() {
        grow(MANY_SLICES);
        assertThat(info().info().health()).isTrue();

        List<Block> blocks = new ArrayList<>(store.read(0, MANY_SLICES + 1));
        blocks.set(1_100, blocks.get(1_100).tampered(BlockData.of("forged")));
        store.write(0, blocks);
        time.advance(Duration.ofSeconds(1));
        assertThat(info().info().health()).isTrue();
        time.advance(Duration.ofSeconds(8));

        assertThat(info().info().health()).isFalse();
    }

    @Test
    void aChainThatIsMendedIsHealthyAgain() {
        grow(10);
        List<Block> sound = store.read(0, 11);
        List<Block> blocks = new ArrayList<>(sound);
        blocks.set(3, blocks.get(3).tampered(BlockData.of("forged")));
        store.write(0, blocks);
        time.advance(Duration.ofSeconds(2));
        assertThat(info().info().health()).isFalse();

        store.write(0, sound);
        time.advance(Duration.ofSeconds(2));

        assertThat(info().info().health()).isTrue();
    }

    @Test
    void anotherEndThatIsSoundByItselfIsNotHealthy() {
        grow(10);
        store.write(10, List.of(store.read(9, 1).get(0).next(BlockData.of("forged"))));
        time.advance(Duration.ofSeconds(2));

        assertThat(info().info().health()).isFalse();
        assertThat(health.verdict().toString())
                .startsWith("block 10: the last block must be the one that this node appended");
    }

    @Test
    void aBlockThatIsGoneIsNotHealthy() {
        store.damaged = true;
        time.advance(Duration.ofSeconds(2));

        assertThat(health.verdict()).isEqualTo(Verdict.fault(0, "its row is missing"));
    }

    @Test
    void whatWasFoundAtTheStartHoldsUntilTheNextLook() {
        HealthCheck other = new HealthCheck(node, time, NOPLogger.NOP_LOGGER);

        other.begin(Verdict.fault(7, "found before"));

        assertThat(other.verdict()).isEqualTo(Verdict.fault(7, "found before"));
    }

    @Test
    void tellsWhatIsKnownOfMembersAndOfOthers() {
        Peer member = new Peer(new PeerId("b"), LiveNodes.at(15003));
        node.receive(() -> "127.0.0.1", new PeerCommand.AddPeer(member), reply -> {});

        CompletableFuture<Map<PeerId, PeerDetail>> details =
                service.peerDetails().toCompletableFuture();
        runAll();

        assertThat(details.join())
                .containsExactly(Map.entry(
                        member.id(),
                        new PeerDetail(
                                member.address(),
                                PeerDetail.State.UNKNOWN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true)));
        assertThat(info().members()).isEqualTo(2);
    }

    @Test
    void aQuestionThatFailsIsAnsweredWithTheFailure() {
        CompletableFuture<List<Block>> page = service.page(-1, 1).toCompletableFuture();
        runAll();

        assertThat(page).isCompletedExceptionally();
    }

    @Test
    void aFailureOfTheDiskIsToldToTheAskerAndToTheLoop(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("node.db");
        List<StorageFailure> told = new CopyOnWriteArrayList<>();
        try (SqliteFile file = SqliteFile.open(path);
                EventLoop loop = new EventLoop("loop", told::add)) {
            Node broken = CompletableFuture.supplyAsync(() -> node(new SqliteBlockStore(file)), loop)
                    .get(10, TimeUnit.SECONDS);
            LoopedNodeService onDisk =
                    new LoopedNodeService(broken, new StorageLock(loop), Instant.EPOCH, health, new Profile(false));
            CompletableFuture.runAsync(file::commit, loop).get(10, TimeUnit.SECONDS);
            TestFile.alter(path, "DROP TABLE blocks");

            CompletableFuture<?> add =
                    onDisk.add(BlockData.of("x"), Optional.empty()).toCompletableFuture();

            assertThatThrownBy(() -> add.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageFailure.class);
        }
        assertThat(told)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageStartingWith("cannot write " + path + ": "));
    }

    private NodeDetail info() {
        CompletableFuture<NodeDetail> info = service.info().toCompletableFuture();
        runAll();
        return info.join();
    }

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.add(BlockData.of("block " + i), outcome -> {});
        }
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
