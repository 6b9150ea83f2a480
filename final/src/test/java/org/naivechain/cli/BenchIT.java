package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.bench.Bench;
import org.naivechain.bench.BenchFailure;
import org.naivechain.bench.BenchOptions;

/** The load test as a user starts it, with node processes of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class BenchIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path temporary;

    private Launched bench;
    private List<ProcessHandle> nodes = List.of();

    @AfterEach
    void endAll() {
        if (bench != null) {
            bench.close();
        }
        nodes.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void threeNodesAgreeAfterOneClientHasAdded() throws Exception {
        launch("--clients", "1", "--seconds", "2", "--warmup", "0");
        awaitNodes();

        assertThat(bench.exitStatus()).as("%s %s", bench.log(), bench.errors()).isZero();
        assertThat(bench.log()).hasSize(5);
        assertThat(bench.log().get(0))
                .isEqualTo("load        nodes 3, clients 1, bytes 32, seconds 2 after 0 of warm-up");
        assertThat(bench.log().get(1)).matches("adds/s      [1-9]\\d*\\.\\d");
        assertThat(bench.log().get(2)).matches("latency     p50 [\\d.]+ ms, p99 [\\d.]+ ms, max [\\d.]+ ms");
        assertThat(bench.log().get(3)).isEqualTo("failed      0");
        assertThat(bench.log().get(4))
                .matches("chains      agree on \\d+ blocks, and every acknowledged add is in them once");
        assertThat(String.join("", bench.errors())).contains("adding", "2/2 s");
        assertThat(bench.errors().get(0))
                .isEqualTo(
                        "starting 3 nodes, adding for 2 s (0 s to warm up, 2 s measured), then comparing the chains");
        assertNothingIsLeft();
    }

    @Test
    void whoEndsItEndsItsNodes() throws Exception {
        launch("--clients", "1", "--seconds", "60");
        awaitNodes();

        bench.signal("TERM");

        assertThat(bench.exitStatus()).isEqualTo(TERMINATED);
        assertNothingIsLeft();
    }

    @Test
    void stakesAreMadeForTheNodesAndDeletedWithThem() throws Exception {
        launch("--consensus", "stake", "--clients", "3", "--seconds", "1", "--warmup", "0");
        awaitNodes();

        assertThat(bench.exitStatus()).as("%s %s", bench.log(), bench.errors()).isZero();
        assertThat(bench.log().get(bench.log().size() - 1)).contains("every acknowledged add is in them once");
        assertNothingIsLeft();
    }

    @Test
    void aNodeThatDoesNotStartIsToldInOneLine() {
        BenchOptions wrong =
                new BenchOptions(1, 1, 1, 0, 32, false, (network, number) -> List.of("--no-such-option", "x"));

        assertThatThrownBy(() -> Bench.run(
                        wrong,
                        Main.class.getName(),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintStream(OutputStream.nullOutputStream())))
                .isInstanceOf(BenchFailure.class)
                .hasMessageStartingWith("node 1 ended with exit status 2: naivechain: ");
    }

    private void launch(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        bench = new Launched(
                Map.of("NAIVECHAIN_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary), all);
    }

    private void awaitNodes() {
        await().atMost(40, TimeUnit.SECONDS).until(() -> {
            // Also those of a bench that fails to end them are ended after the test.
            nodes = bench.children();
            return nodes.size() == 3;
        });
    }

    private void assertNothingIsLeft() {
        assertThat(nodes).hasSize(3).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }
}
