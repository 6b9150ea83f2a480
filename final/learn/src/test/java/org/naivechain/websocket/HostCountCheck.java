package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocketImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class HostCountCheck {
    private static final int MAX_QUEUED = 100;
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Enough for an honest handshake on a busy machine. */
    private static final Duration MEDIUM = Duration.ofMillis(800);

    private static final Duration SHORT = Duration.ofMillis(60);

    private Connections connections = connections(LONG);

    private static Limits limits(Duration handshake) {
        return new Limits(1_000, 1, 1, 1_000, 1_000, handshake, LONG);
    }

    private static Connections connections(Duration handshake) {
        return new Connections(limits(handshake), MAX_QUEUED, socket -> {}, "check-websocket");
    }

    /** A connection that is not open yet; ending it runs the action. */
    private LiveConnection add(String host, Runnable ended) {
        DialerSocket socket = new DialerSocket(
                host, 1, new BoundedDraft("check", connections.limits), Gate.OPEN.call(), connections, new Heard());
        LiveConnection connection =
                new LiveConnection(connections, (WebSocketImpl) socket.getConnection(), ended, host, new Heard());
        connections.all.add(connection);
        return connection;
    }

    private LiveConnection add(String host) {
        return add(host, () -> {});
    }

    /** A connection that is over. */
    private void addOver(String host, Runnable ended) {
        BoundedDraft draft = new BoundedDraft("check", connections.limits);
        DialerSocket dialed = new DialerSocket(host, 1, draft, Gate.OPEN.call(), connections, new Heard());
        WebSocketImpl over = new WebSocketImpl(dialed, draft) {
            @Override
            public boolean isClosed() {
                return true;
            }

            @Override
            public synchronized void closeConnection(int code, String message) {
                // There is no socket.
            }
        };
        connections.all.add(new LiveConnection(connections, over, ended, host, new Heard()));
    }

    /** A connection that is over, and is taken out by somebody else while it is asked whether it is. */
    private void addOneThatLeaves(String host, Runnable ended) {
        BoundedDraft draft = new BoundedDraft("check", connections.limits);
        DialerSocket dialed = new DialerSocket(host, 1, draft, Gate.OPEN.call(), connections, new Heard());
        WebSocketImpl leaving = new WebSocketImpl(dialed, draft) {
            @Override
            public boolean isClosed() {
                connections.all.removeIf(one -> one.socket == this);
                return true;
            }
        };
        connections.all.add(new LiveConnection(connections, leaving, ended, host, new Heard()));
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    @DisplayName("The count of a host has its connections and nobody else's")
    void countsOneHost() {
        add("10.0.0.1").isIn = true;
        add("10.0.0.2").isIn = true;
        add("10.0.0.1").isIn = true;

        Explain.same(
                2L,
                connections.from("10.0.0.1"),
                "10.0.0.1 has two connections, 10.0.0.2 has one.",
                "Ask each " + "connection for its remoteHost.");
        Explain.same(0L, connections.from("10.0.0.3"), "10.0.0.3 has none.", "A host that never called counts as 0.");
        Explain.same(
                2L,
                connections.from("10.0.0.".concat("1")),
                "10.0.0.1 has two connections, and was asked for with another object that has the same characters, as"
                        + " a text that comes from a socket is.",
                "`==` asks whether two texts are one object. `equals` asks whether they have the same characters.");
    }

    @Test
    @DisplayName("A connection counts before it is open")
    void countsFromTheFirstMoment() {
        add("10.0.0.1").isIn = true;
        add("10.0.0.1");

        Explain.same(
                2L,
                connections.from("10.0.0.1"),
                "10.0.0.1 has two connections, and one of them has said nothing yet.",
                "A stranger who connects and says nothing takes a place, too. If it is not counted, it may take all.");
    }

    @Test
    @DisplayName("The queues are too much only when they have more bytes than the limit, all together")
    void addsUpBytes() {
        add("10.0.0.1").socket.outQueue.add(ByteBuffer.allocate(60));
        LiveConnection other = add("10.0.0.2");
        other.socket.outQueue.add(ByteBuffer.allocate(40));
        Explain.that(
                !connections.queueTooMuch(),
                "60 and 40 bytes wait, the limit is 100, and queueTooMuch says yes.",
                "The field maxQueuedBytes of this class is what may wait. Only more than that is too much.");

        other.socket.outQueue.add(ByteBuffer.allocate(1));
        Explain.that(
                connections.queueTooMuch(),
                "60 and 41 bytes wait, the limit is 100, and queueTooMuch says no.",
                "The limit is on the sum. Many strangers with a little each can fill the memory as one with much can."
                        + " Which maxQueuedBytes did you take? The field of this class, here 100, is for all together;"
                        + " limits.maxQueuedBytes(), here 1000, is for one connection.");
    }

    @Test
    @DisplayName("A sweep ends what is over and leaves what is not")
    void sweepsTheSilent() throws InterruptedException {
        AtomicInteger ended = new AtomicInteger();
        add("10.0.0.1", ended::incrementAndGet);
        connections.sweep();
        Explain.same(
                0,
                ended.get(),
                "A connection is a moment old, it may take 30 s to open, and it was ended.",
                "Who " + "says whether a connection is over? LiveConnection.isOver.");

        connections.close();
        connections = connections(SHORT);
        ended.set(0);
        add("10.0.0.1", ended::incrementAndGet);
        Explain.that(
                Heard.within(2_000, () -> ended.get() > 0),
                "A connection had 60 ms to open, said nothing for two seconds, and was not ended.",
                "The timer calls sweep again and again. Nothing else ends a stranger who says nothing.");
    }

    @Test
    @DisplayName("One connection that cannot be ended does not keep the others from being ended")
    void goesOnAfterAFailure() throws InterruptedException {
        connections.close();
        connections = connections(SHORT);
        AtomicInteger ended = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("this socket cannot be closed; part of the check");
        // The reader's warning is shown, and its first line is enough.
        failure.setStackTrace(new StackTraceElement[0]);
        Runnable fails = () -> {
            ended.incrementAndGet();
            throw failure;
        };
        add("10.0.0.1", fails);
        add("10.0.0.1", fails);
        Explain.that(
                Heard.within(2_000, () -> ended.get() >= 2),
                "Two connections were over, ending one threw an exception, and the other was not ended: " + ended.get()
                        + " of 2.",
                "Catch a RuntimeException for each connection alone. A timer's task that throws is never run again.");

        add("10.0.0.1", ended::incrementAndGet);
        Explain.that(
                Heard.within(2_000, () -> ended.get() >= 3),
                "After a sweep in which something failed, the timer swept no more.",
                "A ScheduledExecutorService does not run a task again after it has thrown.");
    }

    @Test
    @DisplayName("A connection that somebody else has taken out is not ended a second time")
    void endsNothingTwice() {
        AtomicInteger ended = new AtomicInteger();
        addOneThatLeaves("10.0.0.1", ended::incrementAndGet);
        connections.sweep();

        Explain.same(
                0,
                ended.get(),
                "A connection was over, and another thread took it out of all after sweep had seen it there, and before"
                        + " end was called. So many times was it ended.",
                "Anyone who takes a connection out tells its handler of the end. all.remove answers true to one thread only:"
                        + " the other must do nothing, or the handler hears of two ends.");
    }

    @Test
    @DisplayName("A connection that is being ended is not in the set any more, so that nobody else ends it, too")
    void takesOutFirst() {
        AtomicInteger ended = new AtomicInteger();
        addOver("10.0.0.1", () -> {
            if (ended.incrementAndGet() == 1) {
                connections.sweep();
            }
        });
        connections.sweep();

        Explain.same(
                1,
                ended.get(),
                "A connection was over, and while sweep ended it somebody else called sweep, too. So many times was it"
                        + " ended.",
                "Take it out first, and end it only if all.remove answers true. If one looks first and takes out later,"
                        + " two threads can both see it there, and both end it.");
    }

    @Test
    @DisplayName("A place is free again when the silent stranger who had it was ended")
    void freesThePlace() throws IOException, InterruptedException {
        Heard caller = new Heard();
        try (Listener listener =
                        Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", limits(MEDIUM), new Heard());
                Dialer dialer = new Dialer("check", limits(LONG))) {
            listener.start();
            try (Stranger silent = new Stranger(listener.port())) {
                Explain.that(
                        silent.isHungUpOn(2_500),
                        "A stranger connected to a listener, said nothing for 2.5 s, and is still connected.",
                        "The handshake timeout of this listener is 800 ms.");
                dialer.dial("127.0.0.1", listener.port(), caller);
                Heard.within(1_000, () -> caller.opened.size() + caller.failed.size() > 0);
                Explain.same(
                        1,
                        caller.opened.size(),
                        "The listener has one place. A silent stranger had it and was ended. The next, honest caller"
                                + " was let in so many times, and heard: " + caller.failed,
                        "Java-WebSocket does not tell of the end of a connection that never opened. Forget it when you"
                                + " end it.");
            }
        }
    }
}
