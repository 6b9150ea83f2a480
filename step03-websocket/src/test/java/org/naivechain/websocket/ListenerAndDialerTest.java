package org.naivechain.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerAndDialerTest {
    private static final String HANDSHAKE = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private static final String REFUSED = "too many large frames are arriving, try again later";

    private final Limits limits =
            new Limits(1_000, 5, 5, 64 * 1024, 1024 * 1024, Duration.ofMillis(500), Duration.ofSeconds(30));
    private final Set<Thread> threadsBefore = websocketThreads();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Recorder server = new Recorder(true);
    private final Recorder client = new Recorder(false);
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = listen("v2", limits, server);
    }

    @AfterEach
    void closeAndLeaveNoThread() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
        await().untilAsserted(() -> assertThat(websocketThreads()).isSubsetOf(threadsBefore));
        assertThat(server.listenerFailed)
                .as("a listener that is closed has not failed")
                .isFalse();
    }

    @Test
    void exchangesFramesInOrder() {
        dialer("v2", limits).dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1);

        for (int i = 0; i < 100; i++) {
            client.opened.get(0).send("frame " + i);
        }

        await().until(() -> client.frames.size() == 100);
        assertThat(server.frames).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(client.frames.get(i)).isEqualTo("echo frame " + i);
        }
        assertThat(server.opened.get(0).remoteHost()).isEqualTo("127.0.0.1");
    }

    /** Java-WebSocket 1.6.0 by itself forgets one reply in some thousands, if it is sent from where the frame was read. */
    @Test
    void noReplyIsForgotten() throws Exception {
        int rounds = 30_000;
        CountDownLatch done = new CountDownLatch(rounds);
        dialer("v2", limits).dial("127.0.0.1", listener.port(), new FrameHandler() {
            @Override
            public void opened(Connection connection) {
                connection.send("frame");
            }

            @Override
            public void received(Connection connection, String frame) {
                done.countDown();
                connection.send("frame");
            }
        });

        assertThat(done.await(40, TimeUnit.SECONDS))
                .as("%s are missing", done.getCount())
                .isTrue();
    }

    @Test
    void agreesOnASubprotocolOnlyWithThoseWhoKnowIt() {
        dialer("v2", limits).dial("127.0.0.1", listener.port(), client);
        dialer("other", limits).dial("127.0.0.1", listener.port(), client);

        await().until(() -> client.opened.size() == 2 && server.opened.size() == 2);
        assertThat(client.opened).extracting(Connection::subprotocol).containsExactlyInAnyOrder("v2", "");
        assertThat(server.opened).extracting(Connection::subprotocol).containsExactlyInAnyOrder("v2", "");
    }

    @Test
    void tellsBothEndsThatAConnectionWasClosedAndWhy() {
        dialer("v2", limits).dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1 && server.opened.size() == 1);

        server.opened.get(0).close("enough – " + "x".repeat(500));

        await().until(() -> client.closed.size() == 1 && server.closed.size() == 1);
        assertThat(client.closed.get(0))
                .startsWith("enough ? xxx")
                .endsWith("...")
                .hasSize(123);
        client.opened.get(0).send("into the void");
        server.opened.get(0).send("into the void");
    }

    @Test
    void tellsThatACallFailed() throws IOException {
        int unused;
        try (var free = new java.net.ServerSocket(0)) {
            unused = free.getLocalPort();
        }

        dialer("v2", limits).dial("127.0.0.1", unused, client);

        await().untilAsserted(() -> assertThat(client.failed).containsExactly("Connection refused"));
        assertThat(client.opened).isEmpty();
    }

    @Test
    void tellsThatThereIsNoSuchHost() {
        dialer("v2", limits).dial("no.such.host.invalid", 1, client);

        await().untilAsserted(() -> assertThat(client.failed).containsExactly("no such host: no.such.host.invalid"));
    }

    @Test
    void aCallToOneWhoTakesItAndSaysNothingFailsInTime() throws IOException {
        try (var silent = new java.net.ServerSocket(0)) {
            dialer("v2", limits).dial("127.0.0.1", silent.getLocalPort(), client);

            await().untilAsserted(() -> assertThat(client.failed).containsExactly(LiveConnection.TOO_QUIET));
        }
    }

    @Test
    void aPortInUseIsToldAtOnce() {
        assertThatThrownBy(
                        () -> Listener.bind(new InetSocketAddress("127.0.0.1", listener.port()), "v2", limits, server))
                .isInstanceOf(BindException.class);
    }

    @Test
    void anOversizedFrameClosesItsConnectionAndNamesTheLimit() {
        Dialer dialer = dialer("v2", limits);
        dialer.dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1);

        client.opened.get(0).send("x".repeat(1_001));

        await().untilAsserted(() -> assertThat(client.closed).containsExactly("a frame may have at most 1000 bytes"));
        assertThat(server.frames).isEmpty();
        assertOthersAreServed();
    }

    /** What else a page can send, and a user who types the wrong port into a browser. */
    @Test
    void aRequestThatIsNoHandshakeIsToldSoAndHeldAgainstNobody() throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET /data HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\ntext",
                "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) {
            assertThat(answer(request))
                    .as(request)
                    .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
                    .contains("\r\nContent-Type: application/json\r\n", "\r\n\r\n" + Gate.OPEN.plainHttpAnswer());
        }
        assertThat(server.opened).isEmpty();
        assertNothingIsHeldAgainstAnyone();
    }

    private String answer(String request) throws IOException {
        try (Socket caller = connect()) {
            caller.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(caller.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** Java-WebSocket gives its server up after some errors, such as a class that cannot be loaded. */
    @Test
    void aListenerThatFailsSaysSo() throws IOException {
        Recorder broken = new Recorder(false) {
            @Override
            public Optional<String> objection(String remoteHost) {
                throw new NoClassDefFoundError("broken on purpose; this stack trace is part of the test");
            }
        };

        dialer("v2", limits).dial("127.0.0.1", listen("v2", limits, broken).port(), client);

        await().until(() -> broken.listenerFailed);
    }

    private void assertNothingIsHeldAgainstAnyone() {
        assertThat(server.keptOut).isEmpty();
        assertThat(server.refused).isEmpty();
    }

    @Test
    void oneWhoConnectsAndSaysNothingIsDroppedInTime() throws IOException {
        try (Socket silent = connect();
                Socket dawdling = connect()) {
            dawdling.getOutputStream().write("GET / HTTP/1.1\r\nHost:".getBytes(US_ASCII));

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(dawdling.getInputStream().read()).isEqualTo(-1);
        }
        assertOthersAreServed();
    }

    @Test
    void anIdleConnectionIsClosedInTime() throws IOException {
        Limits hasty = new Limits(1_000, 5, 5, 64 * 1024, 1024 * 1024, Duration.ofSeconds(30), Duration.ofMillis(300));
        Listener other = listen("v2", hasty, server);

        dialer("v2", limits).dial("127.0.0.1", other.port(), client);

        await().until(() -> server.closed.size() == 1 && client.closed.size() == 1);
        assertThat(server.closed).containsExactly(LiveConnection.TOO_QUIET);
    }

    @Test
    void aConnectionThatCarriesFramesOneWayOnlyIsNotIdle() throws IOException {
        Limits hasty = new Limits(1_000, 5, 5, 64 * 1024, 1024 * 1024, Duration.ofSeconds(30), Duration.ofMillis(700));
        Recorder hearing = new Recorder(false);
        Recorder speaking = new Recorder(false);
        Recorder caller = new Recorder(false);
        dialer("v2", hasty).dial("127.0.0.1", listen("v2", hasty, hearing).port(), caller);
        dialer("v2", hasty).dial("127.0.0.1", listen("v2", hasty, speaking).port(), client);
        await().until(() -> caller.opened.size() == 1 && speaking.opened.size() == 1);

        await().pollInterval(Duration.ofMillis(50))
                .during(Duration.ofMillis(1_800))
                .until(() -> {
                    caller.opened.get(0).send("caller to called");
                    speaking.opened.get(0).send("called to caller");
                    return hearing.closed.size() + caller.closed.size() + client.closed.size() == 0;
                });
    }

    @Test
    void aBinaryFrameClosesItsConnection() throws IOException {
        try (Socket caller = connect()) {
            caller.getOutputStream().write((HANDSHAKE + "\r\n").getBytes(US_ASCII));
            // A final binary frame, masked with zeros, without contents (RFC 6455, 5.2).
            caller.getOutputStream().write(new byte[] {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0});

            assertThat(new String(caller.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("only text frames are understood");
        }
        assertThat(server.frames).isEmpty();
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndOthersStay() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        Limits patient =
                new Limits(1_000, 5, 5, 64 * 1024, 1024 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(30));
        Listener crowded = listen("v2", patient, server);
        try {
            for (int i = 0; i < 5; i++) {
                crowd.add(new Socket("127.0.0.1", crowded.port()));
            }
            try (Socket late = new Socket("127.0.0.1", crowded.port())) {
                assertThat(late.getInputStream().read()).isEqualTo(-1);
            }
            crowd.remove(0).close();
            await().untilAsserted(() -> {
                dialer("v2", limits).dial("127.0.0.1", crowded.port(), client);
                await().until(() -> client.opened.size() + client.failed.size() > 0);
                assertThat(client.opened).isNotEmpty();
            });
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void onesWhoDoNotReadAreDroppedBeforeTheyFillTheMemory() throws IOException {
        try (Socket deaf = connect()) {
            deaf.getOutputStream().write((HANDSHAKE + "\r\n").getBytes(US_ASCII));
            await().until(() -> server.opened.size() == 1);

            String frame = "x".repeat(1_000);
            for (int i = 0; i < 20_000 && server.closed.isEmpty(); i++) {
                server.opened.get(0).send(frame);
            }

            assertThat(server.closed).hasSize(1);
            assertThat(server.closed.get(0)).startsWith("more than 65536 bytes wait");
        }
        assertOthersAreServed();
    }

    @Test
    void announcedFramesShareABudgetAndThoseBeyondItAreRefused() throws IOException {
        Limits tight = new Limits(100_000, 50, 50, 1_000_000, 250_000, Duration.ofSeconds(30), Duration.ofSeconds(30));
        Listener bounded = listen("v2", tight, server);
        List<Socket> hoarders = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                hoarders.add(announcing(bounded, 60_000));
            }
            // Four fit into the budget; one is closed with a reason.
            await().until(() -> server.closed.size() == 1);
            assertThat(server.closed).containsExactly(REFUSED);
            List<Socket> taken = new ArrayList<>(hoarders);
            taken.removeIf(socket -> isAnswered(socket));
            assertThat(taken).hasSize(4);

            // One hangs up and one sends its frame: what they had taken is given back, so that two more fit, and no
            // third.
            taken.get(0).close();
            await().until(() -> server.closed.size() == 2);
            taken.get(1).getOutputStream().write(new byte[60_000]);
            await().until(() -> server.frames.size() == 1);
            for (int i = 0; i < 3; i++) {
                hoarders.add(announcing(bounded, 60_000));
            }
            await().until(() -> server.closed.size() == 3);
            assertThat(server.closed.get(2)).isEqualTo(REFUSED);
        } finally {
            for (Socket socket : hoarders) {
                socket.close();
            }
        }
    }

    @Test
    void messagesInManyFragmentsShareTheBudgetToo() throws IOException {
        Limits tight = new Limits(100_000, 50, 50, 1_000_000, 5_000, Duration.ofSeconds(30), Duration.ofSeconds(30));
        Listener bounded = listen("v2", tight, server);
        try (Socket fragmenting = handshaken(bounded)) {
            for (int i = 0; i < 6; i++) {
                // A text frame or a continuation, not the last, masked with zeros, 1,000 bytes long.
                byte[] fragment = new byte[8 + 1_000];
                fragment[0] = (byte) (i == 0 ? 0x01 : 0x00);
                fragment[1] = (byte) (0x80 | 126);
                fragment[2] = (byte) (1_000 >> 8);
                fragment[3] = (byte) 1_000;
                fragmenting.getOutputStream().write(fragment);
            }
            assertRefused(fragmenting);
        }
    }

    @Test
    void aMessageInTooManyFragmentsClosesItsConnectionWhateverComesBetweenThem() throws IOException {
        byte[] first = {0x01, (byte) 0x80, 0, 0, 0, 0};
        byte[] ping = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
        byte[] next = {0x00, (byte) 0x80, 0, 0, 0, 0};
        try (Socket fragmenting = handshaken(listener)) {
            fragmenting.getOutputStream().write(first);
            for (int i = 0; i < 1_000; i++) {
                fragmenting.getOutputStream().write(ping);
                fragmenting.getOutputStream().write(next);
            }
            assertThat(new String(fragmenting.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("a message may have at most 1000 fragments");
        }
        assertThat(server.pings).isEqualTo(1_000);
        assertThat(server.refused).containsExactly("127.0.0.1: a message may have at most 1000 fragments");
    }

    @Test
    void oneHostGetsSoManyConnectionsAndIsToldSo() throws IOException {
        Limits perHost =
                new Limits(1_000, 5, 2, 64 * 1024, 1024 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(30));
        Listener bounded = listen("v2", perHost, server);
        Dialer dialer = dialer("v2", limits);
        for (int i = 0; i < 2; i++) {
            dialer.dial("127.0.0.1", bounded.port(), client);
        }
        await().until(() -> client.opened.size() == 2);

        dialer.dial("127.0.0.1", bounded.port(), client);

        await().untilAsserted(() ->
                assertThat(client.failed).containsExactly("refused: at most 2 connections may come from one host"));
        client.opened.get(0).close("room for another");
        await().until(() -> server.closed.size() == 1);
        dialer.dial("127.0.0.1", bounded.port(), client);
        await().until(() -> client.opened.size() == 3);
    }

    @Test
    void aCallerToWhomThereIsAnObjectionIsToldWhich() throws IOException {
        Listener choosy = listen("v2", limits, new Recorder(false) {
            @Override
            public Optional<String> objection(String remoteHost) {
                return Optional.of("not you, " + remoteHost);
            }
        });

        dialer("v2", limits).dial("127.0.0.1", choosy.port(), client);

        await().untilAsserted(() -> assertThat(client.failed).containsExactly("refused: not you, 127.0.0.1"));
    }

    @Test
    void pingsOfOneWhoDoesNotReadAreNotAnsweredWithoutEnd() throws IOException {
        try (Socket deaf = handshaken(listener)) {
            await().until(() -> server.opened.size() == 1);
            byte[] ping = new byte[6 + 100];
            ping[0] = (byte) 0x89;
            ping[1] = (byte) (0x80 | 100);
            byte[] many = new byte[ping.length * 1_000];
            for (int i = 0; i < 1_000; i++) {
                System.arraycopy(ping, 0, many, i * ping.length, ping.length);
            }
            for (int i = 0; i < 200; i++) {
                deaf.getOutputStream().write(many);
            }
            assertThat(((LiveConnection) server.opened.get(0)).queuedBytes()).isLessThan(1_000);
        }
        assertOthersAreServed();
    }

    /** Its interest in writing was turned off a moment after a frame of its own, such as one that closes, was queued. */
    @Test
    void whatJavaWebSocketHasQueuedAndForgottenIsWritten() {
        dialer("v2", limits).dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1 && server.opened.size() == 1);

        ByteBuffer textFrame = ByteBuffer.wrap("\u0081\u0005hello".getBytes(ISO_8859_1));
        ((LiveConnection) server.opened.get(0)).socket.outQueue.add(textFrame);

        await().untilAsserted(() -> assertThat(client.frames).containsExactly("hello"));
    }

    @Test
    void aHostThatCannotBeCalledIsAFailureAndNoException() {
        Dialer dialer = dialer("v2", limits);
        for (String host : List.of("a:b", "no_such_host.invalid", "-", "a b", "1:2:3")) {
            int failures = client.failed.size();
            dialer.dial(host, listener.port(), client);
            await().untilAsserted(() -> assertThat(client.failed).as(host).hasSize(failures + 1));
        }
        assertThat(client.opened).isEmpty();
    }

    @Test
    void aClosedDialerCallsNobody() {
        Dialer dialer = dialer("v2", limits);
        dialer.close();

        dialer.dial("127.0.0.1", listener.port(), client);

        assertThat(client.failed).containsExactly("this node is shutting down");
    }

    @Test
    void aHandlerThatFailsEndsItsOwnConnectionOnly() throws IOException {
        Listener faulty = listen("v2", limits, new Recorder(true) {
            @Override
            public void received(Connection connection, String frame) {
                if (frame.equals("bad")) {
                    throw new AssertionError("broken on purpose; this stack trace is part of the test");
                }
                super.received(connection, frame);
            }
        });
        dialer("v2", limits).dial("127.0.0.1", faulty.port(), client);
        await().until(() -> client.opened.size() == 1);
        client.opened.get(0).send("bad");
        await().untilAsserted(() -> assertThat(client.closed).containsExactly("internal error"));

        dialer("v2", limits).dial("127.0.0.1", faulty.port(), client);
        await().until(() -> client.opened.size() == 2);
        client.opened.get(1).send("good");
        await().untilAsserted(() -> assertThat(client.frames).containsExactly("echo good"));
    }

    private void assertOthersAreServed() {
        Recorder other = new Recorder(false);
        dialer("v2", limits).dial("127.0.0.1", listener.port(), other);
        await().until(() -> other.opened.size() == 1);
        other.opened.get(0).send("still there?");
        await().untilAsserted(() -> assertThat(other.frames).containsExactly("echo still there?"));
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertRefused(Socket socket) throws IOException {
        assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).endsWith(REFUSED);
    }

    private Socket handshaken(Listener with) throws IOException {
        Socket socket = new Socket("127.0.0.1", with.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write((HANDSHAKE + "\r\n").getBytes(US_ASCII));
        for (String head = ""; !head.endsWith("\r\n\r\n"); ) {
            head += (char) socket.getInputStream().read();
        }
        return socket;
    }

    /** Announces a text frame of so many bytes, masked with zeros, and sends none of them. */
    private Socket announcing(Listener with, int bytes) throws IOException {
        Socket socket = handshaken(with);
        byte[] head = new byte[14];
        head[0] = (byte) 0x81;
        head[1] = (byte) (0x80 | 127);
        for (int i = 0; i < 8; i++) {
            head[2 + i] = (byte) ((long) bytes >> (8 * (7 - i)));
        }
        socket.getOutputStream().write(head);
        return socket;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Listener listen(String subprotocol, Limits wanted, FrameHandler handler) throws IOException {
        Listener bound = Listener.bind(new InetSocketAddress("127.0.0.1", 0), subprotocol, wanted, handler);
        bound.start();
        opened.add(bound);
        return bound;
    }

    private Dialer dialer(String subprotocol, Limits wanted) {
        Dialer dialer = new Dialer(subprotocol, wanted);
        opened.add(dialer);
        return dialer;
    }

    private static Set<Thread> websocketThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().toLowerCase().contains("websocket"))
                .collect(Collectors.toSet());
    }
}
