package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.storage.TestFile;

/** Another program holds a transaction open in the file of a running node. */
class StorageLockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private LiveNode start(String name, int minNodes, Optional<PeerAddress> peer) throws StartFailure {
        return nodes.closing(LiveNode.start(LiveNodes.options(
                "127.0.0.1",
                FreePorts.pair(),
                peer,
                Optional.empty(),
                minNodes,
                Consensus.MAJORITY,
                Optional.of(directory.resolve(name)))));
    }

    private void lockWhile(String name, String begin, TestFile.Meanwhile meanwhile) throws Exception {
        TestFile.lockWhile(directory.resolve(name).resolve("naivechain.db"), begin, meanwhile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"})
    void aNodeWaitsAsLongAsItTakesAnswersMeanwhileAndGoesOn(String begin) throws Exception {
        LiveNode node = start("a", 1, Optional.empty());
        Client client = new Client(node.port());
        assertThat(client.add("before").isAdded()).isTrue();
        await().atMost(PATIENCE).until(() -> client.texts().equals(List.of("before")));

        lockWhile("a", begin, () -> {
            // It finds the lock.
            Client.Answer first = client.add("first", "key-1");
            assertThat(first.status()).isEqualTo(503);
            assertThat(first.message())
                    .isEqualTo("storage is busy: another program has locked the file in which this node keeps its"
                            + " chain; the outcome is unknown: the data may still be added. Trying again with the same"
                            + " Idempotency-Key is safe");
            Client.Answer second = client.add("second");
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.message())
                    .isEqualTo("storage is busy: another program has locked the file in which this node keeps its"
                            + " chain; the data was not added, try again later");
            assertThat(client.join(FreePorts.pair()).message())
                    .isEqualTo("storage is busy: another program has locked the file in which this node keeps its"
                            + " chain; try again later");

            // Longer than a write waited for before.
            long since = System.nanoTime();
            await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> {
                assertThat(client.texts()).containsExactly("before");
                assertThat(client.isHealthy()).isTrue();
                return System.nanoTime() - since > Duration.ofSeconds(6).toNanos();
            });
        });

        Client.Answer again = client.add("first", "key-1");
        assertThat(again.isAdded()).as("%s", again).isTrue();
        assertThat(client.texts()).containsExactly("before", "first");
    }

    @Test
    void aMemberWhoseStorageIsBusyHoldsUpNobodyAndCatchesUp() throws Exception {
        LiveNode a = start("a", 2, Optional.empty());
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(a.port()));
        LiveNode b = start("b", 2, member);
        LiveNode c = start("c", 2, member);
        assertThat(new Client(c.port()).add("by three").isAdded()).isTrue();

        lockWhile("a", "BEGIN IMMEDIATE", () -> {
            await().atMost(PATIENCE)
                    .until(() -> new Client(b.port()).add("by two").isAdded());
            await().atMost(PATIENCE)
                    .until(() -> new Client(a.port())
                            .add("here")
                            .message()
                            .endsWith("the data was not added, try again later"));
            assertThat(new Client(a.port()).texts()).isEqualTo(List.of("by three"));
        });

        await().atMost(PATIENCE)
                .until(() -> new Client(a.port()).add("by three again", "key").isAdded());
        assertThat(new Client(a.port()).texts()).contains("by two").endsWith("by three again");
        await().atMost(PATIENCE).until(() -> new Client(c.port()).hashes().equals(new Client(a.port()).hashes()));
    }

    @Test
    void aNodeThatWaitsCanBeStopped() throws Exception {
        LiveNode node = start("a", 1, Optional.empty());
        Client client = new Client(node.port());
        lockWhile("a", "BEGIN IMMEDIATE", () -> {
            assertThat(client.add("lost", "key").message()).startsWith("storage is busy");

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                node.leave();
                node.close();
            });
            stopped.get(5, TimeUnit.SECONDS);
        });
        LiveNode again = start("a", 1, Optional.empty());
        assertThat(new Client(again.port()).add("kept").isAdded()).isTrue();
        assertThat(new Client(again.port()).texts()).containsExactly("kept");
    }
}
