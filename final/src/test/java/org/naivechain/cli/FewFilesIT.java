package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.Stranger;

/** The program where it may have few files and sockets open. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such limit")
class FewFilesIT {
    private static final Path PROGRAM =
            Path.of("..").toAbsolutePath().normalize().resolve("naivechain");

    private final List<Socket> idle = new ArrayList<>();
    private final int port = FreePorts.pair();
    private Process node;

    @AfterEach
    void end() throws IOException {
        for (Socket socket : idle) {
            socket.close();
        }
        node.destroyForcibly().onExit().join();
    }

    private void start(int files) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + files + " && exec \"$@\"",
                "sh",
                PROGRAM.toString(),
                "--in-memory",
                "-p",
                "" + port);
        builder.environment().put("NAIVECHAIN_BUILD", "never");
        builder.redirectErrorStream(true);
        node = builder.start();
    }

    @Test
    void idleConnectionsDoNotMakeTheNodeDeaf() throws Exception {
        start(256);
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> new Client(port).isHealthy());

        for (int i = 0; i < 250; i++) {
            idle.add(new Socket("127.0.0.1", port));
        }
        for (int i = 0; i < 60; i++) {
            idle.add(new Socket("127.0.0.1", port + 1));
        }
        for (Socket socket : idle) {
            socket.close();
        }

        await().untilAsserted(() ->
                assertThat(Stranger.say(port, "{\"CMD\": \"PING\", \"id\": 1}")).contains("PONG"));
        assertThat(new Client(port).isHealthy()).isTrue();
    }

    @Test
    void tooFewAreToldInOneLine() throws Exception {
        start(64);

        String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(node.waitFor()).isEqualTo(1);
        assertThat(printed.lines().filter(line -> !line.startsWith("[INFO]: ")))
                .containsExactly(
                        "naivechain: this process may have 64 files and sockets open, and a node needs at least"
                                + " 192: raise the limit (ulimit -n 4096)");
    }
}
