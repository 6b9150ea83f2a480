package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.storage.ChainFile;

/** Real nodes that take turns, with slots of 200 ms. */
class StakeNodeTest {
    private static final long SLOT_MILLIS = 200;

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private Path stakes;

    @BeforeEach
    void init() throws StartFailure {
        stakes = Staking.init(directory.resolve("stake"), List.of(40L, 30L, 30L), SLOT_MILLIS)
                .get(0);
    }

    private Path key(int holder) {
        return directory.resolve("stake").resolve(holder + ".key");
    }

    private LiveNode start(int port, Optional<PeerAddress> peer, Staking staking) throws StartFailure {
        return nodes.closing(LiveNode.start(new NodeOptions(
                "127.0.0.1",
                port,
                peer,
                Optional.empty(),
                2,
                Consensus.STAKE,
                Optional.of(directory.resolve("" + port)),
                Optional.empty(),
                Optional.empty(),
                false,
                Mining.DEFAULT,
                Optional.of(staking))));
    }

    private LiveNode start(int port, Optional<PeerAddress> peer, int holder) throws StartFailure {
        return start(port, peer, Staking.read(stakes, Optional.of(key(holder)), 1));
    }

    private static Optional<PeerAddress> at(LiveNode node) {
        return Optional.of(LiveNodes.at(node.port()));
    }

    private static void add(LiveNode node, String text) {
        Client.Answer answer = new Client(node.port()).add(text);
        assertThat(answer.isAdded()).as("%s", answer).isTrue();
    }

    private static List<String> texts(LiveNode node) {
        return new Client(node.port())
                .texts().stream().filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void whatIsAddedAnywhereIsEverywhereAndOutlivesARestart() throws Exception {
        int port = FreePorts.pair();
        LiveNode a = start(FreePorts.pair(), Optional.empty(), 0);
        LiveNode b = start(port, at(a), 1);
        LiveNode idle = start(FreePorts.pair(), at(a), Staking.read(stakes, Optional.empty(), 1));

        add(a, "one");
        add(idle, "two");
        b.close();
        add(a, "three");
        LiveNode again = start(port, Optional.empty(), 1);
        add(again, "four");

        for (LiveNode node : List.of(a, again, idle)) {
            await().untilAsserted(
                            () -> assertThat(texts(node)).containsExactlyInAnyOrder("one", "two", "three", "four"));
        }
    }

    @Test
    void nodesWithOtherStakesAreRefusedAndToldWhy() throws Exception {
        LiveNode a = start(FreePorts.pair(), Optional.empty(), 0);
        Path others = Staking.init(directory.resolve("others"), List.of(1L), SLOT_MILLIS)
                .get(0);

        assertThatThrownBy(() -> start(FreePorts.pair(), at(a), Staking.read(others, Optional.empty(), 1)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("the rules for blocks must be the same at all nodes")
                .hasMessageContaining("proof of stake, slots of 200 ms, stakes ");
    }

    @Test
    void twoThatSealedApartAgreeAndLoseNoData() throws Exception {
        int first = FreePorts.pair();
        int second = FreePorts.pair();
        LiveNode a = start(first, Optional.empty(), 0);
        start(second, at(a), 1);
        await().until(() -> new Client(a.port()).hashes().size() > 2);
        nodes.closeAll();

        // Each goes on alone, as it still counts the other as a member.
        try (LiveNode alone = start(first, Optional.empty(), 0)) {
            add(alone, "in the one");
        }
        try (LiveNode alone = start(second, Optional.empty(), 1)) {
            add(alone, "in the other");
        }
        LiveNode one = start(first, Optional.empty(), 0);
        LiveNode other = start(second, Optional.empty(), 1);

        for (LiveNode node : List.of(one, other)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(texts(node)).containsExactlyInAnyOrder("in the one", "in the other"));
        }
    }

    @Test
    void theFileOfANodeIsVerifiedWithItsStakes() throws Exception {
        int port = FreePorts.pair();
        LiveNode a = start(FreePorts.pair(), Optional.empty(), 0);
        LiveNode b = start(port, at(a), 1);
        add(a, "one");
        b.close();
        Path file = directory.resolve("" + port).resolve("naivechain.db");

        assertThat(ChainFile.verify(file, Staking.rules(stakes, InstantSource.system()))
                        .verdict())
                .isEqualTo(Verdict.SOUND);
        assertThatThrownBy(() -> ChainFile.verify(file, words -> EngineFactory.rules(words, InstantSource.system())))
                .hasMessageContaining("came about by proof of stake")
                .hasMessageContaining("name the stakes if it has some (--stakes FILE)");
    }

    @Test
    void filesThatCannotServeAreRefusedInOneLine() throws Exception {
        Path missing = directory.resolve("missing");
        Path none = Files.writeString(directory.resolve("none"), "{}");
        Path foreign = Staking.init(directory.resolve("others"), List.of(1L), SLOT_MILLIS)
                .get(1);

        assertThatThrownBy(() -> Staking.read(missing, Optional.empty(), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessage("there is no file with the stakes: " + missing
                        + "; make one with: ./naivechain stake init DIR --stakes 40,30,30");
        assertThatThrownBy(() -> Staking.read(none, Optional.empty(), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("no stakes in " + none + ": the field slot_millis is missing; make one");
        assertThatThrownBy(() -> Staking.read(stakes, Optional.of(missing), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("there is no file with the key of a holder: " + missing);
        assertThatThrownBy(() -> Staking.read(stakes, Optional.of(foreign), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the key in " + foreign + " belongs to none of the 3 holders in " + stakes);
        assertThatThrownBy(() -> Staking.init(directory.resolve("stake"), List.of(1L), SLOT_MILLIS))
                .isInstanceOf(StartFailure.class)
                .hasMessage("there is a file already: " + stakes + "; name another directory");
        Files.writeString(key(0), "no key");
        assertThatThrownBy(() -> Staking.read(stakes, Optional.of(key(0)), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("no private key of Ed25519, as PEM, in " + key(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key(1))))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(key(1), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Staking.read(stakes, Optional.of(key(1)), 1))
                .isInstanceOf(StartFailure.class)
                .hasMessage("every user of this machine can read the key in " + key(1)
                        + ", and sign with it; forbid it with: chmod go= " + key(1));
    }
}
