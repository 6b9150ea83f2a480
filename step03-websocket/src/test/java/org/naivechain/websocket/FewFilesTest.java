package org.naivechain.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A listener in a process of its own, which may have so few files open that it cannot take every call. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such limit")
class FewFilesTest {
    private static final int FILES = 64;

    private final List<Socket> callers = new ArrayList<>();
    private Process process;
    private BufferedReader printed;
    private int port;

    @BeforeEach
    void listen() throws IOException {
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + FILES + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListenerWithFewFiles.class.getName())
                .redirectErrorStream(true)
                .start();
        printed = process.inputReader();
        port = Integer.parseInt(printed.readLine());
    }

    @AfterEach
    void end() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        process.destroyForcibly().onExit().join();
    }

    @Test
    void aListenerThatCouldNotTakeACallTakesTheNextOnes() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Socket caller = new Socket();
            caller.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            callers.add(caller);
        }
        assertThat(printed.readLine())
                .endsWith("Cannot take calls: Too many open files. This process may have " + FILES
                        + " files and sockets open; raise that limit (ulimit -n). Calls wait until some are closed");
        for (Socket caller : callers) {
            caller.close();
        }

        Recorder client = new Recorder(false);
        try (Dialer dialer = new Dialer("v2", Limits.DEFAULT)) {
            dialer.dial("127.0.0.1", port, client);
            await().until(() -> client.opened.size() == 1);
            client.opened.get(0).send("still there?");
            await().untilAsserted(() -> assertThat(client.frames).containsExactly("echo still there?"));
        }
    }
}
