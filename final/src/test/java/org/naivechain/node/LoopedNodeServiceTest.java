package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.MemoryBallotBox;
import org.naivechain.consensus.NaiveVote;
import org.naivechain.http.NodeInfo;
import org.naivechain.protocol.Durability;
import org.naivechain.protocol.MemoryReceipts;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.slf4j.helpers.NOPLogger;

class LoopedNodeServiceTest {
    private static final int MANY_SLICES = 1_200;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final Node node = new Node(
            new Peer(new PeerId("a"), LiveNodes.at(15001)),
            new Node.Stores(store, new MemoryReceipts(), new MemoryBallotBox(), PeerStore.inMemory(), Durability.NONE),
            new Node.Ports((to, command, then) -> {}, null, null),
            (surroundings, behind, box) -> new NaiveVote(surroundings, behind, 1),
            name -> NOPLogger.NOP_LOGGER);
    private final LoopedNodeService service = new LoopedNodeService(node, tasks::add, Instant.EPOCH);

    @Test
    void aTamperedChainIsNotHealthyHoweverFarTheBlockIs() {
        grow(MANY_SLICES);
        assertThat(info().health()).isTrue();

        List<Block> blocks = new ArrayList<>(store.read(0, MANY_SLICES + 1));
        blocks.set(1_100, blocks.get(1_100).tampered(BlockData.of("forged")));
        store.write(0, blocks);

        assertThat(info().health()).isFalse();
    }

    @Test
    void whoAsksForTheHealthWhileItIsBeingFoundSharesTheAnswer() {
        grow(MANY_SLICES);
        HealthCheck check = new HealthCheck(node, tasks::add);

        CompletableFuture<Verdict> first = check.run();
        CompletableFuture<Verdict> second = check.run();

        assertThat(second).isSameAs(first).isNotDone();
        runAll();
        assertThat(first).isCompletedWithValue(Verdict.SOUND);
        assertThat(check.run()).isNotSameAs(first);
    }

    @Test
    void aQuestionThatFailsIsAnsweredWithTheFailure() {
        CompletableFuture<List<Block>> page = service.page(-1, 1).toCompletableFuture();
        runAll();

        assertThat(page).isCompletedExceptionally();
    }

    private NodeInfo info() {
        CompletableFuture<NodeInfo> info = service.info().toCompletableFuture();
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
