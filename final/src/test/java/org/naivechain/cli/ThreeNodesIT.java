package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;

/** Real processes, started as a user would start them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class ThreeNodesIT {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private final List<Launched> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Launched::close);
    }

    @Test
    void threeNodesGoOnWithoutTheOneThatIsKilledAndStopInGoodOrder() throws Exception {
        Launched a = launch("-p", "0").live();
        Launched b = launch("-pid", a.id(), "-pport", "" + a.port(), "-p", "0").live();
        Launched c = launch("--peer", "127.0.0.1:" + b.port(), "--port", "0").live();
        Client onA = new Client(a.port());
        Client onB = new Client(b.port());
        Client onC = new Client(c.port());
        await().until(() -> onA.peerIds().size() == 2
                && onB.peerIds().size() == 2
                && onC.peerIds().size() == 2);

        assertThat(onA.add("Testing String Again").isAdded()).isTrue();
        await().until(() -> onC.hashes().size() == 2 && onB.hashes().size() == 2);
        assertThat(onC.hashes().get(1)).isEqualTo("c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f");

        b.signal("KILL");
        assertThat(b.exitStatus()).isEqualTo(KILLED);
        assertThat(onC.add("without b").isAdded()).isTrue();
        await().until(() -> onA.hashes().equals(onC.hashes()));
        assertThat(onA.isHealthy()).isTrue();

        c.signal("TERM");
        assertThat(c.exitStatus()).isEqualTo(TERMINATED);
        assertThat(c.log()).endsWith("[INFO]: BLOCKCHAIN-Node " + c.id() + " stopped");
        assertThat(onA.hashes()).hasSize(3);
    }

    @Test
    void aNodeThatIsHaltedForAWhileCatchesUp() throws Exception {
        Launched a = launch("-p", "0").live();
        Launched b = launch("--peer", "127.0.0.1:" + a.port(), "-p", "0").live();
        Launched c = launch("--peer", "127.0.0.1:" + a.port(), "-p", "0").live();
        Client onA = new Client(a.port());
        await().until(() ->
                onA.peerIds().size() == 2 && new Client(b.port()).peerIds().size() == 2);

        c.signal("STOP");
        for (int i = 0; i < 5; i++) {
            assertThat(onA.add("text " + i).isAdded()).isTrue();
        }
        c.signal("CONT");

        await().until(() -> new Client(c.port()).hashes().equals(onA.hashes()));
        assertThat(new Client(b.port()).hashes()).isEqualTo(onA.hashes());
    }

    @Test
    void theLogReadsLikeTheOriginals() throws Exception {
        Launched a = launch("-p", "0").live();

        assertThat(a.log())
                .anyMatch(line -> line.matches("\\[INFO]: BLOCKCHAIN-Setting up naive chain server \\(process \\d+\\)"))
                .contains(
                        "[INFO]: RPC_SERVER-Starting RPC server on port " + a.port(),
                        "[INFO]: RPC_SERVER-RPC server waiting for connections",
                        "[INFO]: PROTOCOL_PROCESSOR-Initializing protocol processor",
                        "[INFO]: BLOCKCHAIN-Node " + a.id() + " live on 127.0.0.1:" + a.port(),
                        "[INFO]: HTTP_SERVER-Running on http://127.0.0.1:" + (a.port() + 1)
                                + "/ (Press CTRL+C to quit)");
        assertThat(a.errors()).isEmpty();
    }

    @Test
    void aNodeThatOthersCanReachWarnsIfItHasNoKey() throws Exception {
        String port = Integer.toString(FreePorts.pair());

        Launched open = launch("--host", "0.0.0.0", "--advertise", "127.0.0.1:" + port, "-p", port, "--in-memory")
                .live();

        assertThat(open.log())
                .contains(
                        "[WARN]: BLOCKCHAIN-Bound to 0.0.0.0, which others can reach, and there is no key: give all nodes"
                                + " the same --network-key-file, or do so only where you trust everyone");
    }

    @Test
    void failuresAreOneClearLineAndANonZeroExitStatus() throws Exception {
        Launched a = launch("-p", "0").live();

        Launched inUse = launch("-p", "" + a.port());
        assertThat(inUse.exitStatus()).isEqualTo(1);
        assertThat(inUse.errors())
                .containsExactly("naivechain: cannot bind 127.0.0.1:" + a.port() + " (Address already in use); choose"
                        + " another port with -p, or another address with --host");

        Launched wrongId = launch("-pid", "nobody", "-pport", "" + a.port(), "-p", "0");
        assertThat(wrongId.exitStatus()).isEqualTo(1);
        assertThat(wrongId.errors())
                .containsExactly("naivechain: cannot join nobody at 127.0.0.1:" + a.port() + ": the node there is "
                        + a.id() + ", not nobody");

        Launched badFlag = launch("--prot", "1");
        assertThat(badFlag.exitStatus()).isEqualTo(2);
        assertThat(badFlag.errors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | One letter changed, and the hash does not fit any more:",
                "2 | hash 41e31001  \"Bob pays Carol 3000\"",
                "3 | closed because a frame may have at most 1000 bytes",
                "4 | All have 2 blocks, with equal heads: true",
                "5 | c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f"
            })
    void everyStepHasItsDemonstration(String step, String shown) throws Exception {
        Launched demo = launch("demo", step);

        assertThat(demo.exitStatus()).as("%s", demo.errors()).isZero();
        assertThat(demo.log()).anyMatch(line -> line.contains(shown));
        assertThat(demo.errors()).isEmpty();
    }

    private Launched launch(String... arguments) throws IOException {
        Launched process = new Launched(arguments);
        started.add(process);
        return process;
    }
}
