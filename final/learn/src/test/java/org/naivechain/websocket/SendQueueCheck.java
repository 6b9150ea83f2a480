package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

@SuppressWarnings("try") // A peer that does nothing is there all the same.
class SendQueueCheck {
    private static final int FRAME = 20_000;
    private static final int MAX_QUEUED = 200_000;
    private static final int ENDLESS = 1_500;
    private static final int MODEST = 30_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Heard server = new Heard();
    private Listener listener;

    private void listen(int maxQueued, long maxSum, Duration idle) throws IOException {
        listener = Listener.bind(
                new InetSocketAddress("127.0.0.1", 0),
                "check",
                new Limits(1_000, 10, 10, maxQueued, maxSum, LONG, idle),
                server);
        listener.start();
    }

    /** A peer that shakes hands and reads nothing after that; nothing waits for it, the answer to the handshake neither. */
    private Stranger deaf() throws IOException, InterruptedException {
        int before = server.opened.size();
        Stranger stranger = Stranger.afterHandshake(listener.port());
        Heard.within(1_000, () -> server.opened.size() > before && waiting(server.opened.get(before)) == 0);
        return stranger;
    }

    private static long waiting(Connection connection) {
        return ((LiveConnection) connection)
                .socket.outQueue.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    @DisplayName("The length of the queue is in bytes that are still to be written")
    void countsBytes() throws IOException {
        listen(MAX_QUEUED, 1_000_000, LONG);
        Connections unused = new Connections(Limits.DEFAULT, 1_000, socket -> {}, "check-websocket");
        // It never connects, so that nothing is written.
        LiveConnection connection = new DialerSocket(
                        "127.0.0.1", 1, new BoundedDraft("check", Limits.DEFAULT), Gate.OPEN.call(), unused, server)
                .connection;
        connection.socket.outQueue.add(ByteBuffer.allocate(1_000).position(400));
        connection.socket.outQueue.add(ByteBuffer.allocate(50));
        unused.close();

        Explain.same(
                650L,
                connection.queuedBytes(),
                "A frame of 1000 bytes is written up to byte 400, and one of 50 bytes waits behind it.",
                "The limit is in bytes, not in frames; and what the network has taken does not wait any more.");
    }

    @Test
    @DisplayName("A peer that does not read is dropped when more than its limit waits, and the reason names the limit")
    void dropsTheDeaf() throws IOException, InterruptedException {
        listen(MAX_QUEUED, 1_000_000_000, LONG);
        try (Stranger deaf = deaf()) {
            Connection connection = server.opened.get(0);
            long most = 0;
            int sent = 0;
            while (server.closed.isEmpty() && sent < ENDLESS) {
                connection.send("x".repeat(FRAME));
                most = Math.max(most, waiting(connection));
                sent++;
            }

            Explain.that(
                    !server.closed.isEmpty(),
                    "A peer read nothing, " + sent + " frames of " + FRAME
                            + " bytes were sent to it, and the connection" + " is still open. Up to " + most
                            + " bytes waited; the limit is " + MAX_QUEUED + ".",
                    "A peer that reads nothing makes this node keep everything. send must look at the queue first.");
            Explain.same(
                    "more than " + MAX_QUEUED + " bytes wait for the other end to read",
                    server.closed.get(0),
                    "The connection was dropped, and this is the reason that the handler heard.",
                    "The operator reads it in the log, and must see which limit it was.");
            Explain.that(
                    most <= MAX_QUEUED + FRAME + 100,
                    "Up to " + most + " bytes waited. The limit is " + MAX_QUEUED + ", a frame has " + FRAME + ".",
                    "The queue may be over the limit by one frame: the one that came when it was not yet full.");
            Explain.that(
                    most > MAX_QUEUED - FRAME,
                    "The connection was dropped when only " + most + " of " + MAX_QUEUED + " bytes had waited.",
                    "A peer on a slow line reads late, and may use its whole queue.");
        }
    }

    @Test
    @DisplayName("A peer may use its whole queue: what counts is how much waits before the frame is queued")
    void allowsTheWholeQueue() throws IOException, InterruptedException {
        listen(MAX_QUEUED, 1_000_000_000, LONG);
        try (Stranger deaf = deaf()) {
            Connection connection = server.opened.get(0);
            ((LiveConnection) connection).socket.outQueue.add(ByteBuffer.allocate(MAX_QUEUED));
            connection.send("x".repeat(FRAME));

            Explain.same(
                    List.of(),
                    List.copyOf(server.closed),
                    "Exactly " + MAX_QUEUED
                            + " bytes waited for a peer, which is the limit, and a frame was sent to it. The reasons"
                            + " of a close:",
                    "The rule says: more than the limit, before the frame is queued. If the new frame counted, a peer would"
                            + " be dropped for the length of a frame, which this node chose.");
        }
    }

    @Test
    @DisplayName(
            "When the queues of all are too long, those with a long queue are dropped and those with a short one are not")
    void dropsTheLongest() throws IOException, InterruptedException {
        int maxSum = 150_000;
        listen(1_000_000_000, maxSum, LONG);
        Heard modest = new Heard();
        try (Stranger deaf = deaf();
                Stranger slow = deaf();
                Dialer dialer = new Dialer("check", Limits.DEFAULT)) {
            dialer.dial("127.0.0.1", listener.port(), modest);
            Heard.within(1_000, () -> server.opened.size() == 3);
            Connection greedy = server.opened.get(0);
            // Until the operating system takes no more, and the rest stays in the queue.
            for (int i = 0; i < ENDLESS && server.closed.isEmpty(); i++) {
                if (waiting(greedy) <= maxSum || Heard.within(50, () -> waiting(greedy) <= maxSum)) {
                    greedy.send("x".repeat(FRAME));
                } else {
                    break;
                }
            }
            String state = waiting(greedy) + " bytes wait for a peer that does not read. All queues together may have "
                    + maxSum + ".";

            server.opened.get(2).send("news");
            Heard.within(500, () -> !modest.frames.isEmpty() || !modest.closed.isEmpty());
            Explain.same(
                    List.of("news"),
                    modest.frames,
                    state + " Then a frame was sent to another peer, which reads at once and has an empty queue.",
                    "It is not the one that makes the queues long. If it were dropped, one deaf peer could have this"
                            + " node hang up on everybody. MODEST_BYTES is for this.");

            Connection third = server.opened.get(1);
            ((LiveConnection) third).socket.outQueue.add(ByteBuffer.allocate(MODEST));
            third.send("news");
            Explain.same(
                    List.of(),
                    List.copyOf(server.closed),
                    state + " Then a frame was sent to a third peer, for which only " + MODEST
                            + " bytes waited. The reasons of a close:",
                    "MODEST_BYTES is 65536, not 0: a peer on a slow line always has a little in its queue, and is not the one"
                            + " that makes the queues long.");

            greedy.send("x");
            Explain.same(
                    1,
                    server.closed.size(),
                    state + " Then one more frame was sent to that peer. So many connections were dropped.",
                    "500 peers, each just below its own limit, would fill the memory. all.queueTooMuch() adds them up.");
            Explain.that(
                    server.closed.get(0).startsWith("too much waits to be sent"),
                    "The reason that the handler heard: " + server.closed.get(0),
                    "It was not this peer's own limit: the reason must say that the sum was too much.");
        }
    }

    @Test
    @DisplayName("A frame for a connection that was closed is dropped, and nothing is thrown")
    void closedMeanwhile() throws IOException, InterruptedException {
        listen(MAX_QUEUED, 1_000_000, LONG);
        try (Stranger leaving = deaf()) {
            Connection connection = server.opened.get(0);
            leaving.hangUp();
            Heard.within(1_000, () -> !server.closed.isEmpty());
            try {
                connection.send("too late");
            } catch (WebsocketNotConnectedException e) {
                throw new AssertionError(
                        "A peer hung up, and send threw " + e + ". Nobody can know this before: the peer may hang up"
                                + " between any question and send. Connection promises that nothing in it throws.",
                        e);
            }
        }
    }

    @Test
    @DisplayName("A connection over which frames are sent is not idle")
    void sendingIsLife() throws IOException, InterruptedException {
        listen(MAX_QUEUED, 1_000_000, Duration.ofMillis(700));
        try (Stranger deaf = deaf()) {
            for (int i = 0; i < 22; i++) {
                server.opened.get(0).send("tick " + i);
                Thread.sleep(50);
            }
            Explain.same(
                    List.of(),
                    List.copyOf(server.closed),
                    "A frame was sent every 50 ms, a connection may be idle for 700 ms, and it was closed.",
                    "isOver looks at the field last.");
        }
    }
}
