package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;

/** A reader of the course opens the file of a running node with {@code sqlite3}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Tag("long")
class OtherProgramIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final List<Launched> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Launched::close);
    }

    private Launched start(int port, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-p", "" + port, "--data-dir", data(port).toString(), "--min-nodes", "1"));
        Launched node = new Launched(arguments.toArray(String[]::new));
        started.add(node);
        return node.live();
    }

    private Path data(int port) {
        return directory.resolve("" + port);
    }

    private String sqlite3(int port, String sql) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sqlite3",
                        "-cmd",
                        ".timeout 5000",
                        data(port).resolve("naivechain.db").toString(),
                        sql)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    /** A reader who types {@code BEGIN IMMEDIATE} and goes for a walk. */
    private Process lock(int port) throws IOException {
        Process process = new ProcessBuilder(
                        "sqlite3", data(port).resolve("naivechain.db").toString())
                .redirectErrorStream(true)
                .start();
        BufferedWriter typed = process.outputWriter();
        typed.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'locked';\n");
        typed.flush();
        assertThat(process.inputReader().readLine()).isEqualTo("locked");
        return process;
    }

    private static void assumeThatSqlite3IsInstalled() throws InterruptedException {
        boolean installed;
        try {
            installed = new ProcessBuilder("sqlite3", "-version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeThat(installed).as("sqlite3 is installed").isTrue();
    }

    @Test
    void whatIsAddedAfterALookIntoTheFileOutlivesTheNode() throws Exception {
        assumeThatSqlite3IsInstalled();
        int port = FreePorts.pair();
        Launched node = start(port);
        assertThat(new Client(port).add("before").isAdded()).isTrue();

        // It is in the vote before it is answered, and in the chain soon after.
        await().atMost(PATIENCE)
                .until(() -> sqlite3(port, "SELECT count(*) FROM blocks").equals("2"));
        assertThat(new Client(port).add("after").isAdded()).isTrue();
        node.signal("KILL");
        node.exitStatus();
        start(port);

        assertThat(new Client(port).texts()).containsExactly("before", "after");
    }

    @Test
    void aLockedFileHoldsUpNobodyElseAndLosesNothing() throws Exception {
        assumeThatSqlite3IsInstalled();
        List<Integer> ports = List.of(FreePorts.pair(), FreePorts.pair(), FreePorts.pair());
        Launched node = start(ports.get(0));
        start(ports.get(1), "--peer", "127.0.0.1:" + ports.get(0));
        start(ports.get(2), "--peer", "127.0.0.1:" + ports.get(0));
        Client locked = new Client(ports.get(0));
        Client other = new Client(ports.get(1));
        assertThat(locked.add("before").isAdded()).isTrue();

        Process reader = lock(ports.get(0));
        try {
            assertThat(locked.add("first").message()).startsWith("storage is busy: ");
            Client.Answer refused = locked.add("second");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.message()).endsWith("the data was not added, try again later");
            await().atMost(PATIENCE).until(() -> other.add("meanwhile").isAdded());
            // A write waited for five seconds, then the node ended.
            await().during(Duration.ofSeconds(6))
                    .atMost(PATIENCE)
                    .until(() -> locked.texts().contains("before"));
        } finally {
            reader.destroyForcibly().onExit().join();
        }

        await().atMost(PATIENCE).until(() -> locked.add("after", "key").isAdded());
        assertThat(locked.texts()).contains("before", "meanwhile", "after").doesNotContain("second");
        await().atMost(PATIENCE).until(() -> other.hashes().equals(locked.hashes()));
        assertThat(node.log().stream().filter(line -> line.contains("Storage is ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("[WARN]: BLOCKCHAIN-Storage is busy, and this node waits: cannot write "),
                        line -> assertThat(line)
                                .isEqualTo("[INFO]: BLOCKCHAIN-Storage is free again, and this node goes on"));
    }

    @Test
    void aForgeryIsUndoneInTheFileItselfAgainAndAgain() throws Exception {
        assumeThatSqlite3IsInstalled();
        int port = FreePorts.pair();
        start(port);
        int other = FreePorts.pair();
        start(other, "--peer", "127.0.0.1:" + port);
        await().atMost(PATIENCE).until(() -> new Client(other).add("true").isAdded());
        await().atMost(PATIENCE).until(() -> new Client(port).texts().contains("true"));

        for (String forgery : List.of("forged", "forged again")) {
            sqlite3(port, "UPDATE blocks SET data='\"" + forgery + "\"' WHERE position=1");

            await().until(() ->
                    sqlite3(port, "SELECT data FROM blocks WHERE position=1").equals("\"true\""));
        }
    }
}
