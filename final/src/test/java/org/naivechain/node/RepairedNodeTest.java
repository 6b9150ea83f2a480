package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.storage.TestFile;

/** A network of three nodes that keep their chains, and what somebody does to the file of one of them. */
class RepairedNodeTest {
    private static final int BLOCKS = 12;

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private final List<LiveNode> running = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void threeNodesWithSomeBlocks() throws StartFailure {
        running.add(start(0, FreePorts.pair(), Optional.empty()));
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(running.get(0).port()));
        running.add(start(1, FreePorts.pair(), member));
        running.add(start(2, FreePorts.pair(), member));
        for (int i = 1; i < BLOCKS; i++) {
            add(i % 3, "text " + i);
        }
        await().untilAsserted(() -> assertThat(running)
                .allMatch(node -> new Client(node.port()).hashes().size() == BLOCKS));
    }

    private LiveNode start(int i, int port, Optional<PeerAddress> member) throws StartFailure {
        return nodes.closing(LiveNode.start(LiveNodes.options(
                "127.0.0.1", port, member, Optional.empty(), 2, Consensus.MAJORITY, Optional.of(data(i)))));
    }

    private Path data(int i) {
        return directory.resolve("node" + i);
    }

    private Path file(int i) {
        return data(i).resolve("naivechain.db");
    }

    private Client client(int i) {
        return new Client(running.get(i).port());
    }

    private void add(int i, String text) {
        Client.Answer answer = client(i).add(text);
        assertThat(answer.isAdded()).as("%s", answer).isTrue();
        acknowledged.add(text);
    }

    private void stop(int i) {
        running.get(i).close();
    }

    private void restart(int i) throws StartFailure {
        restart(i, Optional.empty());
    }

    private void restart(int i, Optional<PeerAddress> member) throws StartFailure {
        running.set(i, start(i, running.get(i).port(), member));
    }

    private void awaitAllSoundAndEqual() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(running).allMatch(node -> new Client(node.port()).isHealthy());
            List<String> chain = client(0).hashes();
            assertThat(client(1).hashes()).isEqualTo(chain);
            assertThat(client(2).hashes()).isEqualTo(chain);
        });
        assertThat(client(2).texts()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void whatIsAlteredInARunningNodeIsRepairedWhileTheOthersKeepAdding() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<String> added = new ArrayList<>();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !over.get(); i++) {
                if (client(i % 2).add("meanwhile " + i).isAdded()) {
                    added.add("meanwhile " + i);
                }
            }
        });

        TestFile.alter(file(2), "UPDATE blocks SET data = '\"forged\"' WHERE position = 5");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            assertThat(client(2).get("/data/5").body().toString()).doesNotContain("forged");
            return TestFile.data(file(2), 5).equals("\"text 5\"");
        });
        over.set(true);
        writer.get(30, TimeUnit.SECONDS);

        acknowledged.addAll(added);
        awaitAllSoundAndEqual();
        add(2, "by the repaired node");
        assertThat(added).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM blocks WHERE position BETWEEN 3 AND 7",
                "DELETE FROM blocks WHERE position > 5",
                "UPDATE blocks SET data = 'no block' WHERE position = 11",
                "UPDATE blocks SET data = '\"forged\"' WHERE position IN (0, 4, 11)",
            })
    void whatWasLostOrAlteredWhileTheNodeWasStoppedIsThereAgainAfterItsStart(String edit) throws Exception {
        stop(2);
        TestFile.alter(file(2), edit);
        add(0, "while it is away");

        restart(2);

        awaitAllSoundAndEqual();
        add(2, "by the repaired node");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, BLOCKS - 1})
    void anEndOfAnyLengthThatAForgerComputedIsReplaced(int forged) throws Exception {
        stop(2);
        int last = BLOCKS - forged - 1;
        Block block = new Block(
                last,
                Hash.ORIGIN,
                BlockData.of("whatever"),
                new Hash(client(0).hashes().get(last)));
        for (int i = BLOCKS - forged; i < BLOCKS; i++) {
            block = block.next(BlockData.of("forged " + i));
            TestFile.alter(
                    file(2),
                    "UPDATE blocks SET previous_hash = '%s', data = '%s', curr_hash = '%s' WHERE position = %d"
                            .formatted(block.previousHash(), block.data().literal(), block.hash(), i));
        }
        add(0, "while it is away");

        restart(2);

        awaitAllSoundAndEqual();
        add(2, "by the repaired node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocks", "receipts"})
    void aNodeAPageOfWhoseFileIsZeroedWhileItIsStoppedComesBackAsItWas(String btree) throws Exception {
        stop(2);
        List<String> before = List.copyOf(acknowledged);
        TestFile.zeroPage(file(2), btree);
        add(0, "while it is away");

        PeerId id = running.get(2).id();
        restart(2);

        awaitAllSoundAndEqual();
        assertThat(running.get(2).id()).isEqualTo(id);
        assertThat(before).isNotEmpty();
        assertThat(data(2).resolve("naivechain.db.damaged-1")).exists();
        add(2, "by the repaired node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "node", "memberships"})
    void aNodeThatMayHaveForgottenItsVotesComesBackAsAnotherMember(String btree) throws Exception {
        stop(2);
        TestFile.zeroPage(file(2), btree);

        PeerId id = running.get(2).id();
        restart(2);

        assertThat(running.get(2).id()).isNotEqualTo(id);
        awaitAllSoundAndEqual();
        // It joins when it has started.
        await().until(() -> client(2).add("by the new member").isAdded());
        acknowledged.add("by the new member");
        assertThat(client(0).peerIds()).contains(running.get(2).id().text()).doesNotContain(id.text());
        restartOf2KeepsTheNewId();
    }

    @Test
    void aNodeWhoseFileIsCutOffComesBack() throws Exception {
        stop(2);
        TestFile.cutOff(file(2), 3 * 4_096);
        add(0, "while it is away");

        // What is at the end of the file may be anything, also who its peers are.
        restart(2, Optional.of(LiveNodes.at(running.get(0).port())));

        awaitAllSoundAndEqual();
        assertThat(data(2).resolve("naivechain.db.damaged-1")).exists();
        await().until(() -> client(2).add("by the rescued node").isAdded());
        acknowledged.add("by the rescued node");
        awaitAllSoundAndEqual();
    }

    /** It has forgotten everything, and whom to ask. */
    @Test
    void aNodeWhoseFileBeginsWithZerosJoinsAnewThroughThePeerThatItIsTold() throws Exception {
        stop(2);
        PeerId id = running.get(2).id();
        TestFile.zeros(file(2), 0, 4_096);

        restart(2, Optional.of(LiveNodes.at(running.get(0).port())));

        awaitAllSoundAndEqual();
        await().until(() -> client(2).add("by the new member").isAdded());
        acknowledged.add("by the new member");
        assertThat(running.get(2).id()).isNotEqualTo(id);
        restartOf2KeepsTheNewId();
    }

    @Test
    void aNodeThatLostWhoItsPeersAreKnowsTheMembers() throws Exception {
        stop(2);
        TestFile.zeroPage(file(2), "peers");

        PeerId id = running.get(2).id();
        restart(2);

        assertThat(running.get(2).id()).isEqualTo(id);
        awaitAllSoundAndEqual();
        add(2, "by the same member");
    }

    private void restartOf2KeepsTheNewId() throws Exception {
        PeerId id = running.get(2).id();
        stop(2);
        restart(2);
        assertThat(running.get(2).id()).isEqualTo(id);
        awaitAllSoundAndEqual();
    }
}
