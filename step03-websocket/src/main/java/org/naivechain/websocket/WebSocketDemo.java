package org.naivechain.websocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Step 3 on the screen: a listener and a dialer exchange frames, and an oversized frame is refused. */
public final class WebSocketDemo {
    private static final String SUBPROTOCOL = "demo";
    private static final int MAX_FRAME_BYTES = 1_000;

    private WebSocketDemo() {}

    /** Prints the demonstration. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        Limits limits = new Limits(
                MAX_FRAME_BYTES, 10, 10, 64 * 1024, 1024 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(60));
        FrameHandler called = (connection, frame) -> answer(out, "  listener got   ", connection, frame);
        Caller caller = new Caller(out, "  dialer got     ", "  closed because ", new LinkedBlockingQueue<>());
        try (Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), SUBPROTOCOL, limits, called);
                Dialer dialer = new Dialer(SUBPROTOCOL, limits)) {
            listener.start();
            out.println("A listener waits on 127.0.0.1, a dialer calls it.");
            dialer.dial("127.0.0.1", listener.port(), caller);
            Connection connection = caller.events.take().orElseThrow(() -> new IOException("no connection"));
            out.println("  both speak     " + connection.subprotocol());
            connection.send("{\"CMD\": \"PING\"}");
            caller.events.take();
            out.println("The dialer sends a frame of " + (MAX_FRAME_BYTES + 1) + " bytes.");
            connection.send("x".repeat(MAX_FRAME_BYTES + 1));
            caller.events.take();
        }
    }

    /** Shows a frame that has come to a listener, and answers it. */
    private static void answer(PrintStream out, String got, Connection connection, String frame) {
        out.println(got + frame);
        connection.send("ACK to " + frame);
    }

    /**
     * Takes calls from another terminal at a port of this machine, 0 for any free one; shows each frame, and answers it. The
     * listener is to be closed.
     *
     * @throws IOException if the port cannot be bound
     */
    public static Listener listen(int port, PrintStream out) throws IOException {
        FrameHandler called = new FrameHandler() {
            @Override
            public void opened(Connection connection) {
                out.println("somebody calls from " + connection.remoteHost());
            }

            @Override
            public void received(Connection connection, String frame) {
                answer(out, "got ", connection, frame);
            }

            @Override
            public void closed(Connection connection, String reason) {
                out.println("closed: " + reason);
            }
        };
        Listener listener =
                Listener.bind(new InetSocketAddress("127.0.0.1", port), SUBPROTOCOL, Limits.DEFAULT, called);
        listener.start();
        out.println("listening; in another terminal: ./naivechain demo 3 --call " + listener.port());
        return listener;
    }

    /**
     * Calls another terminal at its port, sends each line as a frame, and shows what comes back, until the lines end.
     *
     * @throws IOException if the lines cannot be read, or nobody answers the call
     * @throws InterruptedException if it is interrupted while it waits
     */
    public static void call(int port, BufferedReader lines, PrintStream out) throws IOException, InterruptedException {
        Caller caller = new Caller(out, "got ", "closed: ", new LinkedBlockingQueue<>());
        try (Dialer dialer = new Dialer(SUBPROTOCOL, Limits.DEFAULT)) {
            dialer.dial("127.0.0.1", port, caller);
            Optional<Connection> open = caller.events.take();
            if (open.isEmpty()) {
                throw new IOException("nobody listens on " + port
                        + ": start the other terminal first, with ./naivechain demo 3 --listen " + port);
            }
            out.println("connected; type a line, or end with Ctrl+D");
            for (String line = lines.readLine(); line != null && open.isPresent(); line = lines.readLine()) {
                open.get().send(line);
                open = caller.events.take();
            }
            open.ifPresent(connection -> connection.close("that was all"));
            while (open.isPresent()) {
                open = caller.events.take();
            }
        }
    }

    /** The dialer's end: shows what comes, and tells of it whoever waits. Each event has the connection, as long as it is open. */
    private record Caller(PrintStream out, String got, String ended, BlockingQueue<Optional<Connection>> events)
            implements FrameHandler {
        @Override
        public void opened(Connection connection) {
            events.add(Optional.of(connection));
        }

        @Override
        public void received(Connection connection, String frame) {
            out.println(got + frame);
            events.add(Optional.of(connection));
        }

        @Override
        public void closed(Connection connection, String reason) {
            out.println(ended + reason);
            events.add(Optional.empty());
        }

        @Override
        public void failed(String reason) {
            events.add(Optional.empty());
        }
    }
}
