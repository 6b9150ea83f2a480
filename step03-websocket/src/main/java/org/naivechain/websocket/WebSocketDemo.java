package org.naivechain.websocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Step 3 on the screen: a listener and a dialer exchange frames, and an oversized frame is refused. */
public final class WebSocketDemo {
    private static final String SUBPROTOCOL = "demo";
    private static final int MAX_FRAME_BYTES = 1_000;
    private static final int ANSWER_SECONDS = 5;

    private WebSocketDemo() {}

    /**
     * Prints the demonstration.
     *
     * @param arguments none
     * @throws IOException if no port can be bound
     * @throws InterruptedException if it is interrupted while it waits
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Limits limits = new Limits(
                MAX_FRAME_BYTES,
                Limits.DEFAULT.maxConnections(),
                Limits.DEFAULT.maxQueuedBytes(),
                Limits.DEFAULT.maxBufferedBytes(),
                Limits.DEFAULT.handshakeTimeout(),
                Limits.DEFAULT.idleTimeout());
        Caller caller = new Caller();
        InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
        try (Listener listener = Listener.bind(anyPort, SUBPROTOCOL, limits, new Echo());
                Dialer dialer = new Dialer(SUBPROTOCOL, limits)) {
            listener.start();
            System.out.println("A listener waits on 127.0.0.1, a dialer calls it.");
            dialer.dial("127.0.0.1", listener.port(), caller);
            caller.done.await(5, TimeUnit.SECONDS);
        }
    }

    /**
     * Takes calls from another terminal, shows each frame, and answers it.
     *
     * @param port where to listen on this machine, 0 for any free one
     * @param out where to show what happens
     * @return the listener, to be closed
     * @throws IOException if the port cannot be bound
     */
    public static Listener listen(int port, PrintStream out) throws IOException {
        Listener listener = Listener.bind(
                new InetSocketAddress("127.0.0.1", port), SUBPROTOCOL, Limits.DEFAULT, new FrameHandler() {
                    @Override
                    public void opened(Connection connection) {
                        out.println("somebody calls from " + connection.remoteHost());
                    }

                    @Override
                    public void received(Connection connection, String frame) {
                        out.println("got " + frame);
                        connection.send("ACK to " + frame);
                    }

                    @Override
                    public void closed(Connection connection, String reason) {
                        out.println("closed: " + reason);
                    }
                });
        listener.start();
        out.println("listening; in another terminal: ./naivechain demo 3 --call " + listener.port());
        return listener;
    }

    /**
     * Calls another terminal, sends each line as a frame, and shows what comes back, until the lines end.
     *
     * @param port where the other listens on this machine
     * @param lines what to send
     * @param out where to show what happens
     * @throws IOException if the lines cannot be read, or nobody answers the call
     * @throws InterruptedException if it is interrupted while it waits
     */
    public static void call(int port, BufferedReader lines, PrintStream out) throws IOException, InterruptedException {
        Typist typist = new Typist(out);
        try (Dialer dialer = new Dialer(SUBPROTOCOL, Limits.DEFAULT)) {
            dialer.dial("127.0.0.1", port, typist);
            Optional<Connection> connection = typist.connected.take();
            if (connection.isEmpty()) {
                throw new IOException("nobody listens on " + port
                        + ": start the other terminal first, with ./naivechain demo 3 --listen " + port);
            }
            out.println("connected; type a line, or end with Ctrl+D");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                connection.get().send(line);
                // What comes after the end of a connection is shown to nobody.
                typist.answers.tryAcquire(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
            connection.get().close("that was all");
            typist.closed.await();
        }
    }

    /** The caller's end of two terminals. */
    private static final class Typist implements FrameHandler {
        private final BlockingQueue<Optional<Connection>> connected = new ArrayBlockingQueue<>(1);
        private final Semaphore answers = new Semaphore(0);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final PrintStream out;

        Typist(PrintStream out) {
            this.out = out;
        }

        @Override
        public void opened(Connection connection) {
            connected.add(Optional.of(connection));
        }

        @Override
        public void failed(String reason) {
            connected.add(Optional.empty());
        }

        @Override
        public void received(Connection connection, String frame) {
            out.println("got " + frame);
            answers.release();
        }

        @Override
        public void closed(Connection connection, String reason) {
            out.println("closed: " + reason);
            answers.release();
            closed.countDown();
        }
    }

    /** The listener's end: sends every frame back. */
    private static final class Echo implements FrameHandler {
        @Override
        public void received(Connection connection, String frame) {
            System.out.println("  listener got   " + frame);
            connection.send("ACK to " + frame);
        }
    }

    /** The dialer's end: sends a frame, then one that is too long. */
    private static final class Caller implements FrameHandler {
        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public void opened(Connection connection) {
            System.out.println("  both speak     " + connection.subprotocol());
            connection.send("{\"CMD\": \"PING\"}");
        }

        @Override
        public void received(Connection connection, String frame) {
            System.out.println("  dialer got     " + frame);
            System.out.println("The dialer sends a frame of " + (MAX_FRAME_BYTES + 1) + " bytes.");
            connection.send("x".repeat(MAX_FRAME_BYTES + 1));
        }

        @Override
        public void closed(Connection connection, String reason) {
            System.out.println("  closed because " + reason);
            done.countDown();
        }

        @Override
        public void failed(String reason) {
            System.out.println("  no connection  " + reason);
            done.countDown();
        }
    }
}
