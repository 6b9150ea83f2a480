package org.naivechain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.AddOutcome;

/** Real sockets from several addresses of the loopback network, each of which is a host. */
@DisabledOnOs(value = OS.MAC, disabledReason = "127.0.0.1 is its only loopback address unless others are set up")
class HostShareTest {
    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final int CALL_MILLIS = 5_000;
    private static final String GET = "GET /peers HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String POST = "POST /data HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n";
    /** Nothing in these tests ends because time is up. */
    private static final Timeouts ENDLESS = new Timeouts(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMillis(200));

    private final FakeNode node = new FakeNode();

    @AutoClose
    private final Served served = new Served(node, ENDLESS);

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void aHostWith500SilentConnectionsKeepsNeitherOthersNorItselfOut() throws Exception {
        for (int i = 0; i < 500; i++) {
            call(ONE);
        }

        assertThat(ask(OTHER)).startsWith("HTTP/1.1 200 ");
        assertThat(ask(ONE)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aConnectionThatHasSentARequestMakesNoRoom() throws Exception {
        List<Socket> used = new ArrayList<>();
        for (int i = 0; i < JettyFactory.MAX_CONNECTIONS_PER_HOST; i++) {
            used.add(call(ONE));
            assertThat(answer(used.get(i))).startsWith("HTTP/1.1 200 ");
        }

        assertThat(call(ONE).getInputStream().read()).isEqualTo(-1);
        assertThat(ask(OTHER)).startsWith("HTTP/1.1 200 ");
        assertThat(answer(used.get(0))).startsWith("HTTP/1.1 200 ");

        used.get(1).close();
        await().ignoreExceptions().untilAsserted(() -> assertThat(ask(ONE)).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void aHostWhoseEveryConnectionWaitsForTheNodeKeepsNobodyElseOut() throws Exception {
        node.outcome = new CompletableFuture<>();
        for (int i = 0; i < JettyFactory.MAX_CONNECTIONS_PER_HOST; i++) {
            call(ONE).getOutputStream().write((POST + "{\"data\": 1}").getBytes(US_ASCII));
        }
        await().untilAsserted(() -> assertThat(node.added).hasSize(JettyFactory.MAX_CONNECTIONS_PER_HOST));

        assertThat(ask(OTHER)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void silenceIsBorneForAMomentAndARequestForLonger() throws Exception {
        CompletableFuture<AddOutcome> outcome = new CompletableFuture<>();
        node.outcome = outcome;
        Timeouts timeouts =
                new Timeouts(ENDLESS.answer(), Duration.ofMillis(200), ENDLESS.idle(), ENDLESS.body(), ENDLESS.drain());
        try (Served impatient = new Served(node, timeouts);
                Socket stalled = impatient.open(POST + "{\"data\"");
                Socket silent = impatient.open("");
                Socket slow = impatient.open("GET /peers HT")) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(slow.getInputStream().read()).isEqualTo(-1);

            stalled.getOutputStream().write(": 1}".getBytes(US_ASCII));
            outcome.complete(new AddOutcome.Added(Block.GENESIS));
            assertThat(new String(stalled.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(Timeouts.DEFAULT.request()).hasSeconds(5);
    }

    private String ask(String host) throws IOException {
        return answer(call(host));
    }

    private Socket call(String host) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
        socket.setSoTimeout(CALL_MILLIS);
        socket.connect(new InetSocketAddress(ONE, served.server.port()), CALL_MILLIS);
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(US_ASCII));
        StringBuilder read = new StringBuilder();
        while (!read.toString().endsWith(Served.ok("{}"))) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            read.append((char) next);
        }
        return read.toString();
    }
}
