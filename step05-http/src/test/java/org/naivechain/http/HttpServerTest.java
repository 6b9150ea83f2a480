package org.naivechain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.AddOutcome;

class HttpServerTest {
    private static final String POST = "POST /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
    private static final String GET = "GET /node HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Set<Thread> threadsBefore = serverThreads();
    private final FakeNode node = new FakeNode();

    @AfterEach
    void noThreadIsLeft() {
        // Jetty's last thread ends a moment after its server.
        await().untilAsserted(() -> assertThat(serverThreads()).isSubsetOf(threadsBefore));
    }

    @Test
    void aPortInUseIsToldAtOnce() throws Exception {
        try (HttpServer first = Served.bind("127.0.0.1", 0)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> Served.bind("127.0.0.1", first.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + first.port() + ": Address already in use");
        }
    }

    @Test
    void aHostThatIsNoneIsToldAtOnce() {
        assertThatThrownBy(() -> Served.bind("no host", 0))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("there is no host \"no host\" to listen on");
    }

    @Test
    void answersThoseWhoCameBeforeItStarted() throws Exception {
        try (HttpServer server = Served.bind("127.0.0.1", 0);
                Socket early = new Socket("127.0.0.1", server.port())) {
            early.getOutputStream().write(GET.getBytes(US_ASCII));
            server.start(node);

            assertThat(new String(early.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void startsOnceAndNotAfterItIsClosed() throws Exception {
        HttpServer server = Served.bind("127.0.0.1", 0);
        server.start(node);
        assertThatIllegalStateException().isThrownBy(() -> server.start(node));
        server.close();
        server.close();
        assertThatIllegalStateException().isThrownBy(() -> server.start(node));
    }

    @Test
    void aClosedServerFreesItsPort() throws Exception {
        int port;
        try (HttpServer unstarted = Served.bind("127.0.0.1", 0)) {
            port = unstarted.port();
        }
        try (HttpServer again = Served.bind("127.0.0.1", port)) {
            again.start(node);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void serversOfOneProgramDoNotMix() throws Exception {
        FakeNode other = new FakeNode();
        try (Served one = new Served(node);
                Served two = new Served(other)) {
            one.post("/data", "{\"data\": 1}");
            two.post("/data", "{\"data\": 2}");
            two.post("/data", "{\"data\": 3}");
        }
        assertThat(node.added).hasSize(1);
        assertThat(other.added).hasSize(2);
    }

    @Test
    void noThreadKeepsTheProgramAlive() throws Exception {
        try (Served served = new Served(node)) {
            served.get("/node");

            Set<Thread> started = serverThreads();
            started.removeAll(threadsBefore);
            assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
        }
    }

    @Test
    void closingLetsARequestInFlightFinish() throws Exception {
        CompletableFuture<AddOutcome> outcome = new CompletableFuture<>();
        node.outcome = outcome;
        Served served = new Served(node, Timeouts.DEFAULT);
        try (Socket socket = served.open(POST.replace("1000", "11") + "{\"data\": 1}")) {
            await().until(() -> node.added.size() == 1);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(served::close);
            await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", served.server.port()).close())
                    .isInstanceOf(ConnectException.class));
            assertThat(closing).isNotDone();

            outcome.complete(new AddOutcome.Added(Block.GENESIS));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith(Served.ok("true"));
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingWaitsForTheClientsInFlightOnlySoLong() throws Exception {
        node.outcome = new CompletableFuture<>();
        Timeouts timeouts = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(200));
        Served served = new Served(node, timeouts);
        try (Socket socket = served.open(POST.replace("1000", "11") + "{\"data\": 1}")) {
            await().until(() -> node.added.size() == 1);
            long start = System.nanoTime();

            served.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(Timeouts.DEFAULT.drain()).hasSeconds(2);
        }
    }

    @Test
    void idleConnectionsDoNotHoldUpClosing() throws Exception {
        Timeouts timeouts = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));
        Served served = new Served(node, timeouts);
        try (Socket idle = served.open("GET /peers HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            String answer = Served.ok("{}");
            StringBuilder read = new StringBuilder();
            while (!read.toString().endsWith(answer)) {
                read.append((char) idle.getInputStream().read());
            }
            idle.getOutputStream().write("GET /no".getBytes(US_ASCII));
            long start = System.nanoTime();

            served.close();

            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void stalledBodiesDoNotBlockOthers() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (Served served = new Served(node)) {
            for (int i = 0; i < 50; i++) {
                stalled.add(served.open(POST + "{\"data\""));
            }
            assertThat(served.get("/node").statusCode()).isEqualTo(200);
            assertThat(served.post("/data", "{\"data\": 1}").statusCode()).isEqualTo(200);
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatStallsIsGivenUp() throws Exception {
        Timeouts timeouts = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(300),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));
        try (Served served = new Served(node, timeouts);
                Socket socket = served.open(POST + "{\"data\"")) {
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(Served.body(answer)).isEqualTo(Served.error("the body did not arrive in time; send it again"));
        }
    }

    @Test
    void aBodyThatTricklesIsGivenUp() throws Exception {
        Timeouts timeouts = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(2));
        try (Served served = new Served(node, timeouts);
                Socket socket = served.open(POST + "{\"data\"")) {
            await().until(() -> {
                socket.getOutputStream().write(' ');
                return socket.getInputStream().available() > 0;
            });
            assertThat(new String(socket.getInputStream().readNBytes(13), US_ASCII))
                    .isEqualTo("HTTP/1.1 408 ");
        }
    }

    private static Set<Thread> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName()
                        .matches("HttpClient.*|ForkJoinPool.*|awaitility.*|junit.*"
                                + "|CompletableFutureDelayScheduler|Common-Cleaner|process reaper.*|surefire.*"))
                .collect(Collectors.toSet());
    }
}
