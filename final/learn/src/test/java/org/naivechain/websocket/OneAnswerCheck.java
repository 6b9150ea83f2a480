package org.naivechain.websocket;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class OneAnswerCheck {
    private static final Limits LIMITS = limits(Duration.ofSeconds(30));

    private static Limits limits(Duration handshake) {
        return new Limits(1_000, 10, 10, 10_000, 10_000, handshake, Duration.ofSeconds(30));
    }

    /** Waits for the answer, and then a little longer for a second one. */
    private static List<String> answers(Heard handler) throws InterruptedException {
        Heard.within(2_000, () -> handler.opened.size() + handler.failed.size() > 0);
        Heard.within(100, () -> handler.opened.size() + handler.failed.size() > 1);
        return handler.opened.isEmpty()
                ? List.copyOf(handler.failed)
                : List.of(handler.opened.size() + " times opened, " + handler.failed.size() + " times failed");
    }

    @Test
    @DisplayName("A call that is taken is opened once, as the gate wants it")
    void opens() throws IOException, InterruptedException {
        Heard caller = new Heard();
        try (Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", LIMITS, new Heard());
                Dialer dialer = new Dialer("check", LIMITS)) {
            listener.start();
            dialer.dial("127.0.0.1", listener.port(), caller);

            Explain.same(
                    List.of("1 times opened, 0 times failed"),
                    answers(caller),
                    "A listener waits, and a dialer calls it.",
                    "dial makes a DialerSocket and has it connect.");
        }
    }

    @Test
    @DisplayName("A call where nobody listens fails once")
    void nobodyListens() throws IOException, InterruptedException {
        int unused;
        try (ServerSocket free = new ServerSocket(0)) {
            unused = free.getLocalPort();
        }
        Heard caller = new Heard();
        try (Dialer dialer = new Dialer("check", LIMITS)) {
            dialer.dial("127.0.0.1", unused, caller);

            List<String> answers = answers(caller);
            Explain.that(
                    answers.size() == 1 && answers.get(0).startsWith("Connection refused"),
                    "A dialer called a port where nobody listens. Its answers: " + answers,
                    "The socket tells of this failure itself: see DialerSocket.onClose.");
        }
    }

    @Test
    @DisplayName("A call that cannot even begin fails, and nothing is thrown")
    void neverThrows() throws InterruptedException {
        Gate broken = new Gate() {
            @Override
            public Call call() {
                throw new IllegalStateException("no key");
            }
        };
        Heard caller = new Heard();
        try (Dialer dialer = new Dialer("check", LIMITS, broken)) {
            try {
                dialer.dial("127.0.0.1", 7, caller);
            } catch (IllegalStateException e) {
                throw new AssertionError(
                        "The gate threw \"no key\" before there was a connection, and dial let the exception through."
                                + " dial never throws: anyone who called it waits for opened or failed, and an exception"
                                + " would end the thread that calls.",
                        e);
            }
            Explain.same(
                    List.of("cannot call 127.0.0.1:7: no key"),
                    answers(caller),
                    "The gate threw \"no key\" before there was a connection.",
                    "Anyone who called dial waits for opened or failed. Silence is not an answer.");
        }
    }

    @Test
    @DisplayName("A call to a peer that accepts it and says nothing fails in time")
    void silentPeer() throws IOException, InterruptedException {
        Heard caller = new Heard();
        try (ServerSocket silent = new ServerSocket(0);
                Dialer dialer = new Dialer("check", limits(Duration.ofMillis(300)))) {
            dialer.dial("127.0.0.1", silent.getLocalPort(), caller);

            Explain.same(
                    List.of(LiveConnection.TOO_QUIET),
                    answers(caller),
                    "A peer took a call and said nothing. A handshake may take 300 ms, and two seconds are over.",
                    "Only what is in connections.all is looked at by the timer, from before it connects.");
        }
    }

    @Test
    @DisplayName("A closed dialer says that it is closed, and calls nobody")
    void closedDialer() throws IOException, InterruptedException {
        Heard caller = new Heard();
        Heard called = new Heard();
        try (Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", LIMITS, called)) {
            listener.start();
            Dialer dialer = new Dialer("check", LIMITS);
            dialer.close();

            dialer.dial("127.0.0.1", listener.port(), caller);

            Explain.same(
                    List.of("this node is shutting down"),
                    answers(caller),
                    "A dialer was closed, and then asked to call.",
                    "Nobody would end that connection any more: it must not be made.");
            Explain.same(0, called.opened.size(), "A closed dialer called so many times.", "It must not.");
        }
    }

    @Test
    @DisplayName("A dialer that is closed while it dials gives one answer")
    void closedMeanwhile() throws IOException, InterruptedException {
        Dialer[] dialer = new Dialer[1];
        // The gate is asked in the middle of dial: a good moment to close the dialer.
        Gate closing = new Gate() {
            @Override
            public Call call() {
                dialer[0].close();
                return Gate.super.call();
            }
        };
        Heard caller = new Heard();
        Heard called = new Heard();
        try (Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", LIMITS, called)) {
            listener.start();
            dialer[0] = new Dialer("check", LIMITS, closing);

            dialer[0].dial("127.0.0.1", listener.port(), caller);

            Explain.same(
                    List.of("this node is shutting down"),
                    answers(caller),
                    "A dialer was closed by another thread in the middle of dial, before the connection was among"
                            + " those that close ends.",
                    "close() found no connection to end, so nobody but dial can tell. dial must look at closed after it has"
                            + " added the connection.");
            Explain.same(0, called.opened.size(), "A closed dialer called so many times.", "It must not.");
        }
    }

    @Test
    @DisplayName("A dialer that is closed just before or just after dial adds the connection gives one answer")
    void closedAroundTheAdd() throws IOException, InterruptedException, ReflectiveOperationException {
        for (boolean before : new boolean[] {true, false}) {
            Heard caller = new Heard();
            Heard called = new Heard();
            try (Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", LIMITS, called)) {
                listener.start();
                Dialer dialer = new Dialer("check", LIMITS);
                ClosingSet.putInto(dialer, before);

                dialer.dial("127.0.0.1", listener.port(), caller);

                List<String> answers = answers(caller);
                String what = "Another thread closed the dialer just " + (before ? "before" : "after")
                        + " dial added the connection to all. ";
                Explain.that(
                        answers.size() == 1,
                        what + "The handler heard " + answers.size() + " answers: " + answers,
                        "close() ends all that it finds in the set, and each that it ends tells the handler. dial must tell only"
                                + " if close() has not: which of the two took the connection out?");
                Explain.same(
                        0,
                        called.opened.size() + caller.opened.size(),
                        what + "So often was the call opened at either end.",
                        "close() did not see this connection, and nobody would end it any more. When did you look at closed?");
            }
        }
    }

    /** The set of a dialer's connections, which has the dialer closed when one is added. */
    private static final class ClosingSet extends AbstractSet<LiveConnection> {
        private final Set<LiveConnection> set = ConcurrentHashMap.newKeySet();
        private final Dialer dialer;
        private final boolean before;

        private ClosingSet(Dialer dialer, boolean before) {
            this.dialer = dialer;
            this.before = before;
        }

        static void putInto(Dialer dialer, boolean before) throws ReflectiveOperationException {
            Field connections = Dialer.class.getDeclaredField("connections");
            connections.setAccessible(true);
            Field all = Connections.class.getDeclaredField("all");
            all.setAccessible(true);
            all.set(connections.get(dialer), new ClosingSet(dialer, before));
        }

        @Override
        public boolean add(LiveConnection connection) {
            if (before) {
                dialer.close();
            }
            boolean added = set.add(connection);
            if (!before) {
                dialer.close();
            }
            return added;
        }

        @Override
        public boolean remove(Object connection) {
            return set.remove(connection);
        }

        @Override
        public boolean contains(Object connection) {
            return set.contains(connection);
        }

        @Override
        public Iterator<LiveConnection> iterator() {
            return set.iterator();
        }

        @Override
        public int size() {
            return set.size();
        }
    }
}
