package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.storage.TestFile;

/** A node with a data directory, and what others do to it. */
class KeptNodeTest {
    private static final String FILE = "naivechain.db";

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private LiveNode start(Path data, int port, int minNodes, Optional<PeerAddress> peer) throws StartFailure {
        return nodes.closing(LiveNode.start(LiveNodes.options(
                "127.0.0.1", port, peer, Optional.empty(), minNodes, Consensus.MAJORITY, Optional.of(data))));
    }

    private LiveNode lone(Path data) throws StartFailure {
        return start(data, FreePorts.pair(), 1, Optional.empty());
    }

    private static void grow(LiveNode node, int blocks) {
        for (int i = 0; i < blocks; i++) {
            Client.Answer answer = new Client(node.port()).add("text " + i);
            assertThat(answer.isAdded()).as("%s", answer).isTrue();
        }
    }

    @Test
    void aLoneNodeThatIsToldOfAPeerThatIsNotThereKeepsWhatItHas() throws Exception {
        LiveNode alone = lone(directory.resolve("a"));
        grow(alone, 1);
        alone.close();

        LiveNode looking = start(directory.resolve("a"), alone.port(), 1, Optional.of(LiveNodes.at(FreePorts.pair())));
        looking.close();
        LiveNode again = start(directory.resolve("a"), alone.port(), 1, Optional.empty());

        grow(again, 1);
        assertThat(new Client(again.port()).hashes()).hasSize(3);
    }

    @Test
    void aNodeThatNobodyHasJoinedMayMove() throws Exception {
        Path first = directory.resolve("a");
        lone(first).close();
        LiveNode moved = lone(first);
        LiveNode other = start(directory.resolve("b"), FreePorts.pair(), 2, Optional.of(LiveNodes.at(moved.port())));

        assertThat(new Client(other.port()).add("both").isAdded()).isTrue();
    }

    @Test
    void aMemberThatWasKilledAndIsStartedAtAnotherPortIsTakenInThere() throws Exception {
        LiveNode a = start(directory.resolve("a"), FreePorts.pair(), 2, Optional.empty());
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(a.port()));
        LiveNode b = start(directory.resolve("b"), FreePorts.pair(), 2, member);
        LiveNode c = start(directory.resolve("c"), FreePorts.pair(), 2, member);
        c.close();

        LiveNode moved = start(directory.resolve("c"), FreePorts.pair(), 2, Optional.empty());

        assertThat(moved.id()).isEqualTo(c.id());
        await().untilAsserted(() -> assertThat(
                        new Client(b.port()).get("/peers").body().toString())
                .contains("\"port\":\"" + moved.port() + "\""));
        a.close();
        await().until(() -> new Client(moved.port()).add("two of three").isAdded());
    }

    /**
     * Of two members the one that is left cannot decide that the other has moved. It may have proposed that already: then the
     * other agrees as soon as it is back, and joins at its next start.
     */
    @Test
    void aMemberThatCannotBeTakenInElsewhereIsOneAgainWhereItWas() throws Exception {
        LiveNode a = start(directory.resolve("a"), FreePorts.pair(), 2, Optional.empty());
        LiveNode b = start(directory.resolve("b"), FreePorts.pair(), 2, Optional.of(LiveNodes.at(a.port())));
        b.close();

        LiveNode moved = start(directory.resolve("b"), FreePorts.pair(), 2, Optional.empty());
        assertThat(new Client(moved.port()).add("no member").isAdded()).isFalse();
        moved.close();

        await().until(() -> {
            try (LiveNode back = start(directory.resolve("b"), b.port(), 2, Optional.empty())) {
                return new Client(back.port()).add("a member").isAdded();
            }
        });
    }

    /** The directory of yesterday is put back, while another member is down, too. */
    @Test
    void anOldCopyOfADataDirectoryIsNoticedAndMadeNobodys() throws Exception {
        LiveNode a = start(directory.resolve("a"), FreePorts.pair(), 2, Optional.empty());
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(a.port()));
        LiveNode b = start(directory.resolve("b"), FreePorts.pair(), 2, member);
        LiveNode c = start(directory.resolve("c"), FreePorts.pair(), 2, member);
        grow(a, 1);
        c.close();
        copy(directory.resolve("c"), directory.resolve("yesterday"));
        LiveNode again = start(directory.resolve("c"), c.port(), 2, Optional.empty());
        grow(a, 3);
        await().until(() -> TestFile.value(
                        directory.resolve("a").resolve(FILE),
                        "SELECT coalesce(max(length), 0) FROM seen WHERE peer_id = '" + c.id() + "'")
                .equals("5"));
        again.close();
        b.close();
        a.close();

        LiveNode old = start(directory.resolve("yesterday"), c.port(), 2, Optional.empty());
        LiveNode newA = start(directory.resolve("a"), a.port(), 2, Optional.empty());

        assertThat(old.awaitEnd())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("its store is an old copy: it ends at ")
                        .contains("knows this node to have been at 5 under membership "));
        assertThat(old.isOutdated()).isTrue();
        old.close();
        LiveNode newB = start(directory.resolve("b"), b.port(), 2, Optional.empty());
        LiveNode anew = start(directory.resolve("yesterday"), c.port(), 2, Optional.empty());
        assertThat(anew.id()).isNotEqualTo(c.id());
        await().until(() -> new Client(anew.port()).add("as a new member").isAdded());
        await().untilAsserted(() ->
                assertThat(new Client(newB.port()).peerIds()).contains(anew.id().text()));
        assertThat(new Client(newA.port()).texts()).contains("text 2", "as a new member");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aRestartedNetworkHasTheSameIdsChainAndMembersWithoutBeingTold() throws Exception {
        Path first = directory.resolve("a");
        Path second = directory.resolve("b");
        LiveNode a = start(first, FreePorts.pair(), 2, Optional.empty());
        LiveNode b = start(second, FreePorts.pair(), 2, Optional.of(LiveNodes.at(a.port())));
        grow(a, 2);
        List<String> chain = new Client(a.port()).hashes();
        await().untilAsserted(() -> assertThat(new Client(b.port()).hashes()).isEqualTo(chain));
        b.close();
        a.close();

        LiveNode newA = start(first, a.port(), 2, Optional.empty());
        LiveNode newB = start(second, b.port(), 2, Optional.empty());

        assertThat(newA.id()).isEqualTo(a.id());
        assertThat(newB.id()).isEqualTo(b.id());
        assertThat(new Client(newA.port()).hashes()).hasSize(3).isEqualTo(chain);
        assertThat(new Client(newB.port()).hashes()).isEqualTo(chain);
        assertThat(new Client(newA.port()).peerIds()).containsExactly(b.id().text());
        assertThat(new Client(newB.port()).peerIds()).containsExactly(a.id().text());
        assertThat(new Client(newB.port()).isHealthy()).isTrue();
        Client.Answer answer = new Client(newB.port()).add("after the restart");
        assertThat(answer.isAdded()).as("%s", answer).isTrue();
        await().untilAsserted(() -> assertThat(new Client(newA.port()).texts()).endsWith("after the restart"));
    }

    @Test
    void aNodeThatJoinsDoesNotJoinAgainWhenItIsRestartedWithTheSameOptions() throws Exception {
        LiveNode a = start(directory.resolve("a"), FreePorts.pair(), 2, Optional.empty());
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(a.port()));
        LiveNode b = start(directory.resolve("b"), FreePorts.pair(), 2, member);
        b.close();
        a.close();

        // Nobody is there to be joined.
        LiveNode again = start(directory.resolve("b"), b.port(), 2, member);

        assertThat(new Client(again.port()).peerIds()).containsExactly(a.id().text());
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        LiveNode first = lone(directory);
        grow(first, 1);

        assertThatThrownBy(() -> lone(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessage("another node uses the data directory " + directory
                        + ": stop it, or name another directory with --data-dir");

        grow(first, 1);
        first.close();
        LiveNode again = lone(directory);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(new Client(again.port()).hashes()).hasSize(3);
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenFailsTheStart() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> lone(file.resolve("data")))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("cannot write in the data directory " + file.resolve("data"));
        assertThat(file).hasContent("text");
    }

    @Test
    void aFileOfANewerFormatIsLeftByteForByteAsItWas() throws Exception {
        lone(directory).close();
        Path file = directory.resolve(FILE);
        TestFile.alter(file, "PRAGMA user_version = 2");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> lone(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the file " + file + " has format 2, and this NaiveChain knows format 1: use the NaiveChain"
                        + " that wrote it, or name another file with --data-dir");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aFileThatIsNotOfSqliteIsLeftByteForByteAsItWas() throws Exception {
        Path file = Files.write(directory.resolve(FILE), new byte[] {1, 2, 3, 0});

        assertThatThrownBy(() -> lone(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the file " + file
                        + " is not of SQLite, where NaiveChain keeps its chain: name another with --data-dir");
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 0});
    }

    @Test
    void aVoteThatIsNoneFailsTheStartInOneLine() throws Exception {
        LiveNode node = lone(directory);
        grow(node, 1);
        node.close();
        TestFile.alter(directory.resolve(FILE), "UPDATE vote SET additions = 'nonsense'");

        assertThatThrownBy(() -> lone(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessage("cannot start from " + directory
                        + ": an addition must be a key, a space, and a literal: nonsense;"
                        + " move the directory away, and let the node fetch the chain from its peers");
    }

    @Test
    void aBlockThatIsAlteredWhileTheNodeRunsIsFoundWithinSeconds() throws Exception {
        LiveNode node = lone(directory);
        Client client = new Client(node.port());
        grow(node, 3);
        assertThat(client.isHealthy()).isTrue();

        TestFile.alter(directory.resolve(FILE), "UPDATE blocks SET data = '\"forged\"' WHERE position = 2");

        await().atMost(Duration.ofSeconds(20)).until(() -> !client.isHealthy());
        assertThat(client.get("/data/2").message())
                .startsWith("damaged here, ask another node: block 2: curr_hash must be ");
        assertThat(client.get("/data?from=0&limit=2").body().get("data")).hasSize(2);
    }

    @Test
    void aBlockThatIsNoneAnyMoreIsToldToBeAskedOfAnotherNode() throws Exception {
        LiveNode node = lone(directory);
        Client client = new Client(node.port());
        grow(node, 3);

        TestFile.alter(directory.resolve(FILE), "DELETE FROM blocks WHERE position = 2");

        Client.Answer answer = client.get("/data/2");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("damaged here, ask another node: block 2: the block is missing");
        await().atMost(Duration.ofSeconds(20)).until(() -> !client.isHealthy());
    }

    @Test
    void aBlockThatWasAlteredWhileTheNodeWasDownIsFoundAtTheStart() throws Exception {
        LiveNode node = lone(directory);
        grow(node, 3);
        node.close();
        TestFile.alter(directory.resolve(FILE), "UPDATE blocks SET data = '\"forged\"' WHERE position = 2");

        LiveNode again = lone(directory);

        assertThat(new Client(again.port()).isHealthy()).isFalse();
    }

    @Test
    void aNodeWhoseFileFailsEndsAndSaysWhy() throws Exception {
        LiveNode node = lone(directory);
        grow(node, 1);

        TestFile.alter(directory.resolve(FILE), "DROP TABLE vote");
        CompletableFuture<Void> add = CompletableFuture.runAsync(() -> new Client(node.port()).add("lost"));

        Optional<String> end = CompletableFuture.supplyAsync(() -> {
                    try {
                        return node.awaitEnd();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(20, TimeUnit.SECONDS);
        assertThat(end)
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("cannot write " + directory.resolve(FILE) + ": "));
        node.close();
        assertThat(add)
                .satisfies(asked -> asked.handle((nothing, failure) -> true).get(40, TimeUnit.SECONDS));
        assertThat(TestFile.committed(directory.resolve(FILE), "blocks")).isEqualTo(2);
    }

    @Test
    void whatANodeHadHalfWrittenWhenItsFileFailedIsNotKept() throws Exception {
        LiveNode node = lone(directory);
        assertThat(new Client(node.port()).add("one", "key-1").isAdded()).isTrue();
        // The block is written before its receipt.
        TestFile.alter(
                directory.resolve(FILE),
                "CREATE TRIGGER failing BEFORE INSERT ON receipts BEGIN SELECT RAISE(ABORT, 'no'); END");
        CompletableFuture<Client.Answer> add =
                CompletableFuture.supplyAsync(() -> new Client(node.port()).add("two", "key-2"));
        assertThat(node.awaitEnd()).isPresent();
        node.close();
        add.handle((answer, failure) -> true).get(40, TimeUnit.SECONDS);
        TestFile.alter(directory.resolve(FILE), "DROP TRIGGER failing");

        LiveNode again = lone(directory);
        assertThat(new Client(again.port()).add("two", "key-2").isAdded()).isTrue();

        assertThat(new Client(again.port()).texts()).containsExactly("one", "two");
    }

    @Test
    void oneKeyAtTwoNodesMakesOneBlock() throws Exception {
        LiveNode a = start(directory.resolve("a"), FreePorts.pair(), 2, Optional.empty());
        LiveNode b = start(directory.resolve("b"), FreePorts.pair(), 2, Optional.of(LiveNodes.at(a.port())));
        List<Client> clients = List.of(new Client(a.port()), new Client(b.port()));

        List<CompletableFuture<Client.Answer>> asked = clients.stream()
                .map(client -> CompletableFuture.supplyAsync(() -> client.add("order", "order-17")))
                .toList();
        for (CompletableFuture<Client.Answer> answer : asked) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).matches(Client.Answer::isAdded);
        }
        // Long after, at both, and with other data.
        assertThat(clients).allMatch(client -> client.add("order", "order-17").isAdded());
        Client.Answer contradicted = clients.get(1).add("another order", "order-17");

        assertThat(contradicted.status()).isEqualTo(422);
        assertThat(contradicted.message())
                .isEqualTo(
                        "the key \"order-17\" was used for other data: \"order\" is added as block 1; use a new key for"
                                + " each add, and the same only to try the same add again");
        assertThat(clients)
                .allSatisfy(client ->
                        await().untilAsserted(() -> assertThat(client.texts()).containsExactly("order")));
    }

    @Test
    void aKeyIsRememberedWhenTheNodeIsRestarted() throws Exception {
        LiveNode node = lone(directory);
        assertThat(new Client(node.port()).add("order", "order-17").isAdded()).isTrue();
        node.close();

        LiveNode again = lone(directory);
        assertThat(new Client(again.port()).add("order", "order-17").isAdded()).isTrue();

        assertThat(new Client(again.port()).texts()).containsExactly("order");
    }
}
